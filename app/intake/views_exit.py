"""The exit: nothing of the talk is left on the server or in the cookie, and a neutral page takes its place."""

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
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return site in ("none", "same-origin") and mode == "navigate" and "prefetch" not in purpose


def _school_target(session: Session) -> str:
    """Return where the school of this browser's talk or conversation wants the exit to lead; empty when nowhere."""
    named = [school_by_slug(session, slug) for slug in browser.get("talks", {})]
    visited = visits.school_of(session, browser.get("visit", ""))
    schools = [*named, school_by_id(session, visited) if visited else None]
    return next((school.exit_url for school in schools if school and school.exit_url), "")
