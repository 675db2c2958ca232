"""The operator's commands."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app import db
from app.schools.cli import POSTER_WORD, schools
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
    app.extensions[POSTER_WORD] = lambda *_: "fiets"
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


def test_a_poster_and_a_card_are_printed(run: Run, city_list: Path, tmp_path: Path) -> None:
    run("import", city_list)
    poster, card = tmp_path / "poster.pdf", tmp_path / "card.pdf"

    first = run("poster", "christelijk-college-de-populier", "-o", poster)
    second = run("poster", "christelijk-college-de-populier", "--size", "A6", "--weekly", "-o", card)

    assert (first.output, first.exit_code) == (f"{poster}: A4, nl\n", 0)
    assert (second.output, second.exit_code) == (f"{card}: A6, nl\n", 0)
    assert poster.read_bytes()[:5] == card.read_bytes()[:5] == b"%PDF-"


def test_a_poster_in_a_language_that_is_not_offered_names_those_that_are(
    run: Run, city_list: Path, tmp_path: Path
) -> None:
    run("import", city_list)

    result = run("poster", "christelijk-college-de-populier", "--language", "xx", "-o", tmp_path / "poster.pdf")

    assert result.exit_code == 1
    assert "xx is not offered; choose from nl" in result.output
    assert not (tmp_path / "poster.pdf").exists()


def test_a_poster_of_no_school_and_into_no_folder_say_so(run: Run, city_list: Path, tmp_path: Path) -> None:
    run("import", city_list)
    out = tmp_path / "nowhere" / "poster.pdf"

    unknown = run("poster", "christelijk-college-populier", "-o", out)
    unwritten = run("poster", "christelijk-college-de-populier", "-o", out)

    assert "did you mean christelijk-college-de-populier?" in unknown.output
    assert f"{out}: No such file or directory; name a file" in unwritten.output


def test_a_text_for_the_newsletter_is_honest_and_short(run: Run, city_list: Path) -> None:
    run("import", city_list)

    text = run("newsletter", "christelijk-college-de-populier").output

    assert "Christelijk College De Populier" in text
    assert "https://vertel.example/christelijk-college-de-populier" in text
    assert "vertrouwenspersoon leest het" in text
    assert "bestuur vertellen" in text
    assert 100 <= len(text.split()) <= 140
    assert "choose from nl" in run("newsletter", "christelijk-college-de-populier", "--language", "xx").output
