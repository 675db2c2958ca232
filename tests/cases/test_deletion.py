from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock, db
from app.audit.queries import notes_of
from app.cases import deletion, services
from app.cases.correspondence import read_conversation, write
from app.cases.desk import Desk, hold, notes_key_of
from app.cases.exporting import Wish, ask_copy
from app.cases.models import Case, CaseReader, Message
from app.cases.records import add_record
from app.db import Base
from tests.cases.factories import (
    MONDAY_NIGHT,
    TUESDAY_MORNING,
    Opened,
    desk_of,
    new_adviser,
    new_case,
    new_school,
)

DAY = timedelta(days=1)
SIX_WEEKS = timedelta(weeks=6)
HALF_A_YEAR = timedelta(weeks=26)


@dataclass(frozen=True)
class Told:
    """A case of Monday, answered on Tuesday, with the desk that it lies on."""

    session: Session
    case: Opened
    desk: Desk

    def clean_up(self, after: timedelta) -> None:
        with clock.at(TUESDAY_MORNING + after):
            deletion.delete_expired(self.session)

    @property
    def rows(self) -> int:
        tables = (Case, CaseReader, Message)
        return sum(self.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


@pytest.fixture
def told(session: Session) -> Told:
    school = new_school(session)
    adviser = new_adviser(session, school)
    with clock.at(MONDAY_NIGHT):
        case = new_case(session, school, adviser)
    desk = desk_of(adviser, school)
    with clock.at(TUESDAY_MORNING):
        services.reply(session, desk, case.case_id, "Ik lees dit.")
        services.close_case(session, desk, case.case_id, "We hebben gepraat.")
    session.flush()
    return Told(session, case, desk)


def test_a_deleted_case_leaves_only_its_notes(told: Told) -> None:
    deletion.delete_case(told.session, told.case.case_id)
    told.session.flush()

    assert told.rows == 0
    notes = notes_of(told.session, told.case.access.school_id, told.case.case_id)
    assert [note.what for note in notes] == ["case.answered", "case.closed", "case.deleted"]
    assert notes[-1].person_id is None


def test_other_cases_stay(told: Told, session: Session) -> None:
    school = told.case.access.school_id
    other = new_case(session, school, new_adviser(session, school))

    deletion.delete_case(session, told.case.case_id)

    assert read_conversation(session, other.access).status == "received"


def test_a_case_can_be_deleted_twice(told: Told) -> None:
    deletion.delete_case(told.session, told.case.case_id)
    deletion.delete_case(told.session, told.case.case_id)

    assert told.rows == 0


def test_a_closed_case_is_deleted_by_two_clean_ups_after_six_weeks(told: Told) -> None:
    told.clean_up(SIX_WEEKS)
    told.clean_up(SIX_WEEKS + DAY)
    kept = told.rows
    told.clean_up(SIX_WEEKS + 2 * DAY)

    assert (kept, told.rows) == (4, 0)


def test_two_clean_ups_on_one_day_delete_nothing(told: Told) -> None:
    told.clean_up(SIX_WEEKS + DAY)
    told.clean_up(SIX_WEEKS + DAY)

    assert told.rows == 4


def test_a_clock_that_jumps_ahead_deletes_nothing(told: Told) -> None:
    told.clean_up(10 * HALF_A_YEAR)
    told.clean_up(DAY)
    told.clean_up(2 * DAY)
    told.clean_up(10 * HALF_A_YEAR)

    assert told.rows == 4


def test_a_mark_from_the_future_counts_from_today(told: Told) -> None:
    told.clean_up(10 * HALF_A_YEAR)
    told.clean_up(SIX_WEEKS + DAY)
    kept = told.rows
    told.clean_up(SIX_WEEKS + 2 * DAY)

    assert (kept, told.rows) == (4, 0)


def test_a_case_that_nobody_closed_is_kept_for_half_a_year_after_the_last_message(told: Told) -> None:
    with clock.at(TUESDAY_MORNING + SIX_WEEKS):
        write(told.session, told.case.access, "Het is weer begonnen.")
    for days in range(2, 5):
        told.clean_up(SIX_WEEKS + days * DAY)
    kept = told.rows
    told.clean_up(SIX_WEEKS + HALF_A_YEAR + DAY)
    told.clean_up(SIX_WEEKS + HALF_A_YEAR + 2 * DAY)

    assert (kept, told.rows) == (5, 0)


def test_a_case_that_is_reopened_after_the_first_clean_up_stays(told: Told) -> None:
    told.clean_up(SIX_WEEKS + DAY)
    with clock.at(TUESDAY_MORNING + SIX_WEEKS + DAY):
        services.reopen(told.session, told.desk, told.case.case_id)
    told.clean_up(SIX_WEEKS + 2 * DAY)

    assert told.rows == 4


def test_a_message_after_the_first_clean_up_takes_the_mark_away(told: Told) -> None:
    told.clean_up(SIX_WEEKS + DAY)
    with clock.at(TUESDAY_MORNING + SIX_WEEKS + DAY):
        write(told.session, told.case.access, "Nog iets.")
    told.clean_up(10 * HALF_A_YEAR)

    assert told.rows == 5


def test_the_student_sees_until_when_a_conversation_stays(told: Told) -> None:
    conversation = read_conversation(told.session, told.case.access)

    assert conversation.kept_until == (TUESDAY_MORNING + SIX_WEEKS).date()


def everything_in(session: Session) -> dict[str, bytes]:
    """Every value of every table, as bytes, by table."""
    found = {}
    for table in Base.metadata.sorted_tables:
        rows = session.execute(select(table)).all()
        found[table.name] = b"\n".join(
            value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row
        )
    return found


def test_of_a_case_with_everything_in_it_no_table_keeps_its_id_but_the_record(told: Told) -> None:
    session, case_id = told.session, told.case.case_id
    held = hold(session, told.desk, case_id, lock=True)
    for kind in ("note", "own", "labels", "step", "ledger", "facts"):
        add_record(session, held.ref, notes_key_of(held, told.desk), kind, {"text": "Iets."})
    other = new_adviser(session, told.case.access.school_id, name="Bas Kuipers", kind="external")
    wrapped = {"dialog_wrap": b"-", "notes_wrap": b"-", "seen_through": -1}
    reader = CaseReader(**vars(held.ref), person_id=other.person_id, kind="external", **wrapped)
    session.add(reader)
    session.flush()
    ask_copy(session, told.desk, case_id, Wish("police", ("report",)))
    session.commit()
    before = {name for name, held in everything_in(session).items() if case_id.encode() in held}

    deletion.delete_case(session, case_id)
    session.commit()

    assert {"case", "case_reader", "case_record", "export_request", "message", "audit_note"} <= before
    assert {name for name, held in everything_in(session).items() if case_id.encode() in held} == {
        "audit_note",
        "audit_head",
    }


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": "read"}, "no_news"),
        ({"status": "closed"}, "kept_long_enough"),
        ({"status": "closed", "withdrawn_on": TUESDAY_MORNING.date()}, "withdrawn"),
    ],
)
def test_the_note_of_a_deletion_says_why(told: Told, changes: dict[str, object], reason: str) -> None:
    case = told.session.get_one(Case, told.case.case_id)
    for name, value in changes.items():
        setattr(case, name, value)

    deletion.delete_case(told.session, told.case.case_id)

    assert notes_of(told.session, told.case.access.school_id, told.case.case_id)[-1].detail == reason


def test_the_keys_of_a_deleted_case_are_nowhere_in_the_file_of_their_table(
    told: Told, database: db.Database, inside_an_installation: Flask
) -> None:
    wrap = told.session.scalars(select(CaseReader.notes_wrap)).one()
    told.session.commit()

    deletion.delete_case(told.session, told.case.case_id)
    told.session.commit()
    db.init_app(inside_an_installation, database)
    with database.writer.begin() as session:
        deletion.shred(session)

    assert wrap not in stored_keys(database)


def stored_keys(database: db.Database) -> bytes:
    """Return what stands on disk of the table of the readers' keys."""
    if database.engine.dialect.name == "sqlite":
        path = Path(database.engine.url.database or "")
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return path.read_bytes()
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
        found = connection.exec_driver_sql("SELECT pg_read_binary_file(pg_relation_filepath('case_reader'))")
        return bytes(found.scalar_one())


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_table_of_keys_that_is_busy_is_cleaned_another_time(
    told: Told, database: db.Database, inside_an_installation: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    db.init_app(inside_an_installation, database)
    told.session.commit()
    told.session.execute(select(CaseReader.case_id))

    deletion.shred(told.session)

    assert "was busy" in caplog.text
