from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app import clock, db
from app.audit.models import AppendOnlyError, AuditNote
from app.audit.queries import Note, notes_of, notes_of_chain
from app.audit.services import note

LATE = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


def add(session: Session, what: str = "case.opened", subject: str = "c1", chain: str = "") -> None:
    note(session, school_id=None, person_id=None, what=what, subject=subject, chain=chain)


def test_a_note_holds_the_dutch_day_and_no_clock_time(session: Session) -> None:
    with clock.at(LATE):
        add(session)
    session.commit()

    assert notes_of(session, None, "c1") == (Note(None, "case.opened", date(2026, 11, 25), "c1"),)


def test_notes_of_one_day_come_in_the_order_of_the_deeds(session: Session) -> None:
    for what in ("case.opened", "case.replied"):
        add(session, what)
        session.commit()
    add(session, "case.closed")

    assert [found.what for found in notes_of(session, None, "c1")] == ["case.opened", "case.replied", "case.closed"]


def test_a_note_can_be_read_before_its_transaction_ends(session: Session) -> None:
    add(session, chain="c1")

    assert notes_of(session, None, "c1") == notes_of_chain(session, None, "c1") != ()


def test_notes_about_another_subject_or_in_another_chain_stay_out(session: Session) -> None:
    add(session, chain="c1")

    assert notes_of(session, None, "c2") == notes_of_chain(session, None, "") == ()


@pytest.mark.parametrize("deed", ["change", "delete"])
def test_a_note_is_never_changed_or_removed(session: Session, deed: str) -> None:
    add(session)
    session.commit()
    row = session.scalars(select(AuditNote)).one()

    if deed == "change":
        row.what = "nothing"
    else:
        session.delete(row)

    with pytest.raises(AppendOnlyError):
        session.flush()


@pytest.mark.parametrize("deed", [update(AuditNote).values(what="nothing"), delete(AuditNote)])
def test_the_database_itself_refuses_to_change_or_remove_a_note(
    session: Session, deed: object, database: db.Database
) -> None:
    add(session)
    session.commit()

    with pytest.raises(DatabaseError):
        session.execute(deed)  # type: ignore[call-overload]  # one of two statements
    session.rollback()
    with database.reader() as other:
        assert [found.what for found in notes_of(other, None, "c1")] == ["case.opened"]


def test_what_is_rolled_back_leaves_no_note(session: Session) -> None:
    add(session)
    session.rollback()
    add(session, "case.closed")
    session.commit()

    assert [found.what for found in notes_of(session, None, "c1")] == ["case.closed"]


def test_a_savepoint_that_is_rolled_back_takes_its_own_notes_along(session: Session) -> None:
    add(session, "case.first")
    with pytest.raises(RuntimeError), session.begin_nested():
        add(session, "case.second")
        with session.begin_nested():
            add(session, "case.third")
        raise RuntimeError
    with session.begin_nested():
        add(session, "case.fourth")
    session.commit()

    assert [found.what for found in notes_of(session, None, "c1")] == ["case.first", "case.fourth"]


def test_a_session_that_is_closed_forgets_its_notes(session: Session) -> None:
    add(session)
    session.close()
    session.commit()

    assert notes_of(session, None, "c1") == ()
