"""What no text of Vertel may hold, wherever it stands."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PHONE_NUMBER = re.compile(r"\b0[89]00[- ]?\d{3,}|\b0\d{2,3}[- ]\d{6,}|\b14070\b")
NAMED_AFTER_ITS_NUMBER = re.compile("Den Haag 14070|gemeente-14070")
TEXTS = [
    path
    for pattern in (
        "app/**/*.py",
        "app/**/*.html",
        "app/**/*.js",
        "flows/**/*.yaml",
        "flows/**/*.txt",
        "translations/**/*.po",
        "docs/**/*.md",
    )
    for path in sorted(ROOT.glob(pattern))
]
MACHINE = re.compile(r"/work/|/root/|/tmp/vertel|file:///opt|pypi\.org|registry\.npmjs", re.IGNORECASE)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_phone_number_stands_only_in_the_social_map(path: Path) -> None:
    text = NAMED_AFTER_ITS_NUMBER.sub("", path.read_text())

    assert not PHONE_NUMBER.findall(text)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_names_a_machine_or_a_registry(path: Path) -> None:
    assert not MACHINE.findall(path.read_text())


def test_every_style_property_is_logical_so_that_right_to_left_needs_no_second_sheet() -> None:
    physical = re.compile(r"(?:margin|padding|border|inset)?-?(?:left|right)\s*:", re.IGNORECASE)
    for sheet in ROOT.glob("app/**/*.css"):
        assert not physical.findall(sheet.read_text()), sheet
