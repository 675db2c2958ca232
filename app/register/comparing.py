"""A school year beside the one before, by category; of this school only."""

from sqlalchemy.orm import Session

from app.register import queries
from app.register.pages import Compared, Comparison
from app.register.periods import year_before
from app.register.queries import Choice
from app.register.wording import labels


def compare(session: Session, school_id: str, year: str) -> Comparison:
    """Return what stands in the register in *year* and the year before; none where nothing at all stood there."""
    now, then = (queries.counts_by(session, school_id, Choice(one), "category") for one in (year, year_before(year)))
    rows = tuple(
        Compared(code, text, now.get(code, 0), then.get(code, 0) if then else None)
        for code, text in labels("category").items()
    )
    return Comparison(rows, Compared("", "", sum(now.values()), sum(then.values()) if then else None))
