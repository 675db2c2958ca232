from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app import clock, db
from app.cases import services
from app.cases.correspondence import write
from app.cases.needs import Need
from app.cases.queries import PAGE_LENGTH, waiting_cases
from app.cases.ranking import Cursor, CursorError
from tests.cases.factories import TUESDAY_MORNING, desk_of, new_adviser, new_case, new_school

NOON = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)


def test_a_reader_sees_his_own_cases_only(session: Session) -> None:
    school = new_school(session)
    one, other = new_adviser(session, school), new_adviser(session, school, kind="external")
    mine = new_case(session, school, one)
    new_case(session, school, other)

    assert [row.id for row in waiting_cases(session, desk_of(one, school)).cases] == [mine.case_id]


def test_a_reader_of_one_school_sees_no_other_school(session: Session) -> None:
    school, other = new_school(session), new_school(session)
    adviser = new_adviser(session, school)
    new_case(session, school, adviser)

    assert waiting_cases(session, desk_of(adviser, other)).cases == ()
    assert waiting_cases(session, desk_of(adviser)).cases == ()


def test_urgent_news_comes_first_and_closed_ones_last(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    ids = []
    for days, urgent in enumerate((False, True, False)):
        with clock.at(NOON + timedelta(days=days)):
            ids.append(new_case(session, school, adviser, urgent=urgent).case_id)
    with clock.at(TUESDAY_MORNING):
        services.close_case(session, desk_of(adviser, school), ids[0], "Klaar.")
        rows = waiting_cases(session, desk_of(adviser, school)).cases

    assert [row.id for row in rows] == [ids[1], ids[2], ids[0]]


def test_a_message_brings_a_case_back_above_those_that_wait(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    desk = desk_of(adviser, school)
    with clock.at(TUESDAY_MORNING):
        cases = [new_case(session, school, adviser) for _ in range(2)]
        for case in cases:
            services.read_case(session, desk, case.case_id)
            services.reply(session, desk, case.case_id, "Ik lees dit.")
        write(session, cases[0].access, "Het is weer gebeurd.")
        rows = waiting_cases(session, desk).cases

    assert [(row.id, row.need) for row in rows] == [(cases[0].case_id, Need.WROTE), (cases[1].case_id, Need.WAITS)]


def test_every_case_is_on_exactly_one_page(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    made = set()
    for number in range(2 * PAGE_LENGTH + 3):
        with clock.at(NOON + timedelta(days=number % 4)):
            made.add(new_case(session, school, adviser, urgent=number % 7 == 0).case_id)
    desk, seen, sizes, cursor = desk_of(adviser, school), [], [], None

    while True:
        page = waiting_cases(session, desk, cursor)
        seen += [row.id for row in page.cases]
        sizes.append(len(page.cases))
        if not page.next_page:
            break
        cursor = Cursor.parse(page.next_page)

    assert sizes == [25, 25, 3]
    assert len(seen) == len(made)
    assert set(seen) == made


def test_a_full_last_page_has_no_next(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    for _ in range(PAGE_LENGTH):
        new_case(session, school, adviser)

    assert waiting_cases(session, desk_of(adviser, school)).next_page == ""


@pytest.mark.parametrize("text", ["", "x", "x.2026-11-02." + "a" * 32, "1.2026-13-02." + "a" * 32, "1.2026-11-02.zz"])
def test_a_foreign_cursor_is_refused(text: str) -> None:
    with pytest.raises(CursorError):
        Cursor.parse(text)


def test_a_page_opens_25_cards_and_never_a_report(database: db.Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.writer.begin() as session:
        school = new_school(session)
        adviser = new_adviser(session, school)
        for _ in range(PAGE_LENGTH + 5):
            new_case(session, school, adviser)
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))

    with database.reader() as session:
        page = waiting_cases(session, desk_of(adviser, school))

    assert len(page.cases) == PAGE_LENGTH
    (order, cards) = (text for text in statements if "case_reader" in text)
    assert "card" not in order
    assert "report" not in cards.split("FROM")[0].replace("reported_on", "")


def test_each_case_of_the_queue_is_looked_up_by_its_id(database: db.Database) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("how SQLite finds its way; PostgreSQL plans by what it counted")
    plans: list[str] = []

    def explain(_connection: Any, cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if "case_reader" in statement:
            plans.extend(row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall())

    with database.writer.begin() as session:
        school = new_school(session)
        desk = desk_of(new_adviser(session, school), school)
    event.listen(database.engine, "before_cursor_execute", explain)

    with database.reader() as session:
        waiting_cases(session, desk)

    assert "SEARCH case USING COVERING INDEX ix_case_queue (id>? AND id<?)" in plans
    assert not [step for step in plans if step.startswith("SCAN case")]


def test_a_late_answer_is_marked(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    with clock.at(NOON):
        new_case(session, school, adviser)
    late = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)

    with clock.at(late):
        (row,) = waiting_cases(session, desk_of(adviser, school)).cases

    assert (row.need, row.tone) == (Need.LATE, "late")


def test_the_row_says_what_it_is_about(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    new_case(session, school, adviser, answers={"story": ("lang " * 100,)}, categories=("violence", "bullying"))

    (row,) = waiting_cases(session, desk_of(adviser, school)).cases

    assert row.title == "Lichamelijk geweld"
    assert len(row.card.topic) == 120
    assert row.card.topic.endswith("…")


@pytest.mark.parametrize(
    ("story", "more", "topic"),
    [("Eerst dit.", "Dan dat.", "Eerst dit."), ("_skip", "Alleen\n  dit.", "Alleen dit."), ("_skip", "_skip", "")],
)
def test_the_line_in_the_queue_is_the_first_text_that_was_typed(
    session: Session, story: str, more: str, topic: str
) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    new_case(session, school, adviser, answers={"story": (story,), "more": (more,)})

    assert [row.card.topic for row in waiting_cases(session, desk_of(adviser, school)).cases] == [topic]


def test_the_queue_knows_of_words_that_ask_for_care(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    new_case(session, school, adviser, watch=("life",))

    assert [row.card.watch for row in waiting_cases(session, desk_of(adviser, school)).cases] == [("life",)]


def test_a_case_that_nobody_sorted_says_so(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    new_case(session, school, adviser, categories=("unsorted",))

    assert [row.title for row in waiting_cases(session, desk_of(adviser, school)).cases] == ["Nog niet ingedeeld"]
