"""Telling what happened after an earlier report: a talk of its own, tied to that report and its code."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from app.cases.correspondence import read_conversation
from app.intake import tabs, visits
from app.intake.running import TalkGoneError, held_talk, hold, new_talk, resume
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
    if follows(session, held, school.id, parent["case_id"]):
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


def follows(session: Session, held: str, school_id: str, case_id: str = "") -> bool:
    """Return whether the talk in this browser follows a report, or that of *case_id*, and was not sent yet."""
    running = held_talk(session, held, school_id)
    if running is None or running.talk.is_sent or not running.talk.is_follow_up:
        return False
    return case_id in ("", running.talk.parent["case_id"])


def follow_ups(session: Session, talks: Mapping[str, str]) -> dict[str, str]:
    """Return those of this browser's *talks*, by the school's slug, that follow a report, sent or not."""
    states = {slug: tabs.held(session, token, "talk") for slug, token in talks.items()}
    return {slug: talks[slug] for slug, state in states.items() if state and state.get("parent")}


def look_at_sent(session: Session, visit: str, held: str, school_id: str) -> None:
    """Turn the open conversation to its newest thread, which the sent talk *held* became; the talk itself is over.

    The sent talk opens nothing by itself: once the conversation was closed here, its code is asked.
    Raises: TalkGoneError when it is gone, not sent yet or no such talk; VisitGoneError, CaseNotFoundError.
    """
    talk = resume(session, held, school_id).talk
    if not (talk.is_sent and talk.is_follow_up):
        raise TalkGoneError
    access = visits.first_access(session, visit)
    if access.case_id == talk.parent["case_id"]:
        threads = read_conversation(session, access).threads
        followed = [thread.case_id for thread in threads if thread.is_reprisal]
        visits.look_at(session, visit, (followed or [access.case_id])[-1])
        visits.note(session, visit, did="")  # What was offered before has been done.
    tabs.drop(session, held, "talk")
