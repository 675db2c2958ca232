"""By which school day somebody who is there has answered."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.accounts.presence_rules import LONGEST_WAIT, Presence, is_away_long, promised_day, weekdays_of, works
from app.schools import rules
from app.schools.rules import is_school_day, school_day_after

MONDAY = date(2026, 11, 23)
NEVER = Presence(works_on=0)


@dataclass(frozen=True)
class Off:
    first_day: date
    last_day: date


def off(first: int, last: int) -> Off:
    """Days off, counted from Monday."""
    return Off(MONDAY + timedelta(days=first), MONDAY + timedelta(days=last))


def promised(*people: Presence, urgent: bool = False, holidays: tuple[Off, ...] = ()) -> int:
    """After how many days from Monday an answer is promised."""
    return (promised_day(MONDAY, urgent, holidays, people) - MONDAY).days


days_off = st.builds(lambda first, length: off(first, first + length), st.integers(-9, 30), st.integers(0, 20))
presences = st.builds(Presence, st.integers(0, 127), st.lists(days_off, max_size=3).map(tuple))


def test_with_everybody_there_it_is_the_day_of_the_calendar() -> None:
    assert promised(Presence()) == 3
    assert promised(Presence(), urgent=True) == 1


def test_somebody_who_works_on_two_days_needs_longer() -> None:
    tuesday_and_thursday = Presence(works_on=0b01010)

    assert promised(tuesday_and_thursday) == 8
    assert promised(tuesday_and_thursday, urgent=True) == 1


def test_one_who_is_there_is_enough() -> None:
    assert promised(NEVER, Presence()) == 3
    assert promised(Presence(works_on=0b00101), Presence(works_on=0b01010)) == 3


def test_an_absence_moves_the_day_and_a_holiday_and_a_weekend_do_not_count() -> None:
    assert promised(Presence(absences=(off(1, 2),))) == 7
    assert promised(Presence(absences=(off(1, 2),)), holidays=(off(3, 4),)) == 9


def test_when_nobody_is_ever_there_it_is_five_school_days_after_the_calendar() -> None:
    assert promised(NEVER) == promised() == 10
    assert promised(NEVER, urgent=True) == 8
    assert promised(Presence(absences=(off(0, 300),)), holidays=(off(7, 11),)) == 17


@given(people=st.lists(presences, max_size=4), holidays=st.lists(days_off, max_size=2), urgent=st.booleans())
def test_it_is_a_school_day_never_before_the_calendars_and_at_most_five_after(
    people: list[Presence], holidays: list[Off], urgent: bool
) -> None:
    calendar = rules.promised_day(MONDAY, urgent, holidays)

    day = promised_day(MONDAY, urgent, holidays, people)

    assert calendar <= day <= school_day_after(calendar, LONGEST_WAIT, holidays)
    assert is_school_day(day, holidays)


@given(people=st.lists(presences, min_size=1, max_size=4), more=presences, urgent=st.booleans())
def test_one_more_to_read_it_never_makes_it_later(people: list[Presence], more: Presence, urgent: bool) -> None:
    assert promised_day(MONDAY, urgent, (), [*people, more]) <= promised_day(MONDAY, urgent, (), people)


def test_who_works_on_none_of_the_next_five_school_days_is_away_long() -> None:
    assert is_away_long(MONDAY, (), NEVER)
    assert is_away_long(MONDAY, (), Presence(absences=(off(1, 7),)))
    assert not is_away_long(MONDAY, (), Presence(absences=(off(1, 4),)))
    assert is_away_long(MONDAY, (off(1, 4),), Presence(absences=(off(7, 11),))) is True


def test_weekdays_are_bits_from_monday() -> None:
    assert weekdays_of(0b10001) == {0, 4}
    assert works(Presence(works_on=0b10001), MONDAY)
    assert not works(Presence(works_on=0b10001), MONDAY + timedelta(days=1))
