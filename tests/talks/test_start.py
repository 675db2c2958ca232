"""A start with broken talks runs the last good ones when there are any, and else says what to do."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import db
from app.flows.faults import FlowError
from app.settings import Settings
from app.talks import start
from app.talks.library import library
from tests.installations import settings
from tests.talks.folders import HELLO, WELCOME, change, damage, new_folder


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    return settings("", tmp_path, flows=new_folder(tmp_path))


@pytest.fixture
def app(database: db.Database) -> Iterator[Flask]:
    made = Flask(__name__)
    db.init_app(made, database)
    with made.app_context():
        yield made


def test_a_start_remembers_the_files_as_the_last_good_ones(app: Flask, chosen: Settings) -> None:
    start.init_app(app, chosen)
    started = library()
    damage(chosen.flows)

    start.init_app(app, chosen)

    assert library().current == started.current
    assert library().lists.topics_in("Ik wil dood.", ["life"]) == ("life",)
    assert library().faults


def test_the_newest_good_files_replace_the_ones_before(app: Flask, chosen: Settings) -> None:
    start.init_app(app, chosen)
    change(chosen.flows, HELLO, WELCOME)
    start.init_app(app, chosen)
    damage(chosen.flows)

    start.init_app(app, chosen)

    assert library().current.flows["report"].steps["hello"].say == WELCOME


def test_a_first_start_with_a_broken_file_is_refused_with_its_line(app: Flask, chosen: Settings) -> None:
    line = damage(chosen.flows)

    with pytest.raises(FlowError, match=rf'flows/report\.yaml:{line}: .* did you mean "required"'):
        start.init_app(app, chosen)


def test_a_first_start_without_a_lock_is_refused_with_the_command(app: Flask, chosen: Settings) -> None:
    (chosen.flows / "flows.lock").unlink()

    with pytest.raises(FlowError, match=r"flows/flows\.lock:1: \[E51\] .*run `flask flows lock`"):
        start.init_app(app, chosen)


@pytest.mark.parametrize(
    ("path", "content", "fault"),
    [
        ("flows.lock", b"version: \xff", r"flows\.lock:1: \[E00\]"),
        ("flows.lock", b'version: "a"\n', r"flows\.lock:1: \[E51\]"),
        ("watch/life.nl.txt", b"\xff", r"flows/watch/life\.nl\.txt:1: "),
        ("recognition/nl.yaml", b"language: nl\n", r"flows/recognition/nl\.yaml:1: "),
    ],
)
def test_a_fault_in_what_goes_with_the_talks_is_refused_with_its_place(
    app: Flask, chosen: Settings, path: str, content: bytes, fault: str
) -> None:
    (chosen.flows / path).write_bytes(content)

    with pytest.raises(FlowError, match=fault):
        start.init_app(app, chosen)


def test_a_topic_that_is_watched_needs_a_list(app: Flask, chosen: Settings) -> None:
    (chosen.flows / "watch" / "home.nl.txt").unlink()

    with pytest.raises(FlowError, match=r'flows/watch:1: \[E26\] "home" is watched but has no list'):
        start.init_app(app, chosen)


def test_talks_that_were_changed_but_not_released_do_not_start(
    app: Flask, chosen: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    start.init_app(app, chosen)
    change(chosen.flows, HELLO, WELCOME, is_locked=False)

    with caplog.at_level(logging.CRITICAL):
        start.init_app(app, chosen)

    assert library().current.flows["report"].steps["hello"].say == HELLO
    assert "run `flask flows lock`" in caplog.text
