"""The exit: nothing of the talk is left on the server or in the cookie, and a neutral page takes its place."""

from flask import current_app, redirect, request
from flask import session as browser
from werkzeug.wrappers import Response

from app import db
from app.intake import services
from app.schools.queries import school_by_slug
from app.settings import Settings
from app.web.access import public


@public
def leave() -> Response:
    target = _target()
    if _is_meant():
        with db.transaction() as session:
            services.leave(session, browser.get("talks", {}).values(), [browser.get("visit", "")])
        browser.clear()
    response = redirect(target, 303)
    # Not "cookies": that would also end the session of an adviser on the same registrable domain.
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def _is_meant() -> bool:
    """Return whether a person asked for the exit, so that an image or a prefetch cannot end a talk."""
    site = request.headers.get("Sec-Fetch-Site", "none")
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    is_prefetch = "prefetch" in request.headers.get("Sec-Purpose", "")
    return site in ("none", "same-origin") and mode == "navigate" and not is_prefetch


def _target() -> str:
    settings: Settings = current_app.config["SETTINGS"]
    with db.reading() as session:
        schools = (school_by_slug(session, slug) for slug in browser.get("talks", {}))
        return next((school.exit_url for school in schools if school and school.exit_url), settings.exit_url)
