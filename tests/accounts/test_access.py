"""Who may open what."""

import pytest
from flask import Flask
from sqlalchemy import delete, update

from app import db
from app.accounts.access import NotSignedInError, current_person, require, unlocked_key
from app.accounts.models import Membership, StaffSession
from app.accounts.queries import readers_of
from app.accounts.roles import Role
from app.accounts.services import disable_person
from app.vault.errors import DamagedError
from app.web.access import STATEMENT
from tests.accounts.people import SCHOOL_ID, Town


def with_desk(app: Flask) -> None:
    """Put a page for advisers in, as the desk of another feature is."""

    @app.get("/staff/cases")
    @require(Role.ADVISER)
    def desk() -> str:
        return f"{current_person().name} {unlocked_key().public.hex()}"


def test_every_view_states_who_may_open_it(town: Town) -> None:
    views = {name: view for name, view in town.app.view_functions.items() if name.startswith("accounts.")}

    stated = {name.partition(".")[2]: getattr(view, STATEMENT) for name, view in views.items()}

    manager = frozenset({Role.MANAGER})
    adviser = frozenset({Role.ADVISER})
    everybody = frozenset(Role)
    assert stated == {
        "entry": None,
        "sign_in": None,
        "sign_out": None,
        "welcome": None,
        "accept": None,
        "account": everybody,
        "change_password": everybody,
        "end_session": everybody,
        "end_other_sessions": everybody,
        "show_presence": frozenset({Role.ADVISER}),
        "set_weekdays": frozenset({Role.ADVISER}),
        "add_absence": frozenset({Role.ADVISER}),
        "remove_absence": frozenset({Role.ADVISER}),
        "set_deputy": manager,
        "send_proof": everybody,
        "keys": adviser,
        "confirm_colleague": adviser,
        "refuse_colleague": adviser,
        "let_in_again": adviser,
        "begin_recovery": adviser,
        "finish_recovery": adviser,
        "show_drill": adviser,
        "drill": adviser,
        "show_passkeys": everybody,
        "ask_passkey": everybody,
        "add_passkey": everybody,
        "remove_passkey": everybody,
        "show_code": everybody,
        "make_code": everybody,
        "show_sheet": everybody,
        "check_code": everybody,
        "try_code": everybody,
        "recover": None,
        "lost_password": None,
        "renew_password": None,
        "lost_phone": None,
        "renew_phone": None,
        "rescue_colleague": None,
        "accept_rescue": None,
        "people": manager,
        "invite": manager,
        "withdraw": manager,
        "remove": manager,
        "school": manager | {Role.COORDINATOR},
        "poster": manager | {Role.COORDINATOR},
        "poster_file": manager | {Role.COORDINATOR},
        "rename": manager,
        "set_places": manager,
        "set_numbers": manager,
        "add_holiday": manager,
        "remove_holiday": manager,
        "confirm_district": manager,
        "set_exit": manager,
        "open_school": manager,
        "close_school": manager,
        "schools": frozenset({Role.NETWORK}),
    }


def test_a_manager_sees_no_case(town: Town) -> None:
    with_desk(town.app)

    assert town.manager().get("/staff/cases").status_code == 404


def test_an_adviser_opens_his_desk_with_his_key(town: Town) -> None:
    with_desk(town.app)
    mira, _joris = town.two_advisers()

    page = town.browser_of("mira@school.example", mira).get("/staff/cases").text

    with town.app.app_context(), db.reading() as session:
        reader = readers_of(session, SCHOOL_ID)[0]
    assert page == f"Mira {reader.public_key.hex()}"


def test_who_is_not_signed_in_is_sent_to_the_door(town: Town) -> None:
    with_desk(town.app)

    answer = town.app.test_client().get("/staff/cases")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/")


def test_a_role_that_is_taken_away_ends_on_the_next_request(town: Town) -> None:
    with_desk(town.app)
    mira, _joris = town.two_advisers()
    browser = town.browser_of("mira@school.example", mira)
    assert browser.get("/staff/cases").status_code == 200

    with town.app.app_context(), db.transaction() as session:
        session.execute(
            update(Membership).where(Membership.person_id == mira.person_id).values(role=Role.COORDINATOR, kind="")
        )

    assert browser.get("/staff/cases").status_code == 404
    assert browser.get("/staff/school").status_code == 200


def test_disabling_somebody_ends_his_sessions_at_once_and_forgets_him(town: Town) -> None:
    mira, joris = town.two_advisers()
    browser = town.browser_of("mira@school.example", mira)

    with town.app.app_context(), db.transaction() as session:
        disable_person(session, mira.person_id, by=None)

    assert browser.get("/staff/account").status_code == 303
    with town.app.app_context(), db.reading() as session:
        assert [reader.person_id for reader in readers_of(session, SCHOOL_ID)] == [joris.person_id]


def test_a_key_row_moved_to_another_session_does_not_open(town: Town) -> None:
    mira, joris = town.two_advisers()
    with_desk(town.app)
    browser = town.browser_of("mira@school.example", mira)
    town.browser_of("joris@buiten.example", joris)

    with town.app.app_context(), db.transaction() as session:
        rows = {row.person_id: row for row in session.query(StaffSession)}
        rows[mira.person_id].private_sealed = rows[joris.person_id].private_sealed

    town.app.testing = True
    with pytest.raises(DamagedError):
        browser.get("/staff/cases")


def test_asking_who_is_there_without_a_guard_is_an_error(town: Town) -> None:
    with town.app.test_request_context("/staff/cases"), pytest.raises(NotSignedInError):
        current_person()


def test_a_session_row_that_is_gone_opens_nothing(town: Town) -> None:
    browser = town.manager()

    with town.app.app_context(), db.transaction() as session:
        session.execute(delete(StaffSession))

    assert browser.get("/staff/school").status_code == 303
