"""Texts in the language of this moment.

A percent sign is just that: only `%(name)s` asks for a value, so texts from flows and files need no doubled signs.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Self

from typing_extensions import override

from app.i18n import catalogues, languages
from app.i18n.languages import SOURCE, Language
from app.i18n.messages import PLACEHOLDER

CONTEXT_END = "\x04"
"""Stands between a context and its text, as in gettext's own files."""

_current: ContextVar[Language] = ContextVar("language", default=languages.LANGUAGES[SOURCE])
_archived: ContextVar[Mapping[str, str] | None] = ContextVar("archived", default=None)


class UnknownLanguageError(LookupError):
    """Raised when a text is asked in a language that is not in `LANGUAGES`."""


class MissingValueError(LookupError):
    """Raised when a text asks for a value that was not given."""


class LazyText(str):  # a str, so that form labels and constants need no other type
    """A text that is translated each time it is turned into text by `str()`, a format or a template."""

    __slots__ = ("_values",)
    _values: Mapping[str, object]

    def __new__(cls, msgid: str, values: Mapping[str, object]) -> Self:
        text = super().__new__(cls, msgid)
        text._values = values
        return text

    @override
    def __str__(self) -> str:
        return gettext(self[:], **self._values)

    @override
    def __format__(self, format_spec: str) -> str:
        return format(str(self), format_spec)


@contextmanager
def using(tag: str) -> Iterator[Language]:
    """Speak the language called *tag* inside the block.

    Raises: UnknownLanguageError.
    """
    language = languages.find(tag)
    if language is None:
        raise UnknownLanguageError(f"unknown language {tag!r}; app/i18n/languages.py lists the known ones")
    token = _current.set(language)
    try:
        yield language
    finally:
        _current.reset(token)


@contextmanager
def archived(texts: Mapping[str, str]) -> Iterator[None]:
    """Take from *texts* (Dutch to the current language) what the catalogue has lost, inside the block."""
    token = _archived.set(texts)
    try:
        yield
    finally:
        _archived.reset(token)


def current() -> Language:
    """Return the language of this moment; Dutch when nobody chose."""
    return _current.get()


def gettext(msgid: str, /, **values: object) -> str:
    """Return *msgid* (Dutch) in the current language, with *values* filled in.

    Raises: MissingValueError.
    """
    return fill(candidates(msgid), values)


def ngettext(one: str, many: str, num: int, /, **values: object) -> str:
    """Return the form of a text that fits *num*, which fills `%(num)s`, in the current language.

    Raises: MissingValueError.
    """
    return fill(plural_candidates(one, many, num), {"num": num} | values)


def lazy_gettext(msgid: str, /, **values: object) -> LazyText:
    """Mark a text outside a function; it is translated when it is shown."""
    return LazyText(msgid, values)


def language_of(msgid: str) -> Language:
    """Return the language in which `gettext(msgid)` comes out: Dutch where the translation is missing."""
    return current() if len(candidates(msgid)) > 1 else languages.LANGUAGES[SOURCE]


def candidates(msgid: str) -> tuple[str, ...]:
    """Return the translation, where there is one, and then the source text; what sets its meaning apart is left out."""
    translations = catalogues.compiled(current().tag)
    translation = translations.gettext(msgid) if translations and msgid else ""
    translation = translation or (_archived.get() or {}).get(msgid, "")
    source = msgid.rpartition(CONTEXT_END)[2]
    return (translation, source) if translation else (source,)


def plural_candidates(one: str, many: str, num: int) -> tuple[str, ...]:
    """Return the translated form, where there is one, and then the source's form."""
    source = one if num == 1 else many
    translations = catalogues.compiled(current().tag)
    translation = translations.ngettext(one, many, num) if translations else ""
    return (translation, source) if translation else (source,)


def fill(texts: Iterable[str], values: Mapping[str, object]) -> str:
    """Fill in the first of *texts* that asks for nothing but *values*: a broken translation gives way to its source.

    Without any values the source is shown as it stands, for a school's own words and places may hold any sign.
    Raises: MissingValueError, when the last text asks for more than the values given.
    """
    text, missing = "", ""
    for text in texts:
        missing = next((name for name in PLACEHOLDER.findall(text) if name not in values), "")
        if not missing:
            return PLACEHOLDER.sub(lambda match: str(values[match[1]]), text)
    if not values:
        return text
    raise MissingValueError(f"the text {text!r} needs a value: pass {missing}=...")
