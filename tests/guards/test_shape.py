"""The shape that CONTRIBUTING promises: small modules, small functions, a paragraph at the door of each package."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
MODULES = [path for path in sorted((ROOT / "app").rglob("*.py")) if "migrations" not in path.parts]
MOST_MODULE_LINES, MOST_FUNCTION_LINES = 300, 25


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_fits_on_a_few_screens(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MOST_MODULE_LINES


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_function_fits_on_one_screen(path: Path) -> None:
    functions = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > MOST_FUNCTION_LINES]

    assert not long


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"], ids=lambda p: p.parent.name)
def test_a_package_opens_with_one_paragraph(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text()))

    assert docstring
    assert "\n\n" not in docstring.split("\n\n", 1)[-1]
