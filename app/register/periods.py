"""School years (1 August to 31 July) and their quarters, as texts that sort: 2026-2027 and 2026-2027-Q1."""

from datetime import date, timedelta

AUGUST = 8
MONTHS_IN_A_QUARTER = 3
QUARTERS_IN_A_YEAR = 4


def school_year(day: date) -> str:
    """Return the school year of *day*, which starts on 1 August."""
    first = day.year if day.month >= AUGUST else day.year - 1
    return f"{first}-{first + 1}"


def quarter_of(day: date) -> str:
    """Return the quarter of *day*: Q1 is August to October, and so on."""
    return f"{school_year(day)}-Q{(day.month - AUGUST) % 12 // MONTHS_IN_A_QUARTER + 1}"


def first_day(period: str) -> date:
    """Return the day on which a school year or quarter begins."""
    start, number = int(period[:4]), int(period[-1]) if "Q" in period else 1
    months = AUGUST - 1 + MONTHS_IN_A_QUARTER * (number - 1)
    return date(start + months // 12, months % 12 + 1, 1)


def last_day(period: str) -> date:
    """Return the last day of a school year or quarter."""
    following = next_quarter(period) if "Q" in period else f"{int(period[:4]) + 1}-{int(period[:4]) + 2}"
    return first_day(following) - timedelta(days=1)


def next_quarter(quarter: str) -> str:
    """Return the quarter after *quarter*."""
    start, number = int(quarter[:4]), int(quarter[-1])
    if number < QUARTERS_IN_A_YEAR:
        return f"{quarter[:-1]}{number + 1}"
    return f"{start + 1}-{start + 2}-Q1"


def year_of(quarter: str) -> str:
    """Return the school year of a quarter."""
    return quarter[:9]


def quarters_of(year: str) -> tuple[str, ...]:
    """Return the four quarters of a school year."""
    return tuple(f"{year}-Q{number}" for number in range(1, QUARTERS_IN_A_YEAR + 1))


def first_full_quarter(since: date) -> str:
    """Return the first quarter that begins on *since* or later: from it on a school counts."""
    quarter = quarter_of(since)
    return quarter if first_day(quarter) == since else next_quarter(quarter)


def year_before(year: str) -> str:
    """Return the school year before *year*."""
    return f"{int(year[:4]) - 1}-{year[:4]}"
