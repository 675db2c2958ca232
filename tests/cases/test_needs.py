"""The order of the queue: the pure rule, and SQL that must say the same for every way in which a case can stand."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.cases.models import Case, CaseReader, Message
from app.cases.needs import GROUPS, Need, Standing, group_of, need_of, reason_of, tone_of
from app.cases.queries import PAGE_LENGTH, waiting_cases
from app.cases.ranking import Cursor, rank
from tests.cases.factories import TUESDAY_MORNING, desk_of, new_adviser, new_case, new_school

TODAY = date(2026, 11, 24)
CALM: dict[str, Any] = {
    "urgent": False,
    "is_reprisal": False,
    "is_closed": False,
    "awaits_answer": True,
    "promised_on": TODAY + timedelta(days=2),
    "is_new": False,
    "has_news": False,
    "student_had_last_word": True,
    "is_step_answered": False,
    "awaits_consent": False,
}


def standing(**changes: Any) -> Standing:
    return Standing(**{**CALM, **changes})


LATE = {"promised_on": TODAY - timedelta(days=1)}
DONE = {"is_closed": True, "awaits_answer": False}


@pytest.mark.parametrize(
    ("changes", "need"),
    [
        ({"urgent": True, "has_news": True, **LATE}, Need.URGENT_LATE),
        ({"urgent": True, "has_news": True}, Need.URGENT),
        ({"is_reprisal": True, "has_news": True}, Need.URGENT),
        (LATE, Need.LATE),
        ({"is_new": True, "has_news": True, **LATE}, Need.LATE),
        ({"is_new": True, "has_news": True}, Need.NEW),
        ({"has_news": True}, Need.WROTE),
        ({}, Need.PROMISED),
        ({"urgent": True}, Need.PROMISED),
        ({"awaits_answer": False, "is_step_answered": True}, Need.STEP),
        ({"awaits_answer": False}, Need.WAITS),
        ({"has_news": True, "student_had_last_word": False, **DONE}, Need.CLOSED_NEWS),
        (DONE, Need.CLOSED),
    ],
)
def test_each_case_says_what_it_needs(changes: dict[str, Any], need: Need) -> None:
    assert need_of(standing(**changes), TODAY) == need


@pytest.mark.parametrize(("pressing", "need"), [({}, Need.NEW), ({"urgent": True}, Need.URGENT)])
def test_what_nobody_read_does_not_sink_when_its_student_ends_it(pressing: dict[str, Any], need: Need) -> None:
    assert need_of(standing(is_new=True, has_news=True, **pressing, **DONE), TODAY) == need


def test_every_need_has_its_own_reason_and_a_heading() -> None:
    assert len({reason_of(need, standing()) for need in Need}) == len(Need)
    assert [group_of(need) for need in Need] == sorted(map(group_of, Need), key=list(GROUPS).index)


def test_a_question_about_a_step_is_what_he_waits_for() -> None:
    assert "stap" in reason_of(Need.WAITS, standing(awaits_consent=True))


def test_what_happened_after_a_report_is_not_called_urgent_when_it_is_not() -> None:
    assert "Dringend" not in reason_of(Need.URGENT, standing(is_reprisal=True))
    assert "Dringend" in reason_of(Need.URGENT, standing(is_reprisal=True, urgent=True))


@pytest.mark.parametrize(
    ("by", "tone"),
    [(None, "calm"), (TODAY - timedelta(days=1), "late"), (TODAY, "soon"), (TODAY + timedelta(days=3), "soon")],
)
def test_a_promise_is_amber_until_the_next_school_day_and_red_when_past(by: date | None, tone: str) -> None:
    next_school_day = TODAY + timedelta(days=3)

    assert tone_of(by, TODAY, next_school_day) == tone
    assert tone_of(next_school_day + timedelta(days=1), TODAY, next_school_day) == "calm"


WAYS = list(
    product(
        (False, True),  # urgent
        (False, True),  # after an earlier report
        (False, True),  # closed
        (False, True),  # awaits an answer
        (-1, 0, 1),  # days until the promise
        (-1, 0, 1),  # seen through, of a case whose student had the last word as number 1 ...
        (1, 2),  # ... or not
        ("student", "consent"),
    )
)


def test_sql_says_what_the_rule_says_for_every_way_a_case_can_stand(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    made = new_case(session, school, adviser)
    session.flush()
    wrap = session.scalars(select(CaseReader.dialog_wrap)).one()
    model = session.execute(select(*Case.__table__.columns)).mappings().one()
    cases, readers, messages = [], [], []
    for number, (urgent, after, closed, awaits, days, seen, last, direction) in enumerate(WAYS):
        case_id = f"{number:032x}"
        row = {"id": case_id, "lookup": number.to_bytes(16), "submit_id": number.to_bytes(32), "urgent": urgent}
        row |= {"parent_id": made.case_id if after else None, "status": "closed" if closed else "read"}
        row |= {"awaits_answer": awaits, "promised_on": TODAY + timedelta(days=days), "last_seq": last}
        cases.append({**model, **row, "last_student_seq": 1})
        readers.append(
            {"school_id": school, "case_id": case_id, "person_id": adviser.person_id, "kind": "internal"}
            | {"dialog_wrap": wrap, "notes_wrap": wrap, "seen_through": seen, "stage": 0}
        )
        words = {"seq": last, "direction": direction, "written_on": TODAY, "blob": b""}
        messages.append({"school_id": school, "case_id": case_id, **words})
    for table, rows in ((Case, cases), (CaseReader, readers), (Message, messages)):
        session.execute(table.__table__.insert(), rows)  # type: ignore[attr-defined]  # every table has one

    query = select(Case.id, rank(TODAY)).join(CaseReader, CaseReader.case_id == Case.id)
    by_sql = {row[0]: row[1] for row in session.execute(query.where(Case.id != made.case_id))}

    by_rule = {
        f"{number:032x}": need_of(
            standing(
                urgent=urgent,
                is_reprisal=after,
                is_closed=closed,
                awaits_answer=awaits,
                promised_on=TODAY + timedelta(days=days),
                is_new=seen < 0,
                has_news=seen < 1,
                student_had_last_word=last == 1,
                is_step_answered=direction == "consent",
            ),
            TODAY,
        )
        for number, (urgent, after, closed, awaits, days, seen, last, direction) in enumerate(WAYS)
    }
    assert by_sql == by_rule
    assert set(by_rule.values()) == set(Need)


def test_the_earliest_promise_comes_first_and_what_is_done_comes_latest_first(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    ids = [new_case(session, school, adviser).case_id for _ in range(6)]
    days = [TODAY + timedelta(days=number) for number in (5, 2, 9, 1, 2, 3)]
    for case_id, day in zip(ids, days, strict=True):
        session.execute(update(Case).where(Case.id == case_id).values(promised_on=day, news_on=day))
    closed = update(Case).where(Case.id.in_(ids[3:])).values(status="closed", awaits_answer=False)
    session.execute(closed)
    session.execute(update(CaseReader).values(seen_through=0))

    with clock.at(TUESDAY_MORNING):
        rows = [row.id for row in waiting_cases(session, desk_of(adviser, school)).cases]

    assert rows == [ids[1], ids[0], ids[2], ids[5], ids[4], ids[3]]


def test_every_case_of_every_need_is_on_exactly_one_page(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    ids = [new_case(session, school, adviser, urgent=number % 7 == 0).case_id for number in range(2 * PAGE_LENGTH + 3)]
    for number, case_id in enumerate(ids):
        done = {"status": "closed", "awaits_answer": False} if number % 3 == 0 else {"awaits_answer": number % 4 > 0}
        day = TODAY + timedelta(days=number % 5 - 2)
        session.execute(update(Case).where(Case.id == case_id).values(**done, promised_on=day, news_on=day))
        seen = update(CaseReader).where(CaseReader.case_id == case_id).values(seen_through=number % 2 - 1)
        session.execute(seen)
    seen_ids, needs, cursor = [], [], None

    with clock.at(TUESDAY_MORNING):
        while True:
            page = waiting_cases(session, desk_of(adviser, school), cursor)
            seen_ids += [row.id for row in page.cases]
            needs += [row.need for row in page.cases]
            if not page.next_page:
                break
            cursor = Cursor.parse(page.next_page)

    assert sorted(seen_ids) == sorted(ids)
    assert needs == sorted(needs)
