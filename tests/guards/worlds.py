"""Two copies of one school that live through the same three months; in one of them there are reports about an adviser.

The base is built once: an open school with three internal advisers (one of them a deputy), an external one and somebody
of each other role, and cases that every adviser reads. Its database file and its instance folder are copied, so that
both worlds share every id, key and address. From there each lives its own life, under a clock that the test holds.
"""

import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app import clock, create_app, db
from app.accounts import school_recovery
from app.accounts.access import TOKEN
from app.accounts.installation import current_pepper
from app.accounts.joining import Joined, join
from app.accounts.key_events import Signer
from app.accounts.models import Membership
from app.accounts.newcomers import let_read
from app.accounts.proving import Proof
from app.accounts.queries import Reader, readers_of
from app.accounts.roles import Role
from app.accounts.services import NewInvitation, open_school
from app.accounts.sessions import begin_session
from app.cases import deeds, services
from app.cases.correspondence import Access, withdraw
from app.cases.desk import Desk
from app.cases.models import Case, Deed, PromiseTally
from app.cases.opening import NewReport, open_case
from app.cases.promises import FEWEST_SHOWN, half_of
from app.notifications import worker
from app.schools.importing import import_schools
from app.schools.queries import SchoolInfo, all_schools
from app.schools.school_files import SchoolRow
from app.talks.library import library
from app.vault.codes import StudentKeys, derive, parse_code
from app.vault.keys import new_key_pair
from tests.databases import new_url
from tests.installations import PASSWORD, settings
from tests.notifications.mailbox import Mailbox, free_port

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY, HALF_A_DAY = timedelta(days=1), timedelta(hours=12)
SCHOOLS = (
    SchoolRow(row=1, brin="00XA", location_code="00XA00", label="De Meeuw Lyceum", holiday_region="midden"),
    SchoolRow(row=2, brin="00XB", location_code="00XB00", label="De Reiger College", holiday_region="midden"),
)
ADVISERS = {"accused": "Wim Blok", "other": "Noor de Wit", "deputy": "Dirk Prins", "external": "Joris Waterman"}
OTHER_ROLES = {str(role): role for role in Role if role is not Role.ADVISER}
TOLD = "Ze wachten me elke dag op bij de fietsen."
SHARED, CLOSED, FOLDED = 32, deeds.FEWEST_CLOSED - 1, 3
"""How many cases every adviser reads. With one closed case more the school's page would show what the school did."""
KEPT = FEWEST_SHOWN - 2
"""How many promises were kept before. With two more, the manager is shown a part; the worlds add one that counts."""


