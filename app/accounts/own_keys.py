"""What somebody has set up to come in with, and what he should still do."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from app import clock
from app.accounts.key_risks import TRIED_EVERY
from app.accounts.models import Person
from app.accounts.passkeys import PasskeyInfo, passkeys_of


class CodeState(StrEnum):
    """How it stands with somebody's recovery code."""

    NONE = "none"
    UNTRIED = "untried"
    LONG_AGO = "long_ago"
    TRIED = "tried"


@dataclass(frozen=True, kw_only=True)
class OwnKeys:
    """The ways in that somebody has, beside his password and the six digits."""

    passkeys: tuple[PasskeyInfo, ...]
    code: CodeState
    made_on: date | None
    checked_on: date | None


def own_keys(session: Session, person_id: str) -> OwnKeys:
    """Return the ways in of that person."""
    person = session.get_one(Person, person_id)
    return OwnKeys(
        passkeys=passkeys_of(session, person_id),
        code=code_state(person.recovery_made_on, person.recovery_checked_on, clock.today()),
        made_on=person.recovery_made_on,
        checked_on=person.recovery_checked_on,
    )


def code_state(made_on: date | None, checked_on: date | None, today: date) -> CodeState:
    """Return how it stands with a code."""
    if made_on is None:
        return CodeState.NONE
    if checked_on is None:
        return CodeState.UNTRIED
    return CodeState.LONG_AGO if today - checked_on > TRIED_EVERY else CodeState.TRIED
