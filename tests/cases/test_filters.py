from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app import clock, db
from app.cases import sealed_filters, services
from app.cases.correspondence import write
from app.cases.filters import Filters
from app.cases.labels import add_label
from app.cases.models import Case
from app.cases.queries import PAGE_LENGTH, waiting_cases
from app.cases.ranking import Cursor
from app.cases.sealed_filters import labels_on, mark_of
from tests.cases.conftest import SignIn
from tests.cases.factories import (
    TUESDAY_MORNING,
    desk_of,
    new_adviser,
    new_case,
    new_follow_up,
    new_membership,
    new_school,
)


@pytest.mark.parametrize("state", ["urgent", "unread", "overdue", "waiting", "reprisal", "closed"])
def test_each_filter_shows_its_own_cases_and_no_others(session: Session, state: str) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    desk = desk_of(adviser, school)
    with clock.at(TUESDAY_MORNING):
        made = {name: new_case(session, school, adviser, urgent=name == "urgent") for name in _STATES}
        made["reprisal"] = new_follow_up(session, made["waiting"], adviser)
        for name, case in made.items():
            if name != "unread":
                services.read_case(session, desk, case.case_id)
        services.reply(session, desk, made["waiting"].case_id, "Ik lees dit.")
        services.close_case(session, desk, made["closed"].case_id, "Klaar.")
        late = update(Case).where(Case.id == made["overdue"].case_id)
        session.execute(late.values(promised_on=TUESDAY_MORNING.date().replace(day=1)))

        rows = waiting_cases(session, desk, filters=Filters(states=frozenset({state}))).cases

    assert [row.id for row in rows] == [made[state].case_id]


_STATES = ("urgent", "unread", "overdue", "waiting", "closed")


def test_filters_combine(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    new_case(session, school, adviser, urgent=True)
    both = new_case(session, school, adviser, urgent=True, categories=("weapon",))
    filters = Filters(states=frozenset({"urgent", "unread"}), topic="weapon")

    assert [row.id for row in waiting_cases(session, desk_of(adviser, school), filters=filters).cases] == [both.case_id]


def test_filters_look_in_the_fold_too(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    case = new_case(session, school, adviser, urgent=True, lane="folded")
    filters = Filters(states=frozenset({"urgent"}))

    (row,) = waiting_cases(session, desk_of(adviser, school), filters=filters).cases

    assert (row.id, row.is_folded) == (case.case_id, True)


def test_a_label_is_a_filter_whose_address_does_not_say_it(session: Session) -> None:
    school = new_school(session)
    adviser, other = new_adviser(session, school), new_adviser(session, school, kind="external")
    desk = desk_of(adviser, school)
    new_case(session, school, adviser, other)
    case = new_case(session, school, adviser, other)
    add_label(session, desk, case.case_id, "Kluisjes")
    session.flush()

    ((mark, label),) = labels_on(session, desk).items()
    rows = waiting_cases(session, desk, filters=Filters(label=mark)).cases

    assert (label, [row.id for row in rows]) == ("Kluisjes", [case.case_id])
    assert mark != mark_of(desk_of(other, school), "Kluisjes")


def test_a_filter_of_cards_goes_on_page_after_page(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed_filters, "AT_ONCE", 7)
    school = new_school(session)
    adviser = new_adviser(session, school)
    wanted = {
        new_case(session, school, adviser, categories=("weapon" if number % 2 else "theft",)).case_id
        for number in range(2 * PAGE_LENGTH + 4)
    }
    desk, filters = desk_of(adviser, school), Filters(topic="weapon")

    first = waiting_cases(session, desk, filters=filters)
    second = waiting_cases(session, desk, Cursor.parse(first.next_page), filters)

    seen = [row.id for row in (*first.cases, *second.cases)]
    assert (len(first.cases), len(second.cases), second.next_page) == (PAGE_LENGTH, 2, "")
    assert len(set(seen)) == len(seen)
    assert wanted.issuperset(seen)


def test_who_serves_several_schools_chooses_one(database: db.Database, sign_in: SignIn) -> None:
    with database.writer.begin() as session:
        one, other = new_school(session, alias=""), new_school(session)
        adviser = new_adviser(session, one, kind="external")
        new_membership(session, adviser, other)
        mine = new_case(session, one, adviser)
        new_case(session, other, adviser)
    client = sign_in(adviser)

    page = client.get("/staff/cases?filters=open").text
    links = [
        part.split('"')[0]
        for part in page.split('href="')[1:]
        if part.startswith("/staff/cases?") and "school=" in part.split('"')[0]
    ]
    shown = [client.get(link.replace("&amp;", "&")).text for link in links]

    assert len(links) == 2
    assert sorted(text.count("data-case=") for text in shown) == [1, 1]
    assert sum(mine.case_id in text for text in shown) == 1


@pytest.mark.parametrize(("query", "count"), [("show=urgent&show=unread&topic=theft", 3), ("topic=nothing&show=x", 0)])
def test_the_page_says_how_many_are_on_and_how_to_clear_them(
    database: db.Database, sign_in: SignIn, query: str, count: int
) -> None:
    with database.writer.begin() as session:
        adviser = new_adviser(session, new_school(session))

    page = sign_in(adviser).get(f"/staff/cases?{query}").text

    assert (f"{count} filters aan" in page) is bool(count)
    assert ('<a class="button button--quiet" href="/staff/cases">Wis</a>' in page) is bool(count)
    assert ("Geen melding past bij deze filters." in page) is bool(count)


@pytest.mark.parametrize(
    ("name", "value"), [("show", "urgent"), ("topic", "theft"), ("label", "0123456789ab"), ("school", "elders")]
)
def test_a_filter_goes_on_and_off(name: str, value: str) -> None:
    on = Filters().toggled(name, value)
    arguments: dict[str, Any] = on.arguments

    assert on.count == 1
    assert on.fields == ((name, value),)
    assert Filters.parse(arguments.get("show", ()), arguments) == on
    assert on.toggled(name, value) == Filters()


def test_a_message_in_a_waiting_case_is_no_longer_waited_for(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    desk, case = desk_of(adviser, school), new_case(session, school, adviser)
    services.reply(session, desk, case.case_id, "Ik lees dit.")
    waiting = Filters(states=frozenset({"waiting"}))
    assert len(waiting_cases(session, desk, filters=waiting).cases) == 1

    write(session, case.access, "Dank je.")

    assert waiting_cases(session, desk, filters=waiting).cases == ()
