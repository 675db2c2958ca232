"""The command for people who write conversations."""

from pathlib import Path

from click.testing import CliRunner

from app.flows.cli import flows


def test_the_projects_own_conversations_are_in_order() -> None:
    done = CliRunner().invoke(flows, ["check"])

    assert done.exit_code == 0
    assert done.output.startswith("2 conversations with ")


def test_each_fault_is_a_line_and_the_command_fails(tmp_path: Path) -> None:
    (tmp_path / "talk.yaml").write_text("flow: talk\ntitel: Talk\nsteps: {a: {say: ''}}\n")

    done = CliRunner().invoke(flows, ["check", "--folder", str(tmp_path)])

    assert done.exit_code == 1
    assert [line.split("] ")[1].split(":")[0] for line in done.output.splitlines()] == [
        '"title" is missing',
        'unknown key "titel"',
        '"say" is empty',
    ]
