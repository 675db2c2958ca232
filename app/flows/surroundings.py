"""What a check may know of the installation around the conversations."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Surroundings:
    """The social map, the languages and the catalogues; what is None or empty is not checked against."""

    help_ids: frozenset[str] | None = None
    """Ids of the cards of help that exist."""
    languages: tuple[str, ...] = ()
    """Tags of the languages that are offered, that of the source among them."""
    catalogues: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Translations by language tag and text; a text with a context begins with it, as gettext keeps it."""
    tests: bool = False
    """Whether what no test touches is told as well."""
    lock: bool = False
    """Whether the conversations must match `flows.lock`."""
