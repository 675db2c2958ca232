"""Who gets the mail that there is something new."""

from dataclasses import replace
from datetime import timedelta

from app import clock, db
from app.accounts.services import disable_person
from app.notifications import worker
from app.notifications.services import tell
from tests.accounts.conftest import NOON
from tests.accounts.people import Town
from tests.notifications.mailbox import Mailbox, free_port


def test_mail_goes_to_the_sealed_address_and_not_to_who_has_left(town: Town) -> None:
    mira, joris = town.two_advisers()
    box = Mailbox(free_port())
    town.app.config["SETTINGS"] = replace(town.app.config["SETTINGS"], smtp_port=box.port)
    with town.app.app_context(), db.transaction() as session:
        tell(session, mira.person_id, urgent=True)
        tell(session, joris.person_id, urgent=True)
        disable_person(session, joris.person_id, by=None)

    box.start()
    try:
        worker.work(town.app)
    finally:
        box.stop()

    assert box.recipients == ["mira@school.example"]
    assert town.stored("outbox") == b""


def test_the_worker_deletes_sessions_whose_time_has_passed(town: Town) -> None:
    town.manager()

    with clock.at(NOON + timedelta(minutes=16)):
        worker.work(town.app)

    assert town.stored("staff_session") == b""
