"""Answers go out compressed, because a student's phone may be on a slow line.

Compression beside a secret gives it away (BREACH) when an attacker can place own words on the same page and watch the
size. No page that holds a secret echoes what a link brought along: language links repeat the query only where there is
nothing to find, POSTs from other sites are refused, and the CSRF token is signed anew.
"""

import zlib
from functools import lru_cache

from flask import Flask, Response, request

SMALLEST_BYTES = 300
"""Below this, the frame of gzip eats the gain."""
LEVEL = 6
_GZIP_WINDOW = 31
_STYLE_END = b"</style>"
_LONGEST_HEAD_BYTES = 16_384


def init_app(app: Flask) -> None:
    """Compress the text answers of *app* for who accepts gzip."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not _is_text(response) or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if len(body) >= SMALLEST_BYTES and request.accept_encodings.quality("gzip") > 0:
        response.set_data(_packed(body))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _packed(body: bytes) -> bytes:
    # The style makes up most of a page and is the same in each: it is compressed once for each language.
    head, style_end, rest = body.partition(_STYLE_END)
    if not style_end or len(head) > _LONGEST_HEAD_BYTES:
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
        return packer.compress(body) + packer.flush()
    start, state = _started(head + style_end)
    packer = state.copy()
    return start + packer.compress(rest) + packer.flush()


@lru_cache(maxsize=64)
def _started(head: bytes) -> "tuple[bytes, zlib._Compress]":
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
    return packer.compress(head), packer


def _is_text(response: Response) -> bool:
    if response.direct_passthrough or response.is_streamed:
        return False
    kind = response.mimetype or ""
    return kind.startswith("text/") or kind in {"image/svg+xml", "application/json"}
