"""The commands of the social map."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from app import db
from app.referrals.cli import referrals
from app.referrals.models import Service
from app.referrals.sheet import PACKAGED


def count(site: Flask) -> int:
    with site.app_context(), db.reading() as session:
        return session.scalar(select(func.count()).select_from(Service)) or 0


def test_checking_needs_no_app_and_praises_the_packaged_file() -> None:
    result = CliRunner().invoke(referrals, ["check"])

    assert result.exit_code == 0
    assert "no faults" in result.output


def test_checking_a_bad_file_ends_with_one_and_the_place(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(PACKAGED.read_text(encoding="utf-8").replace(",yes\n", ",perhaps\n", 1), encoding="utf-8")

    result = CliRunner().invoke(referrals, ["check", str(bad)])

    assert result.exit_code == 1
    assert "bad.csv:6: column verified" in result.output


def test_checking_a_file_that_lost_a_service_names_the_tables_that_need_it(tmp_path: Path) -> None:
    short = tmp_path / "short.csv"
    short.write_text("".join(PACKAGED.read_text(encoding="utf-8").splitlines(keepends=True)[:6]), encoding="utf-8")

    result = CliRunner().invoke(referrals, ["check", str(short)])

    assert result.exit_code == 1
    assert "_lists.yaml:" in result.output


def test_importing_fills_the_social_map_and_twice_changes_nothing(site: Flask) -> None:
    runner = site.test_cli_runner()

    first, second = runner.invoke(referrals, ["import"]), runner.invoke(referrals, ["import"])

    assert "63 added, 0 changed" in first.output
    assert "0 added, 0 changed, 0 withdrawn, 63 unchanged" in second.output


def test_importing_a_bad_file_changes_nothing(site: Flask, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(PACKAGED.read_text(encoding="utf-8").replace(",yes\n", ",perhaps\n", 1), encoding="utf-8")
    runner = site.test_cli_runner()
    runner.invoke(referrals, ["import"])

    result = runner.invoke(referrals, ["import", str(bad)])

    assert result.exit_code == 1
    assert count(site) == 63


def without(*ids: str) -> str:
    rows = PACKAGED.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(row for row in rows if row.split(",")[0] not in ids)


@pytest.mark.parametrize(("lost", "named"), [(("113",), "lacks 113,"), (("112", "113"), "lacks 112 and 113,")])
def test_a_file_without_a_line_of_life_is_refused_unless_the_others_stay(
    site: Flask, tmp_path: Path, lost: tuple[str, ...], named: str
) -> None:
    file, runner = tmp_path / "short.csv", site.test_cli_runner()
    file.write_text(without(*lost), encoding="utf-8")
    runner.invoke(referrals, ["import"])

    refused = runner.invoke(referrals, ["import", str(file)])

    assert (refused.exit_code, named in refused.output, count(site)) == (1, True, 63)
    assert runner.invoke(referrals, ["import", "--keep-others", str(file)]).exit_code == 0


def test_no_file_hides_the_number_of_a_line_of_life(site: Flask, tmp_path: Path) -> None:
    sheet, hsds, runner = tmp_path / "map.csv", tmp_path / "113.json", site.test_cli_runner()
    rows = PACKAGED.read_text(encoding="utf-8").splitlines(keepends=True)
    hidden = [row.removesuffix("yes\n") + "no\n" if row.startswith("113,") else row for row in rows]
    sheet.write_text("".join(hidden), encoding="utf-8")
    hsds.write_text('{"id": "113", "name": "113", "status": "inactive"}', encoding="utf-8")

    told = [runner.invoke(referrals, ["import", "--keep-others", str(file)]) for file in (sheet, hsds)]

    assert [one.exit_code for one in told] == [1, 1]
    assert "students always see the number of 113; write yes" in told[0].output
    assert "status: 113 always helps; write active" in told[1].output


def test_a_dry_run_says_what_would_change_and_changes_nothing(site: Flask) -> None:
    result = site.test_cli_runner().invoke(referrals, ["import", "--dry-run"])

    assert "63 added" in result.output
    assert "and 43 more" in result.output
    assert "Nothing was changed" in result.output
    assert count(site) == 0


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_what_was_exported_changes_nothing_when_it_comes_back(site: Flask, tmp_path: Path, suffix: str) -> None:
    runner, file = site.test_cli_runner(), tmp_path / f"map{suffix}"
    runner.invoke(referrals, ["import"])

    exported = runner.invoke(referrals, ["export", str(file)])
    result = runner.invoke(referrals, ["import", str(file)])

    assert exported.output == f"map{suffix}: 63 services\n"
    assert result.output == "0 added, 0 changed, 0 withdrawn, 63 unchanged\n"
    assert runner.invoke(referrals, ["check", str(file)]).exit_code == 0


def test_services_that_are_not_in_the_file_stay_when_asked(site: Flask, tmp_path: Path) -> None:
    runner, file = site.test_cli_runner(), tmp_path / "one.json"
    file.write_text('{"id": "made-up", "name": "Nieuw", "status": "active"}', encoding="utf-8")
    runner.invoke(referrals, ["import"])

    result = runner.invoke(referrals, ["import", "--keep-others", str(file)])

    assert result.output == "1 added, 0 changed, 0 withdrawn, 63 unchanged\nadded: made-up\n"


@pytest.mark.parametrize("command", ["check", "import", "export"])
def test_a_file_of_another_kind_is_refused_with_the_cure(site: Flask, tmp_path: Path, command: str) -> None:
    result = site.test_cli_runner().invoke(referrals, [command, str(tmp_path / "map.xlsx")])

    assert result.exit_code == 1
    assert "is neither .csv nor .json; save a spreadsheet as CSV UTF-8" in result.output


def test_a_place_that_cannot_be_written_is_named(site: Flask, tmp_path: Path) -> None:
    result = site.test_cli_runner().invoke(referrals, ["export", str(tmp_path / "none" / "map.csv")])

    assert result.exit_code == 1
    assert "cannot be written" in result.output


def test_the_commands_stand_in_one_group() -> None:
    assert isinstance(referrals, click.Group)
    assert set(referrals.commands) >= {"check", "import", "export", "evaluate"}
