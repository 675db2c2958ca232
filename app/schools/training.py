"""A school that does not exist, one for each adviser who practises; its row stays for the next time, empty."""

from secrets import token_hex

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.schools.models import School

NAME = "Oefenschool"
_CODE_BYTES = 2


def begin_training(session: Session, person_id: str) -> str:
    """Let that person practise from today on, at a school of his own; return its id."""
    school = session.scalars(select(School).where(School.trainee_id == person_id).with_for_update()).first()
    if school is None:
        # A location code of a real school has a digit where this one has a sign.
        code = f"~{token_hex(_CODE_BYTES)}~"
        school = School(slug=token_hex(16), name=NAME, brin=code[:4], location_code=code, trainee_id=person_id)
        session.add(school)
    school.founded_on = clock.today()
    session.flush()
    return school.id


def end_training(session: Session, school_id: str) -> None:
    """Let nobody practise at that school any more; a school that exists stays as it is."""
    school = session.get(School, school_id)
    if school is not None and school.trainee_id is not None:
        school.founded_on = None
        session.flush()
