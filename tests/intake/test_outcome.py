"""Whether a service helped: asked once, later, and counted without a trace of who said it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from app import clock, db
from app.cases.phrase_sending import draft_of
from app.cases.phrases import phrase_book
from app.cases.services import Along, reply
from app.intake import outcome
from app.intake.models import HelpMark
from app.referrals.models import HelpAnswer
from tests.installations import Installation
from tests.intake.adviser import case_id
from tests.intake.test_conversation import NOON, Talking, talking

__all__ = ["talking"]

ASKED = "data-helped"
SERVICE, OTHER = "kindertelefoon", "helpwanted"
NAME = "Kindertelefoon"
SENT = "drugsinfo"
DAY_ONE, DAY_TWO = {"hours": 1}, {"days": 1}


@pytest.fixture(autouse=True)
def _emptied(installation: Installation) -> Iterator[None]:
    del installation
    yield
    with db.transaction() as session:
        for table in (HelpMark, HelpAnswer):
            session.execute(delete(table))


@pytest.fixture
def with_card(talking: Talking, monkeypatch: pytest.MonkeyPatch) -> Talking:
    """The adviser answered at noon, and his message carries the card of a service."""
    real = outcome.read_conversation

    def read(*known: object) -> object:
        conversation = real(*known)  # type: ignore[arg-type]
        cards = (SERVICE, OTHER, "112")
        messages = tuple(one if one.from_student else replace(one, help_ids=cards) for one in conversation.messages)
        return replace(conversation, messages=messages, help_ids=())

    monkeypatch.setattr(outcome, "read_conversation", read)
    with clock.at(NOON):
        talking.adviser.answer(case_id())
    return talking


def answers() -> list[tuple[str, str, int]]:
    with db.reading() as session:
        rows = session.execute(select(HelpAnswer.service_id, HelpAnswer.answer, HelpAnswer.count))
        return [(row.service_id, row.answer, row.count) for row in rows]


def visit(talking: Talking, **later: int) -> str:
    with clock.at(NOON + timedelta(**later)):
        return talking.back().text


def test_it_is_not_asked_before_the_card_was_seen_on_an_earlier_day(with_card: Talking) -> None:
    assert ASKED not in visit(with_card, hours=1)  # The same day.
    assert ASKED not in visit(with_card, hours=2)
    assert NAME in visit(with_card, days=1).split(ASKED)[1].split("</summary>")[0]


def test_who_sees_the_card_for_the_first_time_is_not_asked(with_card: Talking) -> None:
    assert ASKED not in visit(with_card, days=3)
    assert ASKED in visit(with_card, days=3, hours=1)


def test_each_service_is_asked_once_and_one_a_visit_answered_or_not(with_card: Talking) -> None:
    visit(with_card)
    pages = [visit(with_card, days=day) for day in (1, 2, 3)]

    assert [page.count(ASKED) for page in pages] == [1, 1, 0]
    assert "Helpwanted" in pages[1].split(ASKED)[1].split("</summary>")[0]
    assert answers() == []


@pytest.mark.parametrize("said", ["helped", "no_answer", "not_dared"])
def test_one_tap_counts_once_and_leaves_the_conversation_as_it_was(with_card: Talking, said: str) -> None:
    visit(with_card)
    with clock.at(NOON + timedelta(days=1)):
        with_card.back()
        shown = with_card.student.page
        with_card.act(helped=said)
        assert "Je antwoord is geteld" in with_card.student.text
        assert ASKED not in with_card.student.text

        with_card.student.page = shown
        with_card.student.post("/code", {**with_card.student.form_with("text").hidden, "helped": said})

    assert answers() == [(SERVICE, said, 1)]


@pytest.mark.parametrize("said", ["", "great", "helped:112"])
def test_another_answer_counts_nothing(with_card: Talking, said: str) -> None:
    visit(with_card)
    with clock.at(NOON + timedelta(days=1)):
        with_card.back()
        student = with_card.student
        student.post("/code", {**student.form_with("text").hidden, "do": "helped", "helped": said})

    assert answers() == []


def test_the_card_that_an_adviser_sent_is_asked_about_a_day_after_it_was_seen(talking: Talking) -> None:
    draft = draft_of({"card-0": "help.service", "blank-0-service": SENT}, phrase_book())
    parts = draft.parts({"service": {SENT: "Drugs Infolijn"}})
    with clock.at(NOON), db.transaction() as session:
        reply(session, talking.adviser.desk, case_id(), "Misschien iets voor jou.", Along(parts))

    asked = [visit(talking, **later).partition(ASKED)[2].partition("</summary>")[0] for later in (DAY_ONE, DAY_TWO)]

    assert ["Drugs Infolijn" in one for one in asked] == [False, True]


def test_what_is_remembered_names_neither_case_nor_service(with_card: Talking) -> None:
    visit(with_card)
    visit(with_card, days=1)

    with db.reading() as session:
        marks = session.execute(select(HelpMark.mark, HelpMark.quarter)).all()
    assert {column.name for column in HelpMark.__table__.columns} == {"mark", "quarter"}
    assert [(len(one.mark), one.quarter) for one in marks] == [(32, "2026-Q4")]
    assert case_id().encode() not in marks[0].mark


def test_what_was_withdrawn_is_not_asked_about(with_card: Talking) -> None:
    visit(with_card)
    with clock.at(NOON + timedelta(days=1)):
        with_card.back()
        with_card.act(do="withdraw")
    assert ASKED not in visit(with_card, days=2)
