"""What a case needs from who reads it, why, and by when: pure. `ranking.py` says the same in SQL, for pages of it."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Literal

from app.i18n.translate import lazy_gettext as _lazy

Tone = Literal["late", "soon", "calm"]
"""Red for a promise that was broken, amber for one that falls today or on the next school day."""


class Need(IntEnum):
    """What a case needs, the most pressing first: fresh news of an urgent one is above all, and unread never sinks."""

    URGENT_LATE = 0
    URGENT = 1
    LATE = 2
    NEW = 3
    WROTE = 4
    PROMISED = 5
    STEP = 6
    """The student answered a question about a step, and that is the last word."""
    WAITS = 7
    CLOSED_NEWS = 8
    CLOSED = 9


NEEDS_HIM = frozenset(range(Need.WAITS))
"""Above the line: the earliest promise comes first. Below it nothing is asked of him: the latest comes first."""

GROUPS = {
    "now": (Need.URGENT_LATE, Need.URGENT, Need.LATE, Need.NEW, Need.WROTE),
    "soon": (Need.PROMISED, Need.STEP),
    "waits": (Need.WAITS,),
    "closed": (Need.CLOSED_NEWS, Need.CLOSED),
}
_GROUP_OF = {need: group for group, needs in GROUPS.items() for need in needs}
GROUP_LABELS = {
    "now": _lazy("Nu"),
    "soon": _lazy("Binnenkort"),
    "waits": _lazy("Wacht op de leerling"),
    "closed": _lazy("Afgesloten"),
}

_REASONS = {
    Need.URGENT_LATE: _lazy("Dringend, niet gelezen, en het antwoord is te laat."),
    Need.URGENT: _lazy("Dringend, en er is iets dat je nog niet las."),
    Need.LATE: _lazy("Antwoord is te laat: de leerling wacht."),
    Need.NEW: _lazy("Deze melding heb je nog niet geopend."),
    Need.WROTE: _lazy("De leerling schreef iets."),
    Need.PROMISED: _lazy("Er is een antwoord beloofd."),
    Need.STEP: _lazy("De leerling gaf antwoord op je vraag over een stap."),
    Need.WAITS: _lazy("Jij hebt geantwoord. De leerling is aan zet."),
    Need.CLOSED_NEWS: _lazy("Afgesloten, met iets dat je nog niet las."),
    Need.CLOSED: _lazy("Afgesloten."),
}
_REPRISAL = {
    Need.URGENT_LATE: _lazy("Er gebeurde iets na een eerdere melding, en het antwoord is te laat."),
    Need.URGENT: _lazy("Er gebeurde iets na een eerdere melding, en je las het nog niet."),
}
_ASKED = _lazy("Je vroeg iets over een stap. De leerling is aan zet.")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a case stands for one reader: all of it in plain columns."""

    urgent: bool
    is_reprisal: bool
    is_closed: bool
    awaits_answer: bool
    promised_on: date
    is_new: bool
    """True when this reader never opened it."""
    has_news: bool
    """True when the student said something that this reader has not seen; the report counts."""
    student_had_last_word: bool
    is_step_answered: bool
    """True when that last word was the answer to a question about a step."""
    awaits_consent: bool


def need_of(standing: Standing, today: date) -> Need:
    """Return what a case needs from its reader *today*."""
    is_late = not standing.is_closed and standing.awaits_answer and standing.promised_on < today
    if standing.has_news and (standing.urgent or standing.is_reprisal) and _is_open_to_him(standing):
        return Need.URGENT_LATE if is_late else Need.URGENT
    if is_late:
        return Need.LATE
    if standing.has_news:
        return _news(standing)
    return _seen(standing)


def _is_open_to_him(standing: Standing) -> bool:
    """Tell whether nobody of the school closed it: a student who ends an urgent case may have been told to."""
    return not standing.is_closed or standing.student_had_last_word


def _news(standing: Standing) -> Need:
    if standing.is_new and _is_open_to_him(standing):
        return Need.NEW
    return Need.CLOSED_NEWS if standing.is_closed else Need.WROTE


def _seen(standing: Standing) -> Need:
    if standing.is_closed:
        return Need.CLOSED
    if standing.awaits_answer:
        return Need.PROMISED
    return Need.STEP if standing.is_step_answered else Need.WAITS


def reason_of(need: Need, standing: Standing) -> str:
    """Return in one sentence why a case stands where it stands."""
    if need is Need.WAITS and standing.awaits_consent:
        return str(_ASKED)
    if standing.is_reprisal and not standing.urgent and need in _REPRISAL:
        return str(_REPRISAL[need])
    return str(_REASONS[need])


def day_of(standing: Standing) -> date | None:
    """Return the day by which the student was promised an answer; None when nothing is promised."""
    return standing.promised_on if standing.awaits_answer and not standing.is_closed else None


def tone_of(by: date | None, today: date, next_school_day: date) -> Tone:
    """Return how pressing the day is: red when it is past, amber today and until the next school day."""
    if by is None or by > next_school_day:
        return "calm"
    return "late" if by < today else "soon"


def group_of(need: Need) -> str:
    """Return the code of the heading under which a case stands."""
    return _GROUP_OF[need]
