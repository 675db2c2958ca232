"""`flask translations check` and `update` on a small project."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.i18n.cli import translations


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "views.py").write_text('_("Verder")\n')
    return tmp_path


def run(command: str, root: Path) -> Result:
    return CliRunner().invoke(translations, [command, "--root", str(root)])


def catalogue(root: Path, tag: str) -> Path:
    return root / "translations" / tag / "LC_MESSAGES" / "messages.po"


def translate(root: Path, tag: str, text: str) -> None:
    path = catalogue(root, tag)
    head, _, last = path.read_text("utf-8").rpartition('msgstr ""')
    path.write_text(f'{head}msgstr "{text}"{last}', "utf-8")


def test_a_first_check_names_what_is_not_there(project: Path) -> None:
    result = run("check", project)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "translations/ar/LC_MESSAGES/messages.po:1: there is no such catalogue, run `flask translations update`",
        "translations/en/LC_MESSAGES/messages.po:1: there is no such catalogue, run `flask translations update`",
    ]
    assert "2 faults" in result.stderr


def test_update_makes_the_catalogues_and_check_then_asks_for_translations(project: Path) -> None:
    result = run("update", project)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "translations/en/LC_MESSAGES/messages.po: 1 texts",
        "translations/ar/LC_MESSAGES/messages.po: 1 texts",
    ]
    result = run("check", project)
    assert result.exit_code == 1
    assert result.stdout.count('"Verder" has no translation') == 2


def test_a_complete_project_passes_and_a_new_text_fails(project: Path) -> None:
    run("update", project)
    translate(project, "en", "Continue")
    translate(project, "ar", "تابع")
    result = run("check", project)
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "1 texts, complete in en, ar")
    assert "ar             1      1      1        0         0                  0 of 0" in result.stdout

    (project / "app" / "views.py").write_text('_("Verder")\n_("Terug")\n')
    result = run("check", project)
    assert result.exit_code == 1
    assert 'app/views.py:2: "Terug" is not in translations/ar/LC_MESSAGES/messages.po' in result.stdout


def test_easy_dutch_holds_what_it_has_and_nothing_else(project: Path) -> None:
    (project / "app" / "views.py").write_text('_("Verder")\n_("Terug")\n_("Genoeg")\n')
    path = catalogue(project, "nl-easy")
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid "Verder"\nmsgstr "Ga door"\n\nmsgid "Terug"\nmsgstr ""\n\nmsgid "Oud"\nmsgstr "Niet nieuw"\n'
    )

    assert run("update", project).exit_code == 0

    assert [line for line in path.read_text().splitlines() if line.startswith("msgid")] == [
        'msgid ""',
        'msgid "Verder"',
    ]
    assert path.read_text().count("nplurals=2") == 1
    found = run("check", project).stdout.splitlines()
    assert not [line for line in found if "nl-easy" in line]


def test_another_language_may_lag_and_is_told_what_it_lacks(project: Path) -> None:
    run("update", project)
    translate(project, "en", "Continue")
    translate(project, "ar", "تابع")
    catalogue(project, "tr").parent.mkdir(parents=True)
    catalogue(project, "tr").write_text("")
    run("update", project)

    result = run("check", project)

    assert result.exit_code == 0
    assert [line for line in result.stdout.splitlines() if "," in line and "language" not in line] == [
        "translations/tr/LC_MESSAGES/messages.po:1: tr is not offered: 0 of 0 critical texts and 1 of 1 others"
        " have no certain translation, translate the critical ones first",
        "1 texts, complete in en, ar",
    ]


def test_a_gap_of_an_own_language_is_said_once(project: Path) -> None:
    (project / "flows").mkdir()
    (project / "flows" / "a.yaml").write_text("flow: a\ntitle: Hoi\n")
    run("update", project)

    lines = run("check", project).stdout.splitlines()

    assert len(lines) == len(set(lines))
    assert sum('"Hoi" has no translation in en' in line for line in lines) == 1
    assert sum("en is not offered: 1 of 1 critical texts" in line for line in lines) == 1


def test_update_keeps_translations_and_other_languages(project: Path) -> None:
    run("update", project)
    translate(project, "en", "Continue")
    catalogue(project, "tr").parent.mkdir(parents=True)
    catalogue(project, "tr").write_text(catalogue(project, "en").read_text())
    (project / "app" / "views.py").write_text('_("Verder")\n_("Terug")\n')

    result = run("update", project)

    assert len(result.stdout.splitlines()) == 3
    assert 'msgid "Verder"\nmsgstr "Continue"' in catalogue(project, "tr").read_text()
    assert 'msgid "Terug"\nmsgstr ""' in catalogue(project, "en").read_text()


def test_a_call_without_its_value_fails_the_check(project: Path) -> None:
    (project / "app" / "views.py").write_text('_("Aan %(name)s")\n')
    assert "app/views.py:1: a text asks for 'name', pass name=..." in run("check", project).stdout


@pytest.mark.parametrize("command", ["check", "update"])
@pytest.mark.parametrize(
    ("name", "contents", "message"),
    [
        ("flows/report.yaml", "flow: [\n", "flows/report.yaml: cannot be read"),
        ("translations/en/LC_MESSAGES/messages.po", "nonsense\n", "messages.po:1: "),
        ("translations/xx/LC_MESSAGES/messages.po", "", "translations/xx: unknown language, add it to"),
    ],
)
def test_what_cannot_be_read_is_named(project: Path, command: str, name: str, contents: str, message: str) -> None:
    (project / name).parent.mkdir(parents=True)
    (project / name).write_text(contents)
    result = run(command, project)
    assert result.exit_code == 1
    assert message in result.stderr
