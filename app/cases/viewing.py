"""One case as a reader sees it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.cases import rules
from app.cases.desk import Desk, Held, is_reader, on_desk
from app.cases.envelopes import CaseRef, unwrap_key
from app.cases.family import in_family_of
from app.cases.head import CaseHead, head_of
from app.cases.models import Case, CaseReader
from app.cases.needs import Tone, tone_of
from app.cases.reading import (
    CardInfo,
    Message,
    ReaderInfo,
    Report,
    Seen,
    Window,
    furthest_seen,
    read_card,
    read_report,
    read_window,
    readers_in,
)
from app.cases.wording import AnswerLine, topic_label
from app.schools.queries import holidays_of
from app.schools.rules import school_day_after

NEWEST = 50
"""How many messages a page has; the others are a link away."""
FIRST = 1
"""Number of the first message; the report itself is 0."""


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

    head: CaseHead
    school_id: str
    card: CardInfo
    report: Report
    messages: tuple[Message, ...]
    """The newest ones, or those before an older one."""
    last_seq: int
    """Number of the last message of the case."""
    tone: Tone
    """How pressing the promise of an answer is."""
    readers: tuple[ReaderInfo, ...]
    seen_before: int
    """Number of the last message that this reader had seen before; -1 at the first opening."""
    is_folded: bool
    relatives: tuple[Relative, ...]
    is_key_damaged: bool

    @property
    def older(self) -> int | None:
        """Return before which number older messages stand; None when these are the first."""
        return self.messages[0].seq if self.messages and self.messages[0].seq > FIRST else None

    @property
    def is_earlier(self) -> bool:
        """Tell whether newer messages than these were left out."""
        return bool(self.messages) and self.messages[-1].seq < self.last_seq

    @property
    def is_closed(self) -> bool:
        """Tell whether nobody can answer before it is reopened."""
        return self.head.status == "closed"

    @property
    def language(self) -> str:
        """Return the tag of the language in which the student told it."""
        return self.card.language or self.report.language

    @property
    def pinned(self) -> tuple[AnswerLine, ...]:
        """Return the answers that the adviser sees first."""
        return self.report.pinned

    @property
    def watch_labels(self) -> tuple[str, ...]:
        """Return in words what the text may point to, the gravest first."""
        return tuple(topic_label(topic) for topic in self.report.watch)


def case_view(session: Session, desk: Desk, held: Held, before: int | None = None) -> CaseView:
    """Return a case that the caller took from *desk*, with the newest messages, or the newest *before* one of them."""
    found, key, head = held.case, held.dialog_key, head_of(session, held)
    readers = readers_in(session, held.ref)
    seen = Seen(furthest_seen(readers), found.student_seen_through)
    return CaseView(
        head=head,
        school_id=found.school_id,
        card=read_card(key, found.card, held.ref),
        report=read_report(session, found, key),
        messages=read_window(session, held.ref, key, seen, Window(NEWEST, before)),
        last_seq=found.last_seq,
        tone=_tone(session, found.school_id, head.by),
        readers=readers,
        seen_before=held.reader.seen_through,
        is_folded=found.lane == rules.FOLDED,
        relatives=_relatives(session, desk, found),
        is_key_damaged=key is None,
    )


def _tone(session: Session, school_id: str, by: date | None) -> Tone:
    today = clock.today()
    return tone_of(by, today, school_day_after(today, 1, holidays_of(session, school_id)))


def was_withdrawn(session: Session, desk: Desk, case_id: str) -> bool:
    """Tell whether this reader had opened a case that its student withdrew since; the queue tells him no more."""
    query = (
        select(Case.id)
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(Case.id == case_id, is_reader(desk), Case.withdrawn_on.is_not(None), CaseReader.seen_through >= 0)
    )
    return session.scalar(query) is not None


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
