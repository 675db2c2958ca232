"""A talk becomes a report: prepared, and sent once however often the button is tapped."""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from flask import current_app
from sqlalchemy.orm import Session

from app import clock, db
from app.accounts import presence
from app.accounts.queries import Reader, readers_of
from app.cases.correspondence import is_withdrawn, reader_stages
from app.cases.desk import CaseNotFoundError
from app.cases.opening import CodeTakenError, Opened, attach_code
from app.cases.services import NewReport, open_case
from app.flows.engine import Outcome, outcome
from app.i18n.translate import current as current_language
from app.intake import paused
from app.intake.code_keys import access_to_parent, opens_of, use_keys
from app.intake.forms import TalkForm
from app.intake.helping import Told, fitting_cards
from app.intake.judging import judge
from app.intake.rules import Talk, Team, at_once, mark_of, own_words, readers_for
from app.intake.running import Running, resume, store
from app.intake.services import ElsewhereError, SentError
from app.schools.queries import SchoolInfo
from app.settings import Settings
from app.vault.codes import StudentKeys
from app.vault.errors import BusyError


class ReadersChangedError(Exception):
    """Others would read the talk than the page showed: somebody came or went, or another tab chose anew."""


class ParentWithdrawnError(Exception):
    """The report that the talk follows was withdrawn after the page was shown: the page has to say what that means."""


WITHDRAWN = "-"
"""Ends the mark of a review that says that the earlier report is withdrawn."""


@dataclass(frozen=True)
class Sent:
    """One tap on the button that sends: the browser's token, the school of its page and the form."""

    token: str
    school: SchoolInfo
    form: TalkForm


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


def send(token: str, school: SchoolInfo, form: TalkForm) -> None:
    """Send the talk, once however often it is asked: a repeated call finds it sent and does nothing.

    The slow part, making the code's keys, runs before the transaction that stores case, mail and the end of the draft.
    When it is too busy for that the report goes first; `make_code` makes the code that it opens with afterwards.
    Raises: TalkGoneError, ElsewhereError (a question is open again), NoReaderError, ReadersChangedError,
        TooLongNowError, SentError (another device took it up and sent it); the draft is kept.
    """
    with db.reading() as session:
        running = resume(session, token, school.id)
        if running.talk.is_sent and not running.talk.pending:
            return
        if not running.talk.is_sent and prepare(running) is None:
            raise ElsewhereError

    def deliver(session: Session, running: Running, student: StudentKeys | None) -> None:
        if running.talk.is_sent:
            _give_code(session, token, running, student)
        else:
            _open(session, Sent(token, school, form), running, student)

    try:
        use_keys(token, school.id, deliver)
    except BusyError:
        with db.transaction() as session:
            deliver(session, resume(session, token, school.id, lock=True), None)


def make_code(token: str, school: SchoolInfo) -> None:
    """Let a report that was stored first open with its code; one that does so already stays as it is.

    Raises: TalkGoneError, ElsewhereError (nothing was sent yet), BusyError, CodeTakenError.
    """
    with db.reading() as session:
        talk = resume(session, token, school.id).talk
    if not talk.is_sent:
        raise ElsewhereError
    if talk.pending:
        use_keys(token, school.id, lambda session, running, keys: _give_code(session, token, running, keys))


def _give_code(session: Session, token: str, running: Running, student: StudentKeys | None) -> None:
    talk = running.talk
    if student is None or not talk.pending:
        return
    if paused.is_taken(session, student, talk):
        raise CodeTakenError
    attach_code(session, talk.school_id, talk.pending["case_id"], b64decode(talk.pending["key"]), student)
    store(session, token, running, replace(talk, pending={}, opens=opens_of(student.pair)))


def _open(session: Session, sent: Sent, running: Running, student: StudentKeys | None) -> None:
    token, school, form = sent.token, sent.school, sent.form
    prepared = prepare(running)
    if prepared is None:
        raise ElsewhereError
    if student and paused.is_taken(session, student, running.talk):
        raise CodeTakenError
    report = report_of(session, prepared, student)
    _check_seen(form.seen.data or "", review_mark(session, running.talk, report.readers))
    judged = judge(session, running, school, form.ticket.data or "", report.readers)
    opened = open_case(session, replace(report, lane=judged.lane, signals=judged.signals))
    if opened is None:  # The mark of a sent talk lies in the same transaction: this is a copy that was taken up.
        raise SentError
    if student:
        paused.drop(session, student)
    ended = _ended(session, prepared, school)
    ended = replace(ended, opens=opens_of(student.pair)) if student else replace(ended, pending=_held(opened))
    store(session, token, running, ended)


