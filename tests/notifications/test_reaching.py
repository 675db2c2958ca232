"""Whether mail reaches somebody, the daily test of the mail server, and the command that tells what is wrong."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.db import Database
from app.notifications import self_test, worker
from app.notifications.cli import worker as command
from app.notifications.models import Outbox, SelfTest
from app.notifications.reaching import Reach, forget, note_failed, note_sent, reach_of
from app.notifications.rules import ATTEMPTS
from app.notifications.self_test import mail_check, outbox_check, problems, worker_check
from app.notifications.services import NEWS, PROOF, ask_proof, join_due, tell
from app.notifications.wording import problem_text
from app.settings import Settings
from tests.notifications.conftest import NOON
from tests.notifications.mailbox import Mailbox

TODAY, TOMORROW = NOON.date(), NOON.date() + timedelta(days=1)


@pytest.fixture
def working(app: Flask) -> Iterator[Flask]:
    self_test.init_app(app)
    with app.app_context():
        yield app


def test_who_was_never_mailed_has_no_days(session: Session) -> None:
    assert reach_of(session, "mira") == Reach()


def test_the_first_day_of_failing_stays_until_a_mail_goes_out(session: Session) -> None:
    note_failed(session, "mira")
    with clock.at(NOON + timedelta(days=1)):
        note_failed(session, "mira")
        failing = reach_of(session, "mira")
        note_sent(session, "mira")

    assert failing == Reach(None, TODAY)
    assert reach_of(session, "mira") == Reach(TOMORROW, None)
    forget(session, "mira")
    assert reach_of(session, "mira") == Reach()


def test_a_mail_that_goes_out_stands_for_all_that_are_due_or_failed(session: Session) -> None:
    tell(session, "mira", urgent=True)
    tell(session, "mira", urgent=False, shown_from=NOON - timedelta(hours=4))
    tell(session, "mira", urgent=False, shown_from=NOON + timedelta(hours=4))
    tell(session, "joris", urgent=True)
    ask_proof(session, "mira")
    session.execute(update(Outbox).where(Outbox.waiting_key == f"{NEWS}:mira").values(attempts=3, not_before=NOON))

    join_due(session, "mira")

    left = sorted(session.scalars(select(Outbox.waiting_key)))
    assert left == ["news:joris", f"news:mira:{(NOON + timedelta(hours=4)).isoformat()}", "proof:mira"]


def test_a_job_that_another_worker_does_now_is_left_alone(session: Session) -> None:
    tell(session, "mira", urgent=True)
    assert worker.claim(session, [NEWS])

    join_due(session, "mira")

    assert session.scalars(select(Outbox.kind)).all() == [NEWS]


def test_a_proof_is_asked_once_however_often_it_is_tapped(session: Session) -> None:
    ask_proof(session, "mira")
    ask_proof(session, "mira")

    assert session.scalars(select(Outbox.kind)).all() == [PROOF]


def test_nobody_is_flooded_with_proofs(session: Session) -> None:
    for seconds in range(0, 300, 5):
        with clock.at(NOON + timedelta(seconds=seconds)):
            ask_proof(session, "mira")
            worker.claim(session, [PROOF])

    claimed = session.scalars(select(Outbox.id).where(Outbox.attempts > 0)).all()
    assert len(claimed) <= 5


def test_the_daily_test_greets_the_mail_server_and_sends_nothing(
    working: Flask, database: Database, mailbox: Mailbox
) -> None:
    mailbox.start()

    worker.work(working)
    worker.work(working)

    with database.reader() as session:
        row = session.scalars(select(SelfTest)).one()
        assert (row.name, row.tested_on, row.is_ok, row.cause) == ("mail", TODAY, True, "")
        assert problems(session) == ()
    assert mailbox.raw == []
    assert len(mailbox.senders) == 1


def test_a_mail_server_that_is_away_stands_on_the_screen_until_a_test_finds_it(
    working: Flask, database: Database, mailbox: Mailbox
) -> None:
    worker.work(working)
    with database.reader() as session:
        assert [problem_text(check) for check in problems(session)] == [
            "De mailserver neemt geen mail van Vertel aan. Vertrouwenspersonen krijgen nu geen bericht."
        ]

    mailbox.start()
    with clock.at(NOON + timedelta(days=1)):
        worker.work(working)
        with database.reader() as session:
            assert problems(session) == ()


@pytest.mark.parametrize(
    ("changes", "refuses", "cause"),
    [
        ({}, "", ""),
        ({"smtp_host": ""}, "550 no", ""),
        ({"smtp_tls": True}, "", "tls"),
        ({"smtp_port": 1}, "", "unreachable"),
        ({}, "550 we do not know you", "sender"),
        ({}, "421 come back later", "sender"),
    ],
)
def test_what_is_wrong_with_the_mail_server_has_a_name(
    settings: Settings, mailbox: Mailbox, changes: dict[str, object], refuses: str, cause: str
) -> None:
    mailbox.refuses_senders = refuses
    mailbox.start()

    assert mail_check(replace(settings, **changes)).cause == cause  # type: ignore[arg-type]  # by name


def test_a_worker_that_stands_still_is_missed_within_an_hour(working: Flask, database: Database) -> None:
    with database.reader() as session:
        assert worker_check(session).cause == "silent"
    worker.work(working)

    with clock.at(NOON + timedelta(minutes=20)), database.reader() as session:
        assert worker_check(session).is_ok
    with clock.at(NOON + timedelta(minutes=60)), database.reader() as session:
        assert worker_check(session).cause == "silent"


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ({}, ""),
        ({"attempts": 7}, ""),
        ({"attempts": 8}, "late"),
        ({"not_before": NOON - timedelta(minutes=59)}, ""),
        ({"not_before": NOON - timedelta(minutes=61)}, "late"),
        ({"is_dead": True, "attempts": ATTEMPTS}, "put_aside"),
    ],
)
def test_jobs_that_wait_too_long_are_seen(session: Session, row: dict[str, object], cause: str) -> None:
    tell(session, "mira", urgent=True)
    if row:
        session.execute(update(Outbox).values(row))

    assert outbox_check(session).cause == cause


def test_the_command_says_what_is_wrong_and_how_to_cure_it(working: Flask, settings: Settings) -> None:
    answer = working.test_cli_runner().invoke(command, ["--check"])

    assert answer.exit_code == 1
    assert answer.output == (
        f"mail: the mail server 127.0.0.1:{settings.smtp_port} does not answer; check VERTEL_SMTP_HOST and "
        "VERTEL_SMTP_PORT, and that the firewall lets this host out\n"
        "worker: no worker ran in the last half hour; start `flask worker` as a service\n"
        "outbox: ok\n"
    )


def test_the_command_is_content_when_all_is_well(working: Flask, mailbox: Mailbox) -> None:
    mailbox.start()
    worker.work(working)

    answer = working.test_cli_runner().invoke(command, ["--check"])

    assert (answer.exit_code, answer.output) == (0, "mail: ok\nworker: ok\noutbox: ok\n")
