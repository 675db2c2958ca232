"""What must hold before anybody may write: a start that cannot keep it ends at once and says why and what to do."""

import shutil
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from app.settings import ROOT
from app.vault.pepper import Pepper
from tests.databases import new_postgres_url
from tests.faults.conftest import House
from tests.servers import FLAWED, TALKS, Host, Server


def refusal(host: Host, factory: str = "wsgi:create_app") -> str:
    """Start a server that must not come up, and return what it says."""
    server = Server(host, factory=factory).start()
    assert server.wait_until_ended() != 0
    return server.log


def test_another_pepper_is_refused(sqlite_house: House) -> None:
    path = sqlite_house.host.instance / "pepper"
    path.unlink()
    other = Pepper.load_or_create(path)

    said = refusal(sqlite_house.host)

    assert f"{path} holds pepper {other.fingerprint}, but this database was written with" in said
    assert "put that file back from its own backup" in said


def test_a_missing_pepper_is_refused_and_none_is_made(sqlite_house: House) -> None:
    path = sqlite_house.host.instance / "pepper"
    path.unlink()

    said = refusal(sqlite_house.host)

    assert f"{path} is missing" in said
    assert not path.exists()


@pytest.fixture
def misspelt(tmp_path: Path) -> tuple[Path, int]:
    """Return talks with one wrong key, and its line."""
    talks = tmp_path / "flows"
    shutil.copytree(ROOT / "flows", talks)
    lines = (talks / "report.yaml").read_text().replace("    many: true", "    mny: true", 1).splitlines()
    (talks / "report.yaml").write_text("\n".join(lines))
    return talks, next(number for number, one in enumerate(lines, 1) if "mny" in one)


def test_a_fault_in_the_talks_of_a_first_start_is_refused_with_file_and_line(
    misspelt: tuple[Path, int], tmp_path: Path
) -> None:
    talks, line = misspelt
    host = Host(tmp_path / "house", "", more={TALKS: str(talks)}).prepare()

    said = refusal(host, FLAWED)

    assert f"flows/report.yaml:{line}:" in said
    assert 'did you mean "many"' in said


def test_a_fault_in_the_talks_is_told_and_the_last_good_ones_are_served(
    sqlite_house: House, misspelt: tuple[Path, int]
) -> None:
    talks, line = misspelt
    server = Server(replace(sqlite_house.host, more={TALKS: str(talks)}), factory=FLAWED).start()
    try:
        page = sqlite_house.student(server.wait_until_up()).get(f"/{sqlite_house.slug}")
    finally:
        server.stop()

    assert page.status == 200
    assert f"flows/report.yaml:{line}:" in server.log
    assert "the talks are NOT in order" in server.log


def test_talks_that_were_never_released_are_refused_with_the_command(tmp_path: Path) -> None:
    talks = tmp_path / "flows"
    shutil.copytree(ROOT / "flows", talks)
    (talks / "flows.lock").unlink(missing_ok=True)
    host = Host(tmp_path / "house", "", more={TALKS: str(talks)}).prepare()

    said = refusal(host, FLAWED)

    assert "flows/flows.lock:1:" in said
    assert "run `flask flows lock`" in said


def test_all_missing_settings_are_named_at_once(tmp_path: Path) -> None:
    host = Host(
        tmp_path, "", more={"VERTEL_HOSTS": "", "VERTEL_MAIL_FROM": " ", "VERTEL_SMTP_PORT": "twenty"}
    ).prepare()

    said = refusal(host)

    assert "VERTEL_HOSTS is missing" in said
    assert "VERTEL_MAIL_FROM is missing" in said
    assert "VERTEL_SMTP_PORT must be a whole number" in said


@pytest.mark.parametrize("older", ["none", "0000"])
def test_a_server_database_of_an_older_schema_is_refused_with_the_command(tmp_path: Path, older: str) -> None:
    url = new_postgres_url()
    host = Host(tmp_path, url).prepare()
    if older != "none":
        _at_revision(url, older)

    said = refusal(host)

    assert "run `alembic upgrade head`" in said
    assert not (host.instance / "pepper").exists()


def _at_revision(url: str, revision: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
        connection.execute("INSERT INTO alembic_version VALUES (%s)", [revision])
