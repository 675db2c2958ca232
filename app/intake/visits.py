"""Coming back: from a code to an open conversation, held under the cookie of this browser until it is left."""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app import db
from app.accounts.installation import current_pepper
from app.cases.access import has_other_code
from app.cases.correspondence import Access, find_case, mark_seen, open_thread, write
from app.intake import outcome, paused, tabs
from app.intake.rules import has_told
from app.intake.running import held_talk
from app.intake.transcript import crisis_topics
from app.schools.queries import SchoolInfo
from app.talks.library import library
from app.vault.codes import Code, derive
from app.vault.keys import KeyPair
from app.vault.tabs import new_token


class UnknownCodeError(Exception):
    """Nothing at these schools belongs to the code: no conversation, and no talk that was put away."""


class VisitGoneError(Exception):
    """The browser holds no conversation open: it was left, too long ago, or the case is deleted."""


class OtherTalkError(Exception):
    """This browser holds another talk at the school that would be lost: not sent yet, or its code not noted yet."""

    def __init__(self, school: SchoolInfo) -> None:
        super().__init__(school.slug)
        self.school = school


@dataclass(frozen=True)
class CameBack:
    """What a code opened at one school: a conversation, or a talk that was put away; one of the tokens is set."""

    school: SchoolInfo
    visit: str = field(default="", repr=False)
    talk: str = field(default="", repr=False)


def come_back(code: Code, schools: Sequence[SchoolInfo], talks: Mapping[str, str], *, over: bool = False) -> CameBack:
    """Find what *code* opens at one of the schools and return the token for the browser's cookie.

    Every school named costs one derivation, found or not, so that the time tells nothing. *talks* are the tokens that
    the browser holds, by the school's slug; one that would be lost is only replaced when *over* says so.
    Raises: UnknownCodeError, OtherTalkError, BusyError.
    """
    keys = [(school, derive(code, current_pepper(), school.id)) for school in schools]
    with db.transaction() as session:
        for school, student in keys:
            case_id = find_case(session, school.id, student.lookup)
            if case_id is not None:
                helper = outcome.choose(session, Access(case_id=case_id, school_id=school.id, pair=student.pair))
                visit = open_visit(session, case_id, school.id, student.pair)
                note(session, visit, helper=helper)
                return CameBack(school, visit=visit)
        for school, student in keys:
            token = paused.take_up(session, student, school.id)
            if token is not None:
                _make_room(session, school, talks.get(school.slug, ""), None if over else code)
                return CameBack(school, talk=token)
    raise UnknownCodeError


def _make_room(session: Session, school: SchoolInfo, held: str, code: Code | None) -> None:
    """Drop the talk that the browser holds at the school; without *code* even one that is then lost."""
    if code is not None and holds_unkept_talk(session, held, school.id, code):
        raise OtherTalkError(school)
    tabs.drop(session, held, "talk")


def holds_unkept_talk(session: Session, token: str, school_id: str, code: Code | None = None) -> bool:
    """Tell whether the browser holds a talk at the school that goes lost when another takes its place.

    One that was put away is safe, as is the very talk of *code*, and one whose code was noted.
    """
    running = held_talk(session, token, school_id)
    if running is None or running.talk.is_paused or (code is not None and running.talk.code_number == code.digits):
        return False
    talk = running.talk
    # A talk that followed a report has no code of its own to note.
    is_noted = (talk.is_code_kept or talk.is_follow_up) and not talk.pending
    return not is_noted if talk.is_sent else has_told(running.path)


def holds_unsent_talk(session: Session, token: str, school_id: str) -> bool:
    """Tell whether the browser holds a talk at the school in which something was told and that can go on."""
    running = held_talk(session, token, school_id)
    return running is not None and not running.talk.is_sent and has_told(running.path)


def open_visit(session: Session, case_id: str, school_id: str, pair: KeyPair, thread: str = "") -> str:
    """Open a conversation that *pair* belongs to and return the token for the browser's cookie."""
    token = new_token()
    state = {
        "case_id": case_id,
        "thread": thread or case_id,
        "school_id": school_id,
        "public": b64encode(pair.public).decode(),
        "private": b64encode(pair.private).decode(),
    }
    tabs.keep(session, token, "visit", state)
    mark_seen(session, access_of(session, token))
    return token


def school_of(session: Session, token: str) -> str | None:
    """Return the id of the school whose conversation the browser holds open, if any."""
    state = tabs.held(session, token, "visit") if token else None
    return state["school_id"] if state else None


def access_of(session: Session, token: str, thread: str = "") -> Access:
    """Return the conversation that the browser with *token* looks at: the case *thread*, else the one chosen last.

    Raises: VisitGoneError; CaseNotFoundError, also for a thread that is no part of what the code opens.
    """
    first = first_access(session, token)
    wanted = thread or state_of(session, token)["thread"]
    return first if wanted == first.case_id else open_thread(session, first, wanted)


def first_access(session: Session, token: str) -> Access:
    """Return the conversation that the code itself opened, whichever thread is looked at.

    Raises: VisitGoneError, also when another device took a new code since.
    """
    state = state_of(session, token)
    pair = KeyPair(public=b64decode(state["public"]), private=b64decode(state["private"]))
    access = Access(case_id=state["case_id"], school_id=state["school_id"], pair=pair)
    if has_other_code(session, access):
        raise VisitGoneError
    return access


def look_at(session: Session, token: str, thread: str) -> Access:
    """Turn to one thread and return it; what stands there now counts as seen.

    Raises: VisitGoneError, CaseNotFoundError.
    """
    access = access_of(session, token, thread)
    mark_seen(session, access)
    note(session, token, thread=access.case_id)
    return access


def write_message(session: Session, token: str, thread: str, text: str) -> None:
    """Add the student's message to a thread of the conversation, and keep it open longer.

    The topics of danger that its words touch are held as long as the conversation is, by name, until the next message.
    Raises: VisitGoneError; CaseNotFoundError when the case was deleted meanwhile; CaseDamagedError.
    """
    access = look_at(session, token, thread)
    write(session, access, text)
    topics = library().lists.topics_in(text, crisis_topics(library().current))
    note(session, token, topics=list(topics), did="", drafts=drafts_with(session, token, access.case_id, ""))


def drafts_with(session: Session, token: str, case_id: str, text: str) -> dict[str, str]:
    """Return what stands unsent in the fields of the conversations, by case, with *text* in that of *case_id*.

    Raises: VisitGoneError.
    """
    others = {case: draft for case, draft in state_of(session, token).get("drafts", {}).items() if case != case_id}
    return {**others, case_id: text} if text else others


def note(session: Session, token: str, **changes: Any) -> None:
    """Remember something about the visit for its next page, under the same seal, and keep it open longer.

    Raises: VisitGoneError.
    """
    tabs.keep(session, token, "visit", {**state_of(session, token), **changes})


def state_of(session: Session, token: str) -> dict[str, Any]:
    """Return what is remembered about the visit: `topics`, `did` (the last action) and `drafts`, where there are any.

    Raises: VisitGoneError.
    """
    state = tabs.held(session, token, "visit") if token else None
    if state is None:
        raise VisitGoneError
    return state
