import re
from base64 import b64encode
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask, send_file
from flask.testing import FlaskClient

from tests.web.gallery import create_gallery, settings_in

MEASURED = {
    "Cache-Control": "no-store",
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
"""What earned 135 points in MDN's HTTP Observatory 1.4.8."""
KINDS = {
    "a page": ("/", 200),
    "no such page": ("/nothing", 404),
    "a redirect": ("/w", 303),
    "a fault of ours": ("/fails/bug", 500),
    "too busy": ("/fails/database", 503),
    "too many": ("/fails/flood", 429),
    "a text": ("/robots.txt", 200),
    "a file to keep": ("/download", 200),
    "the desk": ("/staff/desk", 200),
}


@pytest.fixture
def client(gallery: Flask) -> FlaskClient:
    """A browser at a gallery that also hands out a file, as Flask does it: that a browser may keep."""
    gallery.add_url_rule("/download", view_func=lambda: send_file(BytesIO(b"a"), download_name="a.txt"))
    return gallery.test_client()


@pytest.mark.parametrize(("path", "status"), KINDS.values(), ids=KINDS.keys())
def test_every_kind_of_answer_carries_exactly_the_measured_headers(client: FlaskClient, path: str, status: int) -> None:
    answer = client.get(path)

    assert answer.status_code == status
    assert {name: answer.headers.getlist(name) for name in MEASURED} == {name: [MEASURED[name]] for name in MEASURED}
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)


def test_our_own_files_may_be_kept_and_carry_the_rest(client: FlaskClient) -> None:
    href = re.findall(r'src="(/static/[^"]+)"', client.get("/").text)[0]

    headers = client.get(href).headers

    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert {name: headers[name] for name in MEASURED if name != "Cache-Control"} == {
        name: value for name, value in MEASURED.items() if name != "Cache-Control"
    }


def test_the_policy_allows_exactly_the_inline_style(client: FlaskClient) -> None:
    answer = client.get("/")
    style = answer.text.split("<style>")[1].split("</style>")[0]

    allowed = b64encode(sha256(style.encode()).digest()).decode()

    assert f"style-src 'sha256-{allowed}';" in answer.headers["Content-Security-Policy"]


def test_only_the_desk_may_link_its_style(client: FlaskClient) -> None:
    assert "style-src 'self'" not in client.get("/").headers["Content-Security-Policy"]
    assert "' 'self'; img-src" in client.get("/staff/desk").headers["Content-Security-Policy"]


HSTS = "max-age=63072000; includeSubDomains"


@pytest.mark.parametrize(
    ("changes", "promised"),
    [
        ({"cookies_secure": True}, HSTS),
        ({"cookies_secure": True, "hsts_preload": True}, f"{HSTS}; preload"),
        ({}, None),
    ],
    ids=["https", "a domain of its own", "the demo"],
)
def test_strict_transport_is_promised_only_where_there_is_https(
    tmp_path: Path, changes: dict[str, object], promised: str | None
) -> None:
    client = create_gallery(settings_in(tmp_path, **changes)).test_client()

    assert client.get("/").headers.get("Strict-Transport-Security") == promised


def test_a_page_names_no_other_host(client: FlaskClient) -> None:
    assert "://" not in client.get("/").text.replace("http://www.w3.org/2000/svg", "")
