"""A report becomes a case: fresh keys, wrapped to the chosen readers and the code; once however often it is sent."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import clock
from app.accounts.queries import Reader, readers_of
from app.cases.desk import AT_ONCE, CaseNotFoundError
from app.cases.envelopes import CARD, REPORT, STUDENT, CaseDamagedError, CaseRef, open_value, seal_value, wrap_key
from app.cases.models import Case, CaseReader
from app.cases.recoverable import keep_recoverable
from app.cases.rules import NORMAL
from app.flows.engine import replay
from app.flows.model import SKIP, UNSURE, FlowSet
from app.i18n.languages import SOURCE
from app.i18n.translate import using
from app.notifications.services import tell
from app.schools.queries import is_training, place_labels
from app.schools.rules import Window, next_window, opening_of, part_of_day
from app.talks.services import keep
from app.vault.codes import StudentKeys
from app.vault.sealing import new_key

TOPIC_LENGTH = 120
LOOKUP_BYTES = 16


class NoReaderError(ValueError):
    """A report without readers would be lost; choose at least one."""


class CodeTakenError(ValueError):
    """Another case of the school already opens with this code; make a new code."""


@dataclass(frozen=True, kw_only=True)
class NewReport:
    """A talk that was sent.

    `submit_id` (random bytes, at most 32) makes a repeated sending the same one; `answers` holds only what is on the
    path; `categories` has the main one first; `language` is the tag of the student's language; `flows` is the version
    that was told in, and `watch` names the topics of which a word was found in what was typed.
    """

    school_id: str
    submit_id: bytes
    student: StudentKeys | None
    """None: the code comes later, by `attach_code`; until then only the readers open the case."""
    readers: tuple[Reader, ...]
    urgent: bool
    promised_on: date
    answers: Mapping[str, tuple[str, ...]]
    categories: tuple[str, ...]
    language: str
    flow_id: str
    flows: FlowSet
    watch: tuple[str, ...] = ()
    deliver_at_once: bool = False
    """Do not wait for the next delivery window, as in the demo; urgent reports never wait."""
    lane: str = NORMAL
    """FOLDED for a report of a flood."""
    parent: str = ""
    """Id of the case after which this happened."""
    signals: Mapping[str, int] = field(default_factory=dict)
    """What made it look like one of a flood; sealed: {"alike": how many others, "fast": 1}."""
    origin: str = "student"
    """"told" when an adviser wrote down what was told to him."""
    has_printed_code: bool = False
    """The code stands on a sheet that an adviser printed: its student is asked to take another."""


@dataclass(frozen=True)
class Opened:
    """A new case and the key of its conversation, to attach a code later."""

    case_id: str
    dialog_key: bytes = field(repr=False)


def open_case(session: Session, report: NewReport) -> Opened | None:
    """Store a report as a case and tell its readers, all in the caller's transaction.

    A repeated report does nothing and gives None.
    Raises: NoReaderError, CodeTakenError.
    """
    if not report.readers:
        raise NoReaderError("no reader was chosen")
    if _is_known(session, report):
        return None
    keep(session, report.flows, report.flows.hash)
    try:
        with session.begin_nested():
            opened = _store(session, report)
    except IntegrityError:
        # Another transaction was first; its case is the one, unless it only shares the code.
        if _is_known(session, report):
            return None
        raise CodeTakenError("another case of this school has this code") from None
    _tell(session, report)
    return opened


def _tell(session: Session, report: NewReport) -> None:
    """Let a mail say to those who see the case at once that there is something new; in practice there is no mail."""
    if is_training(session, report.school_id):
        return
    window = _window(report)
    for reader in report.readers:
        if reader.stage == 0:
            tell(session, reader.person_id, urgent=report.urgent, shown_from=opening_of(window) if window else None)


def attach_code(session: Session, school_id: str, case_id: str, dialog_key: bytes, student: StudentKeys) -> None:
    """Give a case that was stored without a code the one that opens it; the same code again changes nothing.

    Raises: CaseNotFoundError, CaseDamagedError (the key is not the case's), CodeTakenError (by another case, or the
        case has another code already, which somebody may have written down).
    """
    case = session.scalar(select(Case).where(Case.id == case_id, Case.school_id == school_id).with_for_update())
    if case is None:
        raise CaseNotFoundError
    if case.student_wrap:
        if case.lookup == student.lookup:
            return
        raise CodeTakenError("the case has another code already")
    ref = CaseRef(school_id=school_id, case_id=case_id)
    if open_value(dialog_key, case.card, ref, *CARD) is None:
        raise CaseDamagedError
    try:
        with session.begin_nested():
            case.lookup, case.student_public = student.lookup, student.pair.public
            case.student_wrap = wrap_key(dialog_key, student.pair.public, ref, "dialog", STUDENT)
    except IntegrityError:
        raise CodeTakenError("another case of this school has this code") from None


def _is_known(session: Session, report: NewReport) -> bool:
    query = select(Case.id).where(Case.school_id == report.school_id, Case.submit_id == report.submit_id)
    return session.scalar(query) is not None


def _store(session: Session, report: NewReport) -> Opened:
    ref = CaseRef(school_id=report.school_id, case_id=secrets.token_hex(16))
    dialog_key, notes_key = new_key(), new_key()
    case = _case(session, report, ref, dialog_key)
    keep_recoverable(session, case, dialog_key, notes_key)
    session.add(case)
    session.flush()
    for reader in report.readers:
        session.add(
            CaseReader(
                school_id=ref.school_id,
                case_id=ref.case_id,
                person_id=reader.person_id,
                kind=reader.kind,
                dialog_wrap=wrap_key(dialog_key, reader.public_key, ref, "dialog", reader.person_id),
                notes_wrap=wrap_key(notes_key, reader.public_key, ref, "notes", reader.person_id),
                seen_through=-1,
                stage=reader.stage,
            )
        )
    session.flush()
    return Opened(ref.case_id, dialog_key)


def _case(session: Session, report: NewReport, ref: CaseRef, dialog_key: bytes) -> Case:
    return Case(
        school_id=ref.school_id,
        id=ref.case_id,
        submit_id=report.submit_id,
        parent_id=_first_of(session, report),
        lane=report.lane,
        **_code(report.student, ref, dialog_key),
        flow_hash=report.flows.hash,
        urgent=report.urgent,
        promised_on=report.promised_on,
        origin=report.origin,
        has_printed_code=report.has_printed_code,
        is_for_all=_is_for_all(session, report),
        card=seal_value(dialog_key, _card(report), ref, *CARD),
        report=seal_value(dialog_key, _told(session, report), ref, *REPORT),
        **_beginning(report),
    )


def _is_for_all(session: Session, report: NewReport) -> bool:
    given = {reader.person_id for reader in report.readers}
    return all(reader.person_id in given for reader in readers_of(session, report.school_id))


def _code(student: StudentKeys | None, ref: CaseRef, dialog_key: bytes) -> dict[str, bytes]:
    if student is None:
        return {"lookup": secrets.token_bytes(LOOKUP_BYTES), "student_public": b"", "student_wrap": b""}
    public = student.pair.public
    wrapped = wrap_key(dialog_key, public, ref, "dialog", STUDENT)
    return {"lookup": student.lookup, "student_public": public, "student_wrap": wrapped}


def _first_of(session: Session, report: NewReport) -> str | None:
    """Return the id of the first report in the family, so that no family is deeper than two; None when it is gone."""
    query = select(Case).where(Case.id == report.parent, Case.school_id == report.school_id)
    parent = session.scalar(query.with_for_update()) if report.parent else None
    return (parent.parent_id or parent.id) if parent else None


def _beginning(report: NewReport) -> dict[str, object]:
    """Return how every case begins: the days of now, and nothing said or seen yet."""
    now, window = clock.school_time(), _window(report)
    return {
        "reported_on": now.date(),
        "part_of_day": part_of_day(now),
        "visible_on": window.day if window else now.date(),
        "visible_part": window.part if window else AT_ONCE,
        "status": "received",
        "awaits_answer": True,
        "news_on": now.date(),
        "last_on": now.date(),
        "last_seq": 0,
        "last_student_seq": 0,
        "student_seen_through": 0,
    }


def _window(report: NewReport) -> Window | None:
    """Return when the case is shown; None means at once."""
    return None if report.urgent or report.deliver_at_once else next_window(clock.school_time())


def _card(report: NewReport) -> dict[str, object]:
    topic = " ".join(_first_words(report).split())
    return {
        "categories": list(report.categories),
        "topic": topic if len(topic) <= TOPIC_LENGTH else topic[: TOPIC_LENGTH - 1] + "…",
        "language": report.language,
        "watch": list(report.watch),
        "signals": dict(report.signals),
    }


def _first_words(report: NewReport) -> str:
    """Return the first text that was typed on the way."""
    steps = replay(report.flows, report.flow_id, report.answers).questions
    typed = ("".join(each.values or ()) for each in steps if each.step.kind == "text")
    return next((text for text in typed if text not in ("", SKIP, UNSURE)), "")


def _told(session: Session, report: NewReport) -> dict[str, object]:
    """Return the report with the names of places and people as they are today; either may change or go."""
    used = {value for values in report.answers.values() for value in values}
    with using(SOURCE):  # The reader's language is not the student's: what has a translation gets it when it is read.
        labels = place_labels(session, report.school_id)
    places = {code: label for code, label in labels.items() if code in used}
    people = {
        person.person_id: person.name for person in readers_of(session, report.school_id) if person.person_id in used
    }
    return {
        "flow_id": report.flow_id,
        "flow_hash": report.flows.hash,
        "language": report.language,
        "answers": {step: list(values) for step, values in report.answers.items()},
        "choices": {"places": places, "people": people},
    }
