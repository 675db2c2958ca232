"""One kind page for everything that goes wrong: what it is, that nothing was lost or stored, and how to go on.

It needs no session and no database. What a person wrote never reaches a log: an unexpected error leaves its type, its
place and a random reference, nothing else.
"""

import secrets
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import ClassVar

from flask import Flask, Response, current_app, g, make_response, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from app.i18n.translate import gettext as _
from app.settings import ROOT
from app.web import wording
from app.web.cookies import is_staff_side
from app.web.language import help_href
from app.web.origin import own_page
from app.web.pages import Page, render

RETRY_SECONDS = 10
TYPED_FIELDS = ("answer", "text", "outcome")
EXPLAINED_BY_FEATURES = frozenset({403, 404, 409, 410, 422, 429})
"""Statuses whose page may carry a feature's own sentence: `abort(404, description=_("..."))`."""

ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]


@dataclass(frozen=True, kw_only=True)
class ErrorPage(Page):
    """What is wrong, how to go on, and the ways to do so."""

    template: ClassVar[str] = "web/error.html"
    explanation: str
    advice: str
    ways: tuple[tuple[str, str], ...]
    reference: str
    typed: str
    """Own words that came with a form that was refused, so that nobody has to write them again."""


def init_app(app: Flask) -> None:
    """Show the kind page for every error in *app*, and log the unexpected without its words."""
    app.register_error_handler(HTTPException, show)
    app.register_error_handler(OperationalError, show_busy)
    app.register_error_handler(PoolTimeoutError, show_busy)
    app.log_exception = log_failure  # type: ignore[method-assign]  # Flask's own writes the message, so people's words


def show(error: HTTPException) -> Response:
    """Answer *error* with its page and status."""
    if error.response is not None or (error.code or 500) < 400:  # noqa: PLR2004 -- a redirect is no error
        return make_response(error.get_response())
    status = error.code or 500
    key = wording.CSRF if isinstance(error, CSRFError) else status
    text = wording.for_error(key, is_staff=is_staff_side(), seconds=_retry_seconds(error))
    page = ErrorPage(
        title=text.title,
        explanation=_own_words(error) or text.explanation,
        advice=text.advice,
        ways=_ways(),
        reference=g.get("failure_reference", "") if isinstance(error, InternalServerError) else "",
        typed=_typed() if isinstance(error, CSRFError) else "",
    )
    response = make_response(render(page), status)
    _carry_headers(error, response)
    return response


def _typed() -> str:
    """Return the longest own words of the form; one word alone is an answer's code or a part of a code to come back."""
    words = (text for name in TYPED_FIELDS for text in request.form.getlist(name) if len(text.split()) > 1)
    return max(words, key=len, default="")


def show_busy(error: Exception) -> Response:
    """Answer a database that cannot be reached or is held too long: wait and try again."""
    log_failure((type(error), error, error.__traceback__))  # type: ignore[arg-type]  # raised, so it has one
    return show(ServiceUnavailable(retry_after=RETRY_SECONDS))


def log_failure(exc_info: ExcInfo) -> None:
    """Log type and place of an unexpected error under a random reference, which the page shows too."""
    kind, _error, trace = exc_info
    g.failure_reference = secrets.token_hex(4)
    name = kind.__name__ if kind else "unknown"
    current_app.logger.error("%s at %s, reference %s", name, _place(trace), g.failure_reference)


def _place(trace: TracebackType | None) -> str:
    """Return the deepest line of our own code on the way to the error."""
    own = [frame for frame in traceback.extract_tb(trace) if _is_ours(Path(frame.filename))]
    return f"{Path(own[-1].filename).relative_to(ROOT)}:{own[-1].lineno}" if own else "an unknown place"


def _is_ours(path: Path) -> bool:
    return path.is_relative_to(ROOT) and "site-packages" not in path.parts


def _own_words(error: HTTPException) -> str:
    # Texts by Werkzeug are English and may quote the request; only a feature's own sentence is shown.
    if error.code in EXPLAINED_BY_FEATURES and error.description != type(error).description:
        return str(error.description)
    return ""


def _retry_seconds(error: HTTPException) -> int:
    wait = getattr(error, "retry_after", None)
    return wait if isinstance(wait, int) else RETRY_SECONDS


def _carry_headers(error: HTTPException, response: Response) -> None:
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    if error.code in {429, 503}:
        response.headers["Retry-After"] = str(_retry_seconds(error))


def _ways() -> tuple[tuple[str, str], ...]:
    """Return (address, label) pairs: first the way back, then the way to people."""
    back = _way_back()
    slug = g.get("school_slug", "")
    start = "/staff/" if is_staff_side() else "/" if request.path == f"/{slug}" else f"/{slug}"
    first = (back, _("Ga terug")) if back else (start, _("Naar het begin"))
    if is_staff_side():
        return (first,)
    return first, (help_href(), _("Hulp en telefoonnummers"))


def _way_back() -> str:
    """Return the path of our own page that the reader came from, or nothing."""
    came_from = own_page(request.headers.get("Referer", ""))
    path = "/" + came_from.path.lstrip("/\\") if came_from else ""
    is_same_page = request.method == "GET" and path == request.path
    return "" if is_same_page else path
