"""Words that found nothing: counted seldom, told late."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, db
from app.referrals import gaps, views
from app.referrals.counting import told
from app.referrals.gaps import Gap, found_nothing, note
from app.referrals.models import SearchGap

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = datetime(2026, 12, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    gaps._counted.clear()
    yield
    gaps._counted.clear()


@pytest.mark.parametrize(
    ("count", "shown"), [(0, None), (10, None), (11, 10), (15, 10), (16, 15), (20, 15), (21, 20), (1000, 995)]
)
def test_a_count_is_told_above_ten_only_and_is_always_more_than_the_round_number(count: int, shown: int | None) -> None:
    assert told(count) == shown


def test_a_word_is_counted_once_a_minute() -> None:
    with clock.at(NOON):
        assert gaps.due({"pesten", "school"}) == ("pesten", "school")
        assert gaps.due({"pesten", "les"}) == ("les",)
    with clock.at(NOON + timedelta(seconds=61)):
        assert gaps.due({"pesten"}) == ("pesten",)
        assert set(gaps._counted) == {"pesten"}  # What is older is forgotten.


def test_a_clock_that_jumps_back_stops_no_count() -> None:
    with clock.at(NOON):
        gaps.due({"pesten"})
    with clock.at(NOON - timedelta(days=1)):
        assert gaps.due({"pesten"}) == ("pesten",)


def test_only_finished_months_above_ten_are_told_ordered_by_what_is_told(session: Session) -> None:
    with clock.at(NOON):
        for word, times in (("zebra", 14), ("appel", 12), ("kers", 22), ("peer", 10)):
            for _ in range(times):
                note(session, [word])
        assert found_nothing(session) == ()
    with clock.at(LATER):
        assert found_nothing(session) == (
            Gap("2026-11", "kers", 20),
            Gap("2026-11", "appel", 10),
            Gap("2026-11", "zebra", 10),
        )


def test_what_is_older_than_a_year_goes(session: Session) -> None:
    with clock.at(NOON):
        note(session, ["appel"])
    with clock.at(NOON + timedelta(days=400)):
        note(session, ["peer"])

    assert session.scalars(select(SearchGap.word)).all() == ["peer"]


def test_the_help_page_counts_our_words_once_and_never_what_was_typed(
    site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "unmet_words", lambda _session, _words: frozenset({"fietsband"}))
    for _ in range(3):
        assert site.test_client().get("/help?q=fietsband+Jantje+Pietersen").status_code == 200

    with site.app_context(), db.reading() as session:
        rows = session.execute(select(SearchGap.word, SearchGap.count)).all()
    assert [tuple(row) for row in rows] == [("fietsband", 1)]
