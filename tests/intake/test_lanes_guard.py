"""Lanes sort: no function of the program closes, deletes or refuses anything because of one (ADR 0014)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).parent.parent.parent / "app"
LANE_WORDS = {"lane", "FOLDED", "is_folded", "folded"}
ENDING = {"delete", "delete_case", "close_case", "withdraw", "abort"}


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted(APP.rglob("*.py")):
        if "migrations" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    yield f"{path.relative_to(APP)}:{node.name}", node


def words_in(function: ast.FunctionDef) -> set[str]:
    """Return the names, attributes and texts that a function uses."""
    found: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.keyword) and node.arg:
            found.add(node.arg)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return found


def ends_something(function: ast.FunctionDef) -> bool:
    """Tell whether a function deletes, closes or refuses, or gives a case the status of a closed one."""
    words = words_in(function)
    return bool(words & ENDING) or {"status", "closed"} <= words


def test_nothing_closes_deletes_or_refuses_by_lane() -> None:
    sorting = [(name, function) for name, function in functions() if words_in(function) & LANE_WORDS]

    assert sorting
    assert [name for name, function in sorting if ends_something(function)] == []


@pytest.mark.parametrize("ending", ["session.delete(case)", "close_case(case)", "case.status = 'closed'", "abort(429)"])
def test_a_function_that_ends_a_folded_case_would_be_found(ending: str) -> None:
    function = ast.parse(f"def tidy(case):\n    if case.lane == 'folded':\n        {ending}\n").body[0]

    assert isinstance(function, ast.FunctionDef)
    assert words_in(function) & LANE_WORDS
    assert ends_something(function)
