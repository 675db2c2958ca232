"""Answers go out compressed, because a student's phone may be on a slow line.

Compression beside a secret gives it away (BREACH) when an attacker can place own words on the same page and watch the
size. No page that holds a secret echoes what a link brought along: language links repeat the query only where there is
nothing to find, POSTs from other sites are refused, and the CSRF token is signed anew.
"""

import zlib

from flask import Flask, Response, request

SMALLEST_BYTES = 300
"""Below this, the frame of gzip eats the gain."""
LEVEL = 4
_GZIP_WINDOW = 31


def init_app(app: Flask) -> None:
    """Compress the text answers of *app* for who accepts gzip."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not _is_text(response) or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if len(body) >= SMALLEST_BYTES and request.accept_encodings.quality("gzip") > 0:
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
        response.set_data(packer.compress(body) + packer.flush())
        response.headers["Content-Encoding"] = "gzip"
    return response


def _is_text(response: Response) -> bool:
    if response.direct_passthrough or response.is_streamed:
        return False
    kind = response.mimetype or ""
    return kind.startswith("text/") or kind in {"image/svg+xml", "application/json"}
