"""Lets the invented talks happen in the invented past, through the same services as real ones."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from app import clock
from app.accounts.installation import current_pepper
from app.cases.correspondence import Access, find_case, withdraw, write
from app.cases.desk import Desk
from app.cases.labels import add_label
from app.cases.notes import write_note
from app.cases.services import close_case, open_case, read_case, reply
from app.cases.stepping import NewStep, ask_step, plan_step
from app.cases.telling import SEED_BYTES, Told, keys_for, write_down
from app.demo.talks import DemoTalk
from app.flows.engine import accept
from app.flows.model import SKIP
from app.i18n.translate import using
from app.intake.running import Running, new_talk
from app.intake.sending import prepare, report_of
from app.intake.services import answered, choices_of
from app.schools.queries import SchoolInfo
from app.vault.codes import derive, parse_code


class DemoTalkError(RuntimeError):
    """A talk of the demo does not fit `flows/report.yaml`; mend app/demo/talks.py."""


def tell_term(session: Session, school: SchoolInfo, desks: Sequence[Desk], talks: Sequence[DemoTalk]) -> None:
    """Tell *talks* at *school*, oldest first, and let its readers answer."""
    for talk in sorted(talks, key=lambda one: -one.days_ago):
        with clock.at(clock.now() - timedelta(days=talk.days_ago)):
            access = _tell(session, school, talk)
        with clock.at(clock.now() - timedelta(days=max(talk.days_ago - 1, 0))):
            _talk_on(session, access, talk, desks)


def _tell(session: Session, school: SchoolInfo, told: DemoTalk) -> Access:
    prepared = prepare(_told(session, school, told))
    if prepared is None:
        raise DemoTalkError(f"a question is open in the talk of {told.days_ago} days ago")
    student = derive(parse_code(prepared.running.talk.code_number), current_pepper(), school.id)
    with using(told.language):
        open_case(session, report_of(session, prepared, student))
    session.flush()
    case_id = find_case(session, school.id, student.lookup)
    if case_id is None:
        raise DemoTalkError("the case was not stored")
    return Access(case_id=case_id, school_id=school.id, pair=student.pair)


def _told(session: Session, school: SchoolInfo, told: DemoTalk) -> Running:
    """Answer what *told* names and skip the rest, as a student would."""
    running, choices = new_talk(session, school.id), choices_of(session, school.id)
    while (place := running.path.current) is not None:
        values = accept(place.step, told.answers.get(place.id, (SKIP,)), choices)
        running = Running(answered(running.talk, place, values), running.flows)
    return running


def _talk_on(session: Session, access: Access, told: DemoTalk, desks: Sequence[Desk]) -> None:
    if not told.turns:
        return
    desk = desks[0]  # Each school of the demo has its internal adviser first.
    read_case(session, desk, access.case_id)
    for number, text in enumerate(told.turns):
        if number % 2:
            with using(told.language):
                write(session, access, text)
        else:
            reply(session, desk, access.case_id, text)
    _look_after(session, desk, access.case_id, told)
    if told.outcome:
        close_case(session, desk, access.case_id, told.outcome)
    if told.is_withdrawn:
        withdraw(session, access)


def _look_after(session: Session, desk: Desk, case_id: str, told: DemoTalk) -> None:
    """Write down what its reader noted and planned."""
    for label in told.labels:
        add_label(session, desk, case_id, label)
    if told.note:
        write_note(session, desk, case_id, told.note)
    if told.planned:
        plan_step(session, desk, case_id, NewStep(*told.planned))
    if told.asked:
        ask_step(session, desk, case_id, plan_step(session, desk, case_id, NewStep(*told.asked)))


def tell_in_the_corridor(session: Session, school: SchoolInfo, desk: Desk) -> None:
    """Let an adviser write down what somebody told him; nobody has come with the printed code yet."""
    told = Told(
        school_id=school.id,
        seed=secrets.token_hex(SEED_BYTES),
        story="Een leerling vertelde op de gang dat anderen haar filmen in de pauze en dat doorsturen.",
        about="mean",
        danger="not_now",
    )
    write_down(session, desk, told, keys_for(desk, told))