@dataclass
class World:
    """One copy of the school. `mails` is what its mail server took: (moment, recipient, mail)."""

    app: Flask
    school: SchoolInfo
    people: Mapping[str, Joined] = field(repr=False)
    halves: tuple[str, str] = field(repr=False)
    """The school's recovery key, on paper."""
    shared: tuple[str, ...]
    """Ids of the cases of the base."""
    mailbox: Mailbox = field(repr=False)
    has_hidden: bool
    """Whether there are reports about the accused."""
    hidden: list[str] = field(default_factory=list)
    """Their ids."""
    codes: list[str] = field(default_factory=list, repr=False)
    """With which their students come back."""
    mails: list[tuple[datetime, str, bytes]] = field(default_factory=list, repr=False)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self.app.app_context(), db.transaction() as session:
            yield session

    @property
    def guessed(self) -> Mapping[str, str]:
        """Ids that stand in the first case about the accused; nothing where there is none."""
        if not self.hidden:
            return {}
        case_id = self.hidden[0]
        note = "SELECT id FROM audit_note WHERE chain = :id"
        step = "SELECT detail FROM audit_note WHERE chain = :id AND what = 'case.step_planned'"
        request = "SELECT id FROM export_request WHERE case_id = :id"
        found = {"note_id": note, "step_id": step, "request_id": request}
        ids = {name: self.values(query, id=case_id)[0] for name, query in found.items()}
        return {"case_id": case_id, **ids}

    def values(self, query: str, **values: object) -> list[str]:
        """Return the first column of a query."""
        with self.app.app_context(), db.reading() as session:
            return [str(value) for value in session.scalars(text(query), values)]

    def rows(self, table: str, column: str, value: str) -> list[str]:
        """Return every row of a table in which *column* has that value."""
        query = text(f'SELECT * FROM "{table}" WHERE {column} = :value')  # noqa: S608 -- names of our own
        with self.app.app_context(), db.reading() as session:
            return [str(row) for row in session.execute(query, {"value": value})]

    def desk(self, who: str) -> Desk:
        return _desk(self.people, who, self.school)

    def browser(self, who: str) -> FlaskClient:
        """That of somebody who has just signed in, or of a visitor who was never here."""
        client = self.app.test_client()
        if who in self.people:
            person = self.people[who]
            with self.writing() as session:
                token = begin_session(session, Proof(person.person_id, person.pair, None))
            with client.session_transaction("/staff/") as cookie:
                cookie[TOKEN] = token
        return client

    def case_of(self, digits: str) -> str:
        """Return the id of the case that a code opens."""
        with self.app.app_context(), db.reading() as session:
            lookup = derive(parse_code(digits), current_pepper(), self.school.id).lookup
            return session.scalars(select(Case.id).where(Case.lookup == lookup)).one()

    def work(self, first: float, last: float, every: timedelta = HALF_A_DAY) -> None:
        """Let the worker run from day *first* up to day *last*."""
        moment = MONDAY + timedelta(days=first)
        while moment < MONDAY + timedelta(days=last):
            with clock.at(moment):
                self.work_now()
            moment += every

    def work_now(self) -> None:
        box = self.mailbox
        box.raw, box.recipients = [], []
        worker.work(self.app)
        self.mails += [(clock.now(), who, raw) for who, raw in zip(box.recipients, box.raw, strict=True)]

    def hide(self, *, parent: str = "", lane: str = "normal", **answers: tuple[str, ...]) -> Access:
        """Store a report about the accused that needs no talk: a follow-up, or one of a flood."""
        about = {"who": ("staff",), "conflict": (self.people["accused"].person_id,), "story_me": (TOLD,), **answers}
        with self.writing() as session:
            readers = [reader for reader in readers_of(session, self.school.id) if reader.name != ADVISERS["accused"]]
            access = _opened(session, self.school, tuple(readers), about, parent=parent, lane=lane, urgent=True)
        self.hidden.append(access.case_id)
        return access


@contextmanager
def two_worlds(folder: Path) -> Iterator[tuple[World, World]]:
    """Build the base and its copy; the second world is the one with reports about the accused."""
    homes = folder / "without", folder / "within"
    homes[0].mkdir()
    boxes = Mailbox(free_port()), Mailbox(free_port())
    app = create_app(settings(new_url("sqlite", homes[0]), homes[0], smtp_port=boxes[0].port))
    with app.app_context():
        school, people, halves = _furnished()
        db.current().engine.dispose()  # Empties the write-ahead log, so that the file is all of it.
    shutil.copytree(*homes)
    twin = create_app(settings(f"sqlite:///{homes[1] / 'vertel.db'}", homes[1], smtp_port=boxes[1].port))
    made = []
    for each, box, has_hidden in zip((app, twin), boxes, (False, True), strict=True):
        world = World(each, school, people, halves, (), box, has_hidden)
        world.shared = tuple(world.values('SELECT id FROM "case" ORDER BY reported_on, id'))
        box.start()
        made.append(world)
    yield made[0], made[1]
    for world in made:
        world.mailbox.stop()
        with world.app.app_context():
            db.current().engine.dispose()


def _furnished() -> tuple[SchoolInfo, Mapping[str, Joined], tuple[str, str]]:
    with clock.at(MONDAY - 28 * DAY):
        with db.transaction() as session:
            import_schools(session, SCHOOLS)
            session.flush()
            school = next(each for each in all_schools(session) if each.name == SCHOOLS[0].label)
        people = {who: _joined(school, who, name) for who, name in ADVISERS.items()}
        people |= {who: _joined(school, who, who.title()) for who in OTHER_ROLES}
        with db.transaction() as session:
            open_school(session, school.id)
        halves = _recovery_key(school, people)
    for day in range(-21, 0):
        with clock.at(MONDAY + day * DAY):
            _fill(day, school, people)
    return school, people, halves


