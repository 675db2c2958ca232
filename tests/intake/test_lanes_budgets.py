"""How many talks a school was sent: counted with the transaction that sends, for an hour only."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, db
from app.intake import budgets
from app.intake.budgets import UsualHours
from app.intake.models import SentQuarter
from tests.installations import Installation

NOON = datetime(2026, 11, 24, 12, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def count(installation: Installation) -> int:
    with db.transaction() as session:
        return budgets.count(session, installation.school.id)


def kept() -> list[int]:
    with db.reading() as session:
        return list(session.scalars(select(SentQuarter.sent)))


def test_each_talk_is_told_how_many_came_before_it_this_hour(installation: Installation) -> None:
    assert [count(installation) for _ in range(3)] == [0, 1, 2]
    assert kept() == [3]


def test_an_hour_runs_on_over_its_quarters(installation: Installation) -> None:
    for minutes in (0, 15, 30, 45):
        with clock.at(NOON + timedelta(minutes=minutes)):
            assert count(installation) == minutes // 15

    with clock.at(NOON + timedelta(minutes=61)):
        assert count(installation) == 3


def test_a_transaction_that_fails_leaves_no_count(installation: Installation) -> None:
    with pytest.raises(RuntimeError), db.transaction() as session:
        budgets.count(session, installation.school.id)
        raise RuntimeError

    assert count(installation) == 0


def test_talks_that_are_sent_at_once_are_all_counted(installation: Installation) -> None:
    ready = threading.Barrier(8)

    def send(_number: int) -> None:
        with installation.app.app_context():
            ready.wait()
            count(installation)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(8)))

    assert count(installation) == 8


def test_the_worker_deletes_what_no_hour_needs(installation: Installation) -> None:
    count(installation)
    with clock.at(NOON + timedelta(minutes=50)):
        count(installation)

    with clock.at(NOON + timedelta(minutes=61)), db.transaction() as session:
        budgets.purge(session)

    assert kept() == [1]


def test_the_worker_knows_of_the_clean_up(installation: Installation) -> None:
    periodic = installation.app.extensions["jobs"].periodic

    assert periodic["sent quarters"].function is budgets.purge


def days_with(monkeypatch: pytest.MonkeyPatch, counts: dict[date, int]) -> list[date]:
    """Let the school have had so many cases; return the days that are asked for."""
    asked: list[date] = []

    def sent_on(_session: Session, _school_id: str, day: date) -> int:
        asked.append(day)
        return counts.get(day, 8)

    monkeypatch.setattr(budgets, "sent_on", sent_on)
    return asked


def test_the_usual_hour_is_that_of_the_middle_working_day_of_four_weeks(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = clock.today()
    asked = days_with(monkeypatch, {today - timedelta(days=back): 5_000 for back in range(1, 10)})

    assert UsualHours().of(session, "school") == 1
    assert (len(asked), min(asked)) == (20, today - timedelta(days=28))


def test_the_usual_hour_is_worked_out_once_a_day(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, hours = days_with(monkeypatch, {}), UsualHours()
    for _ in range(3):
        hours.of(session, "school")
    assert len(asked) == 20

    with clock.at(NOON + timedelta(days=1)):
        hours.of(session, "school")

    assert len(asked) == 40
