"""Finds every text of the project: in Python, templates, flows and the social map."""

import csv
from collections.abc import Collection, Iterator, Mapping
from io import StringIO
from pathlib import Path
from tokenize import TokenError
from typing import Any, BinaryIO

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from jinja2 import TemplateSyntaxError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError

from app.i18n.places import place_of

IN_CONTEXT = "pgettext"
"""What Babel calls a text with a context before it."""

KEYWORDS: dict[str, Any] = {
    "_": None,
    "_lazy": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    IN_CONTEXT: ((1, "c"), 2),
}
COMMENT_TAGS = ("Translators:",)
METHODS = (
    ("app/**/templates/**.html", "jinja2.ext:babel_extract"),
    ("app/**/templates/**.txt", "jinja2.ext:babel_extract"),
    ("app/**.py", "python"),
    ("flows/*.yaml", "app.i18n.extraction:extract_flow"),
    ("flows/desk/phrases.yaml", "app.i18n.extraction:extract_phrases"),
    ("flows/desk/duties.yaml", "app.i18n.extraction:extract_duties"),
    ("flows/topics/*.yaml", "app.i18n.extraction:extract_topics"),
    ("app/referrals/data/social-map.csv", "app.i18n.extraction:extract_services"),
)
OPTIONS = {pattern: {"silent": "false", "newstyle_gettext": "true"} for pattern, _ in METHODS[:2]}

TEXT_KEYS = ("title", "say", "ask", "hint", "label", "caution", "why", "end")
DUTY_KEYS = ("title", "deadline", "authority", "tell_first", "unsure")
SERVICE_COLUMNS = ("name_nl", "what_they_do_nl", "for_whom_nl", "opening_hours_nl", "cost_nl", "first_sentence_nl")

Found = tuple[int, str | None, str | tuple[str, str], list[str]]
"""Line (from 1), `IN_CONTEXT` or no function name, the text (after its context), comments for translators."""


class ExtractionError(ValueError):
    """Raised when a file with texts cannot be read; names it."""


def extract_texts(root: Path) -> Catalog:
    """Return every text of the project in folder *root*, with where it stands (paths relative to *root*).

    Raises: ExtractionError.
    """
    template = Catalog(fuzzy=False)
    reading = [""]
    faults = (MarkedYAMLError, TemplateSyntaxError, TokenError, SyntaxError, UnicodeDecodeError, csv.Error)
    try:
        for file, line, text, comments, context in extract_from_dir(
            root, METHODS, OPTIONS, KEYWORDS, COMMENT_TAGS, callback=lambda file, *_: reading.append(file)
        ):
            where = [place] if (place := place_of(file)) else []
            template.add(text, locations=[(file, line)], auto_comments=[*comments, *where], context=context)
    except faults as error:
        raise ExtractionError(f"{reading[-1]}: cannot be read ({error}); mend the file first") from error
    return template


def extract_flow(
    fileobj: BinaryIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """Yield the texts of a flow in the order of the file, each with the trail of keys that leads to it."""
    del keywords, comment_tags, options  # Babel's signature
    flow = YAML().load(fileobj)
    if isinstance(flow, CommentedMap):
        yield from _texts_of(flow, str(flow.get("flow", "")))


def extract_phrases(
    fileobj: BinaryIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """Yield the sentences of the desk, retired ones too, and what may fill their blanks, each with its group."""
    del keywords, comment_tags, options  # Babel's signature
    book = YAML().load(fileobj)
    if not isinstance(book, CommentedMap):
        return
    for name, choice in book.get("choices", {}).items():
        yield _line(choice, "label"), None, str(choice["label"]), [f"desk > label of the blank %({name})s"]
        for code, label in choice["codes"].items():
            yield _line(choice["codes"], code), None, str(label), [f"desk > fills the blank %({name})s, code: {code}"]
    for group_id, group in book.get("groups", {}).items():
        yield _line(group, "title"), None, str(group["title"]), [f"desk > title of the group {group_id}"]
        for name, card in group["cards"].items():
            notes = [str(card["note"])] if "note" in card else []
            where = f"desk > {group_id} > {name}; an adviser sends this sentence to a student"
            yield _line(card, "text"), None, str(card["text"]), [where, *notes]


def extract_duties(
    fileobj: BinaryIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """Yield what the facts are called, and the texts of each duty with where the law says so."""
    del keywords, comment_tags, options  # Babel's signature
    compass = YAML().load(fileobj)
    if not isinstance(compass, CommentedMap):
        return
    for name, text in compass.get("facts", {}).items():
        yield _line(compass["facts"], name), None, str(text), [f"duties > fact {name}"]
    for duty_id, duty in compass.get("duties", {}).items():
        texts = [(_line(duty, key), key, duty[key]) for key in DUTY_KEYS if key in duty]
        texts += [(_line(duty, "what_to_do"), "what_to_do", line) for line in duty["what_to_do"]]
        texts += [(_line(duty["source"], key), f"source, {key}", duty["source"][key]) for key in ("article", "read")]
        for line, key, text in texts:
            yield line, None, str(text), [f"duties > {duty_id} > {key}"]


def extract_topics(
    fileobj: BinaryIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """Yield what the topics of the social map are called; their words are no texts but stand there per language."""
    del keywords, comment_tags, options  # Babel's signature
    topics = YAML().load(fileobj)
    for name, topic in topics.items() if isinstance(topics, CommentedMap) else ():
        if isinstance(topic, CommentedMap) and "label" in topic:
            yield (
                _line(topic, "label"),
                None,
                str(topic["label"]),
                [f"topics > {name} > label, as in: found by this topic"],
            )


def _texts_of(node: CommentedMap, trail: str) -> Iterator[Found]:
    notes = [str(node["note"])] if "note" in node else []
    context = str(node.get("context") or "")
    for key, value in node.items():
        if key in TEXT_KEYS and isinstance(value, str) and value.strip():
            yield _line(node, key), *_in_context(context, str(value)), [f"{trail} > {key}", *notes]
        elif key == "chips" and isinstance(value, CommentedMap):
            for code, label in value.items():
                yield _line(value, code), *_in_context(context, str(label)), [f"{trail} > chips, code: {code}", *notes]
        elif key == "steps" and isinstance(value, CommentedMap):
            for step_id, step in value.items():
                if isinstance(step, CommentedMap):
                    yield from _texts_of(step, f"{trail} > {step_id}")


def _in_context(context: str, text: str) -> tuple[str | None, str | tuple[str, str]]:
    return (IN_CONTEXT, (context, text)) if context else (None, text)


def _line(node: CommentedMap, key: str) -> int:
    line: int = node.lc.key(key)[0]
    return line + 1


def extract_services(
    fileobj: BinaryIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """Yield the Dutch texts of the social map, service by service; a column that is not there is left out."""
    del keywords, comment_tags, options  # Babel's signature
    rows = csv.DictReader(StringIO(fileobj.read().decode("utf-8-sig"), newline=""))
    columns = [column for column in SERVICE_COLUMNS if column in (rows.fieldnames or ())]
    line = rows.line_num + 1
    for row in rows:
        for column in columns:
            if text := (row[column] or "").strip():
                yield line, None, text, [f"social map > {row.get('id') or row.get('name_nl') or ''} > {column}"]
        line = rows.line_num + 1
