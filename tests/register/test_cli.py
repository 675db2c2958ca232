"""The commands of the register."""

from pathlib import Path

import pytest
from click.testing import Result

from app import db
from app.accounts.roles import Role
from app.register import queries
from app.register.cli import register
from app.register.queries import Choice
from tests.register.conftest import School
from tests.register.importing import sheets


def run(school: School, *words: str) -> Result:
    return school.app.test_cli_runner().invoke(register, list(words))


@pytest.fixture
def export(tmp_path: Path) -> Path:
    file = tmp_path / "export.csv"
    file.write_bytes(sheets.iris())
    return file


def test_a_file_is_read_with_the_suggested_mapping_and_only_once(school: School, export: Path) -> None:
    first = run(school, "import", str(export), "--school", school.made.school.slug)
    second = run(school, "import", str(export), "--school", school.made.school.slug)

    assert "3 incidents stored, 0 were there already, 1 rows left out" in first.output
    assert "0 incidents stored, 3 were there already" in second.output
    with db.reading() as session:
        assert queries.count(session, school.id, Choice("2026-2027")) == 3


def test_a_mapping_can_be_shown_changed_and_given(school: School, export: Path, tmp_path: Path) -> None:
    shown = run(school, "import", str(export), "--school", school.made.school.slug, "--show-mapping").output
    mapping = tmp_path / "mapping.json"
    mapping.write_text(shown.replace('"27": "skip"', '"27": "drugs"'))

    done = run(school, "import", str(export), "--school", school.made.school.slug, "--mapping", str(mapping))

    assert "4 incidents stored" in done.output


def test_whatever_is_wrong_is_named_and_nothing_is_stored(school: School, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(b"Datum;Soort;Naam\r\n1-11-2026;Diefstal;Noor\r\n")
    persons = run(school, "import", str(file), "--school", school.made.school.slug)
    file.write_bytes(b"Datum;Soort\r\n1-11-2026;Diefstal\r\n41-11-2026;Diefstal\r\n")
    day = run(school, "import", str(file), "--school", school.made.school.slug)
    file.write_bytes(b"Datum;Soort\r\n1-11-2026;Zwerkbal\r\n")
    word = run(school, "import", str(file), "--school", school.made.school.slug)

    assert [one.exit_code for one in (persons, day, word)] == [1, 1, 1]
    assert "Noor" not in persons.output
    assert "Rij 3, kolom “Datum”" in day.output
    assert "Kolom “Soort”" in word.output
    with db.reading() as session:
        assert queries.count(session, school.id, Choice("2026-2027")) == 0


def test_a_school_that_is_not_there_is_named(school: School, export: Path) -> None:
    done = run(school, "import", str(export), "--school", "nergens")

    assert done.exit_code == 2
    assert "there is no school 'nergens'" in done.output


def test_a_school_takes_part_under_a_profile_and_a_board(school: School) -> None:
    slug = school.made.school.slug

    joined = run(school, "take-part", slug, "--since", "2026-08-01", "--profile", "po", "--board", "41000")
    left = run(school, "take-part", slug)

    assert f"{slug}: takes part since 2026-08-01" in joined.output
    assert "texts were made for VO" in joined.output
    assert f"{slug}: does not take part" in left.output


def test_a_file_to_hand_over_can_be_checked(school: School, tmp_path: Path) -> None:
    data = school.browser(Role.MANAGER).get("/staff/register/file.csv").data
    file = tmp_path / "file.csv"
    file.write_bytes(data)
    good = run(school, "check", str(file))
    file.write_bytes(data + b"1,2\r\n")
    short = run(school, "check", str(file))
    file.write_bytes(b"x\r\n")
    foreign = run(school, "check", str(file))

    assert "0 incidents, no faults, checksum" in good.output
    assert "row 2 has another number of values" in short.output
    assert "the header is not version," in foreign.output
