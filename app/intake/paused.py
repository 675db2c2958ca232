"""A talk that is put away under its code: one row that only the code opens, for two weeks."""

import json
import secrets
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app import clock
from app.cases.correspondence import find_case
from app.cases.opening import CodeTakenError
from app.intake import tabs
from app.intake.code_keys import as_held, held_keys, use_keys
from app.intake.models import PausedTalk
from app.intake.rules import Talk
from app.intake.running import Running, hold, store
from app.intake.services import SentError
from app.schools.queries import SchoolInfo, school_by_id
from app.vault.codes import StudentKeys
from app.vault.errors import DamagedError
from app.vault.keys import unwrap, wrap
from app.vault.sealing import Context, derive_key, new_key, seal, unseal

LIFE = timedelta(days=14)
_VERSION_BYTES = 8
_PURPOSE = "paused talk"
_ONE_DAY = timedelta(days=1)


class StaleCopyError(Exception):
    """Another device took the talk up and put it away again: what lies under the code is newer than this copy."""


def pause(token: str, school: SchoolInfo) -> None:
    """Put the talk away under its code, which its page shows from now on; what was put away before is replaced.

    A talk that was sent, is put away already or follows a report stays as it is.
    Raises: TalkGoneError, BusyError, CodeTakenError, SentError (another device took it up and sent it),
        StaleCopyError (another device put it away later; both copies stay as they are).
    """

    def put_away(session: Session, running: Running, student: StudentKeys) -> None:
        talk = running.talk
        if talk.is_sent or talk.is_paused or talk.is_follow_up:
            return
        if is_taken(session, student, talk) or find_case(session, school.id, student.lookup):
            raise SentError if talk.keys else CodeTakenError
        _refuse_stale(session, student, talk)
        renewed = replace(talk, version=secrets.token_hex(_VERSION_BYTES))
        _keep(session, student, renewed)
        store(session, token, running, replace(renewed, is_paused=True, keys=as_held(student)))

    use_keys(token, school.id, put_away)


def take_up(session: Session, student: StudentKeys, school_id: str) -> str | None:
    """Return the token of the talk that a code puts back into a browser; None when nothing is put away under it.

    What was put away stays until the talk is sent or its time is over: a browser that is lost loses nothing.
    At a school that is closed it is shown as put away, for it cannot go on there, only be deleted.
    """
    row = _row(session, student)
    talk = _opened(row, student) if row is not None and row.expires_on >= clock.today() else None
    if talk is None or talk.school_id != school_id:
        return None
    school = school_by_id(session, school_id)
    is_closed = school is None or not school.is_open
    return hold(session, replace(talk, is_paused=is_closed, keys=as_held(student)))


def discard(session: Session, token: str, running: Running) -> None:
    """Delete the talk: what this browser holds and what lies under its code; one that was sent stays as it is."""
    talk = running.talk
    if talk.is_sent:
        return
    student = held_keys(talk)
    if student:
        drop(session, student)
    tabs.drop(session, token, "talk")


def kept_until(session: Session, talk: Talk) -> date | None:
    """Return the last day on which the talk can be taken up; None when it is not put away."""
    student = held_keys(talk) if talk.is_paused else None
    row = _row(session, student) if student else None
    return row.expires_on if row else None


def is_taken(session: Session, student: StudentKeys, talk: Talk) -> bool:
    """Tell whether another talk was put away under the same code."""
    other = _put_away(session, student)
    return other is not None and other.submit_id != talk.submit_id


def _refuse_stale(session: Session, student: StudentKeys, talk: Talk) -> None:
    other = _put_away(session, student)
    if other is not None and other.version != talk.version:
        raise StaleCopyError


def drop(session: Session, student: StudentKeys) -> None:
    """Delete what was put away under a code."""
    session.execute(delete(PausedTalk).where(PausedTalk.lookup == _lookup(student)))


def purge(session: Session) -> None:
    """Delete what was put away and whose last day was yesterday.

    A row whose last day lies further back gets one more day, and one that would stay too long gets the usual life:
    a server whose clock jumped and was put right within a day has lost nothing and keeps nothing for ever.
    """
    today = clock.today()
    session.execute(delete(PausedTalk).where(PausedTalk.expires_on == today - _ONE_DAY))
    overdue, too_late = PausedTalk.expires_on < today, PausedTalk.expires_on > today + LIFE
    session.execute(update(PausedTalk).where(overdue).values(expires_on=today))
    session.execute(update(PausedTalk).where(too_late).values(expires_on=today + LIFE))


def _keep(session: Session, student: StudentKeys, talk: Talk) -> None:
    key, place = new_key(), _place(student)
    state = replace(talk, is_code_kept=True, fresh="", keys={}).as_state()
    row = _row(session, student) or PausedTalk(lookup=_lookup(student))
    row.expires_on = clock.today() + LIFE
    row.wrap = wrap(key, student.pair.public, place)
    row.sealed = seal(key, json.dumps(state).encode(), place)
    session.add(row)
    session.flush()


def _put_away(session: Session, student: StudentKeys) -> Talk | None:
    row = _row(session, student, lock=True)
    return _opened(row, student) if row is not None else None


def _opened(row: PausedTalk, student: StudentKeys) -> Talk | None:
    place = _place(student)
    try:
        opened = unseal(unwrap(row.wrap, student.pair, place), row.sealed, place)
    except DamagedError:
        return None
    return Talk.from_state(json.loads(opened))


def _row(session: Session, student: StudentKeys, *, lock: bool = False) -> PausedTalk | None:
    # Locked, two devices that put one talk away at once come one after the other: the second finds the first's version.
    return session.get(PausedTalk, _lookup(student), with_for_update=lock or None, populate_existing=lock)


def _lookup(student: StudentKeys) -> bytes:
    """Return the id of the row: another one than the later case has, so that nobody can tell which talk became it."""
    return derive_key(student.pair.private, _PURPOSE, length=len(student.lookup))


def _place(student: StudentKeys) -> Context:
    return Context(_PURPOSE, _lookup(student).hex())
