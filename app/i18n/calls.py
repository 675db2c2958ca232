"""Finds texts that ask for a value which their place in Python or a template does not give, or the reverse."""

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from app.i18n.checking import Fault
from app.i18n.messages import PLACEHOLDER

_NAMES = {"_": 1, "gettext": 1, "ngettext": 2}
"""Functions whose values are given at the call, and how many texts each takes; a lazy text may get them later."""


def call_faults(root: Path) -> Iterator[Fault]:
    """Yield each call in the folder `app` below *root* whose values and placeholders differ."""
    for path in sorted((root / "app").rglob("*.py")):
        yield from _faults(path.relative_to(root).as_posix(), _python_calls(path.read_text("utf-8")))
    for path in sorted((root / "app").rglob("templates/**/*.*")):
        yield from _faults(path.relative_to(root).as_posix(), _template_calls(path.read_text("utf-8")))


_Call = tuple[int, str, list[object], set[str | None]]
"""Line, function, texts (anything else is no literal), names of the values; None stands for `**values`."""


def _faults(file: str, calls: Iterator[_Call]) -> Iterator[Fault]:
    for line, name, texts, given in calls:
        literal = [text for text in texts[: _NAMES[name]] if isinstance(text, str)]
        if len(literal) < _NAMES[name] or None in given:
            continue
        wanted = {value for text in literal for value in PLACEHOLDER.findall(text)}
        known = {str(value) for value in given}
        for value in sorted(wanted - known - ({"num"} if name == "ngettext" else set())):
            yield Fault(file, line, f"a text asks for {value!r}", f"pass {value}=...")
        for value in sorted(known - wanted):
            yield Fault(file, line, f"no text asks for {value!r}", f"take {value}=... away")


def _python_calls(source: str) -> Iterator[_Call]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _NAMES:
            texts = [argument.value if isinstance(argument, ast.Constant) else None for argument in node.args]
            yield node.lineno, node.func.id, [*texts], {keyword.arg for keyword in node.keywords}


def _template_calls(source: str) -> Iterator[_Call]:
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for node in environment.parse(source).find_all(nodes.Call):
        if isinstance(node.node, nodes.Name) and node.node.name in _NAMES:
            texts = [argument.value if isinstance(argument, nodes.Const) else None for argument in node.args]
            given: set[str | None] = {keyword.key for keyword in node.kwargs}
            yield node.lineno, node.node.name, texts, given | ({None} if node.dyn_kwargs else set())
