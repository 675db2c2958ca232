"""Opens the sealed parts of a case for whoever holds its key; a damaged part is shown so and hides no other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.accounts.queries import name_of
from app.cases.consent_wording import ask_text, consent_text
from app.cases.envelopes import CARD, REPORT, CaseRef, open_value, place_of_message
from app.cases.models import Case, CaseReader
from app.cases.models import Message as MessageRow
from app.cases.reader_wording import readers_text
from app.cases.said import Said, typed, written
from app.cases.wording import (
    AnswerLine,
    Labels,
    answer_lines,
    category_label,
    checkin_text,
    ended_text,
    in_order_of_care,
    own_checkin_text,
    own_ended_text,
    pinned_lines,
    reader_kind_label,
)
from app.flows.engine import outcome, replay
from app.i18n.translate import archived, current
from app.i18n.translate import gettext as _
from app.talks.queries import texts_of, version

MessageKind = Literal["message", "outcome", "checkin", "ended", "ask", "consent", "readers"]
_KINDS: Mapping[str, MessageKind] = {
    "student": "message",
    "adviser": "message",
    "outcome": "outcome",
    "checkin": "checkin",
    "ended": "ended",
    "ask": "ask",
    "consent": "consent",
    "readers": "readers",
}
"""By direction: "ask" is an adviser's question for consent to a step, "consent" the student's answer, "readers" tells
who reads along from then on, or no longer."""
_FROM_STUDENT = frozenset({"student", "checkin", "ended", "consent"})


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message; of a damaged one only its place and day are known."""

    seq: int
    from_student: bool
    kind: MessageKind
    written_on: date
    is_read: bool
    """True when the other side has seen it: some reader, or the student."""
    author: str = ""
    """Name of the adviser; empty for the student."""
    text: str = ""
    language: str = ""
    phrases: tuple[Said, ...] = ()
    """The sentences of the desk with which it begins, in the present language; `text` has them too."""
    typed: str = ""
    """What was typed after them."""
    help_ids: tuple[str, ...] = ()
    """Services whose cards go with it."""
    step: str = ""
    """Of "ask" and "consent": the id of the step that it is about."""
    damaged: bool = False

    @property
    def is_outcome(self) -> bool:
        """Tell whether this is the sentence with which an adviser closed the case."""
        return self.kind == "outcome"

    @property
    def pieces(self) -> tuple[Said, ...]:
        """Return what it says, each piece in its own language and direction."""
        if not self.phrases:
            return (typed(self.text, self.language),)
        return (*self.phrases, typed(self.typed, self.language)) if self.typed else self.phrases


@dataclass(frozen=True)
class Window:
    """Which messages to read: the newest *most* of those before number *before*, of all when it is None."""

    most: int
    before: int | None = None


@dataclass(frozen=True)
class Seen:
    """Number of the last message that each side has seen; -1 before the first opening."""

    by_readers: int
    by_student: int


