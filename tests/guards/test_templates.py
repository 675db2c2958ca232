"""A template reads exactly what its page gives it: nothing is missing on a screen and nothing is carried along."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

import app
from app.web.pages import Page
from tests.guards.conftest import Site

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = sorted(ROOT.glob("app/*/templates/**/*.html"))
GIVEN_TO_EACH = {"language", "languages", "exit_href", "help_href", "code_href"}


def pages() -> list[type[Page]]:
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if module.name.endswith(("pages", "views", "errors")):
            importlib.import_module(module.name)
    return sorted(_below(Page), key=lambda page: page.__name__)


def _below(page: type[Page]) -> Iterator[type[Page]]:
    for child in page.__subclasses__():
        if child.__module__.startswith("app."):
            yield child
        yield from _below(child)


def names_read(env: Environment, template: str) -> set[str]:
    """What *template* and those it is built on take from outside; imported macros see only what is global."""
    assert env.loader
    parsed = env.parse(env.loader.get_source(env, template)[0])
    parents = [
        node.template.value
        for kind in (nodes.Extends, nodes.Include)
        for node in parsed.find_all(kind)
        if isinstance(node.template, nodes.Const)
    ]
    own = meta.find_undeclared_variables(parsed) - set(env.globals) - names_made(parsed)
    return own.union(*(names_read(env, parent) for parent in parents))


def names_made(parsed: nodes.Template) -> set[str]:
    """What a template imports, defines and sets itself, which Jinja counts as taken from outside inside a block."""
    imported = {name for node in parsed.find_all(nodes.FromImport) for name in node.names if isinstance(name, str)}
    defined = {node.name for node in parsed.find_all(nodes.Macro)}
    targets = (node.target for node in parsed.find_all(nodes.Assign))
    return imported | defined | {target.name for target in targets if isinstance(target, nodes.Name)}


def macros_used(env: Environment, template: str) -> set[str]:
    assert env.loader
    parsed = env.parse(env.loader.get_source(env, template)[0])
    names = (node.template.value for kind in (nodes.FromImport, nodes.Import) for node in parsed.find_all(kind))
    return set(names)


def name_of(path: Path) -> str:
    """Return the name under which a template is loaded: its feature's, then its file's."""
    return f"{path.relative_to(ROOT / 'app').parts[0]}/{path.name}"


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.__name__)
def test_a_template_reads_what_its_page_holds_and_nothing_else(site: Site, page: type[Page]) -> None:
    read = names_read(site.app.jinja_env, page.template) - GIVEN_TO_EACH

    assert read == {field.name for field in fields(page)}


def test_every_template_belongs_to_a_page_or_is_part_of_one(site: Site) -> None:
    env = site.app.jinja_env
    known = {page.template for page in pages()}
    parts = set[str]().union(*(macros_used(env, name_of(path)) for path in TEMPLATES))

    assert {name_of(path) for path in TEMPLATES} == known | parts | {"web/base.html", "web/staff.html"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_an_imported_part_takes_nothing_but_its_arguments(site: Site, path: Path) -> None:
    env = site.app.jinja_env
    for part in macros_used(env, name_of(path)):
        assert names_read(env, part) == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_holds_no_inline_script_or_style(path: Path) -> None:
    source = path.read_text("utf-8").replace("<style>{{ inline_style() }}</style>", "")

    assert not re.findall(r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*\ssrc=)", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_form_that_changes_something_carries_its_token(path: Path) -> None:
    source = path.read_text("utf-8")
    forms = re.findall(r'<form\b[^>]*method="post"[^>]*>(.*?)</form>', source, re.DOTALL)

    bare = [form for form in forms if "hidden(" not in form and "csrf_token" not in form]

    assert len(bare) == (1 if name_of(path) == "intake/start.html" else 0)
