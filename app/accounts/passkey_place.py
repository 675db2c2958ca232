"""Where a passkey is asked, as a request tells: host, origin and browser."""

import base64
import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, request
from flask import session as cookie

from app.accounts.challenges import Asked, new_challenge
from app.settings import Settings
from app.vault.tabs import new_token

_BROWSER = "browser"


@dataclass(frozen=True)
class PasskeyAsk:
    """What a page needs to let the browser answer with a passkey."""

    challenge: str
    rp_id: str


def asked_here(purpose: str) -> Asked | None:
    """Return where this request asks for a passkey; None on an address without a name, which can have none."""
    host = urlsplit(f"//{request.host}").hostname or ""
    if _is_number(host):
        return None
    settings: Settings = current_app.config["SETTINGS"]
    origin = f"{'https' if settings.cookies_secure else 'http'}://{request.host}"
    return Asked(rp_id=host, origin=origin, browser=this_browser(), purpose=purpose)


def ask_here(purpose: str) -> PasskeyAsk | None:
    """Return a new question for the page of this request."""
    asked = asked_here(purpose)
    return PasskeyAsk(_text(new_challenge(asked)), asked.rp_id) if asked else None


def this_browser() -> str:
    """Return what only the cookie of this browser knows; who signs in or out gets a new one."""
    if not isinstance(cookie.get(_BROWSER), str):
        cookie[_BROWSER] = new_token()
    return str(cookie[_BROWSER])


def seed_here(link: str) -> str:
    """Return from what a new second factor is made: not of the *link* alone, which who made it has seen."""
    return f"{link} {this_browser()}"


def begin_anew() -> None:
    """Let this browser be another one: what was shown here to whoever sat here before counts no more."""
    cookie[_BROWSER] = new_token()


def _text(challenge: bytes) -> str:
    return base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
