"""Practice: invented cases at a school that does not exist, read by one adviser; its students answer by themselves."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.presence import promised
from app.accounts.queries import Reader
from app.cases import services
from app.cases.correspondence import Access, read_conversation, write
from app.cases.deletion import delete_case
from app.cases.desk import Desk
from app.cases.models import Case
from app.cases.opening import NewReport, open_case
from app.cases.rules import FOLDED, NORMAL
from app.cases.scripted import answers_of
from app.cases.stepping import answer_consent
from app.flows.engine import Choices, outcome, replay
from app.flows.practice import Script, load_practice
from app.i18n.translate import using
from app.schools.queries import left_over_training, training_school_of
from app.schools.training import begin_training, end_training
from app.settings import Settings
from app.talks.library import library
from app.vault.codes import StudentKeys
from app.vault.keys import KeyPair, key_pair_of
from app.vault.sealing import derive_key

FLOW = "report"
LIFE = timedelta(days=14)
"""How long practice that nobody stopped is kept."""
_LOOKUP_BYTES = 16
_ALIKE = {"alike": 1}


def scripts() -> tuple[Script, ...]:
    """Return the invented cases, the oldest first.

    Raises: FlowError.
    """
    settings: Settings = current_app.config["SETTINGS"]
    return load_practice(settings.flows)


def begin(session: Session, desk: Desk, found: Iterable[Script]) -> None:
    """Let who sits at *desk* practise with the invented cases *found*, all anew."""
    school_id = begin_training(session, desk.person_id)
    _delete_cases(session, school_id)
    practised = Desk(desk.person_id, desk.name, (school_id,), desk.pair)
    now = clock.now()
    for script in found:
        _tell(session, practised, script, now - timedelta(days=script.days_ago))
        with clock.here_at(now - timedelta(days=max(script.days_ago - 1, 0))):
            _talk_on(session, practised, script)


def stop(session: Session, person_id: str) -> None:
    """Delete everything of that person's practice; of who does not practise nothing."""
    school_id = training_school_of(session, person_id)
    if school_id:
        _wipe(session, school_id)


def wipe_left_over(session: Session) -> None:
    """Delete practice that nobody stopped in two weeks."""
    for school_id in left_over_training(session, clock.today() - LIFE):
        _wipe(session, school_id)


def _wipe(session: Session, school_id: str) -> None:
    _delete_cases(session, school_id)
    end_training(session, school_id)


def let_students_answer(session: Session, desk: Desk) -> None:
    """Let each invented student at *desk* answer what was said to him since; who has nothing more to say is silent."""
    for script in scripts():
        access = _access(session, desk, script)
        if access is not None:
            _answer(session, access, script)


def _answer(session: Session, access: Access, script: Script) -> None:
    conversation = read_conversation(session, access)
    last = conversation.messages[-1] if conversation.messages else None
    if last is not None and last.kind == "ask":
        answer_consent(session, access, last.step, "yes")
        return
    said = [message for message in conversation.messages if message.kind in ("message", "outcome")]
    if not said or said[-1].from_student or conversation.status == "closed":
        return
    number = sum(not message.from_student for message in said) - len(script.turns[::2]) - 1
    if 0 <= number < len(script.replies):
        with using(script.language):
            write(session, access, script.replies[number])


def _delete_cases(session: Session, school_id: str) -> None:
    for case_id in session.scalars(select(Case.id).where(Case.school_id == school_id).order_by(Case.id)).all():
        delete_case(session, case_id)


def _tell(session: Session, desk: Desk, script: Script, moment: datetime) -> None:
    (school_id,) = desk.school_ids
    flows, reader = library().current, Reader(desk.person_id, desk.name, "internal", desk.pair.public)
    with clock.here_at(moment), using(script.language):
        answers = answers_of(flows, FLOW, script.answers, Choices(today=clock.today()))
        result = outcome(flows, FLOW, answers)
        urgent = result.urgency == "now"
        report = NewReport(
            school_id=school_id,
            submit_id=_submit_id(script),
            student=StudentKeys(_secret(desk, script, "lookup")[:_LOOKUP_BYTES], _pair(desk, script)),
            readers=(reader,),
            urgent=urgent,
            promised_on=promised(session, school_id, (), clock.today(), urgent=urgent),
            answers=replay(flows, FLOW, answers).answers,
            categories=result.categories,
            language=script.language,
            flow_id=FLOW,
            flows=flows,
            watch=tuple(sorted(result.watch)),
            deliver_at_once=True,
            lane=FOLDED if script.is_folded else NORMAL,
            signals=_ALIKE if script.is_folded else {},
        )
        open_case(session, report)


def _talk_on(session: Session, desk: Desk, script: Script) -> None:
    access = _access(session, desk, script)
    if access is None or not (script.turns or script.outcome):
        return
    services.read_case(session, desk, access.case_id)
    for number, text in enumerate(script.turns):
        if number % 2:
            with using(script.language):
                write(session, access, text)
        else:
            services.reply(session, desk, access.case_id, text)
    if script.outcome:
        services.close_case(session, desk, access.case_id, script.outcome)


def _access(session: Session, desk: Desk, script: Script) -> Access | None:
    (school_id,) = desk.school_ids
    query = select(Case.id).where(Case.school_id == school_id, Case.submit_id == _submit_id(script))
    case_id = session.scalar(query)
    return Access(case_id, school_id, _pair(desk, script)) if case_id else None


def _submit_id(script: Script) -> bytes:
    return script.id.encode()


def _pair(desk: Desk, script: Script) -> KeyPair:
    # No code and no slow hash: the adviser is the student too, and his key makes that of each.
    return key_pair_of(_secret(desk, script, "pair"))


def _secret(desk: Desk, script: Script, purpose: str) -> bytes:
    return derive_key(desk.pair.private, f"practice {purpose} {script.id}")
