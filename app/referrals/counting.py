"""How counts are told: over spans that are finished, above ten, and rounded down, so that nobody can be picked out."""

from datetime import date, timedelta

THRESHOLD = 10
STEP = 5
MONTHS = 3


def told(count: int) -> int | None:
    """Return the round number that *count* is more than, or None when it is not above the threshold."""
    return (count - 1) // STEP * STEP if count > THRESHOLD else None


def month_of(day: date) -> str:
    """Return the month of *day*, such as 2026-11."""
    return f"{day:%Y-%m}"


def quarter_of(day: date) -> str:
    """Return the quarter of *day*, such as 2026-Q4."""
    return f"{day.year:04}-Q{(day.month - 1) // MONTHS + 1}"


def last_quarter(day: date) -> str:
    """Return the quarter before that of *day*, which is finished."""
    first = day.replace(month=(day.month - 1) // MONTHS * MONTHS + 1, day=1)
    return quarter_of(first - timedelta(days=1))


def year_before(span: str) -> str:
    """Return the same month or quarter a year earlier."""
    return f"{int(span[:4]) - 1:04}{span[4:]}"
