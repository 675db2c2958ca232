"""Codes of the register as words of the present language."""

from collections.abc import Mapping

from app.register.codes import FIELDS


def label(field: str, code: str) -> str:
    """Return what a code of a field is called; a code that is no longer known stands for itself."""
    found = FIELDS[field][1].get(code)
    return str(found) if found is not None else code


def labels(field: str) -> Mapping[str, str]:
    """Return every code of a field with its label."""
    return {code: str(text) for code, text in FIELDS[field][1].items()}


def name(field: str) -> str:
    """Return what a field is called."""
    return str(FIELDS[field][0])
