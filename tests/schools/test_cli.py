"""The operator's commands."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app import db
from app.schools.cli import schools
from app.schools.queries import all_schools
from app.settings import Settings
from tests.schools.files import POPULIER, city_file, duo_file

Run = Callable[..., Result]


@pytest.fixture
def run(database: db.Database, tmp_path: Path) -> Run:
    app = Flask("schools")
    db.init_app(app, database)
    app.config["SETTINGS"] = Settings(
        instance=tmp_path,
        hosts=("vertel.example",),
        base_url="https://vertel.example",
        mail_from="vertel@school.example",
        smtp_host="localhost",
    )
    return lambda *words: app.test_cli_runner().invoke(schools, [str(word) for word in words])


@pytest.fixture
def city_list(tmp_path: Path) -> Path:
    path = tmp_path / "city.csv"
    path.write_bytes(city_file(POPULIER))
    return path


def test_an_import_is_told_row_by_row_and_kept(run: Run, city_list: Path, database: db.Database) -> None:
    result = run("import", city_list)

    assert result.exit_code == 0
    assert "row 2: imported: 02GJ00 at /christelijk-college-de-populier" in result.output
    assert "imported 1, changed 0, unchanged 0, refused 0" in result.output
    with database.reader() as session:
        assert [school.location_code for school in all_schools(session)] == ["02GJ00"]


def test_a_refused_row_makes_the_command_fail_but_keeps_the_others(run: Run, city_list: Path) -> None:
    city_list.write_bytes(city_file(POPULIER, POPULIER.replace("02GJ00", "99")[:20]))

    result = run("import", city_list)

    assert result.exit_code == 1
    assert "row 3: refused" in result.output
    assert "02GJ00" in run("list").output


def test_a_broken_file_changes_nothing(run: Run, city_list: Path) -> None:
    city_list.write_bytes(city_file(POPULIER) + b'"')

    result = run("import", city_list)

    assert result.exit_code == 1
    assert "Nothing was changed" in result.output
    assert run("list").output == ""


def test_rows_of_other_municipalities_are_counted(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "duo.csv"
    path.write_bytes(duo_file({}, {"GEMEENTENUMMER": "0106"}))

    assert "1 rows of other municipalities were left out" in run("import", path).output


def test_days_off_are_imported(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text("region_or_school,name,first_day,last_day\nmidden,Kerst,2026-12-19,2027-01-03\n", "utf-8")

    assert "row 2: imported: Kerst, 2026-12-19 to 2027-01-03" in run("holidays", path).output


def test_a_broken_list_of_days_off_changes_nothing(run: Run, city_list: Path) -> None:
    result = run("holidays", city_list)

    assert result.exit_code == 1
    assert "expected: region_or_school" in result.output


def test_a_start_page_is_drawn_to_the_screen_and_to_a_file(run: Run, city_list: Path, tmp_path: Path) -> None:
    run("import", city_list)
    out = tmp_path / "qr.svg"

    shown = run("qr", "christelijk-college-de-populier").output
    run("qr", "christelijk-college-de-populier", "--out", out)

    assert "https://vertel.example/christelijk-college-de-populier</title>" in shown
    assert out.read_bytes() == shown.encode()


def test_a_mistyped_slug_gets_a_suggestion(run: Run, city_list: Path) -> None:
    run("import", city_list)

    assert "did you mean christelijk-college-de-populier?" in run("qr", "christelijk-college-populier").output
    assert "flask schools list" in run("qr", "zzz").output
