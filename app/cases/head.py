"""What stands above every page of one case: by what name a reader knows it, how it stands, and by when it needs him."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.cases.desk import Held
from app.cases.reading import read_card
from app.cases.wording import part_of_day_label, status_label
from app.schools.queries import school_by_id


@dataclass(frozen=True, kw_only=True)
class CaseHead:
    """The head of a case; nothing in it is more than the queue shows."""

    id: str
    title: str
    school: str
    status: str
    urgent: bool
    is_reprisal: bool
    is_told: bool
    """True when an adviser wrote down what was told to him."""
    reported_on: date
    part_of_day: str
    by: date | None
    """The day for which an answer was promised; None when nobody waits for one any more."""
    awaits_consent: bool

    @property
    def status_label(self) -> str:
        """Return the status in words."""
        return status_label(self.status)

    @property
    def part_of_day_label(self) -> str:
        """Return the part of the day in words."""
        return part_of_day_label(self.part_of_day)


def head_of(session: Session, held: Held) -> CaseHead:
    """Return the head of a case that the caller took from a desk."""
    case, school = held.case, school_by_id(session, held.case.school_id)
    return CaseHead(
        id=case.id,
        title=read_card(held.dialog_key, case.card, held.ref).title,
        school=school.name if school else "",
        status=case.status,
        urgent=case.urgent,
        is_reprisal=case.parent_id is not None,
        is_told=case.origin == "told",
        reported_on=case.reported_on,
        part_of_day=case.part_of_day,
        by=case.promised_on if case.awaits_answer and case.status != "closed" else None,
        awaits_consent=case.awaits_consent and case.status != "closed",
    )
