"""Rows and values that tests of cases need."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Membership, Person
from app.accounts.newcomers import let_read
from app.accounts.queries import Reader
from app.accounts.roles import Role
from app.cases.correspondence import Access
from app.cases.desk import Desk
from app.cases.models import Case
from app.cases.opening import NewReport, open_case
from app.flows.loader import load_flows
from app.flows.model import FlowSet
from app.schools.models import Place, School
from app.vault.codes import StudentKeys
from app.vault.keys import KeyPair, new_key_pair

MONDAY_NIGHT = datetime(2026, 11, 23, 22, 15, tzinfo=UTC)
TUESDAY_DAWN = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
TUESDAY_MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
STORY = "Ze wachten me elke dag op bij de fietsen."


@dataclass(frozen=True)
class Adviser:
    person_id: str
    name: str
    kind: str
    pair: KeyPair

    @property
    def reader(self) -> Reader:
        return Reader(person_id=self.person_id, name=self.name, kind=self.kind, public_key=self.pair.public)


@dataclass(frozen=True)
class Opened:
    case_id: str
    access: Access
    report: NewReport

    @property
    def lookup(self) -> bytes:
        """Under which the code finds it."""
        assert self.report.student
        return self.report.student.lookup


@cache
def flows() -> FlowSet:
    return load_flows(Path(__file__).parent / "flow")


def new_school(session: Session, **changes: Any) -> str:
    code = secrets.token_hex(3)
    school = School(slug=code, name="Het Voorbeeld", brin=code[:4], location_code=code, **changes)
    session.add(school)
    session.flush()
    return school.id


def new_place(session: Session, school_id: str, code: str, label: str) -> None:
    session.add(Place(school_id=school_id, code=code, label=label, position=1))
    session.flush()


def new_adviser(session: Session, school_id: str, name: str = "Noor de Wit", kind: str = "internal") -> Adviser:
    adviser = Adviser(secrets.token_hex(16), name, kind, new_key_pair())
    session.add(Person(id=adviser.person_id, name=name, language="nl", key_public=adviser.pair.public))
    session.flush()
    new_membership(session, adviser, school_id)
    return adviser


def new_membership(session: Session, adviser: Adviser, school_id: str) -> None:
    row = Membership(
        id=secrets.token_hex(16),
        person_id=adviser.person_id,
        school_id=school_id,
        role=Role.ADVISER,
        kind=adviser.kind,
    )
    session.add(row)
    session.flush()
    let_read(session, row, by=None)
    session.flush()


def desk_of(adviser: Adviser, *school_ids: str) -> Desk:
    return Desk(adviser.person_id, adviser.name, school_ids, adviser.pair)


def new_student() -> StudentKeys:
    return StudentKeys(lookup=secrets.token_bytes(16), pair=new_key_pair())


def new_report(
    school_id: str, *readers: Adviser, answers: Mapping[str, tuple[str, ...]] | None = None, **changes: Any
) -> NewReport:
    told = {
        "danger": ("not_now",),
        "what": ("mean",),
        "where": ("_skip",),
        "when": ("2026-W47", "2026-11-23"),
        "conflict": ("_nobody",),
        "story": (STORY,),
        "wish": ("stop",),
        "more": ("_skip",),
    }
    report = NewReport(
        school_id=school_id,
        submit_id=secrets.token_bytes(32),
        student=new_student(),
        readers=tuple(adviser.reader for adviser in readers),
        urgent=False,
        promised_on=date(2026, 11, 26),
        answers={**told, **(answers or {})},
        categories=("bullying",),
        language="nl",
        flow_id="report",
        flows=flows(),
        deliver_at_once=True,
    )
    return replace(report, **changes)


def new_case(session: Session, school_id: str, *readers: Adviser, **changes: Any) -> Opened:
    report = new_report(school_id, *readers, **changes)
    open_case(session, report)
    case = session.scalars(select(Case).where(Case.submit_id == report.submit_id)).one()
    assert report.student
    return Opened(case.id, Access(case.id, school_id, report.student.pair), report)


def new_follow_up(session: Session, first: Opened, *readers: Adviser, **changes: Any) -> Opened:
    """What happened after *first*: another case under the same code."""
    again = StudentKeys(lookup=secrets.token_bytes(16), pair=first.access.pair)
    changes = {"parent": first.case_id, "student": again, **changes}
    return new_case(session, first.access.school_id, *readers, **changes)
