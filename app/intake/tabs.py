"""Rows that only the browser's cookie can open: kept, read, dropped, and gone after two hours."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from app import clock
from app.intake.models import Tab
from app.vault.errors import DamagedError
from app.vault.sealing import Context, seal, unseal
from app.vault.tabs import token_id, token_key

Purpose = Literal["talk", "visit"]
LIFE = {"talk": timedelta(hours=2), "visit": timedelta(minutes=45)}
"""Longest life since the last action; a stored moment is rounded down, so a row lives at most this long."""
ROUNDING = timedelta(minutes=15)
_HELD = select(Tab.expires_at, Tab.sealed).where(Tab.token_id == bindparam("id"))
_LOCKED = _HELD.with_for_update()


def keep(session: Session, token: str, purpose: Purpose, state: dict[str, Any]) -> None:
    """Store *state* for the browser that holds *token*, replacing what it held."""
    identity = token_id(token, purpose)
    sealed = seal(token_key(token, purpose), json.dumps(state).encode(), Context("tab", purpose))
    expires_at = clock.floored(clock.now() + LIFE[purpose], ROUNDING)
    tab = session.get(Tab, identity)
    if tab is None:
        session.add(Tab(token_id=identity, expires_at=expires_at, sealed=sealed))
    else:
        tab.sealed, tab.expires_at = sealed, expires_at
    session.flush()


def held(session: Session, token: str, purpose: Purpose, *, lock: bool = False) -> dict[str, Any] | None:
    """Return what the browser with *token* holds, or None when it is gone; *lock* it for this transaction."""
    query = _LOCKED if lock else _HELD
    # Every tap of a student asks this: a row without the ORM costs a quarter.
    tab = session.connection().execute(query, {"id": token_id(token, purpose)}).first()
    if tab is None or _aware(tab.expires_at) <= clock.now():
        return None
    try:
        opened = unseal(token_key(token, purpose), tab.sealed, Context("tab", purpose))
    except DamagedError:
        return None
    state: dict[str, Any] = json.loads(opened)
    return state


def drop(session: Session, token: str, purpose: Purpose) -> None:
    """Delete what the browser with *token* holds."""
    session.execute(delete(Tab).where(Tab.token_id == token_id(token, purpose)))


def purge(session: Session) -> None:
    """Delete every row whose time has passed."""
    session.execute(delete(Tab).where(Tab.expires_at <= clock.now()))


def _aware(moment: datetime) -> datetime:
    # SQLite hands moments back without their zone.
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