def _check_seen(seen: str, mark: str) -> None:
    if seen and seen != mark:
        raise ParentWithdrawnError if seen + WITHDRAWN == mark else ReadersChangedError


def _ended(session: Session, prepared: Prepared, school: SchoolInfo) -> Talk:
    """Return what is left of a talk that was sent: its code, and the ids of fitting cards.

    The draft's words, and whom it kept away, are gone with the draft, as are the keys of the report that it follows.
    """
    talk, result = prepared.running.talk, prepared.outcome
    told = Told(
        help_ids=result.help_ids,
        categories=result.categories,
        words=prepared.words,
        district=school.district,
    )
    return Talk(
        school_id=talk.school_id,
        submit_id=talk.submit_id,
        code_number=talk.code_number,
        flow_id=talk.flow_id,
        flow_hash=talk.flow_hash,
        parent={"case_id": talk.parent["case_id"]} if talk.is_follow_up else {},
        is_sent=True,
        is_code_kept=talk.is_code_kept,
        help_ids=tuple(card.id for card in fitting_cards(session, told)),
    )


def _held(opened: Opened) -> dict[str, str]:
    return {"case_id": opened.case_id, "key": b64encode(opened.dialog_key).decode()}


def follows_withdrawn(session: Session, talk: Talk) -> bool:
    """Tell whether the talk follows a report that its student took back meanwhile."""
    return talk.is_follow_up and is_withdrawn(session, access_to_parent(talk))


def review_mark(session: Session, talk: Talk, readers: Iterable[Reader]) -> str:
    """Return a mark of what a review says about who reads, to tell whether the page is still true."""
    return mark_of(readers) + (WITHDRAWN if follows_withdrawn(session, talk) else "")


def team_of(session: Session, talk: Talk) -> Team:
    """Return the people among whom a talk chooses its readers: of a follow-up only those of all told before."""
    available = readers_of(session, talk.school_id)
    if talk.is_follow_up:
        try:
            stages = reader_stages(session, access_to_parent(talk))
        except CaseNotFoundError:  # It was deleted meanwhile: the page says where else to go.
            stages = {}
        available = tuple(replace(each, stage=stages[each.person_id]) for each in available if each.person_id in stages)
    away = presence.away_long(session, talk.school_id, [reader.person_id for reader in available])
    return Team(available=available, away=away, keeps_stages=talk.is_follow_up)


def report_of(session: Session, prepared: Prepared, student: StudentKeys | None) -> NewReport:
    """Return a prepared talk as a report to its readers; without *student* its code comes later.

    Raises: NoReaderError.
    """
    settings: Settings = current_app.config["SETTINGS"]
    running, result = prepared.running, prepared.outcome
    talk = running.talk
    readers = readers_for(result, team_of(session, talk), talk.struck)
    return NewReport(
        school_id=talk.school_id,
        submit_id=bytes.fromhex(talk.submit_id),
        student=student,
        readers=readers,
        urgent=prepared.is_urgent,
        promised_on=promised(session, prepared, readers),
        answers=running.path.answers,
        categories=result.categories,
        language=current_language().html_lang,
        flow_id=talk.flow_id,
        flows=running.flows,
        watch=tuple(sorted(result.watch)),
        parent=talk.parent.get("case_id", ""),
        deliver_at_once=settings.deliver_at_once or talk.is_follow_up,
    )


def promised(session: Session, prepared: Prepared, readers: Iterable[Reader]) -> date:
    """Return the day by which one of those of *readers* who see it at once answers.

    That is within a school day, as far as they are there, when it is urgent or follows a report.
    """
    talk = prepared.running.talk
    is_soon = prepared.is_urgent or talk.is_follow_up
    people = [reader.person_id for reader in at_once(readers)]
    return presence.promised(session, talk.school_id, people, clock.today(), urgent=is_soon)
