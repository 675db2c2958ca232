"""Reads the catalogues in `translations/` and compiles them in memory, with the plural forms of CLDR."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.plural import to_gettext
from typing_extensions import override

from app.i18n import languages
from app.i18n.audience import is_critical
from app.i18n.messages import is_gap
from app.i18n.pseudo import pseudo_catalogue
from app.i18n.status import Status, status_of

PATTERN = "*/LC_MESSAGES/messages.po"
ENOUGH_PERCENT = 95
"""So many of the texts that are not critical must be there; a single gap shows the Dutch text, marked as Dutch."""

_FORMS_WITHOUT_CLDR = "nplurals=2; plural=(n != 1);"


class CatalogueError(ValueError):
    """Raised when a catalogue cannot be read; names the file, the line where known, and the cure."""


class _Gap(NullTranslations):
    """Stands behind a catalogue and answers what it lacks with an empty text, so that a gap can be told from a text."""

    @override
    def gettext(self, message: str) -> str:
        return ""

    @override
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""


_compiled: dict[str, GNUTranslations] = {}
_readiness: dict[str, "Readiness"] = {}


def load(folder: Path, *, is_draft_offered: bool = True, is_pseudo_offered: bool = False) -> None:
    """Read every catalogue in *folder* and offer those that are ready; what was loaded before is gone.

    Without *is_draft_offered* a language waits until a native speaker has approved every critical text; with
    *is_pseudo_offered* come two that nobody speaks.

    Raises: CatalogueError; then nothing has changed.
    """
    read = {path.parent.parent.name: read_catalogue(path) for path in sorted(folder.glob(PATTERN))}
    for tag in read:
        if tag not in languages.LANGUAGES:
            raise CatalogueError(f"{folder / tag}: unknown language {tag!r}; add it to app/i18n/languages.py")
    compiled = {tag: compile_catalogue(catalogue, tag) for tag, catalogue in read.items()}
    _compiled.clear()
    _compiled.update(compiled)
    _readiness.clear()
    _readiness.update({tag: readiness_of(catalogue) for tag, catalogue in read.items()})
    ready = [tag for tag, catalogue in read.items() if is_offered(catalogue, tag)]
    chosen = [tag for tag in ready if is_draft_offered or tag == languages.EASY or _readiness[tag].is_approved]
    if is_pseudo_offered:
        chosen += _add_pseudo(read["en"])
    languages.offer(chosen)


def _add_pseudo(whole: Catalog) -> Collection[str]:
    for tag in languages.PSEUDO:
        forms = int(plural_forms(tag).partition(";")[0].removeprefix("nplurals="))
        _compiled[tag] = compile_catalogue(pseudo_catalogue(whole, tag, forms), tag)
    return languages.PSEUDO


def readiness() -> Mapping[str, "Readiness"]:
    """Return how far each loaded catalogue is, by language."""
    return dict(_readiness)


def compiled(tag: str) -> GNUTranslations | None:
    """Return the loaded texts of a language, or None."""
    return _compiled.get(tag)


def read_catalogue(path: Path) -> Catalog:
    """Read one .po file as it stands.

    Raises: CatalogueError.
    """
    try:
        with path.open("rb") as file:
            return read_po(file, abort_invalid=True)
    except PoFileError as error:
        raise CatalogueError(f"{path}:{error.lineno + 1}: {error}; write it as gettext does") from error
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path}:1: not UTF-8 ({error.reason}); save it as UTF-8") from error


def compile_catalogue(catalogue: Catalog, tag: str) -> GNUTranslations:
    """Compile *catalogue* with the plural forms of CLDR; fuzzy and empty texts stay out."""
    # Without a language Babel leaves the plural forms out of what it writes.
    catalogue.mime_headers = [("Language", tag), ("Plural-Forms", plural_forms(tag))]
    file = BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    translations = GNUTranslations(file)
    translations.add_fallback(_Gap())
    return translations


def plural_forms(tag: str) -> str:
    """Return the `Plural-Forms` of a known language by CLDR; Babel's own table misses Tigrinya, Somali and others."""
    locale = languages.cldr_locale(tag)
    # Babel leaves in the exponent of "2e6" (Spanish, French), which gettext does not know; plain numbers have none.
    return re.sub(r"\b[ce]\b", "0", to_gettext(locale.plural_form)) if locale else _FORMS_WITHOUT_CLDR


@dataclass(frozen=True)
class Readiness:
    """How far a catalogue is: its critical texts and the rest, each with those that lack a certain translation.

    *statuses* counts the translated texts by status, *unapproved* the critical ones that no native speaker approved.
    """

    critical: int
    critical_gaps: Collection[Message]
    rest: int
    rest_gaps: Collection[Message]
    statuses: Mapping[Status, int]
    unapproved: int

    @property
    def is_complete(self) -> bool:
        """Whether there are texts and none has a gap."""
        return bool(self.critical or self.rest) and not self.critical_gaps and not self.rest_gaps

    @property
    def is_approved(self) -> bool:
        """Whether a native speaker has approved every critical text."""
        return self.critical > 0 and self.unapproved == 0

    @property
    def is_ready(self) -> bool:
        """Whether the language may be offered: every critical text is there, and nearly all of the rest."""
        is_rest_enough = 100 * (self.rest - len(self.rest_gaps)) >= ENOUGH_PERCENT * self.rest
        return bool(self.critical or self.rest) and not self.critical_gaps and is_rest_enough


def readiness_of(catalogue: Catalog) -> Readiness:
    """Count the texts of *catalogue* and find those without a translation that is whole and certain."""
    messages = [message for message in catalogue if message.id]
    critical = [message for message in messages if is_critical(message.locations)]
    rest = [message for message in messages if not is_critical(message.locations)]
    return Readiness(
        len(critical),
        [*filter(is_gap, critical)],
        len(rest),
        [*filter(is_gap, rest)],
        Counter(status_of(message) for message in messages if not is_gap(message)),
        sum(status_of(message) != "approved" for message in critical),
    )


def is_offered(catalogue: Catalog, tag: str) -> bool:
    """Tell whether people can choose the language *tag*: easy Dutch with one text, any other when it is ready."""
    return has_text(catalogue) if tag == languages.EASY else readiness_of(catalogue).is_ready


def has_text(catalogue: Catalog) -> bool:
    """Tell whether the catalogue has a translation that is whole and certain."""
    return any(message.id and not is_gap(message) for message in catalogue)


def is_complete(catalogue: Catalog) -> bool:
    """Tell whether the catalogue has texts and every one is translated and certain."""
    return readiness_of(catalogue).is_complete
