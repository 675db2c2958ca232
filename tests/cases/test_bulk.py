"""Deeds on several cases of the fold at once."""

from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import db
from app.audit.queries import notes_of
from app.cases import services
from app.cases.bulk import Done, close_all, unfold_all
from app.cases.correspondence import read_conversation, withdraw, write
from app.cases.models import Case, CaseReader
from tests.cases.conftest import SignIn
from tests.cases.factories import Adviser, Opened, desk_of, new_adviser, new_case, new_school
from tests.cases.test_folded import folded, new_sequel
from tests.cases.test_reading import flipped


def reasons(done: Done) -> list[str]:
    return [left.why for left in done.left]


def test_all_are_closed_with_the_sentence_that_each_student_reads_and_each_is_noted(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    cases = [folded(session, school, adviser) for _ in range(3)]

    done = close_all(
        session, desk_of(adviser, school), [case.case_id for case in cases], "We praten erover in de klas."
    )
    session.flush()

    assert done == Done(3, ())
    for case in cases:
        told = read_conversation(session, case.access)
        assert (told.status, told.messages[-1].text) == ("closed", "We praten erover in de klas.")
        assert [note.what for note in notes_of(session, school, case.case_id)] == ["case.closed"]


@pytest.mark.parametrize(
    ("meanwhile", "why"),
    [
        *(("urgent", "danger"), ("watch", "danger"), ("sequel", "danger"), ("wrote", "wrote"), ("damaged", "damaged")),
        *(("answered", "unfolded"), ("withdrawn", "gone"), ("foreign", "gone")),
    ],
)
def test_what_should_be_read_first_is_left_and_named(session: Session, meanwhile: str, why: str) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    plain, case_id = folded(session, school, adviser), a_case(session, school, adviser, meanwhile)

    done = close_all(session, desk_of(adviser, school), [plain.case_id, case_id], "Klaar.")

    assert (done.count, reasons(done)) == (1, [why])
    assert bool(done.left[0].title) is (why != "gone")
    assert session.scalar(select(Case.status).where(Case.id == case_id)) != "closed"


def a_case(session: Session, school: str, adviser: Adviser, meanwhile: str) -> str:
    if meanwhile == "sequel":
        return new_sequel(session, new_case(session, school, adviser), adviser)
    grave: dict[str, dict[str, Any]] = {"urgent": {"urgent": True}, "watch": {"watch": ("life",)}}
    reader = new_adviser(session, school, kind="external") if meanwhile == "foreign" else adviser
    case: Opened = folded(session, school, reader, **grave.get(meanwhile, {}))
    match meanwhile:
        case "wrote":
            write(session, case.access, "Het is echt.")
        case "answered":
            services.reply(session, desk_of(adviser, school), case.case_id, "Ik lees dit.")
        case "withdrawn":
            withdraw(session, case.access)
        case "damaged":
            row = session.scalars(select(CaseReader).where(CaseReader.case_id == case.case_id)).one()
            row.dialog_wrap = flipped(row.dialog_wrap)
            session.flush()
        case _:
            pass
    return case.case_id


def test_urgent_ones_may_be_taken_out_together(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    cases = [folded(session, school, adviser, urgent=True) for _ in range(2)]

    done = unfold_all(session, desk_of(adviser, school), [case.case_id for case in cases])

    assert done == Done(2, ())
    assert set(session.scalars(select(Case.lane))) == {"normal"}


@pytest.fixture
def stack(database: db.Database) -> tuple[Adviser, list[str]]:
    with database.writer.begin() as session:
        school = new_school(session)
        adviser = new_adviser(session, school)
        return adviser, [folded(session, school, adviser).case_id for _ in range(3)]


def test_all_on_the_page_are_ticked_without_a_script(stack: tuple[Adviser, list[str]], sign_in: SignIn) -> None:
    client = sign_in(stack[0])

    all_of_them = client.post("/staff/cases/folded", data={"do": "all"})
    none = client.post("/staff/cases/folded", data={"do": "none", "case": stack[1]})

    assert (all_of_them.status_code, none.status_code) == (200, 200)
    assert (all_of_them.text.count(" checked"), none.text.count(" checked")) == (3, 0)


def test_closing_takes_a_choice_and_a_sentence(stack: tuple[Adviser, list[str]], sign_in: SignIn) -> None:
    adviser, ids = stack
    client = sign_in(adviser)

    nothing = client.post("/staff/cases/folded", data={"do": "close", "outcome": "Klaar."})
    wordless = client.post("/staff/cases/folded", data={"do": "close", "case": ids[:2]})

    assert (nothing.status_code, wordless.status_code) == (422, 422)
    assert 'href="#chosen"' in nothing.text
    assert 'href="#outcome"' in wordless.text
    assert wordless.text.count(" checked") == 2


@pytest.mark.parametrize(
    ("do", "said"), [("unfold", "2 meldingen liggen nu"), ("close", "2 meldingen zijn afgesloten")]
)
def test_the_page_says_what_was_done_and_what_was_left(
    database: db.Database, stack: tuple[Adviser, list[str]], sign_in: SignIn, do: str, said: str
) -> None:
    adviser, ids = stack
    with database.writer.begin() as session:
        session.execute(update(Case).where(Case.id == ids[0]).values(lane="normal"))

    answer = sign_in(adviser).post("/staff/cases/folded", data={"do": do, "case": ids, "outcome": "Klaar."})

    assert answer.status_code == 200
    assert said in answer.text
    assert 'data-left="unfolded"' in answer.text
