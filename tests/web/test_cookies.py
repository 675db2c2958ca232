"""The keys that sign cookies and forms change each week by themselves, and nobody notices."""

from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.web.cookies import WeeklyKeys
from tests.web.gallery import create_gallery, settings_in

SUNDAY = datetime(2026, 12, 27, 23, 58, tzinfo=UTC)
MINUTES, DAYS = timedelta(minutes=1), timedelta(days=1)


def weekly(folder: Path, **changes: object) -> Flask:
    """A gallery whose keys stand for their purpose."""
    app = create_gallery(settings_in(folder, **changes))
    app.config["SECRET_KEY"] = WeeklyKeys(str.encode)
    return app


@pytest.fixture
def phone(tmp_path: Path) -> FlaskClient:
    return weekly(tmp_path).test_client()


def test_the_key_that_signs_is_of_this_week_also_where_the_year_changes() -> None:
    keys = WeeklyKeys(str.encode)

    for moment, week in ((SUNDAY, "2026-W52"), (SUNDAY + 3 * MINUTES, "2026-W53"), (SUNDAY + 8 * DAYS, "2027-W01")):
        with clock.at(moment):
            assert list(keys)[-1] == f"session cookie {week}".encode()


def test_keys_of_last_week_and_of_a_host_that_is_ahead_are_read() -> None:
    with clock.at(SUNDAY):
        assert [key.decode()[-3:] for key in WeeklyKeys(str.encode)] == ["W51", "W53", "W52"]


def test_a_form_of_last_week_is_still_read_and_two_weeks_later_it_is_not(phone: FlaskClient) -> None:
    with clock.at(SUNDAY):
        token = phone.get("/token").text

    statuses = []
    for later in (3 * MINUTES, 7 * DAYS, 8 * DAYS):
        with clock.at(SUNDAY + later):
            statuses.append(phone.post("/answer", data={"answer": "x", "csrf_token": token}).status_code)

    # The first answer was signed anew in the second week; the token in the form was not.
    assert statuses == [200, 200, 400]


def test_a_running_process_signs_with_the_new_key_by_itself(phone: FlaskClient) -> None:
    def signature() -> str:
        with phone.session_transaction() as cookie:
            cookie["changed"] = cookie.get("changed", 0) + 1
        held = phone.get_cookie("s")
        assert held
        return held.value

    with clock.at(SUNDAY):
        old = signature()
    with clock.at(SUNDAY + 3 * MINUTES):
        new = signature()

    stranger = phone.application.test_client()
    with clock.at(SUNDAY + 8 * DAYS):
        for value, known in ((old, False), (new, True)):
            stranger.set_cookie("s", value)
            with stranger.session_transaction() as cookie:
                assert ("changed" in cookie) == known


@pytest.mark.parametrize(
    ("path", "name", "same_site"), [("/token", "__Host-s", "Lax"), ("/staff/", "__Host-d", "Strict")]
)
def test_a_cookie_is_bound_to_its_side_and_ends_with_the_browser(
    tmp_path: Path, path: str, name: str, same_site: str
) -> None:
    app = weekly(tmp_path, cookies_secure=True)
    app.add_url_rule("/staff/", view_func=app.view_functions["token"])

    cookie = SimpleCookie(app.test_client().get(path, base_url="https://localhost").headers["Set-Cookie"])[name]

    assert (cookie["samesite"], cookie["path"], cookie["domain"]) == (same_site, "/", "")
    assert cookie["secure"] is cookie["httponly"] is True
    assert cookie["max-age"] == cookie["expires"] == ""
