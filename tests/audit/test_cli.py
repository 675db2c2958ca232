"""`flask audit` says whether the record is whole, where it is not, and what to do."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app import db
from app.audit.cli import audit
from app.audit.services import note
from tests.audit.breaking import tamper
from tests.cases.factories import new_school


@pytest.fixture
def school(database: db.Database) -> str:
    with database.writer.begin() as session:
        found = new_school(session)
        for chain in ("", "c1", "c1"):
            note(session, school_id=found, person_id=None, what="case.opened", chain=chain)
    return found


@pytest.fixture
def app(database: db.Database) -> Flask:
    made = Flask(__name__, static_folder=None, template_folder=None)
    db.init_app(made, database)
    return made


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(audit, words)


def test_a_whole_record_is_checked_and_has_a_digest(app: Flask, school: str) -> None:
    checked = run(app, "check")

    assert (checked.exit_code, checked.stdout.splitlines()[0]) == (0, "2 chains are whole")
    assert len(checked.stdout.split()[-1]) == 64
    assert run(app, "check").stdout == checked.stdout


def test_a_broken_record_names_school_chain_and_place_and_a_cure(
    app: Flask, school: str, database: db.Database
) -> None:
    with database.writer() as session:
        tamper(session, "UPDATE audit_note SET what = 'case.read' WHERE place = 2")

    checked = run(app, "check")

    assert checked.exit_code == 1
    assert f"school {school}, chain of case c1: the note at place 2 is not the one" in checked.stderr
    assert "backup" in checked.stderr


def test_heads_that_were_kept_tell_of_a_record_that_was_put_back(
    app: Flask, school: str, database: db.Database, tmp_path: Path
) -> None:
    kept = tmp_path / "heads"
    kept.write_text(run(app, "heads").stdout)
    assert run(app, "check", "--since", str(kept)).exit_code == 0

    with database.writer() as session:
        tamper(session, "DELETE FROM audit_note")
        session.connection().exec_driver_sql("DELETE FROM audit_head")
        session.commit()

    assert run(app, "check").exit_code == 0
    since = run(app, "check", "--since", str(kept))
    assert (since.exit_code, since.stderr.count("is missing")) == (1, 2)


def test_a_file_of_another_kind_is_refused(app: Flask, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("nothing like it\n")

    assert run(app, "check", "--since", str(other)).exit_code == 2
