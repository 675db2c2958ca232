"""Challenges for passkeys: nothing is stored until one was answered, and each is answered once."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app import clock, db
from app.accounts.installation import current_pepper
from app.accounts.models import SpentChallenge

LIFE = timedelta(minutes=5)
_NONCE_BYTES = 16
_MOMENT_BYTES = 8
_MAC_BYTES = 32


@dataclass(frozen=True)
class Asked:
    """Where and for what a passkey is asked."""

    rp_id: str
    """The host name that the passkey belongs to."""
    origin: str
    browser: str
    """What only the cookie of this browser knows."""
    purpose: str


def new_challenge(asked: Asked) -> bytes:
    """Return a challenge (56 bytes) for this browser and purpose only, good for five minutes."""
    body = secrets.token_bytes(_NONCE_BYTES) + _ends_at().to_bytes(_MOMENT_BYTES, "big")
    return body + _mac(body, asked)


def is_fresh(challenge: bytes, asked: Asked) -> bool:
    """Return whether we made *challenge* for that browser and purpose, less than five minutes ago."""
    body, mac = challenge[:-_MAC_BYTES], challenge[-_MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(body, asked)):
        return False
    return int.from_bytes(body[_NONCE_BYTES:], "big") > int(clock.now().timestamp())


def spend(session: Session, challenge: bytes) -> bool:
    """Mark a fresh *challenge* as answered; return False when it was answered before."""
    body, mac = challenge[:-_MAC_BYTES], challenge[-_MAC_BYTES:]
    ends_at = datetime.fromtimestamp(int.from_bytes(body[_NONCE_BYTES:], "big"), UTC)
    insert = db.insert_into(session, SpentChallenge).values(challenge=mac, expires_at=ends_at)
    # Asked back instead of counted: PostgreSQL's driver counts -1 here, also when nothing was added.
    added = session.execute(insert.on_conflict_do_nothing().returning(SpentChallenge.challenge))
    return added.first() is not None


def purge(session: Session) -> None:
    """Forget the answered challenges that are too old to be taken again anyway."""
    session.execute(delete(SpentChallenge).where(SpentChallenge.expires_at <= clock.now()))


def _ends_at() -> int:
    return int((clock.now() + LIFE).timestamp())


def _mac(body: bytes, asked: Asked) -> bytes:
    return current_pepper().mac("passkey challenge", body.hex(), asked.purpose, asked.rp_id, asked.browser)
