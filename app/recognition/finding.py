"""Finds in a text what could tell who wrote it, and writes the vaguer words in its place."""

import re
import unicodedata
from collections.abc import Iterator

from app.recognition.candidates import Candidate, settled
from app.recognition.crowds import crowd_of
from app.recognition.given_names import NameReader
from app.recognition.model import Finding, Kind, Pack, Packs, Rule, Surroundings
from app.recognition.staff import staff_candidates
from app.recognition.times import month_name, part_of_day
from app.recognition.words import begins_sentence, by_language, words_of

__all__ = ["Finding", "Surroundings", "apply", "find"]

_PLACE = re.compile(r"\{(\w+)\}")
_ANY_DIGIT = "#"
_DIGIT = re.compile(r"\d")


def find(text: str, packs: Packs, surroundings: Surroundings) -> tuple[Finding, ...]:
    """Return what in *text* could tell who wrote it, in reading order; no two findings overlap."""
    kept = settled(_candidates(text, packs, surroundings), len(text))
    return tuple(_finding(text, candidate, candidate.kind, surroundings) for candidate in kept if candidate.kind)


def apply(text: str, finding: Finding) -> str:
    """Return *text* with the proposal in the place of what was found; a warning changes nothing."""
    if finding.blurred is None:
        return text
    return text[: finding.start] + finding.blurred + text[finding.end :]


def _candidates(text: str, packs: Packs, surroundings: Surroundings) -> Iterator[Candidate]:
    words = words_of(text)
    reader = NameReader(text, words, packs)
    ranked = by_language(packs, words)
    yield from staff_candidates(reader, surroundings.staff_names, packs)
    yield from _school_candidates(text, surroundings)
    yield from reader.candidates(ranked[0])
    lowered = text.lower() + (_ANY_DIGIT if _DIGIT.search(text) else "")
    for language, pack in enumerate(ranked):
        for rule in pack.rules:
            if not rule.near or any(word in lowered for word in rule.near):
                yield from _rule_candidates(reader, rule, pack, language)


def _school_candidates(text: str, surroundings: Surroundings) -> Iterator[Candidate]:
    """Leave the school's own name alone: *Johan de Witt* is nobody here."""
    for name in filter(None, surroundings.school_names):
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        yield from (Candidate(match.start(), match.end(), None) for match in pattern.finditer(text))


def _rule_candidates(reader: NameReader, rule: Rule, pack: Pack, language: int) -> Iterator[Candidate]:
    for match in rule.pattern.finditer(reader.text):
        blurred = _blurred(match, rule, pack)
        span = _span(match, rule, reader)
        if span and (blurred is not None or rule.blur is None):
            yield Candidate(*span, rule.kind, blurred, rule.crowd, language)


def _span(match: re.Match[str], rule: Rule, reader: NameReader) -> tuple[int, int] | None:
    """Return the place of what the rule found, with the whole of a name that ends it; None when it is no name."""
    start, end = match.span("found" if "found" in rule.pattern.groupindex else 0)
    if "who" not in rule.pattern.groupindex:
        return start, end
    index = reader.index_at(match.start("who"))
    if index is None or not reader.is_who(index, rule.who):
        return None
    return start, reader.end_of_name(index) if reader.words[index].end == end else end


def _blurred(match: re.Match[str], rule: Rule, pack: Pack) -> str | None:
    """Return the proposal of *rule*, None when it has none or what was found makes no sense as a time or date."""
    if rule.blur is None:
        return None
    groups = match.groupdict()
    values = groups | {
        "part": part_of_day(groups, pack) if "{part}" in rule.blur else None,
        "month_name": month_name(groups, pack) if "{month_name}" in rule.blur else None,
    }
    places = _PLACE.findall(rule.blur)
    if any(values[place] is None for place in places):
        return None
    return _PLACE.sub(lambda place: str(values[place[1]]), rule.blur)


def _finding(text: str, candidate: Candidate, kind: Kind, surroundings: Surroundings) -> Finding:
    start, end, blurred = candidate.start, candidate.end, candidate.blurred
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    if blurred and text[start].isupper() and begins_sentence(text, start):
        blurred = blurred[0].upper() + blurred[1:]
    return Finding(start, end, kind, text[start:end], blurred, crowd_of(candidate.crowd, surroundings))
