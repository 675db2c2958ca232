"""What puts the keys of a school at risk: decided from a few facts, the gravest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from app import clock
from app.accounts.confirming import KeyHolder, key_holders
from app.accounts.fingerprints import fingerprint_of, own_fingerprint
from app.accounts.key_events import BY_OPERATOR, RENEWED, Signer, last_day_of
from app.accounts.models import Person
from app.accounts.school_recovery import RECOVERY_USED, RecoveryInfo, recovery_of
from app.vault.signing import sign_public_of

ANNOUNCED = timedelta(days=30)
"""So long every adviser is told at his desk that the recovery key was used, or that a key is new."""
TRIED_EVERY = timedelta(days=365)


class Risk(StrEnum):
    """What is wrong, or what somebody should know."""

    OWN_KEY_CHANGED = "own_key_changed"
    WAITS_SELF = "waits_self"
    RECOVERY_USED = "recovery_used"
    BY_OPERATOR = "by_operator"
    RENEWED = "renewed"
    SOMEBODY_WAITS = "somebody_waits"
    ONE_HOLDER = "one_holder"
    NO_EXTERNAL = "no_external"
    NO_RECOVERY = "no_recovery"
    UNTRIED = "untried"
    LONG_AGO = "long_ago"
    NO_OWN_CODE = "no_own_code"


@dataclass(frozen=True, kw_only=True)
class KeyState:
    """The facts."""

    own_id: str
    has_own_key: bool
    """Whether the key that is stored under his name is the one that he holds."""
    has_own_code: bool
    holders: Sequence[KeyHolder]
    recovery: RecoveryInfo | None
    recovery_used_on: date | None
    """Day on which a recovery key of the school was last used, this one or one that was replaced since."""
    operator_on: date | None
    """Day on which the operator last let somebody in."""
    renewed_on: date | None
    """Day on which somebody last came back with a new key."""
    today: date


def risks_of(state: KeyState) -> tuple[Risk, ...]:
    """Return what is at risk, the gravest first."""
    if not state.has_own_key:
        return (Risk.OWN_KEY_CHANGED,)
    confirmed = [holder for holder in state.holders if holder.is_confirmed]
    if state.own_id not in {holder.person_id for holder in confirmed}:
        return (Risk.WAITS_SELF,)
    found = {
        Risk.RECOVERY_USED: _is_recent(state.recovery_used_on, state.today),
        Risk.BY_OPERATOR: _is_recent(state.operator_on, state.today),
        Risk.RENEWED: _is_recent(state.renewed_on, state.today),
        Risk.SOMEBODY_WAITS: len(confirmed) < len(state.holders),
        Risk.ONE_HOLDER: len(confirmed) == 1,
        Risk.NO_EXTERNAL: not any(holder.kind == "external" for holder in confirmed),
        **_of_recovery(state.recovery, state.today),
        Risk.NO_OWN_CODE: not state.has_own_code,
    }
    return tuple(risk for risk, is_so in found.items() if is_so)


def risks_at(session: Session, school_id: str, who: Signer) -> tuple[Risk, ...]:
    """Return what that adviser of that school should know."""
    person = session.get_one(Person, who.person_id)
    stored = fingerprint_of(person.key_public, person.sign_public or sign_public_of(who.pair))
    state = KeyState(
        own_id=who.person_id,
        has_own_key=stored == own_fingerprint(who.pair),
        has_own_code=person.recovery_made_on is not None,
        holders=key_holders(session, school_id),
        recovery=recovery_of(session, school_id),
        recovery_used_on=last_day_of(session, school_id, RECOVERY_USED),
        operator_on=last_day_of(session, school_id, BY_OPERATOR),
        renewed_on=last_day_of(session, school_id, RENEWED),
        today=clock.today(),
    )
    return risks_of(state)


def _of_recovery(recovery: RecoveryInfo | None, today: date) -> dict[Risk, bool]:
    made = recovery.made_on if recovery else None
    checked = recovery.checked_on if recovery else None
    return {
        Risk.NO_RECOVERY: recovery is None,
        Risk.UNTRIED: recovery is not None and checked is None,
        Risk.LONG_AGO: made is not None and checked is not None and today - checked > TRIED_EVERY,
    }


def _is_recent(day: date | None, today: date) -> bool:
    return day is not None and today - day <= ANNOUNCED
