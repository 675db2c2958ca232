"""When an adviser is there: what he says on his page, what a student is told of it, and who stands in for whom."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock, db
from app.accounts import presence
from app.accounts.models import Absence, Membership
from app.accounts.presence import AbsenceError, promised, promised_by_anybody
from app.accounts.queries import readers_of
from app.accounts.roles import Role
from app.audit.queries import notes_of
from app.notifications import worker
from app.notifications.models import MailState, Outbox
from tests.accounts.conftest import NOON
from tests.accounts.people import SCHOOL_ID, Town

TUESDAY = NOON.date()
DAY = timedelta(days=1)
LONG = (TUESDAY, TUESDAY + 30 * DAY)


@pytest.fixture
def mira(town: Town) -> FlaskClient:
    joined, _joris = town.two_advisers()
    return town.browser_of("mira@school.example", joined)


def ids(session: Session) -> list[str]:
    return [reader.person_id for reader in readers_of(session, SCHOOL_ID)]


def stay_away(session: Session, person_id: str, days: tuple[date, date] = LONG) -> None:
    presence.add_absence(session, person_id, days)


def test_an_adviser_says_when_he_is_away_and_takes_it_back(town: Town, mira: FlaskClient) -> None:
    days = {"first_day": "2026-12-01", "last_day": "2026-12-04"}

    answer = mira.post("/staff/presence/absences", data=days, follow_redirects=True)

    assert "dinsdag 1 december 2026 – vrijdag 4 december 2026" in answer.text
    with town.app.app_context(), db.reading() as session:
        row_id = session.scalars(select(Absence.id)).one()
    mira.post(f"/staff/presence/absences/{row_id}/remove")
    assert town.stored("absence") == b""


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-12-04", "2026-12-01"), ("2026-11-02", "2026-11-06"), ("2026-12-01", "2028-12-01"), ("", ""), ("x", "y")],
)
def test_days_that_cannot_be_are_refused_kindly(town: Town, mira: FlaskClient, first: str, last: str) -> None:
    answer = mira.post("/staff/presence/absences", data={"first_day": first, "last_day": last})

    assert answer.status_code == 422
    assert "Er ging iets mis" in answer.text
    assert town.stored("absence") == b""


def test_an_absence_that_is_over_vanishes(town: Town, mira: FlaskClient) -> None:
    mira.post("/staff/presence/absences", data={"first_day": "2026-11-24", "last_day": "2026-11-25"})

    with clock.at(NOON + 2 * DAY):
        with town.app.app_context(), db.reading() as session:
            assert presence.absences_of(session, ids(session)[0]) == ()
        worker.work(town.app)

    assert town.stored("absence") == b""


def test_nobody_removes_the_absence_of_another(town: Town, mira: FlaskClient) -> None:
    with town.app.app_context(), db.transaction() as session:
        joris = ids(session)[1]
        stay_away(session, joris)
        absence_id = presence.absences_of(session, joris)[0].id

    mira.post(f"/staff/presence/absences/{absence_id}/remove")

    assert town.stored("absence") != b""


def test_the_same_days_twice_are_once_and_there_is_an_end_to_them(town: Town) -> None:
    mira, _joris = town.two_advisers()
    with town.app.app_context(), db.transaction() as session:
        for _ in range(2):
            stay_away(session, mira.person_id)
        assert len(presence.absences_of(session, mira.person_id)) == 1
        for number in range(31, 30 + presence.MOST_ABSENCES):
            stay_away(session, mira.person_id, (TUESDAY, TUESDAY + number * DAY))
        with pytest.raises(AbsenceError):
            stay_away(session, mira.person_id, (TUESDAY, TUESDAY + 99 * DAY))


def test_an_adviser_says_on_which_weekdays_he_works(town: Town, mira: FlaskClient) -> None:
    page = mira.post("/staff/presence/days", data={"days": ["1", "3", "9", "x"]}, follow_redirects=True)

    assert page.text.count(" checked") == 2
    with town.app.app_context(), db.reading() as session:
        assert presence.works_on(session, SCHOOL_ID, ids(session)[0]) == 0b01010


def test_what_a_student_is_told_follows_who_is_there(town: Town) -> None:
    mira, joris = town.two_advisers()
    with town.app.app_context(), db.transaction() as session:
        both, friday = [mira.person_id, joris.person_id], TUESDAY + 3 * DAY
        stay_away(session, mira.person_id)

        assert promised(session, SCHOOL_ID, both, TUESDAY, urgent=False) == friday
        assert promised(session, SCHOOL_ID, [mira.person_id], TUESDAY, urgent=False) == TUESDAY + 10 * DAY
        assert promised_by_anybody(session, SCHOOL_ID, TUESDAY) == TUESDAY + 10 * DAY
        assert presence.away_long(session, SCHOOL_ID, both) == {mira.person_id}
        session.execute(update(Membership).where(Membership.person_id == mira.person_id).values(is_deputy=True))
        assert promised_by_anybody(session, SCHOOL_ID, TUESDAY) == friday


def test_who_has_left_the_school_is_never_there_and_a_school_without_readers_has_its_calendar(town: Town) -> None:
    with town.app.app_context(), db.transaction() as session:
        assert promised(session, SCHOOL_ID, ["0" * 32], TUESDAY, urgent=False) == TUESDAY + 10 * DAY
        assert promised_by_anybody(session, SCHOOL_ID, TUESDAY) == TUESDAY + 3 * DAY


def test_a_manager_makes_an_adviser_a_deputy_and_takes_it_back(town: Town) -> None:
    mira, _joris = town.two_advisers()
    manager = town.manager()
    with town.app.app_context(), db.reading() as session:
        row_id = session.scalars(select(Membership.id).where(Membership.person_id == mira.person_id)).one()

    answer = manager.post(f"/staff/people/members/{row_id}/deputy", data={"deputy": "yes"}, follow_redirects=True)

    assert "Vervanger" in answer.text
    with town.app.app_context(), db.reading() as session:
        assert [reader.is_deputy for reader in readers_of(session, SCHOOL_ID)] == [True, False]
    manager.post(f"/staff/people/members/{row_id}/deputy", data={"deputy": "no"})
    manager.post(f"/staff/people/members/{row_id}/deputy", data={"deputy": "no"})
    with town.app.app_context(), db.reading() as session:
        assert not any(reader.is_deputy for reader in readers_of(session, SCHOOL_ID))
        noted = [note.what for note in notes_of(session, SCHOOL_ID, mira.person_id)]
    assert [what for what in noted if what in {"person.deputy", "person.regular"}] == [
        "person.deputy",
        "person.regular",
    ]


@pytest.mark.parametrize("membership_id", ["0" * 32, "x"])
def test_only_an_adviser_of_the_own_school_becomes_a_deputy(town: Town, membership_id: str) -> None:
    assert town.manager().post(f"/staff/people/members/{membership_id}/deputy").status_code == 404


def test_a_manager_is_no_deputy(town: Town) -> None:
    manager = town.manager()
    with town.app.app_context(), db.reading() as session:
        row_id = session.scalars(select(Membership.id).where(Membership.role == Role.MANAGER)).one()

    assert manager.post(f"/staff/people/members/{row_id}/deputy", data={"deputy": "yes"}).status_code == 404


def test_somebody_asks_for_a_mail_to_see_whether_it_arrives(town: Town, mira: FlaskClient) -> None:
    page = mira.post("/staff/account/proof-mail", follow_redirects=True)

    assert "Er gaat nu een mail naar je toe" in page.text
    with town.app.app_context(), db.reading() as session:
        assert session.scalars(select(Outbox.kind)).all() == ["proof"]


def test_the_account_says_since_when_no_mail_goes_out(town: Town, mira: FlaskClient) -> None:
    mira.post("/staff/account/proof-mail")
    with clock.at(NOON + timedelta(minutes=1)):
        worker.work(town.app)  # Nobody listens at the port of the tests.

    assert "Sinds dinsdag 24 november 2026 nam de mailserver geen mail voor je aan" in mira.get("/staff/account").text
    with town.app.app_context(), db.transaction() as session:
        session.execute(update(MailState).values(sent_on=TUESDAY, failing_since=None))
    assert "De laatste mail ging weg op dinsdag 24 november 2026" in mira.get("/staff/account").text


def test_an_absence_with_an_id_that_cannot_be_is_not_found(mira: FlaskClient) -> None:
    assert mira.post("/staff/presence/absences/x/remove").status_code == 404


def test_a_field_that_comes_twice_is_refused(mira: FlaskClient) -> None:
    answer = mira.post("/staff/presence/absences", data={"first_day": ["2026-12-01", "2026-12-02"], "last_day": ""})

    assert answer.status_code == 400
