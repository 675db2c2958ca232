"""Bad input at the door: each gets a page that says what to do."""

from datetime import timedelta

from app import clock, db
from app.accounts.roles import Role
from app.accounts.services import NewInvitation, disable_person, invite
from tests.accounts.conftest import NOON
from tests.accounts.people import PASSWORD, SCHOOL_ID, Town, code_of

MAIL = "mira@school.example"
NEW = "groene stoel danst acht keer"
ENDED = "Je bent hier uitgelogd."


def test_a_wrong_password_gets_a_kind_page_that_keeps_the_address(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)

    answer = town.sign_in(MAIL, code_of(joined.totp_secret), password="iets heel anders hier")[1]

    assert answer.status_code == 422
    assert "Dit klopt niet samen." in answer.text
    assert f'value="{MAIL}"' in answer.text


def test_a_replayed_code_gets_a_page_that_says_that_a_code_works_once(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)
    code = code_of(joined.totp_secret)
    town.sign_in(MAIL, code)

    answer = town.sign_in(MAIL, code)[1]

    assert answer.status_code == 422
    assert "elke code werkt één keer" in answer.text


def test_a_cookie_that_was_stolen_opens_nothing_after_its_owner_signed_out(town: Town) -> None:
    browser, thief = town.manager(), town.app.test_client()
    thief.set_cookie("d", browser.get_cookie("d").value)
    assert thief.get("/staff/account").status_code == 200

    browser.post("/staff/sign-out")

    assert thief.get("/staff/account").headers["Location"] == "/staff/"
    assert ENDED in thief.get("/staff/").text
    assert thief.post("/staff/account/sessions/end-others").status_code == 303


def test_who_signed_out_himself_is_not_told_so(town: Town) -> None:
    browser = town.manager()

    browser.post("/staff/sign-out")

    assert ENDED not in browser.get("/staff/").text


def test_a_session_that_ended_is_explained_once(town: Town) -> None:
    browser = town.manager()

    with clock.at(NOON + timedelta(minutes=16)):
        first = browser.get("/staff/account", follow_redirects=True).text
        second = browser.get("/staff/").text

    assert (ENDED in first, ENDED in second) == (True, False)


def test_a_new_password_ends_the_other_sessions_with_an_explanation(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)
    here, there = town.browser_of(MAIL, joined), town.browser_of(MAIL, joined, 1)

    here.post("/staff/account/password", data={"present": PASSWORD, "new": NEW})

    assert ENDED in there.get("/staff/account", follow_redirects=True).text


def test_an_account_that_is_disabled_ends_in_the_middle_of_its_session_with_a_page(town: Town) -> None:
    mira, _joris = town.two_advisers()
    browser = town.browser_of(MAIL, mira)

    with town.app.app_context(), db.transaction() as session:
        disable_person(session, mira.person_id, by=None)

    posted = browser.post("/staff/account/password", data={"present": PASSWORD, "new": NEW})
    assert posted.headers["Location"] == "/staff/"
    assert ENDED in browser.get("/staff/").text
    assert town.sign_in(MAIL, code_of(mira.totp_secret))[1].status_code == 422


def test_an_expired_invitation_gets_a_page_that_says_whom_to_ask(town: Town) -> None:
    with town.app.app_context(), db.transaction() as session:
        token = invite(session, NewInvitation(name="Noor", email=MAIL, role=Role.MANAGER, school_id=SCHOOL_ID))

    with clock.at(NOON + timedelta(days=8)):
        answer = town.app.test_client().get(f"/staff/welcome/{token}")

    assert answer.status_code == 410
    assert "Vraag om een nieuwe bij wie je uitnodigde" in answer.text
