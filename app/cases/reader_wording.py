"""Who reads along from some day on, or no longer, in words."""

from collections.abc import Mapping


def readers_text(content: Mapping[str, str], *, is_own: bool) -> str:
    """Return in the present language who began or stopped reading along; *is_own* is for the student himself."""
    return content.get("name", "")
