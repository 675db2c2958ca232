"""Telling what happened after an earlier report: a talk of its own, tied to that report and its code."""

from base64 import b64encode
from dataclasses import replace

from sqlalchemy.orm import Session

from app.cases.correspondence import read_conversation
from app.intake import tabs, visits
from app.intake.code_keys import access_to_parent
from app.intake.running import TalkGoneError, hold, new_talk, resume
from app.schools.queries import SchoolInfo

REPRISAL = "reprisal"
"""Which talk of the version it is."""


def begin(session: Session, visit: str, school: SchoolInfo, held: str, *, over: bool = False) -> str:
    """Begin the talk that follows the report of the visit and return the token for the browser's cookie.

    *held* is the token of the talk that the browser holds at the school. One that follows the same report goes on; any
    other that would be lost is only replaced *over* it, when the student said so.
    Raises: VisitGoneError, OtherTalkError.
    """
    parent = _parent(session, visit)
    if _follows(session, held, school.id, parent["case_id"]):
        return held
    if not over and visits.holds_unkept_talk(session, held, school.id):
        raise visits.OtherTalkError(school)
    tabs.drop(session, held, "talk")
    return hold(session, replace(new_talk(session, school.id).talk, flow_id=REPRISAL, parent=parent))


def _parent(session: Session, visit: str) -> dict[str, str]:
    # Always what the code itself opened, so that all that followed hangs on one report.
    access = visits.first_access(session, visit)
    return {
        "case_id": access.case_id,
        "public": b64encode(access.pair.public).decode(),
        "private": b64encode(access.pair.private).decode(),
    }


def _follows(session: Session, held: str, school_id: str, case_id: str) -> bool:
    """Return whether the talk in this browser follows that case and was not sent yet: a second tap, or Back."""
    try:
        talk = resume(session, held, school_id).talk
    except TalkGoneError:
        return False
    return talk.parent.get("case_id") == case_id and not talk.is_sent


def visit_after(session: Session, held: str, school_id: str) -> str:
    """Open the conversation of which the sent talk *held* is the newest thread and return the token for the cookie.

    Its student was let in before, so that no code is asked again. The talk itself is over.
    Raises: TalkGoneError when it is gone, not sent yet or no such talk; CaseNotFoundError.
    """
    talk = resume(session, held, school_id).talk
    if not (talk.is_sent and talk.is_follow_up):
        raise TalkGoneError
    parent = access_to_parent(talk)
    visit = visits.open_visit(session, parent.case_id, school_id, parent.pair)
    threads = read_conversation(session, visits.first_access(session, visit)).threads
    followed = [thread.case_id for thread in threads if thread.is_reprisal]
    if followed:
        visits.look_at(session, visit, followed[-1])
    tabs.drop(session, held, "talk")
    return visit
