"""The texts of a case for a search: from plain rows, each with where it stands and in which language it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.cases.desk import Desk
from app.cases.envelopes import CARD, REPORT, CaseRef, open_value, place_of_message
from app.cases.notes import own_key
from app.cases.reading import labels_in
from app.cases.records import open_record
from app.cases.said import as_text, phrases_said
from app.cases.wording import answer_texts, category_label
from app.flows.model import WATCH, FlowSet, Step
from app.i18n.formats import format_date
from app.i18n.translate import archived, current
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext as _lazy
from app.talks.queries import texts_of, version

_WRITTEN = frozenset({"student", "adviser", "outcome"})
_UNDATED = {"card": _lazy("Onderwerp"), "report": _lazy("Wat de leerling vertelde"), "labels": _lazy("Label")}
_NOTES = {"note": _lazy("Gedeelde notitie"), "own": _lazy("Eigen notitie")}


@dataclass(frozen=True, slots=True)
class Text:
    """One text; its place in words is made only when it is shown."""

    words: str
    language: str
    kind: str
    written_on: date | None = None
    author: str = ""

    @property
    def place(self) -> str:
        """Return in words where it stands."""
        if self.written_on is None or self.kind in _UNDATED:
            return str(_UNDATED[self.kind])
        day = format_date(self.written_on)
        if self.kind in _NOTES:
            return _("%(note)s, %(day)s", note=_NOTES[self.kind], day=day)
        if self.kind == "student":
            return _("Bericht van de leerling, %(day)s", day=day)
        return _("Bericht van %(name)s, %(day)s", name=self.author or _("een vertrouwenspersoon"), day=day)


@dataclass(frozen=True)
class Opener:
    """Opens what belongs to cases; what many of them share is read once a search."""

    session: Session
    versions: dict[str, tuple[FlowSet | None, Mapping[str, str]]] = field(default_factory=dict)

    def card(self, key: bytes | None, blob: bytes, ref: CaseRef) -> Iterator[Text]:
        """Give the categories and the topic of a card."""
        card = open_value(key, blob, ref, *CARD)
        if card:
            yield from (Text(category_label(code), current().html_lang, "card") for code in card["categories"])
            yield Text(card["topic"], card["language"], "card")

    def report(self, key: bytes | None, blob: bytes, ref: CaseRef) -> Iterator[Text]:
        """Give the answers of a report: own words as they were typed, others as their labels in this language."""
        told = open_value(key, blob, ref, *REPORT)
        if not told:
            return
        flows, texts = self._version(told["flow_hash"])
        if flows is None:
            return
        with archived(texts):
            labels = labels_in(told["choices"])
            for step_id, values in told["answers"].items():
                step = _step_of(flows, told["flow_id"], step_id)
                if step is not None:
                    language = told["language"] if step.kind == "text" else current().html_lang
                    yield from (Text(words, language, "report") for words in answer_texts(step, values, labels))

    def messages(self, key: bytes | None, rows: Sequence[Row[Any]], ref: CaseRef) -> Iterator[Text]:
        """Give what was written in the conversation, sentences of the desk in this language; not what was tapped."""
        for row in rows:
            if row.direction not in _WRITTEN:
                continue
            said = open_value(key, row.blob, ref, *place_of_message(row.seq, row.direction))
            if said:
                author = said.get("author", "")
                if said.get("parts"):
                    phrases = as_text(phrases_said(said["parts"]))
                    yield Text(phrases, current().html_lang, row.direction, row.written_on, author)
                yield Text(said["text"], said["language"], row.direction, row.written_on, author)

    def records(self, notes_key: bytes | None, desk: Desk, rows: Sequence[Row[Any]], ref: CaseRef) -> Iterator[Text]:
        """Give the shared notes, this reader's own notes and the labels as they are now."""
        own, labels = own_key(desk, ref), [row for row in rows if row.kind == "labels"]
        for row in (*(row for row in rows if row.kind in ("note", "own")), *labels[-1:]):
            value = open_record(own if row.kind == "own" else notes_key, row.blob, ref, row.seq, row.kind)
            if value is not None:
                words = value["labels"] if row.kind == "labels" else (value["text"],)
                yield from (Text(text, "", row.kind, row.written_on) for text in words)

    def _version(self, flow_hash: str) -> tuple[FlowSet | None, Mapping[str, str]]:
        if flow_hash not in self.versions:
            texts = texts_of(self.session, flow_hash, current().tag)
            self.versions[flow_hash] = version(self.session, flow_hash), texts
        return self.versions[flow_hash]


def _step_of(flows: FlowSet, flow_id: str, step_id: str) -> Step | None:
    """Return the step that an answer is to; None for what the engine keeps beside the answers."""
    if step_id.endswith(f".{WATCH}"):
        return None
    other, _dot, name = step_id.rpartition(".")
    flow = flows.flows.get(other or flow_id)
    return flow.steps.get(name) if flow else None
