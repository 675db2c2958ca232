"""Signing in and out."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, db
from app.accounts.models import StaffSession
from app.accounts.roles import Role
from app.vault import kdf
from app.vault.errors import BusyError
from tests.accounts.conftest import NOON
from tests.accounts.people import PASSWORD, Town, code_of

MAIL = "mira@school.example"


def test_who_signs_in_is_sent_to_the_place_of_his_role(town: Town) -> None:
    homes = {
        Role.MANAGER: "/staff/school",
        Role.COORDINATOR: "/staff/register",
        Role.NETWORK: "/staff/schools",
        Role.ANALYST: "/city/",
    }
    for role, home in homes.items():
        email = f"{role}@city.example"
        joined = town.person(email, role) if role.is_of_a_school else town.person(email, role, school_id=None)

        browser = town.browser_of(email, joined)

        assert browser.get("/staff/").headers["Location"] == home


def test_an_address_is_found_whatever_its_capitals(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)

    _browser, answer = town.sign_in(" Mira@School.Example ", code_of(joined.totp_secret))

    assert answer.status_code == 303


def test_a_code_works_once(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)
    code = code_of(joined.totp_secret)

    first, second = town.sign_in(MAIL, code)[1], town.sign_in(MAIL, code)[1]

    assert (first.status_code, second.status_code) == (303, 422)


def test_an_older_code_does_not_work_after_a_newer_one(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)
    town.browser_of(MAIL, joined)

    assert town.sign_in(MAIL, code_of(joined.totp_secret, -1))[1].status_code == 422


def test_unknown_address_wrong_password_and_wrong_code_get_the_same_answer(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)
    code = code_of(joined.totp_secret)

    pages = {
        town.sign_in(MAIL, code, password="iets heel anders hier")[1].text,
        town.sign_in(MAIL, "000000")[1].text,
        town.sign_in("niemand@school.example", code)[1].text.replace("niemand@school.example", MAIL),
    }

    assert len({re.sub(r'(csrf_token" value|data-passkey)="[^"]+"', "", page) for page in pages}) == 1


def test_an_unknown_address_costs_a_slow_hash_too(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = []
    monkeypatch.setattr(kdf, "stretch", lambda *given: hashes.append(given) or b"0" * given[2])

    town.sign_in("niemand@school.example", "123456")

    assert len(hashes) == 1


def test_no_answer_holds_the_password(town: Town) -> None:
    assert PASSWORD not in town.sign_in(MAIL, "1")[1].text


def test_too_many_at_once_are_asked_to_wait(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> bytes:
        raise BusyError(7)

    monkeypatch.setattr(kdf, "stretch", busy)

    answer = town.sign_in(MAIL, "123456")[1]

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7")


def test_a_session_ends_after_a_quarter_of_an_hour_without_a_sign(town: Town) -> None:
    browser = town.manager()

    with clock.at(NOON + timedelta(minutes=16)):
        answer = browser.get("/staff/account")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/")


def test_a_session_in_use_goes_on_but_never_past_eight_hours(town: Town) -> None:
    browser = town.manager()

    for minutes in range(10, 480, 10):
        with clock.at(NOON + timedelta(minutes=minutes)):
            assert browser.get("/staff/account").status_code == 200
    with clock.at(NOON + timedelta(minutes=481)):
        assert browser.get("/staff/account").status_code == 303


def test_signing_out_deletes_the_row(town: Town) -> None:
    browser = town.manager()

    browser.post("/staff/sign-out")

    with town.app.app_context(), db.reading() as session:
        assert session.scalars(select(StaffSession)).all() == []
    assert browser.get("/staff/account").status_code == 303


def test_signing_in_changes_the_cookie(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)
    browser = town.browser_of(MAIL, joined)
    before = browser.get_cookie("d").value

    browser.post("/staff/", data={"email": MAIL, "password": PASSWORD, "code": code_of(joined.totp_secret, 1)})

    assert browser.get_cookie("d").value != before


def test_the_database_alone_gives_no_address_secret_or_token(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)
    town.browser_of(MAIL, joined)

    stored = town.stored("person") + town.stored("staff_session")

    assert b"Mira" in stored
    for clue in ("mira@", "school.example", joined.totp_secret, PASSWORD):
        assert clue.encode() not in stored
