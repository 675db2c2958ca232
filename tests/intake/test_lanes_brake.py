"""The brake: a ticket counts once, by this server's clock, and without one nothing is refused."""

import base64
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from altcha import Challenge, Payload, solve_challenge
from flask import Flask
from sqlalchemy import select

from app import clock, db
from app.intake import brake
from app.intake.models import SpentTicket
from tests.installations import Installation
from tests.intake.conftest import NewStudent
from tests.intake.student import Student


@pytest.fixture(autouse=True)
def easy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the work be little, so that a test does it in no time."""
    monkeypatch.setattr(brake, "ROUNDS", 1)
    monkeypatch.setattr(brake, "FEWEST_TRIES", 1)
    monkeypatch.setattr(brake, "MOST_TRIES", 3)


@pytest.fixture
def braking(installation: Installation) -> Iterator[Installation]:
    """The installation with the brake on, and off again after the test."""
    app: Flask = installation.app
    before, names = app.config["SETTINGS"], dict(app.jinja_env.globals)
    on = {**vars(before), "brake": True}
    app.config["SETTINGS"] = type(before)(**on)
    brake.init_app(app, app.config["SETTINGS"])
    app.jinja_env.cache.clear()  # type: ignore[union-attr]  # there is one
    yield installation
    app.config["SETTINGS"] = before
    app.jinja_env.globals.update(names)
    app.jinja_env.cache.clear()  # type: ignore[union-attr]


def challenge_in(page: str) -> dict[str, Any]:
    found = re.search(r'data-challenge="([^"]*)"', page)
    assert found
    made: dict[str, Any] = json.loads(unescape(found[1]))
    return made


def solved(challenge: dict[str, Any]) -> str:
    made = Challenge.from_dict(challenge)
    solution = solve_challenge(made)
    assert solution
    return Payload(made, solution).to_base64()


def ticket() -> str:
    return solved(challenge_in(str(brake.mark())))


def spend(made: str) -> bool:
    with db.transaction() as session:
        return brake.spend(session, made)


def changed(made: str, **parameters: object) -> str:
    payload = json.loads(base64.b64decode(made))
    payload["challenge"]["parameters"].update(parameters)
    return base64.b64encode(json.dumps(payload).encode()).decode()


def test_a_ticket_counts_once(installation: Installation) -> None:
    made = ticket()

    assert [spend(made), spend(made), spend(made + " ")] == [True, False, False]


def test_a_ticket_spelled_otherwise_is_the_same_ticket(installation: Installation) -> None:
    made = ticket()
    payload = json.loads(base64.b64decode(made))
    payload["solution"]["time"] = 1
    payload["challenge"]["signature"] = payload["challenge"]["signature"].upper()
    other = base64.b64encode(json.dumps(payload).encode()).decode()

    assert [spend(made), spend(other)] == [True, False]


def test_a_transaction_that_fails_leaves_the_ticket_good(installation: Installation) -> None:
    made = ticket()

    with pytest.raises(RuntimeError), db.transaction() as session:
        assert brake.spend(session, made)
        raise RuntimeError

    assert spend(made)


def test_a_ticket_ends_by_the_clock_of_the_server(installation: Installation) -> None:
    made, now = ticket(), clock.now()

    with clock.at(now + brake.LIFE + timedelta(seconds=1)):
        assert not spend(made)


def test_a_ticket_cannot_be_made_to_live_longer_or_to_ask_less(installation: Installation) -> None:
    made = ticket()

    for forged in (changed(made, expiresAt=4_000_000_000), changed(made, cost=0), changed(made, nonce="00" * 16)):
        assert not spend(forged)


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "x",
        "e30=",
        base64.b64encode(b'{"challenge": [], "solution": 3}').decode(),
        base64.b64encode(b'{"challenge": {"parameters": "a"}, "solution": {}}').decode(),
        base64.b64encode(b"[" * 1_000).decode(),
        "A" * 100_000,
    ],
)
def test_nonsense_is_no_ticket(installation: Installation, nonsense: str) -> None:
    assert not spend(nonsense)


@pytest.mark.parametrize(
    ("part", "value"), [("signature", 1), ("signature", "ä"), ("signature", None), ("parameters", {"a": "\ud800"})]
)
def test_a_ticket_with_odd_values_is_no_ticket(installation: Installation, part: str, value: object) -> None:
    payload = json.loads(base64.b64decode(ticket()))
    payload["challenge"][part] = value

    assert not spend(base64.b64encode(json.dumps(payload).encode()).decode())


def test_the_worker_deletes_tickets_that_ended(installation: Installation) -> None:
    spend(ticket())
    with db.reading() as session:
        ends: datetime = session.scalars(select(SpentTicket.expires_at)).one()
    assert (ends.minute % 15, ends.second) == (0, 0)

    with clock.at(clock.now() + brake.LIFE + timedelta(minutes=20)), db.transaction() as session:
        brake.purge(session)

    with db.reading() as session:
        assert not session.scalars(select(SpentTicket)).all()


def test_without_the_brake_no_page_weighs_a_byte_more(installation: Installation, student: Student) -> None:
    marks = [student.app.jinja_env.globals[name]() for name in ("brake_mark", "brake_notice")]  # type: ignore[operator]
    pages = [student.get(student.home).text, student.begin().text, student.tell().text]

    assert marks == ["", ""]
    assert not any("challenge" in page or "brake" in page or "poster" in page for page in pages)


def test_with_the_brake_on_every_question_offers_the_work_and_the_review_takes_it(
    braking: Installation, new_student: NewStudent
) -> None:
    student = new_student()
    student.until("story_me")
    assert "brake.js" in student.text
    made = solved(challenge_in(student.text))

    student.tell()

    assert "iets later" in student.text
    assert student.text.index('id="send"') < student.text.index("data-challenge")
    assert spend(made)
