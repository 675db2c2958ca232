"""The short name of a school in its address: typed by students, printed on posters, never changed."""

import re
import unicodedata
from collections.abc import Collection

from app.schools.models import SLUG_LENGTH

RESERVED_SLUGS = frozenset(
    {
        "about", "accessibility", "account", "accounts", "admin", "api", "app", "audit", "cases", "city", "code",
        "cookies", "de", "demo", "docs", "en", "error", "exit", "favicon.ico", "health", "healthz", "help",
        "help.csv", "help.json", "home", "index", "intake", "lang", "language", "login", "logout", "manifest.json",
        "nl", "poster", "privacy", "readyz", "register", "report", "robots.txt", "school", "schools", "search",
        "security.txt", "sitemap.xml", "staff", "start", "static", "statistics", "status", "talk", "test", "vertel",
        "w", ".well-known", "worker", "www",
    }
)  # fmt: skip
"""First parts of addresses that belong to the site itself, now or one day."""

_SHORTEST = 2
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d"}
    | dict.fromkeys("'’‘`´")
)


def slugify(name: str) -> str:
    """Spell *name* in lower-case ASCII letters and digits with single hyphens; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS)).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain.translate(_LETTERS)).strip("-")
    return _shortened(words, SLUG_LENGTH)


def new_slug(name: str, location_code: str, taken: Collection[str]) -> str:
    """Return a slug that is neither *taken* nor reserved; where the name is not enough, with the location code."""
    plain = slugify(name)
    if _is_free(plain, taken):
        return plain
    code = slugify(location_code)
    longer = f"{_shortened(plain, SLUG_LENGTH - len(code) - 1) or 'school'}-{code}".strip("-")
    candidate, number = longer, 1
    while not _is_free(candidate, taken):
        number += 1
        candidate = f"{_shortened(longer, SLUG_LENGTH - len(str(number)) - 1)}-{number}"
    return candidate


def _is_free(slug: str, taken: Collection[str]) -> bool:
    return len(slug) >= _SHORTEST and slug not in taken and slug not in RESERVED_SLUGS


def _shortened(slug: str, length: int) -> str:
    if len(slug) <= length:
        return slug
    whole_words = slug[: length + 1].rpartition("-")[0]
    return (whole_words or slug[:length]).strip("-")
