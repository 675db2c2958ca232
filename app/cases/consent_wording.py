"""A step that asks for the student's consent, and his answer, in words."""

from collections.abc import Mapping


def ask_text(content: Mapping[str, str], *, is_own: bool) -> str:
    """Return in the present language what an adviser asks; *is_own* is for the student himself."""
    return content.get("text", "")


def consent_text(content: Mapping[str, str], *, is_own: bool) -> str:
    """Return in the present language what a student answered; *is_own* is for the student himself."""
    return content.get("answer", "")
