"""Mail goes out only to whom it still concerns: what was withdrawn or read meanwhile is told to nobody."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from app import clock
from app.notifications import worker
from tests.installations import Installation
from tests.intake import rows
from tests.intake.adviser import adviser_of, case_id
from tests.intake.conftest import NewStudent
from tests.intake.student import Student
from tests.notifications.mailbox import Mailbox, free_port


@pytest.fixture(autouse=True)
def _in_the_morning() -> Iterator[None]:
    """Hold the clock: near midnight a promise for today is broken within two hours, and that is news too."""
    with clock.at(clock.now().replace(hour=9, minute=0)):
        yield


@pytest.fixture
def mailbox(installation: Installation) -> Iterator[Mailbox]:
    box, settings = Mailbox(free_port()), installation.app.config["SETTINGS"]
    installation.app.config["SETTINGS"] = replace(settings, smtp_port=box.port)
    box.start()
    yield box
    box.stop()
    installation.app.config["SETTINGS"] = settings


def deliver(installation: Installation) -> None:
    """Do every job that is due within two hours; none is left."""
    with clock.at(clock.now() + timedelta(hours=2)):
        worker.work(installation.app)
    assert rows.waiting_mails() == 0


def withdraw(student: Student) -> None:
    student.post("/code", {**student.form_with("text").hidden, "do": "withdraw"})
    assert rows.case().withdrawn_on


def addresses(installation: Installation) -> list[str]:
    return sorted([installation.internal.email, installation.external.email])


@pytest.mark.parametrize("danger", ["not_now", "right_now"])
def test_who_has_something_unseen_gets_one_mail(
    student: Student, installation: Installation, mailbox: Mailbox, danger: str
) -> None:
    student.tell(danger=danger).send()

    deliver(installation)

    assert sorted(mailbox.recipients) == addresses(installation)


@pytest.mark.parametrize("danger", ["not_now", "right_now"])
def test_what_was_withdrawn_before_the_mail_goes_is_told_to_nobody(
    student: Student, installation: Installation, mailbox: Mailbox, danger: str
) -> None:
    withdraw(student.come_back(student.tell(danger=danger).send()))

    deliver(installation)

    assert mailbox.recipients == []


def test_another_report_is_still_told_when_one_is_withdrawn(
    new_student: NewStudent, installation: Installation, mailbox: Mailbox
) -> None:
    student = new_student()
    code = student.tell().send()
    new_student().tell().send()
    student.come_back(code)
    student.post("/code", {**student.form_with("text").hidden, "do": "withdraw"})

    deliver(installation)

    assert sorted(mailbox.recipients) == addresses(installation)


def test_what_somebody_has_opened_before_the_mail_goes_is_told_to_nobody(
    student: Student, installation: Installation, mailbox: Mailbox
) -> None:
    student.tell().send()
    adviser_of(installation).read(case_id())

    deliver(installation)

    assert mailbox.recipients == []


def test_what_is_taken_back_is_told_to_who_had_read_it_too(
    new_student: NewStudent, installation: Installation, mailbox: Mailbox
) -> None:
    student = new_student()
    code = student.tell().send()
    adviser_of(installation).read(case_id())
    withdraw(student.come_back(code))
    deliver(installation)
    assert mailbox.recipients == []

    student = new_student().come_back(code)
    student.post(
        "/code", {**next(form.hidden for form in student.page.forms if "thread" in form.hidden), "do": "restore"}
    )
    assert rows.case().withdrawn_on is None
    deliver(installation)

    assert sorted(mailbox.recipients) == addresses(installation)


@pytest.mark.parametrize("danger", ["not_now", "right_now"])
def test_who_was_struck_out_gets_no_mail_and_the_other_does(
    student: Student, installation: Installation, mailbox: Mailbox, danger: str
) -> None:
    student.tell(danger=danger).strike(installation.internal.id).send()

    deliver(installation)

    assert mailbox.recipients == [installation.external.email]
