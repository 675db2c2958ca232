"""Shows what in a text could tell who wrote it, and what could stand there instead; nothing of it is kept."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.accounts.queries import Reader
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext as _lazy
from app.i18n.translate import ngettext
from app.recognition.finding import apply, find
from app.recognition.model import Finding, Packs, Surroundings
from app.schools.queries import SchoolInfo

MOST_SHOWN = 6
CONTEXT = 32
"""Characters shown before and after what was found."""
SHORTEST_NAME = 3
NO_BREAK = "\u00a0"
LEFT_OUT = ("", "…")
"""What stands where something was taken out."""
WHY = {
    "own_name": _lazy("Dit lijkt op je eigen naam."),
    "name": _lazy("Aan een naam zien mensen over wie het gaat, en soms ook wie jij bent."),
    "class": _lazy("In een klas zitten niet veel mensen."),
    "role": _lazy("Maar weinig mensen zijn of doen dit."),
    "only_i": _lazy("Als alleen jij dit weet, weet de lezer dat jij het bent."),
    "clock_time": _lazy("Een precies tijdstip kan laten zien wie erbij was."),
    "date": _lazy("Een precieze dag kan laten zien wie erbij was."),
    "phone": _lazy("Met een telefoonnummer kan iemand je vinden."),
    "email": _lazy("Met een e-mailadres kan iemand je vinden."),
    "handle": _lazy("Met een accountnaam kan iemand je vinden."),
    "staff_name": _lazy("Dit lijkt op de naam van iemand die dit gaat lezen."),
    "sibling": _lazy("Wie je familie kent, weet dan wie jij bent."),
}


@dataclass(frozen=True, kw_only=True)
class Guess:
    """One place in a text, with the words around it."""

    step_id: str
    mark: str
    """The same for the same place in the same text, so that a page that is out of date changes nothing."""
    before: str
    found: str
    after: str
    why: str
    crowd: str
    """About how many people it fits; empty when nobody can say."""
    button: str
    """What one tap would do; empty when there is nothing to propose."""
    reader: Reader | None = None
    """Set when it is about somebody who would read it: he can be struck out."""


def surroundings_of(school: SchoolInfo, readers: Iterable[Reader]) -> Surroundings:
    """Return what is known of the school around the student."""
    names = dict.fromkeys(name for name in (school.name, school.official_name) if name)
    return Surroundings(
        staff_names=tuple(reader.name for reader in readers),
        school_names=tuple(names),
        pupils=school.pupils,
        class_size=school.class_size,
    )


def guesses_in(
    texts: Iterable[tuple[str, str]], packs: Packs, surroundings: Surroundings, readers: Sequence[Reader]
) -> tuple[Guess, ...]:
    """Return what could be guessed from *texts* (step and text), in order; *readers* are those who would read them."""
    return tuple(_guesses(texts, packs, surroundings, readers))


def _guesses(
    texts: Iterable[tuple[str, str]], packs: Packs, surroundings: Surroundings, readers: Sequence[Reader]
) -> Iterator[Guess]:
    for step_id, text in texts:
        for finding in find(text, packs, surroundings):
            named = _reader_named(finding, readers)
            # Somebody of the school who will not read it gives nobody away.
            if finding.kind != "staff_name" or named:
                yield _guess(step_id, text, finding, named)


def _guess(step_id: str, text: str, finding: Finding, named: Reader | None) -> Guess:
    return Guess(
        step_id=step_id,
        mark=_mark_of(text, finding),
        before=_before(text[: finding.start]),
        found=text[finding.start : finding.end],
        after=_after(text[finding.end :]),
        why=str(WHY[finding.kind]),
        crowd=_crowd_text(finding.crowd),
        button="" if named else _button_text(finding),
        reader=named,
    )


def wanted_text(text: str, mark: str, packs: Packs, surroundings: Surroundings) -> str | None:
    """Return *text* with the proposal called *mark* taken over; None when it holds no such proposal."""
    for finding in find(text, packs, surroundings):
        if finding.blurred is not None and _mark_of(text, finding) == mark:
            return apply(text, finding)
    return None


def _mark_of(text: str, finding: Finding) -> str:
    whole = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    place = f"{finding.start}-{finding.end}-{finding.kind}-{whole}"
    return hashlib.sha256(place.encode()).hexdigest()[:16]


def _reader_named(finding: Finding, readers: Sequence[Reader]) -> Reader | None:
    if finding.kind != "staff_name":
        return None
    words = _words(finding.found)
    # Who has most of the words: "van" alone stands in many names.
    shared = {reader: len(words & _words(reader.name)) for reader in readers}
    named = max(shared, key=lambda reader: shared[reader], default=None)
    return named if named and shared[named] else None


def _words(name: str) -> set[str]:
    return {word for word in name.casefold().replace(".", " ").split() if len(word) >= SHORTEST_NAME}


def _button_text(finding: Finding) -> str:
    if finding.blurred is None:
        return ""
    if finding.blurred in LEFT_OUT:
        return _("Haal “%(found)s” weg", found=finding.found)
    return _("Maak er “%(blurred)s” van", blurred=finding.blurred)


def _crowd_text(crowd: int | None) -> str:
    if crowd is None:
        return ""
    if crowd <= 1:
        return _("Dit past misschien maar bij één persoon.")
    return ngettext(
        "Dit past misschien bij ongeveer %(num)s persoon.", "Dit past misschien bij ongeveer %(num)s mensen.", crowd
    )


def _before(text: str) -> str:
    piece = text[-CONTEXT:]
    return piece if piece == text else f"…{NO_BREAK}{piece.partition(' ')[2] or piece}"


def _after(text: str) -> str:
    piece = text[:CONTEXT]
    return piece if piece == text else f"{piece.rpartition(' ')[0] or piece}{NO_BREAK}…"
