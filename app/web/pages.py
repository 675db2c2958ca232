"""Pages are frozen values: a template gets the fields of its Page and nothing else, so no query can start in it."""

from dataclasses import dataclass, fields
from typing import ClassVar

from flask import render_template


@dataclass(frozen=True, kw_only=True)
class Page:
    """Base of every page; a subclass names its `template` and adds the fields that the template reads."""

    template: ClassVar[str]
    title: str


def render(page: Page) -> str:
    """Render *page* with exactly its fields."""
    return render_template(page.template, **{f.name: getattr(page, f.name) for f in fields(page)})
