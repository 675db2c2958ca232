"""The commands for people who write conversations."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.flows.checking import Report
from app.flows.faults import RULES
from app.flows.loader import load_flows
from app.flows.lock import read_lock
from app.settings import ROOT
from app.talks import cli
from app.talks.checks import surroundings
from tests.flows.talks import DATA

HELP = """flow: help
title: Hulp
steps: {call: {say: Bel nu, help: [kindertelefoon]}}
routes: [{to: [internal], else_to: [external]}]
"""


def _run(*words: str | Path, typed: str = "") -> Result:
    return CliRunner().invoke(cli.flows, list(map(str, words)), input=typed)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of conversations with tests, without a lock."""
    return shutil.copytree(DATA / "told", tmp_path / "told")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one conversation in a project that is translated into nothing."""
    monkeypatch.setattr(cli, "ROOT", tmp_path)
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "help.yaml").write_text(HELP)
    return folder


def test_the_projects_own_conversations_go_as_their_tests_say_and_nothing_is_untested() -> None:
    done = _run("test", "--coverage")

    assert done.exit_code == 0, done.output
    assert "all             100 %" in done.output
    assert done.output.endswith("conversations went as expected.\n")


def test_lists_that_take_their_samples_the_right_way_are_counted(folder: Path) -> None:
    (folder / "watch" / "fear.nl.samples.txt").write_text("+ zo bang\n- heel blij\n")

    done = _run("watch", "--folder", folder)

    assert done.exit_code == 0
    assert done.output == "fear.nl: 1 phrases, 1 of 1 wanted hits, 0 unwanted hits in 1\n"


def test_a_sample_that_is_taken_the_wrong_way_fails(folder: Path) -> None:
    (folder / "watch" / "fear.nl.samples.txt").write_text("+ zo bang\n+ heel blij\n- zo bang zijn wij niet\n")

    done = _run("watch", "--folder", folder)

    assert done.exit_code == 1
    assert done.output.splitlines() == [
        "fear.nl: 1 phrases, 1 of 2 wanted hits, 1 unwanted hits in 1",
        "told/watch/fear.nl.samples.txt:2: no hit: heel blij",
        "told/watch/fear.nl.samples.txt:3: a hit: zo bang zijn wij niet",
    ]


def test_a_faulty_list_is_named(folder: Path) -> None:
    (folder / "watch" / "fear.nl.txt").write_text("...\n")

    for command in ("watch", "test", "check"):
        done = _run(command, "--folder", folder)

        assert done.exit_code == 1
        assert "told/watch/fear.nl.txt:1: [E26]" in done.output


def test_each_fault_is_a_line_and_the_command_fails(tmp_path: Path) -> None:
    (tmp_path / "talk.yaml").write_text("flow: talk\ntitel: Talk\nsteps: {a: {say: ''}}\n")

    done = _run("check", "--folder", tmp_path)

    assert done.exit_code == 1
    assert [line.split("] ")[1].split(":")[0] for line in done.output.splitlines()] == [
        '"title" is missing',
        'unknown key "titel"',
        '"say" is empty',
    ]


def test_a_warning_is_shown_and_fails_only_where_that_is_asked(small: Path) -> None:
    assert _run("lock", "--folder", small).output.startswith("small/flows.lock releases version ")

    done = _run("check", "--folder", small)

    assert done.exit_code == 0
    assert "small/help.yaml:3: [W52] no test touches step help > call" in done.output
    assert "1 conversations with 1 steps are in order (version " in done.output
    assert _run("check", "--folder", small, "--strict").exit_code == 1


def test_a_check_is_also_written_for_programs(small: Path) -> None:
    found = json.loads(_run("check", "--folder", small, "--json").output)

    assert found["version"] == load_flows(small).hash
    assert {"rule": "E51", "severity": "error"}.items() <= found["faults"][0].items()
    assert found["notes"] == []
    (small / "help.yaml").write_text("")
    assert json.loads(_run("check", "--folder", small, "--json").output)["version"] is None


def test_what_could_not_be_proven_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    cli._tell(Report(None, (), ("that a step can be shown is not proven",)))

    assert capsys.readouterr().err == "that a step can be shown is not proven\n"


def test_the_rules_are_listed_with_what_each_is_about() -> None:
    lines = _run("check", "--rules").output.splitlines()

    assert len(lines) == len(RULES)
    assert lines[0].startswith("E00  ")


def test_a_test_that_misnames_something_is_a_fault_of_the_check(folder: Path) -> None:
    (folder / "tests" / "more.yaml").write_text("test: a\nflow: main\ntalk: [danger: pst]\n")

    assert 'told/tests/more.yaml:3: [E53] unknown code of danger "pst"' in _run("check", "--folder", folder).output
    done = _run("test", "--folder", folder)

    assert done.exit_code == 1
    assert '[E53] unknown code of danger "pst"' in done.output
    assert 'told/tests/more.yaml:3: "danger" does not take [pst]: foreign' in done.output


def test_a_test_that_cannot_be_read_fails_every_command_that_needs_it(folder: Path) -> None:
    (folder / "tests" / "more.yaml").write_text("tset: a\n")

    for command in ("check", "test", "lock"):
        done = _run(command, "--folder", folder)

        assert done.exit_code == 1
        assert 'told/tests/more.yaml:1: [E01] unknown key "tset"' in done.output


def test_a_lock_is_renewed_and_never_forgets(small: Path) -> None:
    _run("lock", "--folder", small)
    (small / "help.yaml").write_text(HELP.replace("Bel nu", "Bel ons"))

    assert "[E51]" in _run("check", "--folder", small).output
    assert _run("lock", "--folder", small).exit_code == 0
    assert read_lock((small / "flows.lock").read_text()).version == load_flows(small).hash
    (small / "help.yaml").write_text(HELP.replace("call", "phone"))
    done = _run("lock", "--folder", small)

    assert done.exit_code == 1
    assert '"help > call" was released and is gone' in done.output
    (small / "flows.lock").write_text("verzion: x\n")
    assert 'unknown key "verzion"' in _run("lock", "--folder", small).output


def test_a_folder_with_errors_cannot_be_tested_or_drawn_or_released(tmp_path: Path) -> None:
    (tmp_path / "talk.yaml").write_text("flow: talk\ntitle: Talk\nsteps: {a: {ask: A}}\n")

    for command in ("test", "graph", "lock", "play"):
        done = _run(command, "--folder", tmp_path)

        assert done.exit_code == 1
        assert "[E03]" in done.output


@pytest.mark.parametrize(
    ("form", "start"), [("mermaid", "flowchart TD"), ("dot", 'digraph "report"'), ("table", "# Vertel")]
)
def test_a_conversation_is_drawn(form: str, start: str) -> None:
    assert _run("graph", "--format", form).output.startswith(start)


def test_an_unknown_conversation_is_named(folder: Path) -> None:
    done = _run("graph", "--folder", folder)

    assert done.exit_code == 1
    assert "there is no conversation 'report'; take one of calm, help, main" in done.output


def test_a_talk_is_held_in_the_terminal_and_saved_as_a_test(folder: Path) -> None:
    saved = folder / "tests" / "saved.yaml"

    done = _run(
        *("play", "--folder", folder, "--flow", "main", "--save", saved),
        typed="9\npast\nmean\nonline\n_nobody\n_longer_ago\nElke dag.\nit goes so\n",
    )

    assert "this is no answer here (foreign)" in done.output
    assert "categories: bullying" in done.output
    assert done.output.endswith(f"{saved} is written.\n")
    assert _run("test", "--folder", folder).output == "5 conversations went as expected.\n"


def test_a_talk_that_was_left_is_not_saved(folder: Path) -> None:
    saved = folder / "saved.yaml"

    done = _run("play", "--folder", folder, "--flow", "main", "--save", saved, typed="quit\n")

    assert done.exit_code == 0
    assert not saved.exists()


def test_a_talk_is_held_in_another_language() -> None:
    texts = surroundings(ROOT).catalogues["en"]

    done = _run("play", "--language", "en", typed="quit\n")

    assert f"danger: {texts['Is er nu iemand in gevaar?']}\n" in done.output
    assert f"3  {texts['Weet ik niet']}  (_unsure)\n" in done.output


def test_a_broken_catalogue_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = tmp_path / "translations" / "en" / "LC_MESSAGES" / "messages.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_bytes(b'msgid "\xff"\n')
    monkeypatch.setattr(cli, "ROOT", tmp_path)

    done = _run("check", "--folder", ROOT / "flows")

    assert done.exit_code == 1
    assert "messages.po:" in done.output
