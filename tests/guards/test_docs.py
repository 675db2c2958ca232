"""The documents cannot lie about settings, folders and commands."""

import re
from collections import UserDict
from pathlib import Path

from typing_extensions import override

from app.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent.parent
TOP_LEVEL = {
    "app",
    "docs",
    "flows",
    "tests",
    "translations",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENCE",
    "README.md",
    "SECURITY.md",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements.lock",
    "wsgi.py",
}
FOR_ONE_RUN = re.compile(r".*\.egg-info|__pycache__|instance|build|dist|htmlcov")
"""What building and running leave behind; .gitignore names each."""


class Noting(UserDict[str, str]):
    """An environment that notes what it is asked for."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    @override
    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
        self.asked.add(key)
        return super().get(key, default)


def settings_read() -> set[str]:
    needed = ("INSTANCE", "HOSTS", "BASE_URL", "MAIL_FROM", "SMTP_HOST")
    environment = Noting({PREFIX + name: "x" for name in needed})
    Settings.from_env(environment)
    return environment.asked


def named_in(text: str) -> set[str]:
    return set(re.findall(r"`((?:VERTEL_[A-Z_]+)|DATABASE_URL)`", text))


def test_operations_explains_each_setting_and_no_other() -> None:
    table = re.findall(r"^\|.*\|$", (ROOT / "docs/operations.md").read_text("utf-8"), re.MULTILINE)

    assert named_in("\n".join(table)) == settings_read()


def test_readme_holds_two_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)

    assert len(blocks) == 2
    assert all(len(block.splitlines()) == 1 for block in blocks)
    assert "flask demo" in blocks[0]
    assert "pytest" in blocks[1]


def test_the_architecture_names_every_package_and_no_other() -> None:
    tree = (ROOT / "docs/architecture.md").read_text("utf-8").split("```")[1]
    named = {name.rstrip("/") for name in re.findall(r"app/([a-z0-9_]+/?)(?=[\s|])", tree)}

    assert named == {path.parent.name for path in (ROOT / "app").glob("*/__init__.py")}


def test_every_link_between_documents_leads_somewhere() -> None:
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for link in re.findall(r"\]\(([^)#]+)", path.read_text("utf-8")):
            if "://" not in link:
                assert (path.parent / link).exists(), f"{path.relative_to(ROOT)}: {link}"


def test_every_command_in_the_documents_exists() -> None:
    text = "\n".join(path.read_text("utf-8") for path in [ROOT / "README.md", *ROOT.glob("docs/*.md")])
    known = set(re.findall(r"^(\w+) = \"app\.", (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE))

    assert set(re.findall(r"\bflask ([a-z]+)", text)) <= known


def test_the_top_level_holds_only_what_the_design_allows() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}

    assert {name for name in found if not FOR_ONE_RUN.fullmatch(name)} == TOP_LEVEL
