"""One case as a reader sees it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.cases import rules
from app.cases.desk import Desk, Held, on_desk
from app.cases.envelopes import CaseRef, unwrap_key
from app.cases.family import in_family_of
from app.cases.models import Case, CaseReader
from app.cases.reading import (
    CardInfo,
    Message,
    ReaderInfo,
    Report,
    Seen,
    furthest_seen,
    read_card,
    read_messages,
    read_report,
    readers_in,
)
from app.cases.wording import AnswerLine, part_of_day_label, status_label, topic_label
from app.schools.queries import school_by_id


@dataclass(frozen=True)
class Relative:
    """Another case of the same student that lies on the same desk."""

    case_id: str
    title: str
    reported_on: date
    is_reprisal: bool


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """One case, opened for one reader."""

    id: str
    school: str
    status: str
    urgent: bool
    reported_on: date
    part_of_day: str
    promised_on: date
    awaits_answer: bool
    is_overdue: bool
    card: CardInfo
    report: Report
    messages: tuple[Message, ...]
    readers: tuple[ReaderInfo, ...]
    seen_before: int
    """Number of the last message that this reader had seen before; -1 at the first opening."""
    is_folded: bool
    is_reprisal: bool
    """True for what happened after an earlier report that is still kept."""
    relatives: tuple[Relative, ...]
    is_key_damaged: bool

    @property
    def title(self) -> str:
        """Return by what name the reader knows it."""
        return self.card.title

    @property
    def status_label(self) -> str:
        """Return the status in words."""
        return status_label(self.status)

    @property
    def part_of_day_label(self) -> str:
        """Return the part of the day in words."""
        return part_of_day_label(self.part_of_day)

    @property
    def pinned(self) -> tuple[AnswerLine, ...]:
        """Return the answers that the adviser sees first."""
        return self.report.pinned

    @property
    def watch_labels(self) -> tuple[str, ...]:
        """Return in words what the text may point to, the gravest first."""
        return tuple(topic_label(topic) for topic in self.report.watch)


def case_view(session: Session, desk: Desk, held: Held) -> CaseView:
    """Return a case that the caller took from *desk*."""
    found, key = held.case, held.dialog_key
    readers = readers_in(session, held.ref)
    seen = Seen(furthest_seen(readers), found.student_seen_through)
    school = school_by_id(session, found.school_id)
    return CaseView(
        id=found.id,
        school=school.name if school else "",
        **_standing(found),
        card=read_card(key, found.card, held.ref),
        report=read_report(session, found, key),
        messages=read_messages(session, held.ref, key, seen),
        readers=readers,
        seen_before=held.reader.seen_through,
        relatives=_relatives(session, desk, found),
        is_key_damaged=key is None,
    )


def _standing(case: Case) -> dict[str, Any]:
    """Return how the case stands, which its row says without a key."""
    return {
        "status": case.status,
        "urgent": case.urgent,
        "reported_on": case.reported_on,
        "part_of_day": case.part_of_day,
        "promised_on": case.promised_on,
        "awaits_answer": case.awaits_answer,
        "is_overdue": rules.is_overdue(
            awaits_answer=case.awaits_answer, promised_on=case.promised_on, today=clock.today()
        ),
        "is_folded": case.lane == rules.FOLDED,
        "is_reprisal": case.parent_id is not None,
    }


def _relatives(session: Session, desk: Desk, case: Case) -> tuple[Relative, ...]:
    """Return the other cases of the student on *desk*, oldest first; of one that lies elsewhere nothing shows."""
    query = (
        select(Case.id, Case.school_id, Case.parent_id, Case.reported_on, Case.card, CaseReader.dialog_wrap)
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(on_desk(desk), in_family_of(case), Case.id != case.id)
        .order_by(Case.reported_on, Case.id)
    )
    found = []
    for row in session.execute(query):
        ref = CaseRef(school_id=row.school_id, case_id=row.id)
        card = read_card(unwrap_key(row.dialog_wrap, desk.pair, ref, desk.person_id), row.card, ref)
        found.append(Relative(row.id, card.title, row.reported_on, row.parent_id is not None))
    return tuple(found)
