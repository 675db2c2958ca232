"""A damaged or moved message is shown as damaged and hides nothing else."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.cases.models import Message
from tests.faults.conftest import House
from tests.faults.test_sending import back_with_code, write
from tests.plain_browser import PlainBrowser, tell
from tests.servers import Server, serving

TEXTS = ("Het eerste bericht.", "Het tweede bericht.", "Het derde bericht.")


@pytest.fixture
def server(house: House) -> Iterator[Server]:
    with serving(house.host) as started:
        yield started


def damaged(page: PlainBrowser) -> int:
    assert page.status == 200, page.text
    return page.text.count("beschadigd")


def texts(page: PlainBrowser) -> list[str]:
    return [text for text in TEXTS if text in page.text]


def test_a_flipped_bit_and_swapped_messages_are_shown_as_damaged(house: House, server: Server) -> None:
    words, _digits = tell(house.student(server), house.slug, {"what": "risky", "kind_risky": ["weapon"]})
    student = back_with_code(house, server, words)
    for text in TEXTS:
        write(student, text)
    adviser = house.adviser(server)
    case = f"/staff/cases/{adviser.page.case_ids[0]}"
    assert (damaged(student.get("/code")), damaged(adviser.get(case))) == (0, 0)

    flip_a_bit(house, 2)
    for page in (student.get("/code"), adviser.get(case)):
        assert (damaged(page), texts(page)) == (1, [TEXTS[0], TEXTS[2]])

    swap(house, 1, 3)
    for page in (student.get("/code"), adviser.get(case)):
        assert (damaged(page), texts(page)) == (3, [])


def flip_a_bit(house: House, seq: int) -> None:
    blob = blob_of(house, seq)
    store(house, seq, blob[:-9] + bytes([blob[-9] ^ 1]) + blob[-8:])


def swap(house: House, one: int, other: int) -> None:
    first, second = blob_of(house, one), blob_of(house, other)
    store(house, one, second)
    store(house, other, first)


def blob_of(house: House, seq: int) -> bytes:
    with Session(house.engine) as session:
        return session.scalars(select(Message.blob).where(Message.seq == seq)).one()


def store(house: House, seq: int, blob: bytes) -> None:
    with Session(house.engine) as session:
        session.execute(update(Message).where(Message.seq == seq).values(blob=blob))
        session.commit()
