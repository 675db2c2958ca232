"""A fortnight at a school with a real mail server: every mail that is ever sent is read."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from app import clock, db
from app.accounts.models import Person
from app.accounts.queries import Reader, readers_of
from app.cases.correspondence import Access, withdraw, write
from app.cases.models import Case
from app.cases.opening import NewReport, open_case
from app.cases.services import reply
from app.notifications import worker
from app.notifications.mail import news
from app.notifications.models import MailState, Outbox
from app.notifications.services import ask_proof
from app.schools.models import School
from app.talks.library import library
from app.vault.codes import StudentKeys
from app.vault.keys import new_key_pair
from tests.installations import Installation
from tests.intake.adviser import adviser_of
from tests.notifications.mailbox import Mailbox, free_port

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
STORY = "Ze wachten me elke dag op bij de fietsen."
PASSING = {b"date", b"message-id", b"to"}
"""What differs from mail to mail."""


@dataclass(frozen=True)
class Weeks:
    """The school, its mail server, and what happens there."""

    installation: Installation
    mailbox: Mailbox

    def work(self, first: float, last: float) -> None:
        """Let the worker run every six hours from day *first* to day *last*."""
        for hours in range(int(first * 24), int(last * 24), 6):
            with clock.at(MONDAY + timedelta(hours=hours)):
                worker.work(self.installation.app)

    def report(self, *, urgent: bool = False, school_id: str = "") -> Access:
        """Send a report to the internal adviser; the external one stands behind him as a deputy."""
        school_id, submit_id = school_id or self.installation.school.id, secrets.token_bytes(32)
        student = StudentKeys(lookup=secrets.token_bytes(16), pair=new_key_pair())
        with db.transaction() as session:
            report = NewReport(
                school_id=school_id,
                submit_id=submit_id,
                student=student,
                readers=self._readers(),
                urgent=urgent,
                promised_on=clock.today() + timedelta(days=1 if urgent else 3),
                answers={"danger": ("not_now",), "you": ("me",), "story_me": (STORY,)},
                categories=("unsorted",),
                language="nl",
                flow_id="report",
                flows=library().current,
            )
            open_case(session, report)
            case_id = session.scalars(select(Case.id).where(Case.submit_id == submit_id)).one()
        return Access(case_id, school_id, student.pair)

    def _readers(self) -> tuple[Reader, ...]:
        with db.reading() as session:
            internal, external = readers_of(session, self.installation.school.id)
        return internal, replace(external, stage=1)

    def practice(self) -> str:
        with db.transaction() as session:
            school = School(slug="oefen", name="Oefenschool", brin="00XX", location_code="00XX00")
            school.trainee_id = self.installation.internal.id
            session.add(school)
        return school.id

    def has_mail_waiting(self) -> bool:
        with db.reading() as session:
            return session.scalar(select(Outbox.id).limit(1)) is not None


@pytest.fixture
def weeks(installation: Installation) -> Iterator[Weeks]:
    box, settings = Mailbox(free_port()), installation.app.config["SETTINGS"]
    installation.app.config["SETTINGS"] = replace(settings, smtp_port=box.port)
    with db.transaction() as session:
        session.execute(update(Person).where(Person.id == installation.external.id).values(language="en"))
    yield Weeks(installation, box)
    box.stop()


def parts_of(raw: bytes) -> tuple[dict[bytes, bytes], bytes]:
    """Return the headers of a mail by their names, and its body as it was sent."""
    head, _empty, body = raw.partition(b"\r\n\r\n")
    lines = head.replace(b"\r\n ", b" ").split(b"\r\n")
    return {name.lower(): value for name, _colon, value in (line.partition(b":") for line in lines)}, body


def live_through(weeks: Weeks) -> None:
    """Urgent and other reports, one for practice, a withdrawal, an answer, proofs, reminders, a deputy who is asked."""
    with clock.at(MONDAY):
        answered, urgent = weeks.report(), weeks.report(urgent=True)
        withdrawn, _late = weeks.report(), weeks.report()
        weeks.report(urgent=True, school_id=weeks.practice())
    weeks.work(0, 1)
    with clock.at(MONDAY + timedelta(days=1)), db.transaction() as session:
        write(session, urgent, "Kom alsjeblieft.")
        withdraw(session, withdrawn)
    weeks.work(1, 2)
    with clock.at(MONDAY + timedelta(days=2)), db.transaction() as session:
        reply(session, adviser_of(weeks.installation).desk, answered.case_id, "Ik lees het.")
        write(session, answered, "Dank je.")
        ask_proof(session, weeks.installation.external.id)
        ask_proof(session, weeks.installation.manager.id)
    weeks.work(2, 14)


def test_every_mail_of_a_fortnight_is_the_fixed_text_and_nothing_else(weeks: Weeks) -> None:
    people, box = weeks.installation, weeks.mailbox
    box.start()

    live_through(weeks)

    tags = {people.internal.email: "nl", people.manager.email: "nl", people.external.email: "en"}
    assert {address: box.recipients.count(address) > 0 for address in tags} == dict.fromkeys(tags, True)
    assert len(box.raw) == len(box.recipients) > 10
    for raw, address in zip(box.raw, box.recipients, strict=True):
        headers, body = parts_of(raw)
        fixed, text = parts_of(news(people.app.config["SETTINGS"], address, tags[address]).as_bytes())
        assert headers.keys() == fixed.keys()
        assert {name for name in headers if headers[name] != fixed[name]} <= PASSING
        assert (headers[b"to"], body) == (fixed[b"to"], text)
    assert len({len(parts_of(raw)[1]) for raw in box.raw}) == 1


def test_a_mail_server_that_is_down_for_a_day_loses_nothing_and_then_gets_one_mail_each(weeks: Weeks) -> None:
    for hours in range(0, 24, 2):
        with clock.at(MONDAY + timedelta(hours=hours)):
            weeks.report(urgent=hours % 4 == 0)
            worker.work(weeks.installation.app)
    with db.reading() as session:
        state = session.get(MailState, weeks.installation.internal.id)
        assert state is not None
        assert state.failing_since == MONDAY.date()
    assert weeks.mailbox.raw == []
    assert weeks.has_mail_waiting()

    weeks.mailbox.start()
    with clock.at(MONDAY + timedelta(hours=26)):
        worker.work(weeks.installation.app)

    assert sorted(weeks.mailbox.recipients) == sorted(set(weeks.mailbox.recipients))
    assert weeks.installation.internal.email in weeks.mailbox.recipients
    with db.reading() as session:
        state = session.get(MailState, weeks.installation.internal.id)
        assert state is not None
        assert (state.sent_on, state.failing_since) == ((MONDAY + timedelta(hours=26)).date(), None)


def test_an_answer_ends_the_reminders(weeks: Weeks) -> None:
    weeks.mailbox.start()
    with clock.at(MONDAY):
        told = weeks.report()
    weeks.work(0, 2.5)
    with clock.at(MONDAY + timedelta(days=2.5)), db.transaction() as session:
        reply(session, adviser_of(weeks.installation).desk, told.case_id, "Ik lees het.")
    before = len(weeks.mailbox.raw)

    weeks.work(2.5, 8)

    assert weeks.mailbox.recipients == [weeks.installation.internal.email] * before
