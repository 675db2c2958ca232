"""Every version that ever was stays readable, and each school and each talk runs on its own."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock, db
from app.flows.lock import read_lock, write_lock
from app.flows.model import FlowSet
from app.flows.variants import SchoolParts
from app.i18n import catalogues
from app.i18n.translate import archived, gettext, using
from app.schools.models import School
from app.talks.library import EXTENSION, LOOK_EVERY, Library
from app.talks.models import FlowArchive, FlowText
from app.talks.queries import flows_for, for_draft, last_release, parts_of, texts_of, version
from app.talks.services import PartsError, keep, set_parts
from tests.i18n.conftest import WriteCatalogue, write_catalogue
from tests.talks.folders import HELLO, WELCOME, change, new_folder

__all__ = ["write_catalogue"]

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
OWN = SchoolParts(
    intro="Fijn dat je er bent. Wij lezen dit op maandag.",
    ask="Zit je in de onderbouw of de bovenbouw?",
    chips={"upper": "Bovenbouw", "lower": "Onderbouw"},
)
QUIET = SchoolParts(off=frozenset({"when"}))
QUESTION = "Waar gaat het over?"
ENGLISH = f'msgid "{QUESTION}"\nmsgstr "What is it about?"\n'


@dataclass
class House:
    """One school on one database, and the files it runs."""

    app: Flask
    session: Session
    folder: Path
    school: str
    looks: int = 0

    @property
    def library(self) -> Library:
        found: Library = self.app.extensions[EXTENSION]
        return found

    @property
    def current(self) -> FlowSet:
        return self.library.current

    def next_look(self) -> AbstractContextManager[None]:
        self.looks += 1
        return clock.at(NOON + self.looks * LOOK_EVERY)

    def publish(self, old: str, new: str) -> FlowSet:
        change(self.folder, old, new)
        with self.next_look():
            self.library.refresh()
        return self.current

    def recall(self, flow_hash: str) -> None:
        path = self.folder / "flows.lock"
        lock = read_lock(path.read_text())
        path.write_text(write_lock(replace(lock, recall={**lock.recall, flow_hash: "wrong number"})))


@pytest.fixture
def house(session: Session, tmp_path: Path) -> Iterator[House]:
    app = Flask(__name__)
    school = School(slug="de-linde", name="De Linde", brin="02GJ", location_code="02GJ00")
    session.add(school)
    session.flush()
    folder = new_folder(tmp_path)
    with clock.at(NOON), app.app_context():
        app.extensions[EXTENSION] = Library(folder)
        yield House(app, session, folder, school.id)


@pytest.fixture
def english(tmp_path: Path, write_catalogue: WriteCatalogue) -> Iterator[Callable[[str], None]]:
    def load(body: str) -> None:
        write_catalogue("en", body)
        catalogues.load(tmp_path / "translations")

    load(ENGLISH)
    yield load
    catalogues.load(tmp_path / "there-is-no-such-folder")


def count(session: Session, table: type[db.Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_version_that_was_kept_comes_back_the_same(house: House) -> None:
    keep(house.session, house.current, house.current.hash)

    assert version(house.session, house.current.hash) == house.current
    assert version(house.session, "0" * 64) is None


def test_a_version_is_kept_once_with_what_it_was_made_from(house: House) -> None:
    for base in (house.current.hash, "another"):
        keep(house.session, house.current, base)

    (row,) = house.session.scalars(select(FlowArchive)).all()
    assert row.base == house.current.hash


def test_parallel_talks_keep_one_version(database: db.Database, house: House) -> None:
    house.session.commit()
    flows = house.current

    def begin(_number: int) -> None:
        with database.writer.begin() as session:
            keep(session, flows, flows.hash)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(begin, range(8)))

    assert count(house.session, FlowArchive) == 1


def test_a_version_that_was_changed_in_the_archive_is_none(house: House) -> None:
    keep(house.session, house.current, house.current.hash)
    row = house.session.scalars(select(FlowArchive)).one()
    row.content = row.content.replace("Nare woorden", "Mooie woorden")
    house.session.flush()

    assert version(house.session, house.current.hash) is None


def test_texts_stay_when_the_catalogue_lost_them(house: House, english: Callable[[str], None]) -> None:
    keep(house.session, house.current, house.current.hash)
    english('msgid "Terug"\nmsgstr "Back"\n')

    with using("en"), archived(texts_of(house.session, house.current.hash, "en")):
        assert gettext(QUESTION) == "What is it about?"
    with using("en"):
        assert gettext(QUESTION) == QUESTION


def test_texts_are_kept_as_they_were_at_first(house: House, english: Callable[[str], None]) -> None:
    keep(house.session, house.current, house.current.hash)
    english(ENGLISH.replace("What is it about?", "What about it?"))
    keep(house.session, house.current, house.current.hash)

    assert texts_of(house.session, house.current.hash, "en") == {QUESTION: "What is it about?"}


def test_a_language_that_came_later_is_kept_with_the_next_talk(house: House, english: Callable[[str], None]) -> None:
    english("")
    keep(house.session, house.current, house.current.hash)
    before = count(house.session, FlowText)
    english(ENGLISH)
    keep(house.session, house.current, house.current.hash)

    assert (before, count(house.session, FlowText)) == (0, 1)


def test_easy_dutch_is_kept_with_a_version_as_any_language(
    house: House, tmp_path: Path, write_catalogue: WriteCatalogue, english: Callable[[str], None]
) -> None:
    write_catalogue("nl-easy", f'msgid "{QUESTION}"\nmsgstr "Waar gaat dit over?"\n')
    english(ENGLISH)
    keep(house.session, house.current, house.current.hash)

    assert texts_of(house.session, house.current.hash, "nl-easy") == {QUESTION: "Waar gaat dit over?"}


def test_a_language_that_was_never_kept_has_no_texts(house: House) -> None:
    keep(house.session, house.current, house.current.hash)

    assert texts_of(house.session, house.current.hash, "pl") == {}


def test_a_school_without_parts_runs_what_all_run(house: House) -> None:
    assert flows_for(house.session, house.school) is house.current
    assert parts_of(house.session, house.school) == SchoolParts()


def test_the_parts_of_a_school_are_a_version_of_its_own(house: House) -> None:
    set_parts(house.session, house.school, OWN)
    own = flows_for(house.session, house.school)

    steps = own.flows["report"].steps
    assert parts_of(house.session, house.school) == OWN
    assert list(steps["school_question"].chips) == ["upper", "lower"]
    assert own.hash != house.current.hash
    assert flows_for(house.session, house.school) is own


def test_two_processes_make_the_same_version(house: House) -> None:
    set_parts(house.session, house.school, OWN)
    own = flows_for(house.session, house.school)
    house.app.extensions[EXTENSION] = Library(house.folder)

    assert flows_for(house.session, house.school) == own


def test_a_part_that_is_left_out_is_not_asked(house: House) -> None:
    set_parts(house.session, house.school, QUIET)

    assert "when" not in flows_for(house.session, house.school).flows["report"].steps


def test_parts_can_be_taken_back(house: House) -> None:
    for parts in (OWN, SchoolParts()):
        set_parts(house.session, house.school, parts)

    assert flows_for(house.session, house.school) is house.current


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        (SchoolParts(off=frozenset({"danger"})), "off"),
        (SchoolParts(intro="Dit blijft geheim."), "intro"),
        (SchoolParts(ask="In welke groep zit je?"), "chips"),
    ],
)
def test_parts_that_would_harm_are_refused_whole(house: House, parts: SchoolParts, field: str) -> None:
    set_parts(house.session, house.school, OWN)

    with pytest.raises(PartsError) as refused:
        set_parts(house.session, house.school, parts)

    assert field in {fault.file for fault in refused.value.faults}
    assert parts_of(house.session, house.school) == OWN


def test_a_part_that_must_stay_in_a_new_version_is_back_and_the_rest_counts(house: House) -> None:
    set_parts(house.session, house.school, replace(OWN, off=QUIET.off))
    house.publish("    switch: true\n", "")

    steps = flows_for(house.session, house.school).flows["report"].steps
    assert {"when", "school_intro", "school_question"} <= steps.keys()


def test_parts_that_do_not_fit_a_new_version_leave_the_talk_whole(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    set_parts(house.session, house.school, OWN)
    house.publish("slots: {intro: hello, question: story}\n", "")

    with caplog.at_level(logging.ERROR):
        assert flows_for(house.session, house.school) == house.current
    assert "does not fit" in caplog.text


def test_a_talk_goes_on_in_the_version_it_began_with(house: House) -> None:
    began = house.current
    keep(house.session, began, began.hash)
    newest = house.publish(HELLO, WELCOME)

    draft = for_draft(house.session, began.hash, house.school)

    assert (draft.flows, draft.is_moved) == (began, False)
    assert newest != began


def test_a_talk_of_a_school_goes_on_when_the_school_changes_its_parts(house: House) -> None:
    set_parts(house.session, house.school, OWN)
    began = flows_for(house.session, house.school)
    set_parts(house.session, house.school, QUIET)

    assert for_draft(house.session, began.hash, house.school).flows is began


@pytest.mark.parametrize("parts", [SchoolParts(), OWN])
@pytest.mark.parametrize("length", [12, 64])
def test_a_recalled_version_moves_its_talks_to_the_newest(house: House, parts: SchoolParts, length: int) -> None:
    set_parts(house.session, house.school, parts)
    began, base = flows_for(house.session, house.school), house.current.hash
    keep(house.session, began, base)
    house.publish(HELLO, WELCOME)
    house.recall(base[:length])

    with house.next_look():
        house.library.refresh()
        draft = for_draft(house.session, began.hash, house.school)

    assert draft.is_moved
    assert draft.flows is flows_for(house.session, house.school)
    assert draft.flows.flows["report"].steps["hello"].say == WELCOME


def test_a_recalled_version_stays_readable(house: House) -> None:
    began = house.current
    keep(house.session, began, began.hash)
    house.publish(HELLO, WELCOME)
    house.recall(began.hash)

    assert version(house.session, began.hash) == began


@pytest.mark.parametrize("gone", ["", "0" * 64])
def test_a_version_that_is_gone_moves_its_talks_to_the_newest(house: House, gone: str) -> None:
    draft = for_draft(house.session, gone, house.school)

    assert (draft.flows, draft.is_moved) == (house.current, True)


def test_the_files_that_a_talk_begins_with_become_the_last_good_release(house: House) -> None:
    keep(house.session, house.current, house.current.hash)
    first = last_release(house.session)
    newest = house.publish(HELLO, WELCOME)
    unchanged = last_release(house.session)
    keep(house.session, newest, newest.hash)

    assert first == unchanged
    assert WELCOME in (last_release(house.session) or "")


def test_a_list_alone_makes_a_new_release_too(house: House) -> None:
    keep(house.session, house.current, house.current.hash)
    (house.folder / "watch" / "life.nl.txt").write_text("ik wil niet meer\n")
    with house.next_look():
        house.library.refresh()
    keep(house.session, house.current, house.current.hash)

    assert house.library.lists.topics_in("Ik wil niet meer", ["life"]) == ("life",)
    assert "ik wil niet meer" in (last_release(house.session) or "")
