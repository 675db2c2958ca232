import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cases.timeline_wording import DEEDS, deed_label

APP = Path(__file__).resolve().parents[2] / "app"
CODE = re.compile(r"(?:case|key|person|password|session|export|school|deed|recovery|passkey)\.[a-z_]+")
NOTING = {"note", "note_deed", "_note", "note_event"}


def noted_codes() -> Iterator[str]:
    """Every code that stands in a call that makes a note."""
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in NOTING:
                values = [*node.args, *(keyword.value for keyword in node.keywords)]
                for value in values:
                    text = value.value if isinstance(value, ast.Constant) else None
                    if isinstance(text, str) and CODE.fullmatch(text):
                        yield text


def test_every_deed_that_is_noted_has_words() -> None:
    found = set(noted_codes())
    assert {"case.opened", "person.invited"} <= found
    assert found <= DEEDS.keys()


@pytest.mark.parametrize("code", ["case.opened", "case.closed", "key.confirmed", "export.asked", "deed.proposed"])
def test_a_deed_reads_as_what_somebody_did(code: str) -> None:
    assert deed_label(code) != code
    assert "." not in deed_label(code)


def test_an_unknown_deed_stays_as_it_is() -> None:
    assert deed_label("case.of_tomorrow") == "case.of_tomorrow"
