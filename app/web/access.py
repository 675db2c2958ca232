"""Each view states who may open it; here stands the statement for pages that anybody may open."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

STATEMENT = "allowed_roles"
"""Attribute that carries the statement: None for anybody, else the roles; a guard test reads it from every route."""


def public(view: View) -> View:
    """State that anybody may open *view*, signed in or not."""
    setattr(view, STATEMENT, None)
    return view
