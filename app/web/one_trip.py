"""Answers a form that the script sent with the page it leads to: one trip over a slow line instead of two.

A plain form gets its 303 as ever, so that Back and reload never send it again. The script puts the answer in place and
makes no entry in the browser's history, so it needs no redirect; on slow 3G that saves two seconds a question.
"""

from collections.abc import Iterable
from http import HTTPStatus
from io import BytesIO
from urllib.parse import unquote_to_bytes, urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Response

_OF_THE_FORM = ("CONTENT_LENGTH", "CONTENT_TYPE", "HTTP_ORIGIN", "HTTP_TRANSFER_ENCODING")


def init_app(app: Flask) -> None:
    """Spare what the script sends to *app* the second trip."""
    app.wsgi_app = OneTrip(app.wsgi_app)  # type: ignore[method-assign]  # as Flask's own documentation does


class OneTrip:
    """Follows a redirect of a fetched form to our own site, inside the server."""

    def __init__(self, inner: WSGIApplication) -> None:
        self._inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not _is_fetched_form(environ):
            return self._inner(environ, start_response)
        body, status, headers = run_wsgi_app(self._inner, environ, buffered=True)
        target = headers.get("Location", "")
        # Only a path of our own: the way out leads elsewhere, and the browser has to take that itself.
        if not status.startswith(str(HTTPStatus.SEE_OTHER.value)) or not target.startswith("/") or target[1:2] == "/":
            return Response(body, status, headers)(environ, start_response)
        set_before = headers.getlist("Set-Cookie")
        body, status, headers = run_wsgi_app(self._inner, _following(environ, target, set_before), buffered=True)
        return Response(body, status, _with_cookies(headers, set_before))(environ, start_response)


def _is_fetched_form(environ: WSGIEnvironment) -> bool:
    """Tell whether a script of our own pages sent this; browsers say so themselves, and no page can forge it."""
    said = (environ["REQUEST_METHOD"], environ.get("HTTP_SEC_FETCH_DEST"), environ.get("HTTP_SEC_FETCH_SITE"))
    return said == ("POST", "empty", "same-origin")


def _following(environ: WSGIEnvironment, target: str, cookies: list[str]) -> WSGIEnvironment:
    """Return what the browser would ask next: the page *target*, with the cookies it was just given."""
    parts = urlsplit(target)
    kept = {name: value for name, value in environ.items() if not name.startswith(("werkzeug.", "flask."))}
    for name in _OF_THE_FORM:
        kept.pop(name, None)
    return kept | {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),
        "QUERY_STRING": parts.query,
        "RAW_URI": target,
        "REQUEST_URI": target,
        "HTTP_COOKIE": _cookie_header(environ.get("HTTP_COOKIE", ""), cookies),
        "wsgi.input": BytesIO(),
    }


def _cookie_header(sent: str, given: list[str]) -> str:
    """Return the cookies *sent*, changed by what the answer sets or takes away."""
    jar = dict(pair.strip().partition("=")[::2] for pair in sent.split(";") if pair.strip())
    for line in given:
        name, _, value = line.partition(";")[0].partition("=")
        jar[name] = value
        if "max-age=0" in line.lower().replace(" ", ""):
            del jar[name]
    return "; ".join(f"{name}={value}" for name, value in jar.items())


def _with_cookies(headers: Headers, before: list[str]) -> Headers:
    """Return *headers* with what the first answer set, where the second one did not set it anew."""
    anew = {line.partition("=")[0] for line in headers.getlist("Set-Cookie")}
    for line in before:
        if line.partition("=")[0] not in anew:
            headers.add("Set-Cookie", line)
    return headers
