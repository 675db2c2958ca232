"""The one clock."""

from datetime import UTC, date, datetime, timedelta

from app import clock


def test_the_school_day_is_the_dutch_one() -> None:
    with clock.at(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 2)


def test_a_rounded_moment_is_never_later() -> None:
    moment = datetime(2026, 11, 22, 14, 44, 59, tzinfo=UTC)

    assert clock.floored(moment, timedelta(minutes=15)) == datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


def test_the_clock_goes_on_after_it_was_held() -> None:
    with clock.at(datetime(2000, 1, 1, tzinfo=UTC)):
        assert clock.now().year == 2000

    assert clock.now().year > 2000
