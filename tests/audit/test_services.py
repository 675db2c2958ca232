from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.audit.models import AppendOnlyError, AuditNote
from app.audit.queries import Note, notes_of
from app.audit.services import note

LATE = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


def test_a_note_holds_the_dutch_day_and_no_clock_time(session: Session) -> None:
    with clock.at(LATE):
        note(session, school_id=None, person_id=None, what="case.opened", subject="c1")
    session.flush()

    assert notes_of(session, None, "c1") == (Note(None, "case.opened", date(2026, 11, 25)),)


def test_notes_of_one_day_come_in_the_order_of_the_deeds(session: Session) -> None:
    for what in ("case.opened", "case.replied", "case.closed"):
        note(session, school_id=None, person_id=None, what=what, subject="c1")
        session.flush()

    assert [found.what for found in notes_of(session, None, "c1")] == ["case.opened", "case.replied", "case.closed"]


def test_notes_about_another_subject_stay_out(session: Session) -> None:
    note(session, school_id=None, person_id=None, what="case.opened", subject="c1")
    session.flush()

    assert notes_of(session, None, "c2") == ()


@pytest.mark.parametrize("deed", ["change", "delete"])
def test_a_note_is_never_changed_or_removed(session: Session, deed: str) -> None:
    note(session, school_id=None, person_id=None, what="case.opened", subject="c1")
    session.flush()
    row = session.scalars(select(AuditNote)).one()

    if deed == "change":
        row.what = "nothing"
    else:
        session.delete(row)

    with pytest.raises(AppendOnlyError):
        session.flush()
