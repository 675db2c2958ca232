"""Own sessions and password."""

import re

from app.accounts.access import unlocked_key
from app.accounts.roles import Role
from tests.accounts.people import PASSWORD, Town, code_of

MAIL = "mira@school.example"
NEW = "groene stoel danst acht keer"


def test_other_sessions_are_listed_and_ended_one_by_one(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)
    here, there = town.browser_of(MAIL, joined), town.browser_of(MAIL, joined, 1)
    row_id = re.search(r"/staff/account/sessions/([0-9a-f]{32})/end", here.get("/staff/account").text)
    assert row_id is not None

    here.post(row_id.group())

    assert there.get("/staff/account").status_code == 303
    assert here.get("/staff/account").status_code == 200


def test_all_other_sessions_end_together(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)
    here, there = town.browser_of(MAIL, joined), town.browser_of(MAIL, joined, 1)

    here.post("/staff/account/sessions/end-others")

    assert there.get("/staff/account").status_code == 303
    assert here.get("/staff/account").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(town: Town) -> None:
    mira, joris = town.two_advisers()
    theirs, own = town.browser_of(MAIL, mira), town.browser_of("joris@buiten.example", joris)
    row_id = re.search(r'data-session="([0-9a-f]{32})"', theirs.get("/staff/account").text)
    assert row_id is not None

    own.post(f"/staff/account/sessions/{row_id.group(1)}/end")
    odd = own.post("/staff/account/sessions/not-an-id/end")

    assert theirs.get("/staff/account").status_code == 200
    assert odd.status_code == 404


def test_a_new_password_keeps_the_key_and_ends_other_sessions(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)
    here, there = town.browser_of(MAIL, joined), town.browser_of(MAIL, joined, 1)
    before = key_of(town, here)

    changed = here.post("/staff/account/password", data={"present": PASSWORD, "new": NEW})

    assert changed.status_code == 303
    assert "Je wachtwoord is veranderd" in here.get(changed.headers["Location"]).text
    assert there.get("/staff/account").status_code == 303
    again, answer = town.sign_in(MAIL, code_of(joined.totp_secret, 1), NEW)
    assert answer.status_code == 422, "the second browser used this code"
    assert key_of(town, here) == before
    assert again.get("/staff/account").status_code == 303


def test_the_present_password_is_asked_and_a_weak_new_one_refused(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)
    here = town.browser_of(MAIL, joined)

    wrong = here.post("/staff/account/password", data={"present": NEW, "new": NEW})
    weak = here.post("/staff/account/password", data={"present": PASSWORD, "new": "wachtwoordwachtwoord"})

    assert (wrong.status_code, weak.status_code) == (422, 422)
    assert 'href="#present"' in wrong.text
    assert 'href="#new"' in weak.text


def test_the_new_password_signs_in_and_the_old_one_does_not(town: Town) -> None:
    joined = town.person(MAIL, Role.MANAGER)
    town.browser_of(MAIL, joined, -1).post("/staff/account/password", data={"present": PASSWORD, "new": NEW})

    old = town.sign_in(MAIL, code_of(joined.totp_secret))[1]
    new = town.sign_in(MAIL, code_of(joined.totp_secret), NEW)[1]

    assert (old.status_code, new.status_code) == (422, 303)


def key_of(town: Town, browser) -> bytes:  # noqa: ANN001
    cookie = browser.get_cookie("d")
    with town.app.test_request_context("/staff/account", headers={"Cookie": f"d={cookie.value}"}):
        return unlocked_key().private
