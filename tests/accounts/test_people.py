"""The manager's page of people."""

import re

from flask.testing import FlaskClient
from sqlalchemy import select

from app import db
from app.accounts.models import Invitation, Membership
from app.accounts.queries import members_of, name_of
from app.accounts.roles import Role
from app.schools.queries import school_by_id
from tests.accounts.people import SCHOOL_ID, Town, code_of

NEW = {"name": "Noor Akkerman", "email": "noor@school.example", "role": "adviser-external"}


def link_in(page: str) -> str:
    found = re.search(r"data-invitation>(.*?)<", page)
    return found.group(1) if found else ""


def membership_of(town: Town, person_id: str) -> str:
    with town.app.app_context(), db.reading() as session:
        return session.scalars(select(Membership.id).where(Membership.person_id == person_id)).one()


def remove(browser: FlaskClient, membership_id: str) -> int:
    return browser.post(f"/staff/people/members/{membership_id}/remove").status_code


def test_a_new_invitation_shows_its_link_once(town: Town) -> None:
    manager = town.manager()

    link = link_in(manager.post("/staff/people", data=NEW).text)

    assert link.startswith("http://localhost/staff/welcome/")
    assert town.app.test_client().get(link).status_code == 200
    assert link_in(manager.get("/staff/people").text) == ""


def test_the_page_tells_who_takes_part_and_who_is_invited(town: Town) -> None:
    manager = town.manager()
    manager.post("/staff/people", data=NEW)

    page = manager.get("/staff/people").text

    assert re.search(r"Ilse.*Doet mee", page, re.DOTALL)
    assert re.search(r"Noor Akkerman.*Uitgenodigd", page, re.DOTALL)
    assert "noor@school.example" not in page


def test_a_withdrawn_invitation_opens_nothing(town: Town) -> None:
    manager = town.manager()
    link = link_in(manager.post("/staff/people", data=NEW).text)
    with town.app.app_context(), db.reading() as session:
        row_id = session.scalars(select(Invitation.id)).one()

    assert manager.post(f"/staff/people/invitations/{row_id}/withdraw").status_code == 303

    assert town.app.test_client().get(link).status_code == 410


def test_a_wrong_address_is_said_at_its_field_and_invites_nobody(town: Town) -> None:
    answer = town.manager().post("/staff/people", data=NEW | {"email": "noor"})

    assert answer.status_code == 422
    assert 'href="#email"' in answer.text


def test_a_manager_cannot_invite_for_the_city(town: Town) -> None:
    assert town.manager().post("/staff/people", data=NEW | {"role": "network"}).status_code == 422


def test_who_is_removed_is_signed_out_and_forgotten_but_for_his_name(town: Town) -> None:
    manager = town.manager()
    mira, _joris = town.two_advisers()
    browser = town.browser_of("mira@school.example", mira)

    assert remove(manager, membership_of(town, mira.person_id)) == 303

    assert browser.get("/staff/account").status_code == 303
    assert town.sign_in("mira@school.example", code_of(mira.totp_secret, 1))[1].status_code == 422
    with town.app.app_context(), db.reading() as session:
        assert name_of(session, mira.person_id) == "Mira"


def test_who_is_removed_can_come_back_as_a_new_person(town: Town) -> None:
    manager = town.manager()
    mira, _joris = town.two_advisers()
    remove(manager, membership_of(town, mira.person_id))

    again = town.person("mira@school.example", Role.ADVISER, "internal")

    assert again.person_id != mira.person_id


def test_removing_somebody_with_another_school_leaves_him_that_one(town: Town) -> None:
    manager = town.manager()
    joris = town.person("joris@buiten.example", Role.ADVISER, "external")
    with town.app.app_context(), db.transaction() as session:
        session.add(
            Membership(id="1" * 32, person_id=joris.person_id, school_id="f" * 32, role=Role.ADVISER, kind="external")
        )
    here = next(member for member in members(town, SCHOOL_ID) if member.person_id == joris.person_id)

    remove(manager, here.id)

    assert [member.person_id for member in members(town, "f" * 32)] == [joris.person_id]
    town.browser_of("joris@buiten.example", joris)


def members(town: Town, school_id: str):  # noqa: ANN201
    with town.app.app_context(), db.reading() as session:
        return members_of(session, school_id)


def test_nobody_removes_himself(town: Town) -> None:
    manager = town.manager()
    own = members(town, SCHOOL_ID)[0]

    assert remove(manager, own.id) == 409


def test_a_manager_removes_nobody_of_another_school(town: Town) -> None:
    manager = town.manager()
    other = town.person("bram@kompas.example", Role.ADVISER, "external", "f" * 32)

    assert remove(manager, membership_of(town, other.person_id)) == 404
    assert remove(manager, "not-an-id") == 404
    assert manager.get("/staff/people?school=het-kompas").status_code == 404


def test_a_school_without_any_reader_closes_itself(town: Town) -> None:
    manager = town.manager()
    mira, joris = town.two_advisers()
    manager.post("/staff/school/open")

    remove(manager, membership_of(town, mira.person_id))
    assert is_open(town)
    remove(manager, membership_of(town, joris.person_id))

    assert not is_open(town)


def is_open(town: Town) -> bool:
    with town.app.app_context(), db.reading() as session:
        found = school_by_id(session, SCHOOL_ID)
        return found is not None and found.is_open
