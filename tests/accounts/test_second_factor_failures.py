"""Somebody who knows the password and guesses the digits is slowed down, and the owner hears of it."""

from datetime import timedelta

import pytest

from app import clock, db
from app.accounts.attempts import TRIES
from app.accounts.models import Person
from app.accounts.proving import SignInRefusedError, account_by_address, prove, use_factor
from app.accounts.roles import Role
from app.accounts.services import NewInvitation, invite
from tests.accounts.conftest import NOON
from tests.accounts.people import PASSWORD, SCHOOL_ID, Town, code_of

MAIL = "mira@school.example"
WRONG = "000000"


def fail(town: Town, times: int = TRIES) -> list[int]:
    return [town.sign_in(MAIL, WRONG)[1].status_code for _ in range(times)]


def test_after_five_wrong_codes_the_account_waits_a_quarter_of_an_hour_and_says_since_when(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)
    assert fail(town) == [422] * TRIES

    answer = town.sign_in(MAIL, code_of(joined.totp_secret))[1]

    assert answer.status_code == 429
    assert "Sinds 13:00 wacht dit account even" in answer.text
    assert "na 13:15 opnieuw" in answer.text
    with clock.at(NOON + timedelta(minutes=15)):
        assert town.sign_in(MAIL, code_of(joined.totp_secret))[1].status_code == 303


def test_who_does_not_know_the_password_is_not_told_that_an_account_waits(town: Town) -> None:
    town.person(MAIL, Role.MANAGER)
    fail(town)

    answer = town.sign_in(MAIL, WRONG, password="iets heel anders hier")[1]

    assert (answer.status_code, "wacht dit account" in answer.text) == (422, False)


def test_wrong_passwords_lock_nobody_out(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)

    for _ in range(3 * TRIES):
        town.sign_in(MAIL, WRONG, password="iets heel anders hier")

    browser, answer = town.sign_in(MAIL, code_of(joined.totp_secret))
    assert answer.status_code == 303
    assert "data-failures" not in browser.get("/staff/school").text


def test_a_form_that_is_not_filled_in_counts_for_nothing(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)

    for _ in range(TRIES):
        town.sign_in(MAIL, "")

    assert town.sign_in(MAIL, code_of(joined.totp_secret))[1].status_code == 303


def test_tries_while_the_account_waits_do_not_make_it_wait_longer(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)
    fail(town)

    with clock.at(NOON + timedelta(minutes=14)):
        assert fail(town) == [429] * TRIES
    with clock.at(NOON + timedelta(minutes=15)):
        assert town.sign_in(MAIL, code_of(joined.totp_secret))[1].status_code == 303


def test_the_owner_is_told_once_how_often_it_went_wrong(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)
    fail(town, 3)
    browser = town.browser_of(MAIL, joined)

    first, second = browser.get("/staff/school").text, browser.get("/staff/account").text

    assert 'data-failures="3"' in first
    assert "data-failures" not in second
    browser.post("/staff/sign-out")
    again = town.browser_of(MAIL, joined, 1)
    assert "data-failures" not in again.get("/staff/account").text


def test_a_right_code_that_comes_while_the_wait_begins_is_refused_too(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)
    with town.app.app_context():
        with db.reading() as session:
            account = account_by_address(session, MAIL)
        proof = prove(account, PASSWORD, code_of(joined.totp_secret))
        with db.transaction() as session:
            session.get_one(Person, joined.person_id).sign_in_wait_until = clock.now() + timedelta(minutes=15)

        with db.transaction() as session, pytest.raises(SignInRefusedError):
            use_factor(session, proof)


def test_a_wrong_code_on_an_invitation_for_somebody_known_counts_too(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)
    with town.app.app_context(), db.transaction() as session:
        role = NewInvitation(name="Mira", email=MAIL, role=Role.COORDINATOR, school_id=SCHOOL_ID)
        token = invite(session, role)

    for _ in range(TRIES):
        town.app.test_client().post(f"/staff/welcome/{token}", data={"password": PASSWORD, "code": WRONG})

    assert town.sign_in(MAIL, code_of(joined.totp_secret))[1].status_code == 429