def _joined(school: SchoolInfo, who: str, name: str) -> Joined:
    role = OTHER_ROLES.get(who, Role.ADVISER)
    kind = ("external" if who == "external" else "internal") if role is Role.ADVISER else ""
    school_id = school.id if role.is_of_a_school else None
    invitation = NewInvitation(name=name, email=f"{who}@vertel.example", role=role, kind=kind, school_id=school_id)
    with db.transaction() as session:
        joined = join(session, invitation, PASSWORD)
        session.flush()
        if role is Role.ADVISER:
            row = session.scalars(select(Membership).where(Membership.person_id == joined.person_id)).one()
            row.is_deputy = who == "deputy"
            let_read(session, row, by=None)
    return joined


def _recovery_key(school: SchoolInfo, people: Mapping[str, Joined]) -> tuple[str, str]:
    first, second = (Signer(people[who].person_id, people[who].pair) for who in ("accused", "external"))
    with db.transaction() as session:
        one = school_recovery.begin(session, school.id, second.person_id, first)
    with db.transaction() as session:
        return " ".join(one), " ".join(school_recovery.finish(session, school.id, second))


def _fill(day: int, school: SchoolInfo, people: Mapping[str, Joined]) -> None:
    """Tell one or two cases to every adviser: read, answered and closed, folded, or taken back."""
    told = 2 if day < SHARED - 42 else 1
    with db.transaction() as session:
        readers = tuple(replace(each, stage=int(each.is_deputy)) for each in readers_of(session, school.id))
        lane = "folded" if day >= -FOLDED else "normal"
        about = {"story_me": (f"{TOLD} Dat was dag {-day}.",)}
        made = [_opened(session, school, readers, about, lane=lane, origin="told") for _ in range(told)]
    with db.transaction() as session:
        for access in made if lane == "normal" else ():
            services.read_case(session, _desk(people, "other", school), access.case_id)
            services.reply(session, _desk(people, "accused", school), access.case_id, "Wat goed dat je dit vertelt.")
        if day < CLOSED - 21:
            services.close_case(session, _desk(people, "accused", school), made[0].case_id, "Er is gepraat.")
        if day == -10:
            withdraw(session, made[0])
    if day == -1:
        _say_what_was_done(school, people)


def _say_what_was_done(school: SchoolInfo, people: Mapping[str, Joined]) -> None:
    with db.transaction() as session:
        deeds.propose(session, _desk(people, "other", school), school.id, "Er staat nu in elke pauze iemand buiten.")
        session.flush()
        deed_id = session.scalars(select(Deed.id)).one()
        deeds.approve(session, _desk(people, "accused", school), school.id, deed_id)
        half = half_of(MONDAY.date()).code
        session.add(PromiseTally(school_id=school.id, period=half, kept=KEPT, broken=0))


def _desk(people: Mapping[str, Joined], who: str, school: SchoolInfo) -> Desk:
    return Desk(people[who].person_id, ADVISERS[who], (school.id,), people[who].pair)


def _opened(
    session: Session,
    school: SchoolInfo,
    readers: tuple[Reader, ...],
    answers: Mapping[str, tuple[str, ...]],
    **more: Any,
) -> Access:
    report = NewReport(
        school_id=school.id,
        submit_id=secrets.token_bytes(32),
        student=StudentKeys(lookup=secrets.token_bytes(16), pair=new_key_pair()),
        readers=readers,
        urgent=False,
        promised_on=clock.today() + 2 * DAY,
        answers={"danger": ("not_now",), "you": ("me",), **answers},
        categories=("bullying",),
        language="nl",
        flow_id="report",
        flows=library().current,
        deliver_at_once=True,
    )
    report = replace(report, **more)
    opened = open_case(session, report)
    assert opened
    assert report.student
    return Access(opened.case_id, school.id, report.student.pair)
