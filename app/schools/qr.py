"""The QR code of a school's start page."""

from io import BytesIO

import segno

ERROR_LEVEL = "m"
"""Level M: readable with 15 % of the poster damaged."""
_QUIET_MODULES = 4


def start_page_qr(url: str) -> str:
    """Return the QR code of *url* as SVG markup for inside a page: no style attribute, dark on light in any theme."""
    return _drawn(url, 5, whole=False).decode()


def start_page_qr_file(url: str) -> bytes:
    """Return the QR code of *url* as a whole SVG file."""
    return _drawn(url, 10, whole=True)


def _drawn(url: str, scale: int, *, whole: bool) -> bytes:
    svg = BytesIO()
    segno.make(url, error=ERROR_LEVEL, micro=False, boost_error=False).save(
        svg,
        kind="svg",
        scale=scale,
        border=_QUIET_MODULES,
        dark="#000",
        light="#fff",
        title=url,
        svgclass=None,
        lineclass=None,
        xmldecl=whole,
        svgns=whole,
        nl=whole,
    )
    return svg.getvalue()
