"""Suggests which column says what, and which of our codes a system's word stands for; never below a clear score."""

import re
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process

from app.register.codes import CATEGORIES, FIELDS
from app.register.importing.personal import plain

CLEAR = 84
"""Below this score a word is too far from all we know: the user chooses."""
NOT_REGISTERED = "skip"
"""What the user or a suggestion says of a word that is no incident of the register."""
TARGETS = ("day", *FIELDS, "is_online", "affected_count", "incidents")
"""Everything that a column can fill; `incidents` tells how many incidents a row stands for."""

_HEADERS: Mapping[str, tuple[str, ...]] = {
    "day": ("datum", "datum incident", "dag", "incidentdatum", "date", "datum voorval", "wanneer"),
    "category": ("soort incident", "categorie", "soort", "type incident", "incident", "voorval", "category", "type"),
    "second_category": ("tweede categorie", "ook nog", "nevencategorie"),
    "part_of_day": ("dagdeel", "tijdstip", "tijd", "lesuur", "moment", "periode"),
    "place": ("plaats", "locatie", "waar", "plek", "ruimte", "location"),
    "object": ("voorwerp", "wapen", "object", "middel"),
    "motive": ("aanleiding", "motief", "reden", "motive"),
    "causer_role": ("rol dader", "rol veroorzaker", "wie deed het", "dader rol", "functie dader"),
    "affected_role": ("rol slachtoffer", "wie had er last van", "slachtoffer rol", "rol betrokkene"),
    "injury": ("letsel", "verwonding", "gewond", "injury"),
    "source": ("bron", "hoe weet de school het", "herkomst"),
    "certainty": ("zekerheid", "hoe zeker", "onzeker"),
    "serious_reason": ("ernst", "ernstig", "waarom ernstig", "zwaarte"),
    "follow_up": ("maatregel", "vervolg", "afhandeling", "actie", "wat deed de school", "sanctie"),
    "police_report": ("politie", "aangifte", "police"),
    "inspectorate": ("inspectie", "gemeld inspectie", "melding bij de inspectie"),
    "is_online": ("online", "digitaal", "het was ook online"),
    "affected_count": ("aantal slachtoffers", "aantal betrokkenen", "hoeveel mensen", "aantal getroffenen"),
    "incidents": ("aantal", "aantal incidenten", "count", "frequentie"),
}
_WORDS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "category": {
        "violence": (
            "fysiek geweld",
            "geweld",
            "vechten",
            "vechtpartij",
            "slaan",
            "schoppen",
            "mishandeling",
            "knokpartij",
            "groepsknokpartij",
            "fysiek geweld met letsel",
        ),
        "sexual": (
            "seksuele intimidatie",
            "seksueel misbruik",
            "seksueel",
            "aanranding",
            "ongewenste aanraking",
            "loverboy",
            "sexting",
            "grensoverschrijdend gedrag seksueel",
        ),
        "intimidation": (
            "intimidatie",
            "stelselmatige intimidatie",
            "afpersing",
            "stalking",
            "stalken",
            "valse beschuldiging",
        ),
        "threat": ("bedreiging", "dreigen", "bommelding", "dreigement", "bedreigen"),
        "bullying": (
            "pesten",
            "grove pesterijen",
            "pesterij",
            "pesterijen",
            "cyberpesten",
            "digitaal pesten",
            "buitensluiten",
        ),
        "vandalism": ("vernieling", "ernstige vernieling", "vandalisme", "brandstichting", "graffiti"),
        "theft": ("diefstal", "stelen", "heling", "inbraak", "fietsendiefstal"),
        "drugs": ("drugs", "drugsbezit", "drugshandel", "drugsgebruik", "wiet", "softdrugs", "harddrugs", "dealen"),
        "weapon": ("wapen", "wapens", "wapenbezit", "steekwapen", "vuurwapen", "mes", "wapengebruik", "wapenhandel"),
        NOT_REGISTERED: (
            "alcohol",
            "roken",
            "vapen",
            "tabak",
            "te laat",
            "spijbelen",
            "verzuim",
            "ordeverstoring",
            "vuurwerk",
            "gezondheid",
            "ongeval",
            "overig",
            "uit de les verwijderd",
        ),
    },
    "part_of_day": {
        "before_school": ("voor school", "voor schooltijd", "vroeg"),
        "morning_lesson": ("ochtend", "les ochtend", "lesuur ochtend", "1e uur", "2e uur", "3e uur", "4e uur"),
        "morning_break": ("pauze", "ochtendpauze", "kleine pauze", "1e pauze"),
        "lunch_break": ("lunch", "lunchpauze", "grote pauze", "middagpauze groot"),
        "afternoon_lesson": ("middag", "les middag", "lesuur middag", "5e uur", "6e uur", "7e uur", "8e uur"),
        "afternoon_break": ("middagpauze", "2e pauze"),
        "after_school": ("na school", "na schooltijd", "avond"),
    },
    "place": {
        "class_room": ("klas", "lokaal", "klaslokaal", "in de klas"),
        "corridor": ("gang", "hal"),
        "stairs": ("trap", "trappenhuis"),
        "lockers": ("kluisjes", "kluis", "locker"),
        "canteen": ("kantine", "aula"),
        "toilet": ("toilet", "wc", "toiletten"),
        "changing_room": ("kleedkamer",),
        "gym": ("gymzaal", "gym", "sportveld", "sporthal"),
        "school_grounds": ("schoolplein", "plein", "schoolterrein", "terrein"),
        "bicycle_shed": ("fietsenstalling", "fietsenhok", "fietsenkelder"),
        "street": ("straat", "buurt", "omgeving school"),
        "on_the_way": ("onderweg", "route", "van naar school"),
        "transport": ("bus", "tram", "trein", "ov"),
        "internship": ("stage", "excursie", "werkweek", "uitje"),
        "online": ("online", "internet", "whatsapp", "social media", "groepsapp"),
    },
}
_ROLES = {
    "pupil": ("leerling", "student", "deelnemer", "medeleerling"),
    "staff": ("personeel", "medewerker", "docent", "leraar", "onderwijspersoneel"),
    "parent": ("ouder", "verzorger", "ouders", "familie"),
    "outsider": ("buitenstaander", "derde", "derden", "extern", "onbekende van buiten"),
    "group": ("groep", "groep leerlingen"),
}
_YES, _NO = ("ja", "j", "yes", "y", "true", "waar", "1", "x"), ("nee", "n", "no", "false", "onwaar", "0", "-", "")
_YES_MEANS = {
    "injury": ("light", "none"),
    "serious_reason": ("crime", "none"),
    "police_report": ("told", "none"),
    "inspectorate": ("done", "not_needed"),
}
# The lists of the old system IRIS (topicusonderwijs, Apache-2.0; read 2026-11-22): what happened, by number.
_IRIS = {
    **dict.fromkeys((3, 7), "violence"),
    **dict.fromkeys((8, 9, 10), "sexual"),
    **dict.fromkeys((5, 6), "intimidation"),
    **dict.fromkeys((2, 20), "threat"),
    4: "bullying",
    **dict.fromkeys((13, 19), "vandalism"),
    **dict.fromkeys((15, 16, 18), "theft"),
    **dict.fromkeys((24, 25, 26), "drugs"),
    **dict.fromkeys((21, 22, 23), "weapon"),
    **dict.fromkeys((11, 27, 29, 30, 35), NOT_REGISTERED),
}
_CLOCK = re.compile(r"(\d{1,2})[:.u](\d{2})(:\d{2})?")
_HOURS = (
    (510, "before_school"),
    (630, "morning_lesson"),
    (660, "morning_break"),
    (735, "morning_lesson"),
    (780, "lunch_break"),
    (840, "afternoon_lesson"),
    (855, "afternoon_break"),
    (990, "afternoon_lesson"),
)
"""Until which minute of the day a clock time belongs to which part; after the last it is after school."""


