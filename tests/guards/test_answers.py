"""What every answer carries, whatever it answers: the strict headers, no early cookie, and no change by looking."""

import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from app.accounts.roles import Role
from app.web import assets
from tests.guards.conftest import Site
from tests.guards.test_routes import ROUTES
from tests.web.test_headers import MEASURED

STRICT = {name: value for name, value in MEASURED.items() if name != "Cache-Control"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src '{style}'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
GETS = [route.split()[1] for route in ROUTES if route.startswith("GET")]
OPEN_DATA = ("/help.csv", "/help.json")
KEPT_BY_BROWSERS = {"/favicon.ico", "/static/<digest>/<name>", *OPEN_DATA}
FRAMED = "/help/embed"
"""The one page that another site may show in a frame."""
OPENED: dict[str, dict[str, str | None]] = {
    **{path: {"Cross-Origin-Resource-Policy": "cross-origin"} for path in OPEN_DATA},
    FRAMED: {"Cross-Origin-Resource-Policy": "cross-origin", "X-Frame-Options": None},
}
"""What the few answers that are there for other sites carry instead."""
CHANGES_BY_LOOKING = {"/staff/cases/<case_id>", "/w"}
"""An opened case is noted, and the exit deletes; no other page changes anything because somebody looked."""
WITH_A_FIRST_COOKIE = {
    "/staff/",
    "/staff/welcome/<token>",
    "/staff/rescue/<token>",
    "/staff/recover/password",
    "/staff/recover/phone",
    "/code",
}
"""Pages whose form needs a token: nobody gets there but to act."""
GONE = {"/staff/rescue/<token>": 410, "/<slug>/done": 404}
"""The token of the site is that of an invitation and lets nobody in again; its school has told of nothing it did."""
GOES_WRONG = {
    "unreadable": ("GET", "/help?q=%ff", 400),
    "no such page": ("GET", "/staff/nothing", 404),
    "no such school": ("GET", "/no-such-school", 404),
    "wrong method": ("PUT", "/help", 405),
    "too large": ("POST", "/code", 413),
    "no form": ("POST", "/code", 415),
    "no token": ("POST", "/staff/", 400),
    "from elsewhere": ("POST", "/code", 403),
    "other host": ("GET", "/", 400),
}


def opened(site: Site, path: str, role: Role | None = None) -> TestResponse:
    """Open a page as somebody who may."""
    roles = ROUTES[f"GET {path}"]
    return site.browser(role or (min(roles) if roles else None)).get(site.path_of(path))


def assert_strict(answer: TestResponse, *, is_staff: bool, is_kept: bool = False) -> None:
    headers, strict = answer.headers, STRICT | OPENED.get(answer.request.path, {})
    assert {name: headers.get(name) for name in strict} == strict
    style = f"sha256-{b64encode(sha256(inline_style()).digest()).decode()}"
    expected = POLICY.format(style=style)
    if answer.request.path == FRAMED:
        expected = expected.replace("script-src 'self'", "script-src 'none'")
        expected = expected.replace("frame-ancestors 'none'", "frame-ancestors https:")
    assert headers["Content-Security-Policy"] == (
        expected.replace(f"'{style}'", f"'{style}' 'self'") if is_staff else expected
    )
    if not is_kept:
        assert headers["Cache-Control"] == "no-store"
        assert {"Accept-Language", "Cookie"} <= set(answer.vary)
    assert "Server" not in headers or headers["Server"] == "granian"
    assert "Location" not in headers or is_staff or headers["Location"].startswith(("/", "https://"))


def inline_style() -> bytes:
    sheets = [(assets.FOLDER / name).read_text("utf-8") for name in ("tokens.css", "style.css")]
    return assets.shrink_css("".join(sheets)).encode()


@pytest.mark.parametrize("path", GETS)
def test_every_page_carries_the_strict_headers(site: Site, path: str) -> None:
    answer = opened(site, path)

    assert answer.status_code in ({GONE[path]} if path in GONE else {200, 303})
    assert_strict(answer, is_staff=path.startswith(("/staff", "/city")), is_kept=path in KEPT_BY_BROWSERS)


@pytest.mark.parametrize("fault", GOES_WRONG)
def test_every_refusal_carries_the_strict_headers(site: Site, fault: str) -> None:
    method, path, status = GOES_WRONG[fault]
    more: dict[str, object] = {
        "too large": {"data": {"code": "x" * 200_001}},
        "no form": {"json": {}},
        "from elsewhere": {"data": {}, "headers": {"Sec-Fetch-Site": "cross-site"}},
        "other host": {"base_url": "https://elsewhere.example/"},
    }.get(fault, {"data": {}} if method == "POST" else {})

    answer = site.browser().open(path, method=method, **more)  # type: ignore[arg-type]

    assert answer.status_code == status
    assert_strict(answer, is_staff=path.startswith("/staff"))


@pytest.mark.parametrize("path", GETS)
def test_a_first_look_leaves_no_cookie(site: Site, path: str) -> None:
    answer = site.browser().get(site.path_of(path))

    made = [line for line in answer.headers.getlist("Set-Cookie") if "Max-Age=0" not in line]
    assert bool(made) == (path in WITH_A_FIRST_COOKIE)


@pytest.mark.parametrize("path", GETS)
def test_a_page_holds_no_inline_script_or_style_that_the_policy_stops(site: Site, path: str) -> None:
    answer = opened(site, path)
    if answer.mimetype != "text/html":
        return

    assert not re.findall(r"\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", answer.text)
    styles = re.findall(r"<style[^>]*>(.*?)</style>", answer.text, re.DOTALL)
    assert styles in ([], [inline_style().decode()])


@pytest.mark.parametrize("path", GETS)
def test_a_page_loads_nothing_from_elsewhere(site: Site, path: str) -> None:
    answer = opened(site, path)
    if answer.mimetype != "text/html":
        return

    loaded = re.findall(r"""<(?:img|script|link|iframe|source|video|audio|object|embed)\b[^>]*""", answer.text)
    assert [tag for tag in loaded if "://" in tag or '="//' in tag] == []


@pytest.mark.parametrize("path", sorted(set(GETS) - CHANGES_BY_LOOKING))
def test_looking_changes_nothing(site: Site, path: str) -> None:
    roles = ROUTES[f"GET {path}"]
    for role in [None, *(roles or Role)]:
        browser = site.browser(role)
        with changes(site) as seen:
            browser.get(site.path_of(path))
        assert seen == [], role


@contextmanager
def changes(site: Site) -> Iterator[list[str]]:
    """Collect every commit and every changing statement inside the block."""
    seen: list[str] = []

    def commit(_connection: object) -> None:
        seen.append("commit")

    def execute(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        word = statement.split(maxsplit=1)[0].upper()
        if word not in {"SELECT", "BEGIN", "PRAGMA", "WITH"}:
            seen.append(statement)

    event.listen(site.engine, "commit", commit)
    event.listen(site.engine, "before_cursor_execute", execute)
    yield seen
    event.remove(site.engine, "commit", commit)
    event.remove(site.engine, "before_cursor_execute", execute)


def test_the_watch_sees_a_change(site: Site) -> None:
    browser: FlaskClient = site.browser(Role.ADVISER)

    with changes(site) as seen:
        browser.get(site.path_of("/staff/cases/<case_id>"))

    assert "commit" in seen
    assert any(statement.startswith(("UPDATE", "INSERT")) for statement in seen)
