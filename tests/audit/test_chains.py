"""Each chain is whole, has no fork and no gap, and tells where it was broken."""

import threading
from datetime import date
from itertools import pairwise

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import db
from app.audit.chaining import START, Content, digest_of, hash_of
from app.audit.checking import Break, all_breaks, departures, first_break
from app.audit.models import AuditHead, AuditNote
from app.audit.queries import heads, notes_of
from app.audit.services import ANCHORED, anchor, note
from tests.audit.breaking import tamper
from tests.cases.factories import new_school

BASE = Content(
    id="1", school_id="s", person_id=None, what="a.b", subject="x", day=date(2026, 11, 24), chain="", place=1, detail=""
)
CHANGES = {"id": "2", "school_id": None, "person_id": "p", "what": "a.c", "subject": "y", "chain": "c", "place": 2}


def add(session: Session, school_id: str | None, *chains: str) -> None:
    for chain in chains:
        note(session, school_id=school_id, person_id=None, what="case.opened", chain=chain)
    session.commit()


def places(session: Session, chain: str) -> list[int]:
    return list(session.scalars(select(AuditNote.place).where(AuditNote.chain == chain).order_by(AuditNote.number)))


@pytest.mark.parametrize(("name", "value"), [*CHANGES.items(), ("day", date(2026, 11, 25)), ("detail", "z")])
def test_the_hash_covers_every_part_of_a_note_and_the_note_before_it(name: str, value: object) -> None:
    changed = Content(**{**vars(BASE), name: value})

    assert hash_of(changed, START) != hash_of(BASE, START) != hash_of(BASE, hash_of(changed, START))


def test_each_chain_counts_its_own_places_from_one(session: Session) -> None:
    add(session, None, "c1", "c2", "c1")
    add(session, None, "c1", "")

    assert (places(session, "c1"), places(session, "c2"), places(session, "")) == ([1, 2, 3], [1], [1])
    assert list(all_breaks(session)) == []


def test_a_school_and_the_installation_have_chains_of_their_own(session: Session) -> None:
    school = new_school(session)
    add(session, school, "")
    add(session, None, "")

    assert [(head.school_id, head.place) for head in heads(session)] == [("", 1), (school, 1)]
    assert first_break(session, school, "") is None is first_break(session, None, "")


def test_notes_from_before_the_chains_stay_readable_and_break_nothing(session: Session) -> None:
    session.add(AuditNote(id="0" * 32, what="case.opened", subject="old", day=date(2026, 1, 5)))
    add(session, None, "")

    assert [found.what for found in notes_of(session, None, "old")] == ["case.opened"]
    assert list(all_breaks(session)) == []


TAMPERINGS = {
    "UPDATE audit_note SET what = 'case.read' WHERE place = 2": (2, "changed"),
    "UPDATE audit_note SET detail = 'x' WHERE place = 3": (3, "changed"),
    "DELETE FROM audit_note WHERE place = 2": (2, "missing"),
    "DELETE FROM audit_note WHERE place = 1": (1, "missing"),
    "DELETE FROM audit_note WHERE place = 3": (3, "end"),
    "DELETE FROM audit_note": (3, "end"),
    "DELETE FROM audit_head": (3, "end"),
    "UPDATE audit_head SET place = 2": (3, "end"),
}


@pytest.mark.parametrize("statement", TAMPERINGS)
def test_a_chain_that_was_tampered_with_names_the_first_place_that_is_wrong(session: Session, statement: str) -> None:
    add(session, None, "c1", "c1", "c1")

    tamper(session, statement)

    place, fault = TAMPERINGS[statement]
    assert first_break(session, None, "c1") == Break("", "c1", place, fault)
    assert [found.chain for found in all_breaks(session)] == ["c1"]


def test_a_chain_that_was_cut_off_and_tied_anew_departs_from_the_heads_that_were_kept(session: Session) -> None:
    add(session, None, "c1", "c1", "c2")
    known = heads(session)
    first = session.scalars(select(AuditNote).where(AuditNote.chain == "c1", AuditNote.place == 1)).one()
    session.commit()

    tamper(session, "DELETE FROM audit_note WHERE chain = 'c1' AND place = 2")
    session.execute(update(AuditHead).where(AuditHead.chain == "c1").values(place=1, hash=first.hash))
    session.commit()

    assert list(all_breaks(session)) == []
    assert list(departures(session, known)) == [Break("", "c1", 2, "missing")]
    assert digest_of(heads(session)) != digest_of(known)


def test_the_daily_anchor_keeps_a_digest_over_all_heads_in_the_chain_of_the_installation(session: Session) -> None:
    add(session, None, "c1", "c2")
    digest = digest_of(heads(session))

    anchor(session)
    session.commit()

    (found,) = (each for each in notes_of(session, None, "") if each.what == ANCHORED)
    assert found.detail == f"{digest} 2"
    assert digest_of(reversed(heads(session))) == digest_of(heads(session)) != digest


def test_writers_side_by_side_fork_no_chain_and_never_wait_for_each_other_in_a_circle(database: db.Database) -> None:
    failures: list[BaseException] = []
    orders = (["c1", "c2", ""], ["", "c2", "c1"], ["c2", "c1", "c3"], ["c3", "", "c2"])

    def write(order: list[str]) -> None:
        try:
            for _ in range(8):
                with database.writer.begin() as session:
                    for chain in order:
                        note(session, school_id=None, person_id=None, what="case.opened", chain=chain)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(order,)) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    with database.reader() as session:
        assert list(all_breaks(session)) == []
        for chain, count in {"c1": 24, "c2": 32, "c3": 16, "": 24}.items():
            found = places(session, chain)
            assert (len(found), found[0]) == (count, 1)
            assert all(after == before + 1 for before, after in pairwise(found))
        assert len(session.scalars(select(AuditHead)).all()) == 4
