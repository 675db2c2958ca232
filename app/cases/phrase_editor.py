"""What a page shows of a message made of sentences: those to pick, the draft, and how the student will read it."""

from collections.abc import Collection
from dataclasses import dataclass

from app.cases.phrase_sending import Draft, Line, blank_id
from app.cases.phrases import Fillings, blank_label, phrase_book
from app.cases.said import Said, phrase_said, phrases_said
from app.flows.phrases import Phrase, PhraseGroup
from app.i18n.languages import LANGUAGES, SOURCE, Language, find
from app.i18n.translate import gettext as _
from app.i18n.translate import language_of, using


@dataclass(frozen=True)
class Option:
    """One choice for a blank."""

    value: str
    label: str


@dataclass(frozen=True)
class BlankField:
    """A blank that waits for a choice; without options it takes a day."""

    id: str
    label: str
    value: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class DraftLine:
    """One sentence of the draft in the adviser's language."""

    phrase_id: str
    said: Said
    blanks: tuple[BlankField, ...]


@dataclass(frozen=True)
class PhraseButton:
    """A sentence that can be tapped, its blanks shown by name."""

    id: str
    text: str


@dataclass(frozen=True)
class ButtonGroup:
    """Sentences for one moment; `is_open` where the last one was tapped."""

    title: str
    buttons: tuple[PhraseButton, ...]
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class Editor:
    """The draft of a message and what can be added to it."""

    groups: tuple[ButtonGroup, ...]
    lines: tuple[DraftLine, ...]
    preview: tuple[Said, ...]
    """The sentences as the student will read them."""
    student_language: Language
    has_gap: bool
    """True when a sentence has no translation: it will be read in Dutch."""
    has_card: bool
    """True when the student sees the card of a service below it."""
    is_open: bool
    """True while sentences are being picked."""


def editor(draft: Draft, fillings: Fillings, language: str, only: Collection[str] = ()) -> Editor:
    """Show *draft* to an adviser, for a student who reads *language*; *only* names the groups to pick from."""
    student = find(language) or LANGUAGES[SOURCE]
    parts = draft.parts(fillings)
    with using(student.tag):
        preview = phrases_said(parts)
        has_gap = any(language_of(part["text"]).html_lang != student.html_lang for part in parts)
    groups = [group for group in phrase_book().groups if not only or group.id in only]
    lines = zip(draft.lines, parts, strict=True)
    return Editor(
        groups=tuple(_group(group, is_open=group.id == draft.group or bool(only)) for group in groups),
        lines=tuple(
            DraftLine(line.phrase.id, phrase_said(part["text"], part["slots"]), _blanks(place, line, fillings))
            for place, (line, part) in enumerate(lines)
        ),
        preview=preview,
        student_language=student,
        has_gap=has_gap,
        has_card=bool(draft.services),
        is_open=bool(draft.lines or only),
    )


def _group(group: PhraseGroup, *, is_open: bool) -> ButtonGroup:
    offered = tuple(PhraseButton(each.id, _named(each)) for each in group.phrases if not each.is_retired)
    return ButtonGroup(_(group.title), offered, is_open)


def _named(phrase: Phrase) -> str:
    """Return a sentence with the name of each blank in it."""
    return _(phrase.text, **{name: f"[{blank_label(name).lower()}]" for name in phrase.slots})


def _blanks(place: int, line: Line, fillings: Fillings) -> tuple[BlankField, ...]:
    return tuple(
        BlankField(blank_id(place, name), blank_label(name), value, _options(name, fillings))
        for name, value in line.values.items()
    )


def _options(name: str, fillings: Fillings) -> tuple[Option, ...]:
    texts = fillings.get(name, {})
    return tuple(Option(code, text if name == "person" else _(text)) for code, text in texts.items())
