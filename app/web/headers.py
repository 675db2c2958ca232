"""The headers of every answer: nothing from elsewhere, nothing kept by the browser, nothing told to other sites.

Sources: OWASP ASVS 5.0 chapter 3.4; MDN HTTP Observatory scoring (both read 2026-11-22).
"""

from flask import Flask, Response, request

from app.settings import Settings
from app.web import assets
from app.web.cookies import is_staff_side

NOT_KEPT = "no-store"
FIXED = {
    # Not no-referrer: with that, browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()"
    ),
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-DNS-Prefetch-Control": "off",
}
OPEN_DATA = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "public, max-age=3600",
}
FRAMED = {"Cross-Origin-Resource-Policy": "cross-origin"}
NO_FRAME, ANY_FRAME = "frame-ancestors 'none'", "frame-ancestors https:"
HSTS = "max-age=63072000; includeSubDomains"
VARY = ("Accept-Language", "Cookie")


class OpenData(Response):
    """Data about nobody, which any site may read and anybody keep for an hour."""


class Framed(Response):
    """A page without a script and without a secret, which any site on HTTPS may show in a frame of its own."""


def init_app(app: Flask, settings: Settings) -> None:
    """Put the headers on every answer of *app*; HSTS only where the site is on HTTPS."""
    fixed = dict(FIXED)
    if settings.cookies_secure:
        fixed["Strict-Transport-Security"] = HSTS + ("; preload" if settings.hsts_preload else "")

    def add(response: Response) -> Response:
        headers = response.headers
        if not (_is_file_of_ours(response) or isinstance(response, OpenData)):
            # Set, not offered: what a feature sends as a file would else be kept for a while.
            headers["Cache-Control"] = NOT_KEPT
            response.vary.update(VARY)
        headers.update(fixed)
        headers["Content-Security-Policy"] = _policy()
        if isinstance(response, OpenData):
            headers.update(OPEN_DATA)
        elif isinstance(response, Framed):
            _let_be_framed(response)
        return response

    app.after_request(add)


def _is_file_of_ours(response: Response) -> bool:
    return request.blueprint == "web" and "public" in response.headers.get("Cache-Control", "")


def _let_be_framed(response: Response) -> None:
    headers = response.headers
    headers.update(FRAMED)
    del headers["X-Frame-Options"]  # It knows no scheme; browsers that know frame-ancestors go by that alone.
    policy = headers["Content-Security-Policy"].replace("script-src 'self'", "script-src 'none'")
    headers["Content-Security-Policy"] = policy.replace(NO_FRAME, ANY_FRAME)


def _policy() -> str:
    linked = " 'self'" if is_staff_side() else ""
    return (
        f"default-src 'none'; script-src 'self'; style-src '{assets.current().style_hash}'{linked}; img-src 'self'; "
        f"connect-src 'self'; form-action 'self'; base-uri 'none'; {NO_FRAME}"
    )
