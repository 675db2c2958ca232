"""One installation for the whole folder, since its people's keys are slow to make; each test leaves it as it was."""

from collections.abc import Callable, Iterator
from contextvars import copy_context

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import db
from app.accounts.models import Membership, Person
from app.cases.opening import NewReport, Opened
from app.intake import crowd, sending
from app.schools.models import School
from tests.databases import new_url
from tests.installations import Installation, installed
from tests.intake.student import Student

OUTBOX = "outbox"
"""Holds mails of the furnishing; every other table that was empty then is emptied after each test."""
NewStudent = Callable[..., Student]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def lasting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("intake")
    manager = installed(new_url(request.param, folder), folder)
    # In a context of its own, or tests of other folders would run inside this app.
    own = copy_context()
    made = own.run(manager.__enter__)
    yield own.run(_with_empty_tables, made)
    own.run(manager.__exit__, None, None, None)


def _with_empty_tables(made: Installation) -> Installation:
    metadata = db.Base.metadata
    with db.reading() as session:
        empty = [table for table in metadata.sorted_tables if session.execute(select(table).limit(1)).first() is None]
    made.app.extensions["left_by_tests"] = [*reversed(empty), metadata.tables[OUTBOX]]
    return made


@pytest.fixture
def installation(lasting: Installation) -> Iterator[Installation]:
    """The whole app with one open school, on each kind of database, without talks and cases."""
    with lasting.app.app_context():
        yield lasting
        _restore(lasting)


def _restore(lasting: Installation) -> None:
    crowd.init_app(lasting.app)
    with db.transaction() as session:
        for table in lasting.app.extensions["left_by_tests"]:
            session.execute(table.delete())
        session.execute(update(School).where(School.id == lasting.school.id).values(is_open=True, exit_url=""))
        session.execute(update(Person).values(is_disabled=False))
        for person, kind in ((lasting.internal, "internal"), (lasting.external, "external")):
            session.execute(update(Membership).where(Membership.person_id == person.id).values(kind=kind))


@pytest.fixture
def new_student(installation: Installation) -> NewStudent:
    """Somebody with a browser of his own at the start page of the school."""

    def open_browser(**wishes: str) -> Student:
        return Student(installation.app, installation.school.slug, **wishes)

    return open_browser


@pytest.fixture
def student(new_student: NewStudent) -> Student:
    return new_student()


@pytest.fixture
def sent(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> list[NewReport]:
    """The reports that were sent, as their cases were made from them."""
    kept: list[NewReport] = []
    real = sending.open_case

    def noted(session: Session, report: NewReport) -> Opened | None:
        kept.append(report)
        return real(session, report)

    monkeypatch.setattr(sending, "open_case", noted)
    return kept
