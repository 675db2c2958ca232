from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.gallery import create_gallery, settings_in


@pytest.mark.parametrize("path", ["/", "/nothing", "/fails/500", "/robots.txt", "/staff/desk"])
def test_every_answer_carries_the_strict_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers

    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'sha256-")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/", "/nothing", "/fails/500", "/robots.txt", "/staff/desk"])
def test_a_browser_keeps_no_page(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_the_policy_allows_exactly_the_inline_style(client: FlaskClient) -> None:
    answer = client.get("/")
    style = answer.text.split("<style>")[1].split("</style>")[0]

    allowed = b64encode(sha256(style.encode()).digest()).decode()

    assert f"style-src 'sha256-{allowed}';" in answer.headers["Content-Security-Policy"]


def test_only_the_desk_may_link_its_style(client: FlaskClient) -> None:
    assert "style-src 'self'" not in client.get("/").headers["Content-Security-Policy"]
    assert "' 'self'; img-src" in client.get("/staff/desk").headers["Content-Security-Policy"]


def test_strict_transport_is_promised_only_where_there_is_https(client: FlaskClient, tmp_path: Path) -> None:
    secure = create_gallery(settings_in(tmp_path, cookies_secure=True)).test_client()

    assert "Strict-Transport-Security" not in client.get("/").headers
    assert secure.get("/").headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_a_page_names_no_other_host(client: FlaskClient) -> None:
    assert "://" not in client.get("/").text.replace("http://www.w3.org/2000/svg", "")
