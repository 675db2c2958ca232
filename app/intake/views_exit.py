"""The exit: nothing of the talk is left on the server or in the cookie, and a neutral page takes its place."""

from urllib.parse import parse_qs

from flask import current_app, redirect, request
from flask import session as browser
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import db
from app.intake import services, visits
from app.schools.queries import school_by_id, school_by_slug
from app.settings import Settings
from app.web.access import public
from app.web.errors import log_failure
from app.web.origin import own_page


@public
def leave() -> Response:
    settings: Settings = current_app.config["SETTINGS"]
    target = ""
    try:
        with db.reading() as session:
            target = _school_target(session)
        if _is_meant():
            with db.transaction() as session:
                services.leave(session, browser.get("talks", {}).values(), [browser.get("visit", "")])
    except (OperationalError, PoolTimeoutError) as error:
        # Leaving may not fail: without the cookie nobody can open the rows, and they go when their time has passed.
        log_failure((type(error), error, error.__traceback__))  # type: ignore[arg-type]  # raised, so it has one
    response = redirect(target or settings.exit_url, 303)
    if _is_meant():
        browser.clear()
        # Not "cookies": that would also end the session of an adviser on the same registrable domain.
        response.headers["Clear-Site-Data"] = '"storage"'
    return response


def _is_meant() -> bool:
    """Return whether a person asked for the exit, so that an image or a prefetch cannot end a talk."""
    site = request.headers.get("Sec-Fetch-Site", "none")
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    place = request.headers.get("Sec-Fetch-Dest", "document")
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    is_to_be_seen = mode == "navigate" and place == "document" and "prefetch" not in purpose
    return site in ("none", "same-origin") and is_to_be_seen


def _school_target(session: Session) -> str:
    """Return where the school of this talk, conversation or page wants the exit to lead; empty when nowhere."""
    named = [school_by_slug(session, slug) for slug in (*browser.get("talks", {}), *_named_by_page())]
    visited = visits.school_of(session, browser.get("visit", ""))
    schools = [*named, school_by_id(session, visited) if visited else None]
    return next((school.exit_url for school in schools if school and school.exit_url), "")


def _named_by_page() -> list[str]:
    """Return the schools that the page named which was left: the exit's own address must not tell more than it did.

    The script's way out says to our own site which page it leaves; a plain link does not (`rel="noreferrer"`).
    """
    left = own_page(request.headers.get("Referer", ""))
    return [left.path.strip("/"), *parse_qs(left.query).get("school", [])] if left else []
