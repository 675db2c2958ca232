"""Passkeys stand in for the six digits, once, on our own page, for their owner only."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock, db
from app.accounts import sessions
from app.accounts.models import Passkey, SpentChallenge
from app.accounts.passkeys import MAX_ANSWER
from app.accounts.roles import Role
from app.accounts.services import disable_person
from tests.accounts.authenticator import Authenticator, asked_on, options_on, raw, text
from tests.accounts.conftest import NOON
from tests.accounts.people import PASSWORD, Town

MAIL = "mira@school.example"
OTHER = "joris@buiten.example"


def make(browser: FlaskClient, passkey: Authenticator, name: str = "mijn telefoon") -> TestResponse:
    page = browser.post("/staff/account/passkeys", data={"password": PASSWORD}).text
    made = passkey.make(options_on(page)["challenge"])
    return browser.post("/staff/account/passkeys/add", data={"name": name, "credential": made})


def come_in(browser: FlaskClient, credential: str, email: str = MAIL, password: str = PASSWORD) -> int:
    data = {"email": email, "password": password, "credential": credential}
    return browser.post("/staff/", data=data).status_code


def question(browser: FlaskClient) -> str:
    return asked_on(browser.get("/staff/").text)


@pytest.fixture
def passkey(town: Town) -> Authenticator:
    """The passkey of Mira, who is not signed in anywhere else."""
    mira, _joris = town.two_advisers()
    made = Authenticator()
    browser = town.browser_of(MAIL, mira)
    assert make(browser, made).status_code == 303
    browser.post("/staff/sign-out")
    return made


def test_a_passkey_and_the_password_let_in(town: Town, passkey: Authenticator) -> None:
    browser = town.app.test_client()

    assert come_in(browser, passkey.answer(question(browser))) == 303

    page = browser.get("/staff/account/passkeys").text
    assert "mijn telefoon" in page


def test_a_passkey_without_the_password_lets_nobody_in(town: Town, passkey: Authenticator) -> None:
    browser = town.app.test_client()

    assert come_in(browser, passkey.answer(question(browser)), password="iets heel anders hier") == 422


def test_an_answer_works_once(town: Town, passkey: Authenticator) -> None:
    browser, other = town.app.test_client(), town.app.test_client()
    challenge = question(browser)
    answer = passkey.answer(challenge)
    other.set_cookie("d", browser.get_cookie("d").value)

    assert come_in(browser, answer) == 303
    assert come_in(other, answer) == 422
    assert come_in(other, passkey.answer(challenge)) == 422, "a new answer to a question that was answered"


def test_a_question_ends_after_five_minutes(town: Town, passkey: Authenticator) -> None:
    browser = town.app.test_client()
    answer = passkey.answer(question(browser))

    with clock.at(NOON + timedelta(minutes=5)):
        assert come_in(browser, answer) == 422


def test_a_question_of_another_browser_is_not_answered_here(town: Town, passkey: Authenticator) -> None:
    mine, theirs = town.app.test_client(), town.app.test_client()
    theirs.get("/staff/")

    assert come_in(theirs, passkey.answer(question(mine))) == 422


@pytest.mark.parametrize("wrong", [{"origin": "https://elsewhere.example"}, {"host": "elsewhere.example"}])
def test_an_answer_from_another_site_is_refused(town: Town, passkey: Authenticator, wrong: dict[str, str]) -> None:
    browser = town.app.test_client()

    assert come_in(browser, replace(passkey, **wrong).answer(question(browser))) == 422


def test_a_passkey_whose_counter_goes_back_is_refused(town: Town, passkey: Authenticator) -> None:
    browser = town.app.test_client()
    passkey.count = 7
    assert come_in(browser, passkey.answer(question(browser))) == 303

    copied, browser = replace(passkey, count=6), town.app.test_client()

    assert come_in(browser, copied.answer(question(browser))) == 422


def test_a_passkey_lets_in_its_owner_only(town: Town, passkey: Authenticator) -> None:
    browser = town.app.test_client()

    assert come_in(browser, passkey.answer(question(browser)), email=OTHER) == 422
    assert come_in(browser, passkey.answer(question(browser)), email="niemand@school.example") == 422


def test_another_key_under_the_same_name_is_refused(town: Town, passkey: Authenticator) -> None:
    browser = town.app.test_client()

    assert come_in(browser, Authenticator(id=passkey.id).answer(question(browser))) == 422
    assert come_in(browser, Authenticator().answer(question(browser))) == 422


def test_every_refusal_looks_the_same(town: Town, passkey: Authenticator) -> None:
    def page(email: str, password: str, stranger: Authenticator) -> str:
        browser = town.app.test_client()
        data = {"email": email, "password": password, "credential": stranger.answer(question(browser))}
        shown = browser.post("/staff/", data=data).text.replace(email, MAIL)
        return re.sub(r'(csrf_token" value|data-passkey)="[^"]+"', "", shown)

    pages = {
        page("niemand@school.example", PASSWORD, passkey),
        page(MAIL, "iets heel anders hier", passkey),
        page(MAIL, PASSWORD, Authenticator()),
    }

    assert len(pages) == 1


@pytest.mark.parametrize(
    "odd",
    [
        "no json",
        "{}",
        "[]",
        "[" * 5_000,
        "x" * (MAX_ANSWER + 1),
        '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"AA","authenticatorData":"AA",'
        '"signature":"AA","userHandle":"A"}}',
        '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA",'
        '"signature":"AA"}}',
    ],
)
def test_an_answer_that_is_none_is_refused_and_not_a_fault(town: Town, passkey: Authenticator, odd: str) -> None:
    assert come_in(town.app.test_client(), odd) == 422


def test_a_damaged_answer_is_refused_and_not_a_fault(town: Town, passkey: Authenticator) -> None:
    browser = town.app.test_client()
    answer = passkey.answer(question(browser))

    assert come_in(browser, answer.replace('"signature": "', '"signature": "AAAA')) == 422


def test_the_password_is_asked_before_a_passkey_is_made(town: Town) -> None:
    mira, _joris = town.two_advisers()
    browser = town.browser_of(MAIL, mira)

    refused = browser.post("/staff/account/passkeys", data={"password": "iets heel anders hier"})

    assert refused.status_code == 422
    assert "data-new-passkey" not in refused.text


def test_a_question_that_needed_no_password_makes_no_passkey(town: Town) -> None:
    mira, _joris = town.two_advisers()
    browser = town.browser_of(MAIL, mira)
    made = Authenticator().make(asked_on(browser.get("/staff/recover/password").text))

    answer = browser.post("/staff/account/passkeys/add", data={"name": "x", "credential": made})

    assert answer.status_code == 422


def test_a_passkey_is_made_once_and_belongs_to_one(town: Town) -> None:
    mira, joris = town.two_advisers()
    passkey = Authenticator()
    hers, his = town.browser_of(MAIL, mira), town.browser_of(OTHER, joris)

    assert make(hers, passkey).status_code == 303
    assert make(hers, passkey).status_code == 422
    assert make(his, passkey).status_code == 422
    assert options_on(hers.post("/staff/account/passkeys", data={"password": PASSWORD}).text)["excludeCredentials"]


@pytest.mark.parametrize("field", ["name", "credential"])
def test_a_passkey_needs_a_name_and_an_answer(town: Town, field: str) -> None:
    mira, _joris = town.two_advisers()
    browser = town.browser_of(MAIL, mira)
    page = browser.post("/staff/account/passkeys", data={"password": PASSWORD}).text
    data = {"name": "x", "credential": Authenticator().make(options_on(page)["challenge"])}

    answer = browser.post("/staff/account/passkeys/add", data={**data, field: ""})

    assert (answer.status_code, "De passkey is niet gemaakt" in answer.text) == (422, True)


def test_what_does_not_fit_the_question_makes_no_passkey(town: Town) -> None:
    mira, _joris = town.two_advisers()
    browser = town.browser_of(MAIL, mira)

    assert make(browser, Authenticator(origin="https://elsewhere.example")).status_code == 422


def test_a_removed_passkey_lets_nobody_in_and_takes_the_password(town: Town) -> None:
    mira, _joris = town.two_advisers()
    browser, passkey = town.browser_of(MAIL, mira), Authenticator()
    make(browser, passkey)
    found = re.search(r"/staff/account/passkeys/[0-9a-f]{32}/remove", browser.get("/staff/account/passkeys").text)
    assert found

    without = browser.post(found[0], data={"password": "iets heel anders hier"})
    odd = browser.post("/staff/account/passkeys/odd/remove", data={"password": PASSWORD})
    gone = browser.post(found[0], data={"password": PASSWORD})

    assert (without.status_code, odd.status_code, gone.status_code) == (422, 404, 303)
    browser.post("/staff/sign-out")
    assert come_in(browser, passkey.answer(question(browser))) == 422


def test_nobody_removes_the_passkey_of_somebody_else(town: Town, passkey: Authenticator) -> None:
    other = town.browser_of("ilse@school.example", town.person("ilse@school.example", Role.MANAGER))
    with town.app.app_context(), db.reading() as session:
        row_id = session.scalars(select(Passkey.id)).one()

    other.post(f"/staff/account/passkeys/{row_id}/remove", data={"password": PASSWORD})

    browser = town.app.test_client()
    assert come_in(browser, passkey.answer(question(browser))) == 303


def test_there_is_an_end_to_passkeys(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    mira, _joris = town.two_advisers()
    browser = town.browser_of(MAIL, mira)
    monkeypatch.setattr("app.accounts.passkeys.MOST", 1)
    page = browser.post("/staff/account/passkeys", data={"password": PASSWORD}).text
    late = Authenticator().make(options_on(page)["challenge"])

    assert make(browser, Authenticator()).status_code == 303

    assert browser.post("/staff/account/passkeys", data={"password": PASSWORD}).status_code == 404
    assert browser.post("/staff/account/passkeys/add", data={"name": "x", "credential": late}).status_code == 422
    assert "Haal er eerst een weg" in browser.get("/staff/account/passkeys").text


def test_an_address_without_a_name_has_no_passkeys_and_says_so(town: Town) -> None:
    town.app.config["TRUSTED_HOSTS"] = ["127.0.0.1"]

    page = town.app.test_client().get("http://127.0.0.1:8000/staff/").text

    assert "data-passkey=" not in page
    assert "niet op een adres van cijfers" in page


def test_the_page_names_no_passkey_of_anybody(town: Town, passkey: Authenticator) -> None:
    page = town.app.test_client().get("/staff/").text

    assert text(passkey.id) not in page
    assert len(raw(asked_on(page))) == 56


def test_answered_questions_are_forgotten_when_they_are_too_old_anyway(town: Town, passkey: Authenticator) -> None:
    def kept() -> int:
        with town.app.app_context(), db.transaction() as session:
            sessions.purge(session)
            return len(session.scalars(select(SpentChallenge)).all())

    assert kept() == 1
    with clock.at(NOON + timedelta(minutes=6)):
        assert kept() == 0


def test_a_disabled_person_has_no_passkey_left(town: Town, passkey: Authenticator) -> None:
    with town.app.app_context(), db.transaction() as session:
        disable_person(session, session.scalars(select(Passkey.person_id)).one(), by=None)
        assert session.scalars(select(Passkey)).all() == []

    browser = town.app.test_client()
    assert come_in(browser, passkey.answer(question(browser))) == 422
