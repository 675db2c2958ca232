"""The shape that CONTRIBUTING promises: small modules, small functions, a paragraph at the door, no calls out."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
MODULES = [path for path in sorted((ROOT / "app").rglob("*.py")) if "migrations" not in path.parts]
PACKAGES = [path for path in MODULES if path.name == "__init__.py"]
MOST_MODULE_LINES, MOST_FUNCTION_LINES = 300, 25
CALLS_OUT = {"socket", "urllib.request", "urllib.error", "http.client", "requests", "httpx", "ftplib", "smtplib"}
MAY_CALL_OUT = {
    "app/notifications/mail.py": {"smtplib"},  # tells staff that there is something new
    "app/notifications/self_test.py": {"smtplib"},  # says hello to the mail server once a day
    "app/accounts/mailing.py": {"smtplib"},  # the names of its errors only
    "app/demo/serving.py": {"socket", "urllib.request", "urllib.error"},  # waits for its own server on loopback
}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function without its docstring and decorators."""
    has_docstring = ast.get_docstring(function, clean=False) is not None
    docstring = function.body[0] if has_docstring else None
    described = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - described


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (node.module or "", *(f"{node.module}.{name.name}" for name in node.names))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_fits_on_a_few_screens(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_MODULE_LINES


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_function_fits_on_one_screen(path: Path) -> None:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    assert [f.name for f in functions if lines_of(f) > MOST_FUNCTION_LINES] == []


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_nothing_is_imported_inside_a_function(path: Path) -> None:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    inner = [f.name for f in functions for node in ast.walk(f) if isinstance(node, ast.Import | ast.ImportFrom)]

    assert inner == []


@pytest.mark.parametrize("path", PACKAGES, ids=lambda path: path.parent.name)
def test_a_package_opens_with_one_paragraph(path: Path) -> None:
    """A first sentence and what it promises and must not know: at most one blank line."""
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))

    assert docstring
    assert docstring.count("\n\n") <= 1


@pytest.mark.parametrize("path", [path for path in PACKAGES if path.parent.name != "app"], ids=lambda p: p.parent.name)
def test_a_package_holds_no_code_at_its_door(path: Path) -> None:
    assert len(ast.parse(path.read_text("utf-8")).body) == 1


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_nothing_calls_out_but_mail_and_the_demo(path: Path) -> None:
    assert set(imports_of(path)) & CALLS_OUT == MAY_CALL_OUT.get(named(path), set())
