"""Refuses columns that look like a person: by what they are called, and by what stands in them."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from app.register.importing.faults import Fault
from app.register.importing.reading import Sheet

SAMPLE = 2_000
_SOME, _MANY = 0.2, 0.5
_LONG_TEXT, _MANY_WORDS = 40, 4
_FEW = 3

# Words of a header, without accents; a space may be missing. A column is taken for the first kind that matches.
_WORDS: Mapping[str, tuple[str, ...]] = {
    "number": (
        "leerling nummer, leerling nr, leerling id, leerling code, ll nr, llnr, stam nummer, stam nr, student nummer",
        "student number, student nr, student id, pupil number, bsn, pgn, burgerservice nummer, persoons nummer",
        "persoonsgebonden nummer, onderwijs nummer, medewerker nummer, medewerker code, personeels nummer, pupil id",
    ),
    "birth": (
        "geb datum, geboorte datum, geboorte jaar, geb, geboren, birth date, birthday, date of birth, dob, leeftijd",
    ),
    "address": ("adres, straat, huis nummer, huis nr, post code, woon plaats, address, street, zip code, zip",),
    "contact": ("e mail, e mail adres, email, email adres, mail, telefoon, telefoon nummer, tel, mobiel, phone, gsm",),
    "class": ("klas, stam groep, les groep, basis groep, groep, class, klassen",),
    "name": (
        "naam, voor naam, achter naam, roep naam, familie naam, voor letters, initialen, tussenvoegsel, name",
        "first name, last name, surname, full name, student name, leerling, leerlingen, student, studenten",
        "students, pupil, pupils, dader, daders, slachtoffer, slachtoffers, betrokkene, betrokkenen, getuige",
        "getuigen, veroorzaker, pleger, mentor, docent, docenten, leraar, teacher, ouder, ouders, verzorger, melder",
        "contact persoon, gemeld door, ingevoerd door, auteur, medewerker",
    ),
    "text": (
        "opmerking, opmerkingen, toelichting, omschrijving, beschrijving, notitie, notities, verslag, bijzonderheden",
        "memo, tekst, vrije tekst, vrije info, description, remark, remarks, note, notes, comment, comments",
        "samenvatting, verhaal, onderwerp, titel",
    ),
}
_PATTERNS = {
    kind: re.compile(r"\b(" + "|".join(word.replace(" ", " ?") for word in ", ".join(lines).split(", ")) + r")\b")
    for kind, lines in _WORDS.items()
}
_ALWAYS = {"number", "birth"}
_ALLOWED = re.compile(r"\b(aantal|rol|soort|type|categorie|code|functie|number of|role|count)\b")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[1-9]\d{3} ?[A-Za-z]{2}\b")
_PHONE = re.compile(r"(\+31|0031|0)[ -]?\d([ -]?\d){8}")
_CLASS = re.compile(r"[1-6] ?[a-zA-Z]{1,6} ?\d{0,2}[a-z]?|[a-zA-Z]{1,3}\d{1,2}[a-z]?\d?")
_NAME = re.compile(r"[A-Z][\w'-]+( (van|de|der|den|el|al|ten|ter|te|bin|di|von))*( [A-Z][\w'.-]+)+|[A-Z][\w'-]+, .+")
_DATE = re.compile(r"(\d{4})-\d\d-\d\d|\d{1,2}[-/.]\d{1,2}[-/.](\d{4})")
_OLDEST_PUPIL = 8
"""Nobody at a secondary school is younger, in years."""


def refused_columns(sheet: Sheet, this_year: int) -> tuple[Fault, ...]:
    """Return a fault for each column that looks like a person: number, birth, address, contact, class, name or text."""
    found = []
    for header in sheet.headers:
        shown = [value for value in islice(sheet.column(header), SAMPLE) if value]
        kind = _by_header(header) or _by_content(shown, this_year - _OLDEST_PUPIL)
        if kind:
            found.append(Fault(f"personal_{kind}", column=header))
    return tuple(found)


def plain(text: str) -> str:
    """Return *text* in small letters without accents, dots and underscores."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())


def _by_header(header: str) -> str:
    words = plain(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header))
    found = next((kind for kind, pattern in _PATTERNS.items() if pattern.search(words)), "")
    return "" if found not in _ALWAYS and _ALLOWED.search(words) else found


def _by_content(values: Sequence[str], born_by: int) -> str:
    if not values:
        return ""
    tests: tuple[tuple[str, Callable[[str], object], float], ...] = (
        ("number", _is_bsn, _SOME),
        ("contact", lambda value: _EMAIL.search(value) or _PHONE.fullmatch(value), _SOME),
        ("address", _POSTCODE.search, _SOME),
        ("birth", lambda value: _is_birth(value, born_by), _MANY),
    )
    for kind, test, share in tests:
        if sum(bool(test(value)) for value in values) >= share * len(values):
            return kind
    return _by_variety(values)


def _by_variety(values: Sequence[str]) -> str:
    different = len(set(values))
    words = [value for value in values if not re.fullmatch(r"[\d\s:.,/-]*", value)]
    if len(words) < _MANY * len(values):
        return ""
    if sum(map(len, words)) > _LONG_TEXT * len(words):
        return "text"
    if different > _MANY * len(values) and different > _FEW:
        if sum(len(value.split()) > _MANY_WORDS for value in words) > _SOME * len(words):
            return "text"
        if sum(bool(_NAME.fullmatch(value)) for value in words) > _MANY * len(words):
            return "name"
    is_class = sum(bool(_CLASS.fullmatch(value)) and any(sign.isdigit() for sign in value) for value in words)
    return "class" if different > _FEW and is_class > _MANY * len(words) else ""


def _is_bsn(value: str) -> bool:
    digits = re.sub(r"[ .]", "", value)
    if not re.fullmatch(r"\d{8,9}", digits) or set(digits) == {"0"}:
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(int(digit) * weight for digit, weight in zip(digits.zfill(9), weights, strict=True)) % 11 == 0


def _is_birth(value: str, born_by: int) -> bool:
    found = _DATE.fullmatch(value)
    # An incident that long ago is refused anyway, so a year that old is a pupil's.
    return found is not None and int(found[1] or found[2]) <= born_by
