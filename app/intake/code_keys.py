"""The keys of a talk's code: made by one slow hash outside any transaction, then used inside one."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256

from sqlalchemy.orm import Session

from app import db
from app.accounts.installation import current_pepper
from app.cases.correspondence import Access
from app.cases.opening import CodeTakenError
from app.cases.renewing import follow_up_lookup
from app.intake.rules import Talk
from app.intake.running import Running, resume, store
from app.vault.codes import StudentKeys, derive, new_code, parse_code
from app.vault.keys import KeyPair

MOST_CODES_TRIED = 3
"""Two codes out of 10^15 hardly ever meet; three times in a row is a fault."""

Use = Callable[[Session, Running, StudentKeys], None]
"""Does something with a talk that is locked and with the keys of its code.

Raises: CodeTakenError when something else opens with this code.
"""


def use_keys(token: str, school_id: str, use: Use) -> None:
    """Let *use* have the talk and its keys, in one transaction; a code that is taken is renewed before it is seen.

    Raises: TalkGoneError, BusyError, CodeTakenError, and what *use* raises.
    """
    for _ in range(MOST_CODES_TRIED):
        with db.reading() as session:
            keyed = resume(session, token, school_id).talk
        if keyed.is_sent and not keyed.pending:  # Another request did it meanwhile.
            return
        student = _keys_of(keyed)
        try:
            _use_once(token, keyed, student, use)
        except CodeTakenError:
            _renew(token, keyed)
        else:
            return
    raise CodeTakenError


def _use_once(token: str, keyed: Talk, student: StudentKeys, use: Use) -> None:
    with db.transaction() as session:
        running = resume(session, token, keyed.school_id, lock=True)
        if running.talk.code_number != keyed.code_number:  # Another request renewed it meanwhile.
            raise CodeTakenError
        use(session, running, student)


def _renew(token: str, keyed: Talk) -> None:
    """Give the talk another code unless another request did so: nobody has seen the first one yet."""
    with db.transaction() as session:
        running = resume(session, token, keyed.school_id, lock=True)
        if running.talk.code_number == keyed.code_number:
            store(session, token, running, replace(running.talk, code_number=new_code().digits, keys={}))


def _keys_of(talk: Talk) -> StudentKeys:
    """Return the keys of the talk's code: those held since they were made, else made now.

    Raises: BusyError.
    """
    if talk.is_follow_up:
        return _keys_of_follow_up(talk)
    if talk.keys:
        return StudentKeys(lookup=b64decode(talk.keys["lookup"]), pair=_pair(talk.keys))
    return derive(parse_code(talk.code_number), current_pepper(), talk.school_id)


def _keys_of_follow_up(talk: Talk) -> StudentKeys:
    """Return the key pair of the earlier report's code, with an id of its own: no slow hash is needed."""
    pair = _pair(talk.parent)
    return StudentKeys(follow_up_lookup(pair, bytes.fromhex(talk.submit_id)), pair)


def as_held(student: StudentKeys) -> dict[str, str]:
    """Return keys as `Talk.keys` holds them."""
    made = {"lookup": student.lookup, "public": student.pair.public, "private": student.pair.private}
    return {name: b64encode(value).decode() for name, value in made.items()}


def held_keys(talk: Talk) -> StudentKeys | None:
    """Return the keys of the talk's code when they were made before."""
    return _keys_of(talk) if talk.keys else None


def opens_of(pair: KeyPair) -> str:
    """Return a short mark of the pair of a code, to tell whether a talk's code opens a conversation."""
    return sha256(pair.public).hexdigest()[:16]


def access_to_parent(talk: Talk) -> Access:
    """Return the way to the report that a follow-up follows."""
    return Access(case_id=talk.parent["case_id"], school_id=talk.school_id, pair=_pair(talk.parent))


def _pair(held: Mapping[str, str]) -> KeyPair:
    return KeyPair(public=b64decode(held["public"]), private=b64decode(held["private"]))
