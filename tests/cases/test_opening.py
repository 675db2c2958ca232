from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import DateTime, Time, func, select
from sqlalchemy.orm import Session

from app import clock, db
from app.cases.envelopes import STUDENT, CaseRef, unwrap_key
from app.cases.models import Case, CaseReader, Message
from app.cases.opening import CodeTakenError, NewReport, NoReaderError, open_case
from app.notifications.models import Outbox
from app.talks.models import FlowArchive
from tests.cases.factories import (
    MONDAY_NIGHT,
    TUESDAY_MORNING,
    new_adviser,
    new_case,
    new_report,
    new_school,
)


def count(session: Session, table: type[db.Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_report_becomes_one_case_with_its_readers_and_its_flow(session: Session) -> None:
    school = new_school(session)
    inside, outside = new_adviser(session, school), new_adviser(session, school, kind="external")

    opened = new_case(session, school, inside, outside)

    readers = session.scalars(select(CaseReader).where(CaseReader.case_id == opened.case_id)).all()
    assert {reader.person_id for reader in readers} == {inside.person_id, outside.person_id}
    assert count(session, FlowArchive) == 1


def test_a_repeated_report_changes_nothing(session: Session) -> None:
    school = new_school(session)
    report = new_report(school, new_adviser(session, school))
    open_case(session, report)
    session.commit()

    open_case(session, report)

    assert (count(session, Case), count(session, CaseReader), count(session, Outbox)) == (1, 1, 1)


def test_two_parallel_sendings_make_one_case(database: db.Database, inside_an_installation: Flask) -> None:
    with database.writer.begin() as session:
        school = new_school(session)
        report = new_report(school, new_adviser(session, school))
    start = Barrier(8)

    def send(_number: int) -> None:
        start.wait()
        with database.writer.begin() as session:
            open_case(session, report)

    with ThreadPoolExecutor(8, initializer=lambda: inside_an_installation.app_context().push()) as pool:
        list(pool.map(send, range(8)))

    with database.reader() as session:
        assert (count(session, Case), count(session, CaseReader), count(session, Outbox)) == (1, 1, 1)


def test_parallel_reports_all_arrive(database: db.Database, inside_an_installation: Flask) -> None:
    with database.writer.begin() as session:
        school = new_school(session)
        adviser = new_adviser(session, school)
    reports = [new_report(school, adviser) for _ in range(8)]

    def send(report: NewReport) -> None:
        with database.writer.begin() as session:
            open_case(session, report)

    with ThreadPoolExecutor(8, initializer=lambda: inside_an_installation.app_context().push()) as pool:
        list(pool.map(send, reports))

    with database.reader() as session:
        assert (count(session, Case), count(session, FlowArchive)) == (8, 1)


def test_a_code_opens_one_case_of_a_school(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    first = new_case(session, school, adviser)

    with pytest.raises(CodeTakenError):
        open_case(session, replace(new_report(school, adviser), student=first.report.student))


def test_a_report_without_readers_is_refused(session: Session) -> None:
    school = new_school(session)
    with pytest.raises(NoReaderError):
        open_case(session, new_report(school))


def test_the_code_does_not_open_the_advisers_notes(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    opened = new_case(session, school, adviser)
    ref = CaseRef(school, opened.case_id)
    reader = session.scalars(select(CaseReader)).one()

    assert unwrap_key(reader.notes_wrap, adviser.pair, ref, adviser.person_id, "notes")
    for holder in (adviser.person_id, STUDENT):
        assert unwrap_key(reader.notes_wrap, opened.access.pair, ref, holder, "notes") is None


def test_no_table_of_cases_has_room_for_a_clock_time() -> None:
    columns = [column for table in (Case, CaseReader, Message) for column in table.__table__.columns]
    assert not [column for column in columns if isinstance(column.type, DateTime | Time)]


def test_a_quiet_report_waits_for_the_next_window(session: Session) -> None:
    school = new_school(session)
    with clock.at(MONDAY_NIGHT):
        new_case(session, school, new_adviser(session, school), deliver_at_once=False)

    case = session.scalars(select(Case)).one()
    assert (case.reported_on, case.part_of_day) == (date(2026, 11, 23), "evening")
    assert (case.visible_on, case.visible_part) == (date(2026, 11, 24), "morning")


@pytest.mark.parametrize("changes", [{"urgent": True}, {"deliver_at_once": True}])
def test_an_urgent_report_does_not_wait(session: Session, changes: dict[str, bool]) -> None:
    school = new_school(session)
    with clock.at(TUESDAY_MORNING):
        new_case(session, school, new_adviser(session, school), **{"deliver_at_once": False, **changes})

    case = session.scalars(select(Case)).one()
    assert case.visible_on == TUESDAY_MORNING.astimezone(ZoneInfo("Europe/Amsterdam")).date()
    assert case.visible_part == "at_once"


def test_nothing_that_was_told_stands_in_the_clear(session: Session) -> None:
    school = new_school(session)
    new_case(session, school, new_adviser(session, school))
    case = session.scalars(select(Case)).one()

    stored = b"".join(
        str(value).encode() if not isinstance(value, bytes) else value
        for value in (getattr(case, column.key) for column in Case.__table__.columns)
    )
    assert b"fietsen" not in stored
    assert b"bullying" not in stored
