"""What a browser sends is read exactly or refused: never quietly replaced, cut or dropped.

Werkzeug reads an undecodable form as an empty one, and an undecodable percent sequence as its own letters; either would
store something that nobody wrote.
"""

import io
from collections.abc import Callable
from typing import IO, Any, TypeVar
from urllib.parse import unquote_to_bytes

from flask import Flask, Request, current_app, request
from typing_extensions import override
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from app.web.origin import SAFE_METHODS

FORM_TYPE = "application/x-www-form-urlencoded"
FILE_TYPE = "multipart/form-data"
MAX_FIELDS = 200
_LIMIT = "upload_bytes"
View = TypeVar("View", bound=Callable[..., Any])


class MemoryRequest(Request):
    """A request whose files never touch a disk."""

    @override
    def _get_file_stream(self, *args: Any, **kwargs: Any) -> IO[bytes]:
        return io.BytesIO()


def takes_file(most_bytes: int) -> Callable[[View], View]:
    """State that a view takes a form with a file, of at most *most_bytes* in all."""

    def decorate(view: View) -> View:
        setattr(view, _LIMIT, most_bytes)
        return view

    return decorate


class UnreadableError(BadRequest):
    """The request holds bytes that are not text, or a character that cannot be stored."""


class TooManyFieldsError(BadRequest):
    """The form holds more fields than any form of ours."""


def init_app(app: Flask) -> None:
    """Check every request to *app* before a view sees it."""
    app.request_class = MemoryRequest
    app.before_request(refuse_unreadable)


def refuse_unreadable() -> None:
    """Refuse a query or body that is not UTF-8 text.

    Raises: UnreadableError, TooManyFieldsError; UnsupportedMediaType for a body that is no form.
    """
    _check(request.query_string)
    if "\0" in request.path:
        raise UnreadableError
    if request.method not in SAFE_METHODS:
        _check_body()


def _check_body() -> None:
    if not request.mimetype and not request.content_length:
        return
    most = getattr(current_app.view_functions.get(request.endpoint or ""), _LIMIT, 0)
    if most:
        request.max_content_length = request.max_form_memory_size = most
    if most and request.mimetype == FILE_TYPE:
        _check_texts()
        return
    if request.mimetype != FORM_TYPE or request.mimetype_params.get("charset", "utf-8").lower() != "utf-8":
        raise UnsupportedMediaType
    body = request.get_data(cache=True, parse_form_data=False)
    if body.count(b"&") >= MAX_FIELDS:
        raise TooManyFieldsError
    _check(body)


def _check_texts() -> None:
    # Werkzeug puts U+FFFD where a text was no UTF-8.
    if any(sign in text for text in request.form.values() for sign in ("\0", "\ufffd")):
        raise UnreadableError


def _check(encoded: bytes) -> None:
    plain = unquote_to_bytes(encoded)
    try:
        plain.decode("utf-8", "strict")
    except UnicodeDecodeError:
        # The error carries the bytes, so it must not stay attached to ours.
        raise UnreadableError from None
    if b"\0" in plain:
        raise UnreadableError