_NOT_ASKED = Seen(-1, -1)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the student told, question by question in the present language; own words as they were typed."""

    lines: tuple[AnswerLine, ...] = ()
    pinned: tuple[AnswerLine, ...] = ()
    """The answers that an adviser sees first; they stand among the lines too."""
    watch: tuple[str, ...] = ()
    """Topics of which a word was found in what was typed."""
    help_ids: tuple[str, ...] = ()
    """Services that the rules of the talk name."""
    language: str = ""
    damaged: bool = False

    @property
    def words(self) -> str:
        """Return everything that the student typed."""
        return " ".join(text for line in self.lines if line.is_own_words for text in line.answers)


@dataclass(frozen=True)
class CardInfo:
    """The few words by which a case is known in the queue."""

    categories: tuple[str, ...] = ()
    topic: str = ""
    language: str = ""
    watch: tuple[str, ...] = ()
    """Topics of which a word was found in what was typed."""
    damaged: bool = False
    alike: int = 0
    """To how many others of the same hour its text was alike."""
    is_fast: bool = False
    """True when it was told faster than most people can."""

    @property
    def title(self) -> str:
        """Return the main category in words."""
        if self.damaged:
            return _("Beschadigde melding")
        return category_label(self.categories[0]) if self.categories else _("Melding")


@dataclass(frozen=True)
class ReaderInfo:
    """Somebody who can read a case; `kind` is internal or external, as it was when the case came in."""

    person_id: str
    name: str
    kind: str
    seen_through: int
    stage: int = 0
    is_waiting: bool = False
    """True while he does not see it yet: a deputy, or who stands behind him, for when no answer comes in time."""

    @property
    def has_opened(self) -> bool:
        """Tell whether this person ever opened the case."""
        return self.seen_through >= 0

    @property
    def kind_label(self) -> str:
        """Return in words what kind of adviser this is."""
        return reader_kind_label(self.kind)


def read_card(key: bytes | None, blob: bytes, ref: CaseRef) -> CardInfo:
    """Open the card of a case."""
    card = open_value(key, blob, ref, *CARD)
    if card is None:
        return CardInfo(damaged=True)
    signals = card.get("signals", {})
    return CardInfo(
        categories=tuple(card["categories"]),
        topic=card["topic"],
        language=card["language"],
        watch=tuple(card.get("watch", ())),
        alike=signals.get("alike", 0),
        is_fast=bool(signals.get("fast")),
    )


def read_messages(
    session: Session, ref: CaseRef, key: bytes | None, seen: Seen, *, is_own: bool = False
) -> tuple[Message, ...]:
    """Open the messages of a case, oldest first; *is_own* puts what was tapped in words for the student himself."""
    rows = session.scalars(_messages_of(ref).order_by(MessageRow.seq))
    return tuple(_read_message(row, ref, key, seen, is_own=is_own) for row in rows)


def read_window(session: Session, ref: CaseRef, key: bytes | None, seen: Seen, window: Window) -> tuple[Message, ...]:
    """Open some of the messages of a case for an adviser, oldest first; no other row is read."""
    query = _messages_of(ref).order_by(MessageRow.seq.desc()).limit(window.most)
    rows = session.scalars(query if window.before is None else query.where(MessageRow.seq < window.before))
    return tuple(reversed([_read_message(row, ref, key, seen) for row in rows]))


def last_message(session: Session, ref: CaseRef, key: bytes | None) -> Message | None:
    """Open the newest message of a case; None when there is none."""
    return next(iter(read_window(session, ref, key, _NOT_ASKED, Window(1))), None)


def _messages_of(ref: CaseRef) -> Select[MessageRow]:
    return select(MessageRow).where(MessageRow.school_id == ref.school_id, MessageRow.case_id == ref.case_id)


def _read_message(row: MessageRow, ref: CaseRef, key: bytes | None, seen: Seen, *, is_own: bool = False) -> Message:
    content = open_value(key, row.blob, ref, *place_of_message(row.seq, row.direction))
    from_student = row.direction in _FROM_STUDENT
    return Message(
        seq=row.seq,
        from_student=from_student,
        kind=_KINDS.get(row.direction, "message"),
        written_on=row.written_on,
        is_read=row.seq <= (seen.by_readers if from_student else seen.by_student),
        damaged=content is None,
        **_said(row.direction, content or {}, is_own=is_own),
    )


def _said(direction: str, content: Mapping[str, Any], *, is_own: bool) -> Mapping[str, Any]:
    """Return what a message says; what was not typed is put in words of the present language."""
    match direction:
        case "checkin" if content:
            answer = content["answer"]
            text = own_checkin_text(answer) if is_own else checkin_text(content["days"], answer)
            return {"text": text, "language": current().html_lang}
        case "ended" if content:
            return {"text": own_ended_text() if is_own else ended_text(), "language": current().html_lang}
        case "ask" | "consent" | "readers" if content:
            tell = {"ask": ask_text, "consent": consent_text, "readers": readers_text}[direction]
            said = {"text": tell(content, is_own=is_own), "language": current().html_lang}
            return {**said, "author": content.get("author", ""), "step": content.get("step", "")}
        case _:
            return written(content)


def read_report(session: Session, case: Case, key: bytes | None) -> Report:
    """Open the report of a case, with the questions as they stood when it was told.

    A question that the catalogues have lost since speaks as it did when the version was kept.
    """
    ref = CaseRef(school_id=case.school_id, case_id=case.id)
    told = open_value(key, case.report, ref, *REPORT)
    # The hash stands inside the seal: questions that were changed in the archive cannot pose as those that were asked.
    flows = version(session, told["flow_hash"]) if told else None
    if told is None or flows is None:
        return Report(damaged=True)
    answers = {step: tuple(values) for step, values in told["answers"].items()}
    path = replay(flows, told["flow_id"], answers)
    with archived(texts_of(session, flows.hash, current().tag)):
        labels = labels_in(told["choices"])
        return Report(
            lines=answer_lines(path, labels),
            pinned=pinned_lines(path, labels),
            watch=in_order_of_care(path.watch),
            help_ids=outcome(flows, told["flow_id"], answers).help_ids,
            language=told["language"],
        )


def labels_in(choices: Mapping[str, Any]) -> Labels:
    """Return the names that a school had added to the talk when it was told, in the present language."""
    return Labels(places={code: _(label) for code, label in choices["places"].items()}, people=choices["people"])


def readers_in(session: Session, ref: CaseRef) -> tuple[ReaderInfo, ...]:
    """Return who can read a case, internal ones first, then by name."""
    rows = session.execute(
        select(CaseReader, Case.escalation)
        .join(Case, CaseReader.case_id == Case.id)
        .where(CaseReader.school_id == ref.school_id, CaseReader.case_id == ref.case_id)
    )
    found = [_reader_info(session, row, escalation) for row, escalation in rows]
    return tuple(sorted(found, key=lambda reader: (reader.is_waiting, reader.kind != "internal", reader.name)))


def furthest_seen(readers: Sequence[ReaderInfo]) -> int:
    """Return the number of the last message that any of *readers* has seen; -1 when none ever opened the case."""
    return max((reader.seen_through for reader in readers), default=-1)


def _reader_info(session: Session, row: CaseReader, escalation: int) -> ReaderInfo:
    return ReaderInfo(
        person_id=row.person_id,
        name=name_of(session, row.person_id),
        kind=row.kind,
        seen_through=row.seen_through,
        stage=row.stage,
        is_waiting=row.stage > escalation,
    )
