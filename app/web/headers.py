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
HSTS = "max-age=63072000; includeSubDomains"
VARY = ("Accept-Language", "Cookie")


def init_app(app: Flask, settings: Settings) -> None:
    """Put the headers on every answer of *app*; HSTS only where the site is on HTTPS."""
    fixed = dict(FIXED)
    if settings.cookies_secure:
        fixed["Strict-Transport-Security"] = HSTS + ("; preload" if settings.hsts_preload else "")

    def add(response: Response) -> Response:
        headers = response.headers
        if not _is_file_of_ours(response):
            # Set, not offered: what a feature sends as a file would else be kept for a while.
            headers["Cache-Control"] = NOT_KEPT
            response.vary.update(VARY)
        for name, value in fixed.items():
            headers[name] = value
        headers["Content-Security-Policy"] = _policy()
        return response

    app.after_request(add)


def _is_file_of_ours(response: Response) -> bool:
    return request.blueprint == "web" and "public" in response.headers.get("Cache-Control", "")


def _policy() -> str:
    linked = " 'self'" if is_staff_side() else ""
    return (
        f"default-src 'none'; script-src 'self'; style-src '{assets.current().style_hash}'{linked}; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
