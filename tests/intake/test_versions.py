"""A new version of the talk while talks are open: nobody loses a word, and who must move hears so once."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import text

from app import clock, db
from app.flows.loader import load_flows
from app.flows.lock import Lock, renewed, write_lock
from app.i18n import languages
from app.settings import ROOT
from app.talks.library import EXTENSION, Library
from tests.installations import Installation
from tests.intake.conftest import NewStudent
from tests.intake.student import Student

STORY = "Ze lachen me elke dag uit in de pauze."
MOVED = "Dit gesprek is intussen vernieuwd."
OLD, NEW = "Waar gaat het vooral over?", "Waar gaat jouw verhaal over?"
NOON = datetime(2026, 11, 24, 12, 7, tzinfo=UTC)


@dataclass
class Deployment:
    """The files of the talks that one app runs, which may change while it does."""

    folder: Path
    library: Library
    looks: int = 0

    def deploy(self, old: str, new: str) -> None:
        """Put another text in report.yaml, release it and let the app see it."""
        path = self.folder / "report.yaml"
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))
        self.release()
        self.look()

    def recall(self, version: str) -> None:
        """Name *version* as one in which no talk may go on."""
        self.release(recall={version: "a wrong text"})
        self.look()

    def release(self, recall: dict[str, str] | None = None) -> None:
        released = renewed(Lock(), load_flows(self.folder))
        (self.folder / "flows.lock").write_text(write_lock(replace(released, recall=recall or {})))

    def look(self) -> None:
        self.looks += 1
        with clock.at(NOON + timedelta(minutes=self.looks)):
            self.library.refresh()
        assert self.library.faults == ()


@pytest.fixture
def deployed(installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployment]:
    folder = Path(copytree(ROOT / "flows", tmp_path / "flows"))
    with clock.at(NOON):
        library = Library(folder)
        monkeypatch.setitem(installation.app.extensions, EXTENSION, library)
        made = Deployment(folder, library)
        made.release()
        yield made


def forget_versions() -> None:
    with db.transaction() as session:
        for table in ("flow_text", "flow_archive"):
            session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 -- two names of our own


def test_a_talk_goes_on_in_the_version_that_it_began_with(deployed: Deployment, new_student: NewStudent) -> None:
    early = new_student().until("story_me")

    deployed.deploy(OLD, NEW)

    assert OLD in early.submit("story_me", STORY).text
    assert NEW in new_student().until("what").text
    assert MOVED not in early.text


def test_a_deployment_in_the_middle_of_a_talk_loses_nothing(deployed: Deployment, student: Student) -> None:
    student.until("who", {"story_me": STORY})

    deployed.deploy("listen: ", "hear: ")
    digits = student.tell(wish="listen").send()

    assert STORY in student.come_back(digits).text
    assert "Dat iemand luistert" in student.text


def test_the_version_is_kept_from_the_moment_that_a_talk_begins(deployed: Deployment, student: Student) -> None:
    student.begin()

    with db.reading() as session:
        kept = session.execute(text("SELECT hash FROM flow_archive")).scalars().all()

    assert kept == [deployed.library.current.hash]


Cause = Callable[[Deployment, str], None]
CAUSES: dict[str, Cause] = {
    "recalled": lambda deployed, version: deployed.recall(version),
    "gone": lambda _deployed, _version: forget_versions(),
}


@pytest.fixture(params=CAUSES.values(), ids=CAUSES.keys())
def cause(request: pytest.FixtureRequest) -> Cause:
    """Why a talk cannot go on in its version."""
    found: Cause = request.param
    return found


def test_a_talk_that_must_move_keeps_its_words_and_says_so_once(
    deployed: Deployment, student: Student, cause: Cause
) -> None:
    student.until("what", {"story_me": STORY})
    version = deployed.library.current.hash
    deployed.deploy(OLD, NEW)
    cause(deployed, version)

    student.get(student.home)
    assert (MOVED in student.text, NEW in student.text, STORY in student.text) == (True, True, True)

    student.submit("what", "things")
    assert MOVED not in student.text
    assert STORY in student.tell().text


def test_a_talk_that_moves_by_an_answer_says_so_on_the_next_page(
    deployed: Deployment, student: Student, cause: Cause
) -> None:
    student.until("what", {"story_me": STORY})
    version = deployed.library.current.hash
    deployed.deploy(OLD, NEW)
    cause(deployed, version)

    student.submit("what", "things")

    assert (student.step, MOVED in student.text) == ("kind_things", True)
    assert MOVED not in student.submit("kind_things", ["stolen"]).text


def test_an_answer_that_the_new_version_does_not_know_is_given_back(
    deployed: Deployment, student: Student, cause: Cause
) -> None:
    student.until("story_me")
    version = deployed.library.current.hash
    deployed.deploy("  story_me:", "  told_me:")
    cause(deployed, version)

    student.submit("story_me", STORY)

    assert (student.status, STORY in student.text) == (409, True)
    assert MOVED in student.get(student.home).text
    assert student.step == "told_me"


def test_a_question_whose_answer_is_gone_is_asked_again(deployed: Deployment, student: Student, cause: Cause) -> None:
    student.tell(story_me=STORY, wish="stop")
    version = deployed.library.current.hash
    deployed.deploy("stop: ", "ends: ")
    cause(deployed, version)

    student.get(student.home)

    assert (student.step, MOVED in student.text) == ("wish", True)
    assert STORY in student.submit("wish", "ends").text


def test_a_talk_of_the_program_before_this_one_moves_too(deployed: Deployment, student: Student) -> None:
    student.until("what", {"story_me": STORY})

    forget_versions()
    deployed.deploy(OLD, NEW)

    assert STORY in student.get(student.home).text


def test_the_code_of_a_talk_that_was_sent_survives_a_recall(deployed: Deployment, student: Student) -> None:
    digits = student.tell(story_me=STORY).send()
    version = deployed.library.current.hash
    deployed.deploy(OLD, NEW)
    deployed.recall(version)

    assert student.get(student.home).digits == digits
    assert STORY in student.come_back(digits).text


def test_begin_looks_for_a_new_version(deployed: Deployment, student: Student) -> None:
    path = deployed.folder / "report.yaml"
    path.write_text(path.read_text().replace(OLD, NEW))
    deployed.release()

    with clock.at(NOON + timedelta(minutes=1)):
        assert NEW in student.until("what").text


@pytest.fixture
def english() -> Iterator[None]:
    """English is offered, however far its catalogue is."""
    before = [language.tag for language in languages.offered()]
    languages.offer(["en"])
    yield
    languages.offer(before)


@pytest.mark.usefixtures("english")
def test_a_text_that_the_catalogue_lost_meanwhile_is_said_as_it_was_kept(
    deployed: Deployment, new_student: NewStudent
) -> None:
    lost = "Waar gaat dit over?"
    deployed.deploy(OLD, lost)
    student = new_student(language="en").until("what")
    with db.transaction() as session:
        session.execute(
            text("UPDATE flow_text SET content = :kept"), {"kept": json.dumps({lost: "What is this about?"})}
        )

    deployed.deploy(lost, NEW)

    assert "What is this about?" in student.get(student.home).text
    assert "What is this about?" in student.submit("what", "nothing").text
