"""The brake: while an attack goes on, a device does a little work before it sends (altcha 2.3).

Nobody is refused by it: a talk without a good ticket is folded. The library does not stop a second use of one ticket
(security.md 4, measured 2026-11-22), so `spend` writes it down in the transaction that sends.
"""

import hashlib
import json
import secrets
from datetime import UTC, datetime, timedelta

from altcha import Payload, create_challenge, verify_solution
from flask import Flask
from markupsafe import Markup
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app import clock, db
from app.accounts.installation import current_pepper
from app.i18n.translate import gettext as _
from app.intake.budgets import QUARTER
from app.intake.models import SpentTicket
from app.settings import Settings

ALGORITHM, ROUNDS = "PBKDF2/SHA-256", 2_000
FEWEST_TRIES, MOST_TRIES = 1_000, 3_000
"""About 0.7 s of a good core, 5 s of a cheap phone (security.md 4): done while the student types."""
LIFE = timedelta(hours=2)
"""As long as an unsent talk lives."""
MOST_CHARACTERS = 2_000
SCRIPT = "brake.js"


def init_app(app: Flask, settings: Settings) -> None:
    """Give templates the brake's marks: empty, so that pages weigh nothing more, unless the operator put it on."""
    is_on = settings.brake
    app.jinja_env.globals.update(brake_mark=mark if is_on else Markup, brake_notice=notice if is_on else Markup)
    if is_on:
        app.jinja_env.globals["extra_scripts"] = lambda: (SCRIPT,)


def mark() -> Markup:
    """Return an unseen element with work for the script; inside a form its result goes along as `ticket`."""
    made = create_challenge(
        ALGORITHM,
        ROUNDS,
        counter=FEWEST_TRIES + secrets.randbelow(MOST_TRIES - FEWEST_TRIES),
        expires_at=clock.now() + LIFE,
        hmac_secret=_secret(),
        hmac_key_secret=_key_secret(),
    )
    return Markup('<i hidden data-challenge="{}"></i>').format(json.dumps(made.to_dict(), separators=(",", ":")))


def notice() -> Markup:
    """Return the mark with one sentence for everybody: who is folded is not told, or a flood would learn from it."""
    text = _("Er komt nu heel veel tegelijk binnen. Het kan zijn dat je verhaal iets later wordt gelezen.")
    return Markup('{}<p class="hint">{}</p>').format(mark(), text)


def spend(session: Session, ticket: str) -> bool:
    """Tell whether *ticket* is good and was never used; from the caller's transaction on it is used.

    Forged, expired by this server's clock, used before, or no ticket at all: False.
    """
    nonce, expires_at = _read(ticket)
    if not nonce or expires_at <= clock.now():
        return False
    made = db.insert_into(session, SpentTicket).values(
        ticket=hashlib.sha256(nonce.encode()).digest(), expires_at=clock.floored(expires_at + QUARTER, QUARTER)
    )
    return session.scalar(made.on_conflict_do_nothing().returning(SpentTicket.ticket)) is not None


def _read(ticket: str) -> tuple[str, datetime]:
    """Return the number that makes a good ticket the only one, and when it ends; an empty one for any other ticket."""
    nothing = "", datetime.min.replace(tzinfo=UTC)
    if not ticket or len(ticket) > MOST_CHARACTERS:
        return nothing
    if not verify_solution(ticket, _secret(), hmac_key_secret=_key_secret()).verified:
        return nothing
    # What is read here was signed by us, so that changing a letter makes no second ticket of it.
    signed = Payload.from_base64(ticket).challenge.parameters
    return signed.nonce, datetime.fromtimestamp(signed.expires_at or 0, UTC)


def _secret() -> bytes:
    return current_pepper().key("brake")


def _key_secret() -> bytes:
    return current_pepper().key("brake answer")


def purge(session: Session) -> None:
    """Delete the tickets that nobody could use again."""
    session.execute(delete(SpentTicket).where(SpentTicket.expires_at <= clock.now()))
