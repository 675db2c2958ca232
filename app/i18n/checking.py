"""What may be wrong with a text or its translation, as faults with a file, a line and a cure."""

from collections.abc import Iterator
from dataclasses import dataclass

from babel.messages import Catalog, Message
from typing_extensions import override

from app.i18n.audience import is_in_catalogue
from app.i18n.catalogues import plural_forms, readiness_of
from app.i18n.easy import hard_sentences
from app.i18n.languages import EASY, SOURCE, TRANSLATED
from app.i18n.messages import PLACEHOLDER, ids_of, texts_of
from app.i18n.wording import forbidden_in, has_markup, missing_terms

_SHOWN = 60
_LISTED = 10
NAMES = "app/referrals/data/social-map.csv"
UPDATE = "run `flask translations update`"


@dataclass(frozen=True, order=True)
class Fault:
    """Something to mend; `str()` gives `file:line: message, cure`."""

    file: str
    line: int
    message: str
    cure: str

    @override
    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}, {self.cure}"


@dataclass(frozen=True)
class Sheet:
    """A catalogue as it was read, with its language and the file's name in messages."""

    tag: str
    file: str
    catalogue: Catalog

    def fault(self, message: Message, what: str, cure: str) -> Fault:
        return Fault(self.file, message.lineno or 1, f"{shown(message)} {what}", cure)


def source_faults(template: Catalog) -> Iterator[Fault]:
    """Yield what is wrong with the Dutch texts themselves."""
    for message in _messages(template):
        file, line = message.locations[0]
        for text in ids_of(message):
            for what, cure in _wording_faults(text, SOURCE):
                yield Fault(file, line, f"{shown(message)} {what}", cure)
            if "%(" in PLACEHOLDER.sub("", text):
                yield Fault(file, line, f"{shown(message)} has a broken placeholder", "write it as %(name)s")


def sheet_faults(sheet: Sheet, template: Catalog) -> Iterator[Fault]:
    """Yield what is wrong with one catalogue, measured against the texts of the project."""
    if _squeezed(sheet.catalogue.plural_forms) != _squeezed(plural_forms(sheet.tag)):
        yield Fault(sheet.file, 1, "Plural-Forms is not the rule of CLDR", UPDATE)
    for message in _messages(template):
        is_wanted = sheet.tag != EASY and is_in_catalogue(sheet.tag, message.locations)
        if is_wanted and _counterpart(sheet.catalogue, message) is None:
            yield Fault(*message.locations[0], f"{shown(message)} is not in {sheet.file}", UPDATE)
    for message in _messages(sheet.catalogue):
        source = _counterpart(template, message)
        if source is None or not is_in_catalogue(sheet.tag, source.locations):
            yield sheet.fault(message, "is no longer a text of the project", UPDATE)
        else:
            yield from message_faults(sheet, message)


def message_faults(sheet: Sheet, message: Message) -> Iterator[Fault]:
    """Yield what is wrong with the translation of one text."""
    texts = texts_of(message)
    if sheet.tag in TRANSLATED:
        yield from _gap_faults(sheet, message)
    if any(text and not _fits(message, text) for text in texts):
        wanted = ", ".join(sorted(_placeholders(message))) or "none"
        yield sheet.fault(message, "has other placeholders than its translation", f"keep exactly these: {wanted}")
    for what, cure in dict.fromkeys(fault for text in texts for fault in _wording_faults(text, sheet.tag)):
        yield sheet.fault(message, what, cure)
    for word, ways in dict(found for text in texts if text for found in _lost_terms(message, text, sheet.tag)).items():
        yield sheet.fault(message, f"says {word!r} in another way than agreed", f"write one of: {', '.join(ways)}")
    for what, cure in (fault for text in texts if sheet.tag == EASY for fault in hard_sentences(text)):
        yield sheet.fault(message, what, cure)


def _lost_terms(message: Message, text: str, tag: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if all(file == NAMES for file, _ in message.locations) and message.locations:
        return  # A service keeps its own name.
    for word, ways in missing_terms(ids_of(message)[-1], text, tag):
        yield word, tuple(ways)


def shortfall(sheet: Sheet) -> Iterator[Fault]:
    """Yield what keeps a language from being offered: one line with the numbers, then the first critical gaps."""
    if sheet.tag == EASY:
        return
    readiness = readiness_of(sheet.catalogue)
    if readiness.is_ready:
        return
    critical = f"{len(readiness.critical_gaps)} of {readiness.critical} critical texts"
    rest = f"{len(readiness.rest_gaps)} of {readiness.rest} others"
    cure = "translate the critical ones first"
    yield Fault(sheet.file, 1, f"{sheet.tag} is not offered: {critical} and {rest} have no certain translation", cure)
    for message in list(readiness.critical_gaps)[:_LISTED]:
        yield from _gap_faults(sheet, message)


def _gap_faults(sheet: Sheet, message: Message) -> Iterator[Fault]:
    if not all(texts_of(message)):
        yield sheet.fault(message, f"has no translation in {sheet.tag}", "translate it")
    if message.fuzzy:
        yield sheet.fault(message, "is marked fuzzy", "check it and take the mark away")


def _wording_faults(text: str, tag: str) -> Iterator[tuple[str, str]]:
    for word in forbidden_in(text, SOURCE if tag == EASY else tag):
        yield f'promises too much in {tag} ("{word.shown}")', word.cure
    if has_markup(text):
        yield f"has HTML in {tag}", "write plain text; tags belong in the template"


def _fits(message: Message, text: str) -> bool:
    """Tell whether *text* asks for what its source asks for; a plural form may leave the number itself out."""
    wanted, used = _placeholders(message), set(PLACEHOLDER.findall(text))
    optional = {"num"} if message.pluralizable else set()
    return "%(" not in PLACEHOLDER.sub("", text) and wanted - optional <= used <= wanted


def _placeholders(message: Message) -> set[str]:
    return {name for text in ids_of(message) for name in PLACEHOLDER.findall(text)}


def shown(message: Message) -> str:
    """Return the beginning of the source text in quotes, and its context where it has one."""
    text = " ".join(ids_of(message)[0].split())
    quoted = f'"{text}"' if len(text) <= _SHOWN else f'"{text[: _SHOWN - 3]}..."'
    return f"{quoted} ({message.context})" if message.context else quoted


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _counterpart(catalogue: Catalog, message: Message) -> Message | None:
    other = catalogue.get(ids_of(message)[0], message.context)
    return other if other is not None and ids_of(other) == ids_of(message) else None


def _squeezed(rule: str) -> str:
    return "".join(rule.split()).rstrip(";")