def suggest_columns(headers: Sequence[str]) -> Mapping[str, str]:
    """Return which header most likely fills each target; a header fills one target at most."""
    scored = [
        (score, target, header)
        for target, words in _HEADERS.items()
        for header in headers
        if (score := max(fuzz.token_sort_ratio(plain(header), word) for word in words)) >= CLEAR
    ]
    found: dict[str, str] = {}
    for _, target, header in sorted(scored, key=lambda one: -one[0]):
        if target not in found and header not in found.values():
            found[target] = header
    return found


def suggest_values(target: str, values: Iterable[str]) -> Mapping[str, str]:
    """Return the code that each different value of a column stands for; a value that is unclear is left out."""
    different = sorted(set(values))
    numbers = {int(value) for value in different if value.isdecimal()}
    if target == "category" and numbers and len(numbers) == len(different):
        codes = tuple(CATEGORIES)
        own = {number: codes[number - 1] for number in range(1, len(codes) + 1)}
        known = own if max(numbers) <= len(codes) else _IRIS
        return {value: known[int(value)] for value in different if int(value) in known}
    return {value: code for value in different if (code := suggest_code(target, value))}


def suggest_code(target: str, value: str) -> str:
    """Return the code that *value* clearly stands for, or an empty text."""
    words = plain(value)
    known = _known(target)
    if words in known:
        return known[words]
    if target == "part_of_day" and (found := _CLOCK.fullmatch(value.strip())):
        minute = int(found[1]) * 60 + int(found[2])
        return next((part for until, part in _HOURS if minute < until), "after_school")
    if target in _YES_MEANS and words in (*_YES, *_NO):
        return _YES_MEANS[target][words in _NO]
    best = process.extractOne(words, known, scorer=fuzz.token_set_ratio, score_cutoff=CLEAR) if len(words) > 2 else None  # noqa: PLR2004 -- two letters are like many words
    # The mapping was searched by its keys' own text.
    return known[best[2]] if best else ""


def is_yes(value: str) -> bool:
    """Return whether *value* is a yes."""
    return plain(value) in _YES


def _known(target: str) -> Mapping[str, str]:
    if target not in FIELDS:
        return {}
    labels = {plain(label[:]): code for code, label in FIELDS[target][1].items()}
    words = _ROLES if target.endswith("_role") else _WORDS.get(target, {})
    if target == "second_category":
        words = _WORDS["category"]
    return {
        **labels,
        **{code: code for code in FIELDS[target][1]},
        **{plain(word): code for code, many in words.items() for word in many},
    }
