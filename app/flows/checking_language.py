"""Checks the translations of the texts: whole where safety asks for it, and as the page needs them."""

import re
from collections.abc import Iterator, Mapping

from app.flows.checking_flows import Built, opened_by
from app.flows.checking_safety import gives_help
from app.flows.checking_texts import Text, texts_of
from app.flows.model import Step
from app.flows.reading import Location
from app.flows.surroundings import Surroundings

LEAST_PERCENT = 95
"""Of the texts of one file that an offered language should have."""
LONG_CHIP = 20
"""Characters below which a chip fits, however short its source is."""
PLACEHOLDER = re.compile(r"%\(\w+\)s")
MARKUP = re.compile(r"</?[a-z!][^>]*>|&(?:[a-z]+|#\d+);|\*\*|\]\(", re.IGNORECASE)


def check_language(all_built: Mapping[str, Built], surroundings: Surroundings) -> None:
    """Note what is missing or wrong in the translations of the conversations."""
    opened = opened_by(all_built)
    offered = [tag for tag in surroundings.languages if tag in surroundings.catalogues]
    for name, built in all_built.items():
        is_critical = name in opened and gives_help(built)
        for tag in offered:
            _check_built(built, tag, surroundings.catalogues[tag], is_critical=is_critical)


def _check_built(built: Built, tag: str, catalogue: Mapping[str, str], *, is_critical: bool) -> None:
    texts = list(texts_of(built.document))
    critical = [built.places[step.id] for step in built.flow.steps.values() if _is_critical(step)]
    missing = [text for text in texts if not catalogue.get(text.msgid)]
    for text in missing:
        if is_critical or _is_inside(text, critical):
            message = f'"{text.place[-1]}" is about safety and has no translation in {tag}: translate it first'
            built.document.fault(text.place, "E41", message)
    percent = 100 * (len(texts) - len(missing)) // len(texts)
    if percent < LEAST_PERCENT:
        message = f"{percent} % of this file has a translation in {tag}: translate at least {LEAST_PERCENT} %"
        built.document.fault((), "W42", message)
    for text in texts:
        for rule, what in _faults_of(text, catalogue.get(text.msgid, "")):
            built.document.fault(text.place, rule, f'the translation of "{text.place[-1]}" in {tag} {what}')


def _is_critical(step: Step) -> bool:
    return bool(step.help or step.caution or (step.required and step.detour))


def _is_inside(text: Text, places: list[Location]) -> bool:
    return any(text.place[: len(place)] == place for place in places)


def _faults_of(text: Text, translation: str) -> Iterator[tuple[str, str]]:
    wanted, used = (sorted(set(PLACEHOLDER.findall(each))) for each in (text.plain, translation))
    if translation and wanted != used:
        yield "E40", f"has other placeholders: keep exactly these: {', '.join(wanted) or 'none'}"
    if text.is_chip and len(translation) > max(LONG_CHIP, 2 * len(text.plain)):
        yield (
            "W43",
            f"is more than twice as long as its chip: shorten it to {max(LONG_CHIP, 2 * len(text.plain))} characters",
        )
    if found := MARKUP.search(translation):
        yield "W44", f'has markup ("{found[0]}"): write plain text'
