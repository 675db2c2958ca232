"""Check that both lock files name every dependency of pyproject.toml, with hashes and without a registry's address."""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {
        "requirements.lock": project["dependencies"],
        "requirements-dev.lock": project["dependencies"] + project["optional-dependencies"]["dev"],
    }
    faults = [fault for lock, names in wanted.items() for fault in _faults(lock, names)]
    sys.exit("\n".join(faults) or 0)


def _faults(lock: str, requirements: list[str]) -> list[str]:
    text = (ROOT / lock).read_text()
    pinned = set(re.findall(r"^([a-z0-9.-]+)==", text, re.MULTILINE))
    names = {re.split(r"[\[<>=~! ]", requirement)[0].lower().replace(".", "-") for requirement in requirements}
    missing = [
        f"{lock}: {name} is not pinned; make the lock anew (docs/operations.md)" for name in sorted(names - pinned)
    ]
    return missing + ([f"{lock}: names an index"] if "://" in text else [])


if __name__ == "__main__":
    main()
