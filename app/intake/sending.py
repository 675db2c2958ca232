"""A talk becomes a report: prepared, and sent once however often the button is tapped."""

from dataclasses import dataclass, replace

from flask import current_app
from sqlalchemy.orm import Session

from app import clock, db
from app.accounts.installation import current_pepper
from app.accounts.queries import readers_of
from app.cases.opening import CodeTakenError
from app.cases.services import NewReport, open_case
from app.flows.engine import Outcome, outcome
from app.i18n.translate import current as current_language
from app.intake.helping import fitting_cards
from app.intake.rules import mark_of, own_words, readers_for
from app.intake.running import Running, resume, store
from app.intake.services import ElsewhereError
from app.schools.queries import SchoolInfo, holidays_of
from app.schools.rules import promised_day
from app.settings import Settings
from app.vault.codes import StudentKeys, derive, new_code, parse_code

MOST_CODES_TRIED = 3
"""Two codes out of 10^15 hardly ever meet; three times in a row is a fault."""


class ReadersChangedError(Exception):
    """Others would read the talk than the page showed: somebody came or went, or another tab chose anew."""


@dataclass(frozen=True)
class Prepared:
    """A talk that can be sent: what decides who reads it and by when."""

    running: Running
    outcome: Outcome

    @property
    def is_urgent(self) -> bool:
        """Tell whether its readers see it at once."""
        return self.outcome.urgency == "now"

    @property
    def words(self) -> str:
        """Return everything that the student typed, to find help that fits."""
        return " ".join(text for _step, text in own_words(self.running.path))


def prepare(running: Running) -> Prepared | None:
    """Return the talk with its outcome when every question is answered, else None."""
    if running.path.current is not None:
        return None
    return Prepared(running, outcome(running.flows, running.talk.flow_id, running.path.answers))


def send(token: str, school: SchoolInfo, seen: str = "") -> None:
    """Send the talk, once however often it is asked: a repeated call finds it sent and does nothing.

    The slow part, making the code's keys, runs before the transaction that stores case, mail and the end of the draft.
    *seen* is the mark of the readers that the page showed (`rules.mark_of`).
    Raises: TalkGoneError, ElsewhereError (a question is open again), NoReaderError, ReadersChangedError, BusyError;
        the draft is kept.
    """
    for _ in range(MOST_CODES_TRIED):
        with db.reading() as session:
            running = resume(session, token, school.id)
        if running.talk.is_sent:
            return
        if prepare(running) is None:
            raise ElsewhereError
        student = derive(parse_code(running.talk.code_number), current_pepper(), school.id)
        try:
            with db.transaction() as session:
                _send_locked(session, token, running, student, seen)
        except CodeTakenError:
            _renew_code(token, running)
        else:
            return
    raise CodeTakenError


def _send_locked(session: Session, token: str, keyed: Running, student: StudentKeys, seen: str) -> None:
    running = resume(session, token, keyed.talk.school_id, lock=True)
    if running.talk.is_sent:
        return
    if running.talk.code_number != keyed.talk.code_number:
        raise CodeTakenError
    prepared = prepare(running)
    if prepared is None:
        raise ElsewhereError
    report = report_of(session, prepared, student)
    if seen and seen != mark_of(report.readers):
        raise ReadersChangedError
    open_case(session, report)
    # Only the ids of fitting cards stay: the draft's words, and whom it kept away, are gone with the draft.
    result = prepared.outcome
    cards = fitting_cards(session, result.help_ids, result.categories, prepared.words)
    help_ids = tuple(card.id for card in cards)
    store(session, token, running, replace(running.talk, is_sent=True, answers={}, struck=(), help_ids=help_ids))


def _renew_code(token: str, keyed: Running) -> None:
    """Give the talk another code unless another request did so: nobody has seen the first one yet."""
    with db.transaction() as session:
        running = resume(session, token, keyed.talk.school_id, lock=True)
        if not running.talk.is_sent and running.talk.code_number == keyed.talk.code_number:
            store(session, token, running, replace(running.talk, code_number=new_code().digits))


def report_of(session: Session, prepared: Prepared, student: StudentKeys) -> NewReport:
    """Return a prepared talk as a report to its readers.

    Raises: NoReaderError.
    """
    settings: Settings = current_app.config["SETTINGS"]
    running, result = prepared.running, prepared.outcome
    school_id = running.talk.school_id
    return NewReport(
        school_id=school_id,
        submit_id=bytes.fromhex(running.talk.submit_id),
        student=student,
        readers=readers_for(result, readers_of(session, school_id), running.talk.struck),
        urgent=prepared.is_urgent,
        promised_on=promised_day(clock.today(), prepared.is_urgent, holidays_of(session, school_id)),
        answers=running.path.answers,
        categories=result.categories,
        language=current_language().tag,
        flow_id=running.talk.flow_id,
        flows=running.flows,
        watch=tuple(sorted(result.watch)),
        deliver_at_once=settings.deliver_at_once,
    )
