"""The words of a copy: grounds, parts, and what an entry of the file says."""

from collections.abc import Mapping
from typing import Any

from app.cases.steps import Step
from app.i18n.formats import format_date
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext as _lazy

GROUND_LABELS: Mapping[str, str] = {
    "police": _lazy("Voor de politie"),
    "complaints": _lazy("Voor een klachtencommissie"),
    "transfer": _lazy("Voor een andere vertrouwenspersoon, die verdergaat"),
    "court": _lazy("Omdat een rechter of de wet het vraagt"),
    "student": _lazy("Omdat de leerling erom vroeg"),
}
OWN_GROUND_LABELS: Mapping[str, str] = {
    "police": _lazy("voor de politie"),
    "complaints": _lazy("voor een klachtencommissie"),
    "transfer": _lazy("voor een andere vertrouwenspersoon, die verdergaat"),
    "court": _lazy("omdat een rechter of de wet het vraagt"),
    "student": _lazy("omdat jij erom vroeg"),
}
PART_LABELS: Mapping[str, str] = {
    "report": _lazy("Wat de leerling vertelde"),
    "conversation": _lazy("Het gesprek"),
    "steps": _lazy("De stappen"),
    "ledger": _lazy("Aan wie iets is verteld"),
    "notes": _lazy("Notities die iedereen die meeleest kan zien"),
}


def ground_label(ground: str) -> str:
    """Return a ground in words for an adviser."""
    return str(GROUND_LABELS.get(ground, ground))


def own_ground_label(ground: str) -> str:
    """Return a ground in words for the student, to follow "a copy was made"."""
    return str(OWN_GROUND_LABELS.get(ground, ground))


def part_label(part: str) -> str:
    """Return the name of a part of a copy."""
    return str(PART_LABELS[part])


def who_wrote(author: str, *, from_student: bool) -> str:
    """Return the name that stands above a message."""
    return _("Leerling") if from_student else author


def step_lines(step: Step) -> str:
    """Return what was planned, what the student said to it and what became of it, line by line."""
    lines = [step.about]
    if step.asked_on:
        lines.append(_("Aan de leerling gevraagd op %(day)s.", day=format_date(step.asked_on)))
    if step.answered_on:
        lines.append(_("Beantwoord op %(day)s.", day=format_date(step.answered_on)))
    if step.done_on:
        day = format_date(step.done_on)
        lines.append(_("Gedaan op %(day)s.", day=day) if step.state == "done" else _("Vervallen op %(day)s.", day=day))
    return "\n".join(lines)


def ledger_lines(value: Mapping[str, Any]) -> str:
    """Return what was told to whom and why, line by line; empty when it is damaged."""
    return "\n".join(part for name, part in value.items() if isinstance(part, str) and part and name != "author")
