"""Advice for whoever writes: what makes a talk long, hard to read, or asks more than is needed."""

import re
from collections.abc import Iterator

from app.flows.checking_flows import Built
from app.flows.checking_texts import texts_of
from app.flows.model import Step
from app.flows.plain_writing import can_measure, reading_ease
from app.flows.reading import Location

MOST_REQUIRED = 4
MOST_CHIPS = 7
MOST_CHARACTERS = 240
"""Characters of one bubble that are seen at once on a small phone."""
LEAST_EASE = 60.0
"""Flesch-Douma of text for B1; below it words or sentences are long."""
OTHER = re.compile(r"other|.*_other|other_.*|something_else")
IDENTIFYING = re.compile(
    r"\b(?:(?:voor|achter|roep|bij)?na(?:am|men)|hoe heet|(?:welke|jouw|je) klas|klas zit|mentor(?:klas)?|"
    r"leerlingnummer|telefoon(?:nummer)?|nummer|06|e-?mail(?:adres)?|adres|postcode|waar woon|geboortedatum|geboren|"
    r"hoe oud|leeftijd|instagram|snapchat|tiktok|bsn|burgerservicenummer)\b",
    re.IGNORECASE,
)
"""Words of a question that asks for what tells who somebody is."""


def check_people(built: Built) -> None:
    """Note what makes the conversation harder than it need be for a student in need."""
    required = [step for step in built.flow.steps.values() if step.required]
    for step in required[MOST_REQUIRED:]:
        message = (
            f'"{step.id}" is required question number {required.index(step) + 1}: make all but {MOST_REQUIRED} optional'
        )
        built.fault(step, "required", "W30", message)
    for step in built.flow.steps.values():
        for place, rule, message in _advice(built, step):
            built.document.fault((*built.places[step.id], *place), rule, message)
    _check_bubbles(built)


def identifying(text: str) -> str:
    """Return the word in *text* that asks for what tells who somebody is, or nothing."""
    found = IDENTIFYING.search(text)
    return found[0] if found else ""


def _advice(built: Built, step: Step) -> Iterator[tuple[Location, str, str]]:
    if len(step.offered) > MOST_CHIPS:
        message = f'"{step.id}" has {len(step.offered)} chips: keep {MOST_CHIPS} and ask on in a section'
        yield ("chips",), "W31", message
    for code in step.offered:
        if OTHER.fullmatch(code) and not _has_own_words(built, step):
            yield ("chips", code), "W34", f'nothing asks what "{code}" is: add a question with text after "{step.id}"'
    if step.is_question and not step.label:
        yield ("ask",), "W35", f'"{step.id}" has no label: add a short name for the review page and the adviser'
    for key in ("ask", "label"):
        if step.is_question and (word := identifying(getattr(step, key).rpartition("\4")[2])):
            message = f'"{step.id}" asks for "{word}", which may tell who somebody is: ask less or leave it out'
            yield (key,), "W27", message


def _has_own_words(built: Built, step: Step) -> bool:
    """Tell whether somebody who chose "something else" can write what: here in the talk or before."""
    steps = list(built.flow.steps.values())
    later = steps[steps.index(step) :]
    return any(each.long for each in steps) or any(each.kind == "text" for each in later)


def _check_bubbles(built: Built) -> None:
    for text in texts_of(built.document):
        name = f'"{text.place[-1]}"'
        if len(text.plain) > MOST_CHARACTERS:
            message = f"{name} has {len(text.plain)} characters: write two bubbles of at most {MOST_CHARACTERS}"
            built.document.fault(text.place, "W32", message)
        elif text.place[-1] == "ask" and text.plain.count("?") > 1:
            built.document.fault(text.place, "W32", f"{name} asks two things at once: make them two questions")
        if can_measure(text.plain) and (ease := reading_ease(text.plain)) < LEAST_EASE:
            message = f"{name} reads at {ease:.0f}, below {LEAST_EASE:.0f} for B1: use shorter words and sentences"
            built.document.fault(text.place, "W33", message)
