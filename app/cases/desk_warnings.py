"""What an adviser should know when he comes to his desk, apart from cases: keys at risk, mail that does not arrive."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.cases.desk import Desk


@dataclass(frozen=True)
class DeskWarning:
    """A sentence, and the page where he can do something about it."""

    text: str
    href: str
    label: str
    """Words of the link."""


def warnings_for(session: Session, desk: Desk) -> tuple[DeskWarning, ...]:
    """Return what is wrong apart from cases, the gravest first; usually nothing."""
    return ()
