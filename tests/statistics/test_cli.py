"""The export for the city."""

import csv
import io

from click.testing import CliRunner

from app.statistics.cli import statistics


def test_the_export_is_csv_and_tells_on_standard_error_why_it_is_empty() -> None:
    result = CliRunner().invoke(statistics, ["export", "2026-2027", "--format", "csv"])

    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "district,category,period,value"
    assert len(rows) == 72
    assert {(row["period"], row["value"]) for row in rows} == {("2026-2027", "suppressed")}
    assert "no table has been published" in result.stderr


def test_a_wrong_period_writes_nothing_and_names_the_cure() -> None:
    result = CliRunner().invoke(statistics, ["export", "2026", "--format", "csv"])

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "2026-2027-h1" in result.stderr


def test_an_unknown_format_is_refused() -> None:
    assert CliRunner().invoke(statistics, ["export", "2026-2027", "--format", "pdf"]).exit_code == 2
