"""Lets the invented talks happen in the invented past, through the same services as real ones."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from app import clock
from app.accounts.installation import current_pepper
from app.cases.correspondence import Access, find_case, write
from app.cases.desk import Desk
from app.cases.services import close_case, open_case, read_case, reply
from app.demo.talks import DemoTalk
from app.i18n.translate import using
from app.intake.rules import Talk
from app.intake.services import prepare, report_of
from app.schools.queries import SchoolInfo
from app.vault.codes import derive, new_code


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
    code = new_code()
    student = derive(code, current_pepper(), school.id)
    talk = Talk(school_id=school.id, submit_id=secrets.token_hex(32), code_number=code.digits, answers=told.answers)
    prepared = prepare(talk)
    if prepared is None:
        raise DemoTalkError(f"a question is open in the talk of {told.days_ago} days ago")
    with using(told.language):
        open_case(session, report_of(session, prepared, student))
    session.flush()
    case_id = find_case(session, school.id, student.lookup)
    if case_id is None:
        raise DemoTalkError("the case was not stored")
    return Access(case_id=case_id, school_id=school.id, pair=student.pair)


def _talk_on(session: Session, access: Access, told: DemoTalk, desks: Sequence[Desk]) -> None:
    desk = _reader(desks, told.answers["reader"][0])
    if not told.turns:
        return
    read_case(session, desk, access.case_id)
    for number, text in enumerate(told.turns):
        if number % 2:
            with using(told.language):
                write(session, access, text)
        else:
            reply(session, desk, access.case_id, text)
    if told.outcome:
        close_case(session, desk, access.case_id, told.outcome)


def _reader(desks: Sequence[Desk], kind: str) -> Desk:
    # Each school of the demo has its internal adviser first.
    return desks[1] if kind == "external" else desks[0]
