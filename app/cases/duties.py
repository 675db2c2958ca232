"""The duties compass: its rows from one file, what a case says by itself, and which of them hold for it."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from flask import current_app
from pydantic import Field
from sqlalchemy.orm import Session

from app.cases.desk import Held
from app.cases.duty_rules import KNOWN, Duty, Facts, Found, Source, Told, applicable, facts_from
from app.cases.envelopes import CARD, REPORT, open_value
from app.flows.faults import Fault, FlowError
from app.flows.reading import MOST_BYTES, Document, read
from app.flows.shape import Shape, shaped
from app.i18n.translate import gettext as _
from app.referrals.queries import Card, cards_by_id
from app.settings import ROOT, Settings

FILE = "desk/duties.yaml"
"""Where the duties stand, below the folder of the conversations."""
OWN = ROOT / "flows"
MOST_LINES = 3


class SourceShape(Shape):
    """Where a duty comes from, as written."""

    article: str = Field(min_length=1)
    read: str = Field(min_length=1)
    on: str = Field(min_length=1)


class DutyShape(Shape):
    """A duty as written."""

    when: dict[str, bool]
    title: str = Field(min_length=1)
    what_to_do: list[str] = Field(min_length=1)
    deadline: str = Field(min_length=1)
    authority: str = Field(min_length=1)
    service: str = Field(min_length=1)
    tell_first: str = Field(min_length=1)
    overrides: bool
    source: SourceShape
    unsure: str = ""


class CompassShape(Shape):
    """The whole file."""

    facts: dict[str, str] = Field(min_length=1)
    duties: dict[str, DutyShape] = Field(min_length=1)


class Compass:
    """The duties, and what each fact is called."""

    def __init__(self, duties: tuple[Duty, ...], fact_names: dict[str, str]) -> None:
        self.duties = duties
        self.fact_names = fact_names

    def duty(self, duty_id: str) -> Duty | None:
        """Return the duty with that id, or None."""
        return next((each for each in self.duties if each.id == duty_id), None)


def load_compass(folder: Path) -> Compass:
    """Read the duties of the conversations in *folder*.

    Raises: FlowError, with every fault.
    """
    name = f"{folder.name}/{FILE}"
    try:
        with (folder / FILE).open("rb") as opened:
            document = read(name, opened.read(MOST_BYTES + 1))
    except OSError as error:
        raise FlowError([Fault(name, 1, "E00", f"the file cannot be read ({error.strerror}): put it back")]) from None
    shape = shaped(document, CompassShape, _shape_around) if document.data is not None else None
    if shape is not None:
        _check(document, shape)
    if shape is None or document.faults:
        missing = [Fault(name, 1, "E00", "the file is empty: write the duties of the desk")]
        raise FlowError(document.faults or missing)
    return Compass(tuple(_duty(name, each) for name, each in shape.duties.items()), shape.facts)


def _shape_around(location: tuple[str | int, ...]) -> type[Shape]:
    if "source" in location[:-1]:
        return SourceShape
    return DutyShape if len(location) > MOST_LINES - 1 else CompassShape


def _check(document: Document, shape: CompassShape) -> None:
    for name, duty in shape.duties.items():
        for fact in duty.when:
            if fact not in shape.facts:
                known = ", ".join(shape.facts)
                document.fault(("duties", name, "when", fact), "E10", f'unknown fact "{fact}": known are {known}')
        if len(duty.what_to_do) > MOST_LINES:
            message = f"more than {MOST_LINES} lines: who reads this has a student waiting; shorten it"
            document.fault(("duties", name, "what_to_do"), "W32", message)


def _duty(duty_id: str, shape: DutyShape) -> Duty:
    said = shape.model_dump(exclude={"what_to_do", "source"})
    source = Source(**shape.source.model_dump())
    return Duty(id=duty_id, what_to_do=tuple(shape.what_to_do), source=source, **said)


def compass() -> Compass:
    """Return the duties of the current app; where its folder has none, those that come with the program.

    Raises: FlowError.
    """
    settings: Settings = current_app.config["SETTINGS"]
    return _loaded(settings.flows if (settings.flows / FILE).exists() else OWN)


@lru_cache(maxsize=4)
def _loaded(folder: Path) -> Compass:
    return load_compass(folder)


def told_in(held: Held) -> Told:
    """Return what the compass reads of a case that the caller took from a desk; of a damaged part nothing."""
    card = open_value(held.dialog_key, held.case.card, held.ref, *CARD) or {}
    report = open_value(held.dialog_key, held.case.report, held.ref, *REPORT) or {}
    return Told(
        reader_kind=held.reader.kind,
        categories=frozenset(card.get("categories", ())),
        watch=frozenset(card.get("watch", ())),
        answers={step: tuple(values) for step, values in report.get("answers", {}).items()},
    )


def facts_of(held: Held, changed: Mapping[str, str]) -> Facts:
    """Return what is known of a case, with what its reader *changed*; other values change nothing."""
    known = facts_from(told_in(held))
    return {name: KNOWN.get(changed.get(name, ""), fact) for name, fact in known.items()}


def duties_for(facts: Facts) -> tuple[Found, ...]:
    """Return the duties that hold for *facts*, certain ones first, then those that may."""
    return applicable(compass().duties, facts)


def cards_of(session: Session, found: tuple[Found, ...]) -> dict[str, Card]:
    """Return the services of *found* by id; a number stands on a card only while a person has verified it."""
    wanted = dict.fromkeys(each.duty.service for each in found)
    return {card.id: card for card in cards_by_id(session, wanted)}


def overriding_duties(held: Held) -> tuple[Duty, ...]:
    """Return the duties that may go before the student's answer in a case; who chooses one says that it holds."""
    return tuple(each.duty for each in duties_for(facts_of(held, {})) if each.duty.overrides)


def duties_at_a_glance(held: Held) -> tuple[str, ...]:
    """Return in the present language the titles of what certainly must be passed on, whatever the student says."""
    found = duties_for(facts_of(held, {}))
    return tuple(_(each.duty.title) for each in found if each.is_certain and each.duty.overrides)


def sentence_of(duty_id: str) -> str:
    """Return the sentence with which a student is told first of a duty; empty when there is no such duty."""
    duty = compass().duty(duty_id)
    return _(duty.tell_first) if duty else ""
