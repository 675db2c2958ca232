"""Help that fits a case, as its student sees it too."""

from sqlalchemy.orm import Session

from app.cases.viewing import CaseView
from app.referrals.cards import Card
from app.referrals.queries import Seeker, cards_for
from app.schools.queries import school_by_id


def fitting_case(session: Session, case: CaseView, most: int = 4) -> tuple[Card, ...]:
    """Return at most *most* cards for what was told at the school of *case*, best first."""
    school = school_by_id(session, case.school_id)
    seeker = Seeker(district=school.district if school else "")
    return cards_for(session, case.card.categories, case.report.words, most, seeker)
