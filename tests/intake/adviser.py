"""The adviser of the school at his desk: opens and answers the cases that students sent."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from sqlalchemy import select

from app import clock, db
from app.accounts.installation import current_pepper
from app.accounts.models import Person
from app.accounts.queries import readers_of
from app.cases.desk import Desk
from app.cases.models import Case
from app.cases.opening import NewReport, open_case
from app.cases.queries import waiting_cases
from app.cases.services import read_case, reply
from app.talks.library import library
from app.vault.codes import derive, new_code
from app.vault.keys import KeyPair
from app.vault.staff_keys import LockedKey, unlock
from tests.installations import Installation, Staff


@dataclass(frozen=True)
class Adviser:
    desk: Desk

    def read(self, case_id: str) -> str:
        """Open a case and return what its messages say."""
        with db.transaction() as session:
            return " ".join(message.text for message in read_case(session, self.desk, case_id).messages)

    def answer(self, case_id: str, text: str = "Wat goed dat je dit vertelt.") -> None:
        with db.transaction() as session:
            reply(session, self.desk, case_id, text)

    def case_ids(self) -> set[str]:
        """Return the ids of the cases on the desk."""
        with db.reading() as session:
            return {case.id for case in waiting_cases(session, self.desk).cases}


def adviser_of(installation: Installation) -> Adviser:
    staff = installation.internal
    return Adviser(Desk(staff.id, staff.name, (installation.school.id,), _pair(staff)))


@cache
def _pair(staff: Staff) -> KeyPair:
    with db.reading() as session:
        person = session.get(Person, staff.id)
        assert person is not None
        parts = (person.key_salt, person.key_public, person.key_locked, person.key_verifier)
    salt, public, locked, verifier = (part or b"" for part in parts)
    return unlock(LockedKey(salt, public, locked, verifier), staff.password, current_pepper(), staff.id)


def sent_case(installation: Installation, story: str) -> str:
    """Store a report as sending does, without the way to it, and return its code as digits."""
    code, flows = new_code(), library().current
    with db.transaction() as session:
        report = NewReport(
            school_id=installation.school.id,
            submit_id=secrets.token_bytes(32),
            student=derive(code, current_pepper(), installation.school.id),
            readers=readers_of(session, installation.school.id),
            urgent=False,
            promised_on=clock.today() + timedelta(days=2),
            answers={"danger": ("not_now",), "you": ("me",), "story_me": (story,)},
            categories=("unsorted",),
            language="nl",
            flow_id="report",
            flows=flows,
            deliver_at_once=True,
        )
        open_case(session, report)
    return code.digits.replace(" ", "")


def case_id() -> str:
    """Return the id of the one case that follows no other."""
    with db.reading() as session:
        return session.scalars(select(Case.id).where(Case.parent_id.is_(None))).one()


def follow_up_id() -> str:
    """Return the id of the one case that follows another."""
    with db.reading() as session:
        return session.scalars(select(Case.id).where(Case.parent_id.is_not(None))).one()
