"""The app as a whole: one process for both sides, or one for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.flows.faults import FlowError
from tests.databases import new_url
from tests.installations import settings


@pytest.fixture
def made(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    app = create_app(settings(new_url("sqlite", tmp_path), tmp_path, side=request.param))
    yield app
    app.extensions["database"].engine.dispose()


@pytest.mark.parametrize(
    ("made", "answered", "unknown"),
    [("student", "/help", "/staff/"), ("staff", "/staff/", "/help"), ("both", "/help", "/nowhere/at/all")],
    indirect=["made"],
)
def test_a_process_serves_only_its_own_side(made: Flask, answered: str, unknown: str) -> None:
    client = made.test_client()

    assert client.get(answered).status_code == 200
    assert client.get(unknown).status_code == 404


def test_a_faulty_talk_ends_the_start_with_file_and_line(tmp_path: Path) -> None:
    flows = tmp_path / "flows"
    flows.mkdir()
    words = Path("flows/words")
    (flows / "words").symlink_to(words.resolve())
    (flows / "report.yaml").write_text("flow: report\ntitle: Iets\nsteps:\n  danger:\n    aks: Wat?\n")

    with pytest.raises(FlowError, match=r"report\.yaml:5"):
        create_app(settings(new_url("sqlite", tmp_path), tmp_path, flows=flows))
