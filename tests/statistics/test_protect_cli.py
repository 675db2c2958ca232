"""The commands that protect and attack files."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from app.statistics.cli import statistics
from tests.statistics.instances import rows, write_rows


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("protected")
    base = folder / "base.csv"
    write_rows(base, rows(3, "high", quarters=2))
    done = CliRunner().invoke(statistics, ["protect", str(base), "--out", str(folder / "out")])
    assert done.exit_code == 0, done.output
    return base, folder / "out"


def test_what_is_protected_passes_its_attack(protected: tuple[Path, Path]) -> None:
    base, out = protected

    done = CliRunner().invoke(statistics, ["attack", str(out), "--truth", str(base)])

    assert (done.exit_code, done.output) == (0, "no way found to come too close\n")


def test_the_files_have_the_columns_and_words_that_others_rely_on(protected: tuple[Path, Path]) -> None:
    _, out = protected
    table = (out / "table.csv").read_text().splitlines()

    assert table[0] == "district,category,period,value"
    assert {line.split(",")[2] for line in table[1:]} == {"Q1", "Q2", "YTD2"}
    assert (out / "regions.csv").read_text().startswith("district,region\n")
    assert (out / "sums.csv").read_text() == "kind,sum\ncategory,REST=C6+C7+C8+C9\nperiod,YTD2=Q1+Q2\n"


def test_an_attack_that_finds_a_way_fails_and_names_no_figure(protected: tuple[Path, Path], tmp_path: Path) -> None:
    base, out = protected
    for name in ("regions.csv", "sums.csv", "table.csv"):
        (tmp_path / name).write_text((out / name).read_text())
    worse = (tmp_path / "table.csv").read_text().replace("suppressed", "0")
    (tmp_path / "table.csv").write_text(worse)

    done = CliRunner().invoke(statistics, ["attack", str(tmp_path), "--truth", str(base)])

    assert done.exit_code == 1
    assert "do not publish this table" in done.output


def test_a_rare_category_that_is_not_there_is_named(protected: tuple[Path, Path], tmp_path: Path) -> None:
    done = CliRunner().invoke(statistics, ["protect", str(protected[0]), "--out", str(tmp_path), "--rare", "C8,fights"])

    assert done.exit_code == 1
    assert "--rare names fights" in done.output
    assert not list(tmp_path.iterdir())


def test_the_whole_lattice_has_every_district(protected: tuple[Path, Path], tmp_path: Path) -> None:
    options = ["--out", str(tmp_path), "--design", "full", "--seconds", "0"]

    done = CliRunner().invoke(statistics, ["protect", str(protected[0]), *options])

    assert done.exit_code == 0
    assert (tmp_path / "table.csv").read_text().count("\nLaak,") == 30
