"""Nothing that a student tells, and nothing that tells who he is, can be found on the machine afterwards."""

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import ColumnElement, LargeBinary, select

from app import clock, create_app, db
from app.cases.models import Case, CaseReader, Message
from app.notifications import worker
from tests.databases import postgres_server
from tests.faults.conftest import House, MailFolder
from tests.faults.traces import Needles, forms_of_address, forms_of_code, forms_of_cookies, forms_of_text, hits
from tests.plain_browser import PlainBrowser, tell
from tests.servers import Server, serving

ADDRESS = "127.0.0.77"
ADVISERS_ADDRESS = "127.0.0.78"


@dataclass
class Told:
    """What was said, and by whom, in one round from the student to the adviser and back."""

    agent: str = field(default_factory=lambda: f"Waterhoen/{secrets.token_hex(8)}")
    story: str = field(default_factory=lambda: f"kwartelzang {secrets.token_hex(8)} onder de brug")
    answer: str = field(default_factory=lambda: f"roerdomp {secrets.token_hex(8)} in het riet")
    second: str = field(default_factory=lambda: f"ijsvogel {secrets.token_hex(8)} op de paal")
    words: str = ""
    digits: str = ""
    cookies: set[str] = field(default_factory=set)

    def needles(self, house: House) -> Needles:
        said = {name: forms_of_text(getattr(self, name)) for name in ("agent", "story", "answer", "second")}
        people = {
            "password": forms_of_text(house.internal.password),
            "totp": forms_of_text(house.internal.totp_secret),
            "e-mail": forms_of_text(house.internal.email),
        }
        return {
            **said,
            **people,
            "address": _addresses(house),
            "code": forms_of_code(self.digits, self.words),
            "cookie": forms_of_cookies(self.cookies),
        }


def _addresses(house: House) -> frozenset[bytes]:
    both = (ADDRESS, ADVISERS_ADDRESS)
    # Four packed bytes are met by chance in the many megabytes of a PostgreSQL server.
    forms = forms_of_address if house.kind == "sqlite" else forms_of_text
    return frozenset().union(*(forms(address) for address in both))


def _round(house: House, server: Server, told: Told) -> None:
    student = house.student(server, source=ADDRESS, agent=told.agent)
    told.words, told.digits = tell(
        student, house.slug, {"what": "risky", "kind_risky": ["weapon"], "story_me": told.story}
    )
    told.cookies |= set(student.cookies.values())
    _answer(house, server, told)
    back = house.student(server, source=ADDRESS, agent=told.agent).get(f"/code?school={house.slug}")
    back.post("/code", {**back.page.forms[0].hidden, "code": told.words})
    told.cookies |= set(back.cookies.values())
    assert told.answer in back.text
    form = next(form for form in back.page.forms if "text" in form.names)
    assert told.second in back.post("/code", {**form.hidden, "text": told.second}).text
    told.cookies |= set(back.cookies.values())


def _answer(house: House, server: Server, told: Told) -> None:
    person = house.internal
    adviser = PlainBrowser(server.url, source=ADVISERS_ADDRESS, agent=told.agent)
    adviser.sign_in(person.email, person.password, person.totp_secret)
    adviser.get(f"/staff/cases/{adviser.page.case_ids[0]}")
    assert told.story in adviser.text
    form = next(form for form in adviser.page.forms if form.action.endswith("/reply#now"))
    assert told.answer in adviser.post(form.action, {**form.hidden, "text": told.answer}).text
    told.cookies |= set(adviser.cookies.values())


def _all_traces(house: House, mail: MailFolder, needles: Needles, since: float) -> list[tuple[str, str]]:
    of_mail = {name: forms for name, forms in needles.items() if name != "e-mail"}
    found = hits([house.host.folder], needles) + hits([mail.folder], of_mail)
    return found + _in_server_files(needles, since) if house.kind == "postgresql" else found


def _in_server_files(needles: Needles, since: float) -> list[tuple[str, str]]:
    """Search all files of the database server, its logs and write-ahead log too, that were written in this test."""
    with psycopg.connect(postgres_server().get_uri(), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    return hits([Path(postgres_server().pgdata)], needles, since=since)


def _stored(house: House) -> Needles:
    """Return everything sealed that the database holds of the case."""
    tables = (Case, CaseReader, Message)
    with house.engine.connect() as connection:
        rows = [row for table in tables for row in connection.execute(select(*_sealed_columns(table)))]
    return {"sealed": frozenset(bytes(value) for row in rows for value in row if value is not None)}


def _sealed_columns(table: type[db.Base]) -> list[ColumnElement[bytes]]:
    return [column for column in table.__table__.columns if isinstance(column.type, LargeBinary)]


def _retention(house: House) -> None:
    """Let a worker clean up on two days far in the future."""
    app = create_app(house.host.settings)
    for days in (400, 401):
        with clock.at(clock.now() + timedelta(days=days)):
            worker.work(app)
    with app.app_context():
        db.current().engine.dispose()


@pytest.fixture
def began() -> float:
    return time.time() - 1


@pytest.fixture
def server(house: House) -> Iterator[Server]:
    with serving(house.host) as started:
        yield started


def test_no_trace_of_a_student_is_found_before_and_after_deletion(
    began: float, house: House, mail: MailFolder, server: Server
) -> None:
    told = Told()
    _round(house, server, told)
    house.host.run("flask", "worker", "--once")
    needles, stored = told.needles(house), _stored(house)

    assert _all_traces(house, mail, {"school": forms_of_text(house.school_name)}, began)
    assert _all_traces(house, mail, stored, began)
    assert list(mail.folder.iterdir())
    assert _all_traces(house, mail, needles, began) == []

    _retention(house)
    server.stop()

    assert _stored(house) == {"sealed": frozenset()}
    assert _all_traces(house, mail, needles, began) == []
    if house.kind == "sqlite":
        assert _all_traces(house, mail, stored, began) == []
