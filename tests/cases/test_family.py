"""What happened after a report: another case under the same code."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app import clock
from app.cases import deletion, services
from app.cases.correspondence import (
    Thread,
    family,
    find_case,
    open_thread,
    read_conversation,
    reader_ids,
    withdraw,
    write,
)
from app.cases.desk import CaseNotFoundError, Desk
from app.cases.models import Case
from app.cases.queries import waiting_cases
from tests.cases.conftest import SignIn
from tests.cases.factories import (
    TUESDAY_MORNING,
    Adviser,
    Opened,
    desk_of,
    new_adviser,
    new_case,
    new_follow_up,
    new_report,
    new_school,
)

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Family:
    """A case of a Tuesday and what happened on the Wednesday after."""

    session: Session
    adviser: Adviser
    desk: Desk
    first: Opened
    after: Opened


@pytest.fixture(autouse=True)
def later() -> Iterator[None]:
    """Three days after all that is told here; a test that names a day has that one."""
    with clock.at(TUESDAY_MORNING + timedelta(days=3)):
        yield


@pytest.fixture
def told(session: Session) -> Family:
    school = new_school(session)
    adviser = new_adviser(session, school)
    with clock.at(TUESDAY_MORNING):
        first = new_case(session, school, adviser)
    with clock.at(TUESDAY_MORNING + DAY):
        after = new_follow_up(session, first, adviser, categories=("threat",))
    return Family(session, adviser, desk_of(adviser, school), first, after)


def test_one_code_opens_all_that_belongs_together(told: Family) -> None:
    both = (told.first.case_id, told.after.case_id)

    assert family(told.session, told.first.access) == family(told.session, told.after.access) == both
    assert open_thread(told.session, told.first.access, told.after.case_id) == told.after.access
    conversation = read_conversation(told.session, told.after.access)
    assert conversation.threads == (
        Thread(told.first.case_id, is_reprisal=False, reported_on=TUESDAY_MORNING.date(), is_current=False),
        Thread(told.after.case_id, is_reprisal=True, reported_on=(TUESDAY_MORNING + DAY).date(), is_current=True),
    )
    assert (conversation.is_reprisal, conversation.is_report_damaged) == (True, False)


def test_a_case_alone_has_no_threads(told: Family) -> None:
    school = told.first.access.school_id
    alone = new_case(told.session, school, told.adviser)

    assert read_conversation(told.session, alone.access).threads == ()
    assert family(told.session, alone.access) == (alone.case_id,)


def test_a_code_opens_no_foreign_thread(told: Family) -> None:
    foreign = new_case(told.session, told.first.access.school_id, told.adviser)

    for access, other in ((foreign.access, told.first), (told.first.access, foreign)):
        with pytest.raises(CaseNotFoundError):
            open_thread(told.session, access, other.case_id)


def test_a_report_cannot_join_the_family_of_another_school(told: Family) -> None:
    other = new_school(told.session)
    foreign = new_case(told.session, other, new_adviser(told.session, other), parent=told.first.case_id)

    assert told.session.get_one(Case, foreign.case_id).parent_id is None


def test_what_happens_after_a_follow_up_joins_the_first_report(told: Family) -> None:
    third = new_follow_up(told.session, told.after, told.adviser)

    assert told.session.get_one(Case, third.case_id).parent_id == told.first.case_id
    assert len(family(told.session, third.access)) == 3


def test_a_report_whose_first_one_is_gone_is_stored_alone(told: Family) -> None:
    late = new_case(told.session, told.first.access.school_id, told.adviser, parent="0" * 32)

    assert told.session.get_one(Case, late.case_id).parent_id is None


def test_the_readers_of_a_case_are_known_to_the_sender_of_the_next(told: Family) -> None:
    other = new_adviser(told.session, told.first.access.school_id, kind="external")
    wider = new_case(told.session, told.first.access.school_id, told.adviser, other)

    assert reader_ids(told.session, told.first.access) == {told.adviser.person_id}
    assert reader_ids(told.session, wider.access) == {told.adviser.person_id, other.person_id}


def test_who_was_kept_away_from_one_case_counts_as_a_reader_of_none(told: Family) -> None:
    other = new_adviser(told.session, told.first.access.school_id, kind="external")
    first = new_case(told.session, told.first.access.school_id, told.adviser, other)
    after = new_follow_up(told.session, first, other)

    assert reader_ids(told.session, first.access) == reader_ids(told.session, after.access) == {other.person_id}


def test_it_stands_among_the_urgent_ones_until_it_is_closed(told: Family) -> None:
    with clock.at(TUESDAY_MORNING + 2 * DAY):
        plain = new_case(told.session, told.first.access.school_id, told.adviser)
        rows = waiting_cases(told.session, told.desk).cases
        services.close_case(told.session, told.desk, told.after.case_id, "Klaar.")
        closed = waiting_cases(told.session, told.desk).cases

    assert (rows[0].id, rows[0].is_reprisal) == (told.after.case_id, True)
    assert {(row.id, row.is_reprisal) for row in rows[1:]} >= {(plain.case_id, False)}
    assert closed[-1].id == told.after.case_id


def test_the_case_page_leads_to_the_others_on_this_desk(told: Family, sign_in: SignIn) -> None:
    told.session.commit()
    client = sign_in(told.adviser)

    page = client.get(f"/staff/cases/{told.after.case_id}").text
    first = client.get(f"/staff/cases/{told.first.case_id}").text

    assert "Dit gebeurde na een eerdere melding." in page
    assert f'<a href="/staff/cases/{told.first.case_id}">Pesten</a>' in page
    assert f'<a href="/staff/cases/{told.after.case_id}">Bedreiging</a>' in first
    assert "Dit gebeurde na een eerdere melding." not in first
    assert "Na een eerdere melding" in client.get("/staff/cases").text


def test_nothing_shows_of_a_case_that_lies_on_another_desk(told: Family, sign_in: SignIn) -> None:
    school = told.first.access.school_id
    outside = new_adviser(told.session, school, kind="external")
    new_follow_up(told.session, told.first, outside)
    withdraw(told.session, told.after.access)
    told.session.commit()

    assert "data-family" not in sign_in(told.adviser).get(f"/staff/cases/{told.first.case_id}").text


def test_the_code_still_opens_what_happened_after_when_the_first_is_deleted(told: Family) -> None:
    third = new_follow_up(told.session, told.first, told.adviser)
    school, lookup = told.first.access.school_id, told.first.lookup

    deletion.delete_case(told.session, told.first.case_id)

    assert find_case(told.session, school, lookup) in {told.after.case_id, third.case_id}
    assert len(family(told.session, third.access)) == 2
    for access in (told.after.access, third.access):
        write(told.session, access, "Ben je er nog?")
        assert read_conversation(told.session, access).messages[0].text == "Ben je er nog?"


def test_a_family_of_two_leaves_one_alone(told: Family) -> None:
    deletion.delete_case(told.session, told.first.case_id)

    conversation = read_conversation(told.session, told.after.access)
    assert (conversation.is_reprisal, conversation.threads) == (False, ())
    assert told.session.get_one(Case, told.after.case_id).parent_id is None


def test_deleting_a_follow_up_leaves_the_first(told: Family) -> None:
    deletion.delete_case(told.session, told.after.case_id)

    assert family(told.session, told.first.access) == (told.first.case_id,)


def test_each_is_deleted_when_its_own_time_is_over(told: Family) -> None:
    with clock.at(TUESDAY_MORNING):
        services.close_case(told.session, told.desk, told.first.case_id, "Klaar.")
    for days in (43, 44):
        with clock.at(TUESDAY_MORNING + days * DAY):
            deletion.delete_expired(told.session)

    assert told.session.get(Case, told.first.case_id) is None
    assert read_conversation(told.session, told.after.access).words


def test_the_same_report_sent_twice_is_one_follow_up(told: Family) -> None:
    assert services.open_case(told.session, replace(told.after.report, parent=told.first.case_id)) is None
    assert services.open_case(told.session, new_report(told.first.access.school_id, told.adviser)) is not None
