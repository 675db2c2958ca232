"""Fills an empty folder with the demo, or opens one that an earlier demo made."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import click
from flask import Flask
from sqlalchemy.orm import Session

from app import clock, create_app, db
from app.accounts.deputies import set_deputy
from app.accounts.joining import join
from app.accounts.queries import members_of
from app.accounts.roles import Role
from app.accounts.services import NewInvitation, open_school
from app.cases.desk import Desk
from app.demo.history import tell_in_the_corridor, tell_term
from app.demo.people import PEOPLE, SCHOOLS, DemoPerson
from app.demo.register import finished_quarters, invent_register
from app.demo.talks import DESK_TALKS, TALKS
from app.referrals.services import import_entries
from app.referrals.sheet import PACKAGED, read_sheet
from app.schools.importing import import_schools
from app.schools.queries import SchoolInfo, all_schools
from app.schools.school_files import SchoolRow
from app.schools.services import set_numbers
from app.settings import Settings
from app.statistics.working import publish

PUPILS, CLASS_SIZE = 900, 28
"""So that the review can say how many people might know something."""
MARK = "demo.json"
"""File that says that a folder is a demo's, and holds its accounts (mode 0600)."""


@dataclass(frozen=True)
class Account:
    """How to sign in as one invented person."""

    name: str
    email: str
    password: str
    totp_secret: str
    role: str
    kind: str
    school: str
    standing: str = ""


@dataclass(frozen=True)
class Demo:
    """Where everything of a running demo is."""

    url: str
    student_urls: list[str]
    accounts: list[Account]

    @property
    def advisers(self) -> list[dict[str, str]]:
        """Return the accounts of the advisers who read what comes in."""
        return self._of(Role.ADVISER)

    def _of(self, role: Role, standing: str = "") -> list[dict[str, str]]:
        return [asdict(one) for one in self.accounts if one.role == role and one.standing == standing]

    def as_json(self) -> dict[str, object]:
        """Return the line that programs read (design: stable hooks)."""
        return {
            "url": self.url,
            "student_urls": self.student_urls,
            "advisers": self.advisers,
            "deputy": self._of(Role.ADVISER, "deputy"),
            "waiting": self._of(Role.ADVISER, "waiting"),
            "city": self._of(Role.ANALYST),
            "coordinator": self._of(Role.COORDINATOR),
            "manager": self._of(Role.MANAGER),
            "network": self._of(Role.NETWORK),
            "translator": self._of(Role.TRANSLATOR),
        }


def demo_settings(instance: Path, port: int, database: str = "") -> Settings:
    """Return settings for plain HTTP on this machine only; mail goes nowhere."""
    return Settings(
        instance=instance,
        hosts=("127.0.0.1", "localhost"),
        base_url=f"http://127.0.0.1:{port}",
        mail_from="vertel@vertel.example",
        smtp_host="",
        database_url=database,
        cookies_secure=False,
        deliver_at_once=True,
        draft_languages=True,
    )


def open_demo(instance: Path, port: int, database: str = "") -> Demo:
    """Seed *instance* when it is empty, else read what an earlier demo left.

    Raises: click.ClickException when the folder holds something else.
    """
    mark = instance / MARK
    if not mark.exists():
        if instance.exists() and any(instance.iterdir()):
            why = "holds something that is not a complete demo: delete it or name an empty folder."
            raise click.ClickException(f"{instance} {why}")
        instance.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(mark, _seed(create_app(demo_settings(instance, port, database))))
    kept = json.loads(mark.read_text())
    url = f"http://127.0.0.1:{port}"
    slugs = [f"{url}/{slug}" for slug in kept["slugs"]]
    return Demo(url, slugs, [Account(**account) for account in kept["accounts"]])


def _write(mark: Path, content: dict[str, object]) -> None:
    descriptor = os.open(mark, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file)


def _seed(app: Flask) -> dict[str, object]:
    with app.app_context():
        with db.transaction() as session:
            import_entries(session, read_sheet(PACKAGED))
            schools = _schools(session)
        with clock.at(clock.now() - timedelta(days=90)), db.transaction() as session:
            joined = [_join(session, person, schools) for person in PEOPLE if person.standing != "waiting"]
            for school in schools:
                set_numbers(session, school.id, PUPILS, CLASS_SIZE)
                open_school(session, school.id)
        with db.transaction() as session:
            for number, school in enumerate(schools):
                desks = [desk for _, desk in joined if school.id in desk.school_ids]
                # The first school shows every state of the desk; each talk costs a slow derivation.
                tell_term(session, school, desks, (*TALKS, *DESK_TALKS) if number == 0 else TALKS[number : number + 2])
                if number == 0:
                    tell_in_the_corridor(session, school, desks[0])
        with db.transaction() as session:
            invent_register(session, schools)
        for quarter in finished_quarters():
            publish(quarter)
        with db.transaction() as session:  # The school is open for long: who comes now waits for a colleague's word.
            joined.extend(_join(session, person, schools) for person in PEOPLE if person.standing == "waiting")
    accounts = [account for account, _ in joined]
    return {"slugs": [school.slug for school in schools], "accounts": [asdict(account) for account in accounts]}


def _schools(session: Session) -> list[SchoolInfo]:
    rows = [
        SchoolRow(
            row=number,
            brin=school.code[:4],
            location_code=school.code,
            label=school.name,
            district=school.district,
            district_source="invented",
            holiday_region="midden",
        )
        for number, school in enumerate(SCHOOLS, 1)
    ]
    import_schools(session, rows)
    session.flush()
    order = [school.name for school in SCHOOLS]
    return sorted(all_schools(session), key=lambda school: order.index(school.name))


def _join(session: Session, person: DemoPerson, schools: list[SchoolInfo]) -> tuple[Account, Desk]:
    school = None if person.school is None else schools[person.school]
    password = "-".join(secrets.token_hex(3) for _ in range(4))
    invitation = NewInvitation(
        name=person.name,
        email=person.email,
        role=Role(person.role),
        kind=person.kind,
        school_id=school.id if school else None,
    )
    joined = join(session, invitation, password)
    if person.standing == "deputy" and school:
        _make_deputy(session, school.id, joined.person_id)
    slug, is_adviser = school.slug if school else "", person.role == Role.ADVISER
    account = Account(
        person.name, person.email, password, joined.totp_secret, person.role, person.kind, slug, person.standing
    )
    desk = Desk(joined.person_id, person.name, (school.id,) if school and is_adviser else (), joined.pair)
    return account, desk


def _make_deputy(session: Session, school_id: str, person_id: str) -> None:
    (member,) = (one for one in members_of(session, school_id) if one.person_id == person_id)
    set_deputy(session, (member.id, school_id), is_deputy=True, by=person_id)
