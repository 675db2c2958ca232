"""Invitations and how they are accepted."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock, db
from app.accounts.models import Person
from app.accounts.queries import readers_of
from app.accounts.roles import Role
from app.accounts.services import (
    AddressError,
    AlreadyMemberError,
    InvitationRefusedError,
    NewInvitation,
    RoleError,
    RolesClashError,
    invite,
)
from tests.accounts.conftest import NOON
from tests.accounts.people import PASSWORD, SCHOOL_ID, Town, code_of

MAIL = "noor@school.example"


def invited(town: Town, email: str = MAIL, role: Role = Role.ADVISER, kind: str = "internal") -> str:
    with town.app.app_context(), db.transaction() as session:
        return invite(
            session, NewInvitation(name="Noor Akkerman", email=email, role=role, kind=kind, school_id=SCHOOL_ID)
        )


def secret_in(browser: FlaskClient, token: str) -> str:
    """Open the page of a link and return the secret that it shows; empty where it shows none."""
    shown = re.search(r'class="code code--digits"[^>]*>([^<]+)<', browser.get(f"/staff/welcome/{token}").text)
    return shown[1].replace(" ", "") if shown else ""


def accept(browser: FlaskClient, token: str, code: str = "", password: str = PASSWORD) -> int:
    """Post the form of the page; without *code* the one that its secret gives."""
    secret = secret_in(browser, token)
    data = {"password": password, "code": code or (code_of(secret) if secret else "000000")}
    return browser.post(f"/staff/welcome/{token}", data=data).status_code


def test_the_page_tells_role_and_school_and_shows_the_secret(town: Town) -> None:
    page = town.app.test_client().get(f"/staff/welcome/{invited(town)}").text

    assert "Interne vertrouwenspersoon" in page
    assert "de-meeuw" in page
    assert "<svg" in page


def test_who_made_the_link_does_not_know_the_second_factor_that_its_owner_sets_up(town: Town) -> None:
    token, manager, owner = invited(town), town.app.test_client(), town.app.test_client()

    seen = secret_in(manager, token)

    assert accept(owner, token, code_of(seen)) == 422
    assert accept(owner, token) == 303
    assert town.sign_in(MAIL, code_of(seen, 1))[1].status_code == 422


def test_who_sat_here_before_does_not_know_it_either(town: Town) -> None:
    token, browser = invited(town), town.app.test_client()

    assert secret_in(browser, token) != secret_in(browser, token)


def test_who_accepts_is_signed_in_with_a_working_key(town: Town) -> None:
    token = invited(town)
    browser = town.app.test_client()

    assert accept(browser, token) == 303

    assert browser.get("/staff/").headers["Location"] == "/staff/cases"
    with town.app.app_context(), db.reading() as session:
        assert [(reader.name, reader.kind) for reader in readers_of(session, SCHOOL_ID)] == [
            ("Noor Akkerman", "internal")
        ]


def test_a_link_works_once(town: Town) -> None:
    token = invited(town)
    accept(town.app.test_client(), token)

    stranger = town.app.test_client()

    assert stranger.get(f"/staff/welcome/{token}").status_code == 410
    assert accept(stranger, token) == 410


def test_the_code_of_the_welcome_page_does_not_sign_in_again(town: Town) -> None:
    token, browser = invited(town), town.app.test_client()
    code = code_of(secret_in(browser, token))
    browser.post(f"/staff/welcome/{token}", data={"password": PASSWORD, "code": code})

    assert town.sign_in(MAIL, code)[1].status_code == 422


def test_a_link_ends_after_seven_days(town: Town) -> None:
    token = invited(town)

    with clock.at(NOON + timedelta(days=7)):
        assert town.app.test_client().get(f"/staff/welcome/{token}").status_code == 410


def test_a_newer_link_ends_the_older_one(town: Town) -> None:
    older = invited(town)
    newer = invited(town)
    browser = town.app.test_client()

    assert browser.get(f"/staff/welcome/{older}").status_code == 410
    assert browser.get(f"/staff/welcome/{newer}").status_code == 200


def test_the_link_is_not_in_the_database(town: Town) -> None:
    token = invited(town)

    stored = town.stored("invitation")

    assert b"Noor Akkerman" in stored
    assert token.encode() not in stored
    assert MAIL.encode() not in stored


@pytest.mark.parametrize("password", ["kort", "wachtwoordwachtwoord", "noor akkerman school"])
def test_a_weak_password_is_refused_and_the_link_stays(town: Town, password: str) -> None:
    token = invited(town)
    browser = town.app.test_client()

    assert accept(browser, token, password=password) == 422
    assert accept(browser, token) == 303


def test_a_wrong_first_code_is_refused_and_nobody_is_made(town: Town) -> None:
    token = invited(town)

    assert accept(town.app.test_client(), token, "000000") == 422

    with town.app.app_context(), db.reading() as session:
        assert session.scalars(select(Person)).all() == []


def test_who_has_an_account_takes_another_role_with_his_own_password(town: Town) -> None:
    joined = town.person("joris@buiten.example", Role.ADVISER, "external", "f" * 32)
    token = invited(town, "joris@buiten.example", kind="external")
    browser = town.app.test_client()

    assert accept(browser, token, code_of(joined.totp_secret), "een ander wachtwoord hier") == 422
    assert accept(browser, token, code_of(joined.totp_secret)) == 303

    with town.app.app_context(), db.reading() as session:
        assert [reader.person_id for reader in readers_of(session, SCHOOL_ID)] == [joined.person_id]
        assert len(session.scalars(select(Person)).all()) == 1


@pytest.mark.parametrize(
    ("role", "kind", "school_id", "email", "error"),
    [
        (Role.ADVISER, "", SCHOOL_ID, MAIL, RoleError),
        (Role.ADVISER, "friend", SCHOOL_ID, MAIL, RoleError),
        (Role.MANAGER, "internal", SCHOOL_ID, MAIL, RoleError),
        (Role.MANAGER, "", None, MAIL, RoleError),
        (Role.ANALYST, "", SCHOOL_ID, MAIL, RoleError),
        (Role.ANALYST, "", None, "no address", AddressError),
        (Role.ANALYST, "", None, "a@b.example\nBcc: c@d.example", AddressError),
        (Role.ANALYST, "", None, "a,b@c.example", AddressError),
        (Role.ANALYST, "", None, "a:b@c.example;.nl", AddressError),
        (Role.ANALYST, "", None, "=?utf-8?q?=0d=0aBcc:b?=@c.example", AddressError),
        (Role.ANALYST, "", None, "a@[c.example", AddressError),
        (Role.ANALYST, "", None, "a@c..example", AddressError),
    ],
)
def test_what_does_not_go_together_is_refused(
    town: Town, *, role: Role, kind: str, school_id: str | None, email: str, error: type[InvitationRefusedError]
) -> None:
    invitation = NewInvitation(name="Noor", email=email, role=role, kind=kind, school_id=school_id)

    with town.app.app_context(), db.transaction() as session, pytest.raises(error):
        invite(session, invitation)


def test_nobody_manages_a_school_whose_reports_he_reads(town: Town) -> None:
    town.two_advisers()

    with pytest.raises(RolesClashError):
        invited(town, "mira@school.example", Role.MANAGER, "")
    with pytest.raises(AlreadyMemberError):
        invited(town, "mira@school.example")
