"""Chooses services for the words of a search or of a talk, best first; pure, and each choice says why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.referrals.entries import NUMBER_OF_LIFE, Entry
from app.referrals.fitting import goodness, is_of_age
from app.referrals.matching.danger import heard, is_now, spared
from app.referrals.matching.ranking import Document, Findings, Index
from app.referrals.matching.topics import LANGUAGES
from app.referrals.seekers import NOBODY, Seeker, seeker_in
from app.referrals.tables import FIRST, SEARCH_ONLY, STAFF, choices, districts, harmless, stopwords, topics

CRISIS = ("112", "113", "csg", "veilig-thuis")
"""Order in which crisis lines stand when several fit: danger to life first."""
ADULTS = frozenset({"parents", "school staff", "professionals"})
MOST_WORDS = 12_000

CHOSEN, STEP = 20.0, 4.0
"""Points of the first service of a category, and how much less each next one gets."""
WORDS_SHARE, ENOUGH = 0.5, 10.0
"""What words add to a service of the category, and from where they bring one of their own."""
TELLING = 1.0
"""What a search must reach: words that only stand in what services say of themselves lead to the first helpers."""
HELPER = 0.5
"""Points of a service that helps with anything."""


@dataclass(frozen=True)
class Asking:
    """What somebody looks for, who, and when; without *now* opening hours do not count."""

    words: str
    seeker: Seeker = NOBODY
    now: datetime | None = None


@dataclass(frozen=True)
class Choice:
    """Ids of services, best first; empty when nothing fits."""

    ids: tuple[str, ...]
    because: Mapping[str, str]
    """The words that led to a service, as they were typed; words of danger are folded."""
    topics: Mapping[str, str]
    """Label (Dutch msgid) of the topic by which they led there, where it was one."""


_built: list[tuple[Mapping[str, Entry], Index]] = []
"""The last two, since a social map is the same object for as long as it does not change; to hash it takes too long."""


def index_of(services: Mapping[str, Entry]) -> Index:
    """Return the index of *services*, built once for each version of the social map."""
    for known, index in _built:
        if known is services:
            return index
    index = Index((_document(one) for one in services.values()), topics(), stopwords(), harmless())
    _built[:] = [*_built[-1:], (services, index)]
    return index


def searched(services: Mapping[str, Entry], asking: Asking) -> Choice:
    """Return what fits the words, those for school and parents last unless one of them asks."""
    words = asking.words[:MOST_WORDS]
    index = index_of(services)
    found = index.ask(words)
    seeker = seeker_in(words, asking.seeker, districts())
    if found.is_for_adults:  # A parent tells the age of the child.
        seeker = replace(seeker, age=None)
    is_telling = any(hit.score >= TELLING for hit in found.hits)
    scores = {hit.id: hit.score + HELPER * (hit.id in choices()[FIRST]) for hit in found.hits if is_telling}
    points = _fitting(services, scores, seeker, asking.now)
    late = {one for one in points if is_for_staff(services[one]) and not found.is_for_adults}
    ranked = sorted(points, key=lambda one: (one in late, -points[one], index.places[one]))
    return _with_crisis_lines(ranked, found, words, services)


def chosen(services: Mapping[str, Entry], categories: Collection[str], asking: Asking) -> Choice:
    """Return what fits a talk about *categories*: services for students only."""
    words = asking.words[:MOST_WORDS]
    index = index_of(services)
    found = index.ask(words)
    scores = _category_scores(categories)
    for hit in found.hits:
        if hit.id in scores or hit.score >= ENOUGH:
            scores[hit.id] = scores.get(hit.id, 0.0) + min(hit.score, CHOSEN) * WORDS_SHARE
    points = _fitting(services, scores, seeker_in(words, asking.seeker, districts()), asking.now)
    hidden = {*choices()[SEARCH_ONLY], *NUMBER_OF_LIFE, *(one for one in points if is_for_staff(services[one]))}
    ranked = sorted({*points} - hidden, key=lambda one: (-points[one], index.places[one]))
    return _with_crisis_lines(ranked, found, words, services)


def _fitting(
    services: Mapping[str, Entry], scores: Mapping[str, float], seeker: Seeker, now: datetime | None
) -> dict[str, float]:
    """Return the points of the services for somebody of that age, with what speaks for and against each."""
    known = {one: services[one] for one in scores if one in services}
    return {
        one: scores[one] + goodness(entry, seeker, now) for one, entry in known.items() if is_of_age(entry, seeker.age)
    }


def helpers(services: Mapping[str, Entry], seeker: Seeker = NOBODY) -> tuple[str, ...]:
    """Return those that help with anything; only by age when that leaves any."""
    known = [one for one in choices()[FIRST] if one in services]
    return tuple([one for one in known if is_of_age(services[one], seeker.age)] or known)


def is_for_staff(entry: Entry) -> bool:
    """Return whether a service is for schools or parents and not for students."""
    return entry.id in choices()[STAFF] or entry.for_whom in ADULTS


def _with_crisis_lines(ranked: Sequence[str], found: Findings, words: str, services: Mapping[str, Entry]) -> Choice:
    """Put before all the crisis lines that the words ask for, and second those that they may ask for."""
    danger = heard(words)
    leads = _leading({*found.first} - spared(words), danger, found.best, words)
    known = [line for line in _crisis_order(danger) if line in services]
    leading = [line for line in known if line in leads]
    second = [line for line in known if line not in leads and (line in danger or line in found.first)]
    rest = [one for one in ranked if one not in {*leading, *second}]
    kept = 0 if leading else 1
    because = {hit.id: hit.because for hit in found.hits} | dict(danger) | dict(found.first)
    by_topic = {hit.id: hit.topic for hit in found.hits if because[hit.id] == hit.because}
    return Choice((*leading, *rest[:kept], *second, *rest[kept:]), because, by_topic)


def _leading(first: set[str], danger: Mapping[str, str], best: frozenset[str], words: str) -> set[str]:
    """Return the lines of *first*, and those that only the lists of the talks ask for.

    One of these stands second where the best topic names it as well, since that topic knows who helps best; but not
    for what happens now, and never for suicide.
    """
    now = {"112"} if is_now(words) else set[str]()
    return first | {line for line in danger if line not in best or line in {"113", *now}}


def _crisis_order(danger: Mapping[str, str]) -> Sequence[str]:
    """Return danger to life first: 112, but 113 when only suicide was heard, as in "een mes op mijn pols"."""
    return sorted(CRISIS, key=lambda line: line != "113") if "113" in danger and "112" not in danger else CRISIS


def _document(entry: Entry) -> Document:
    keywords = [*entry.keywords_nl.split(";"), *entry.topics.split(";")]
    return Document(
        id=entry.id,
        keywords=(*keywords, *(word for tag in LANGUAGES for word in entry.keywords.get(tag, ()))),
        foreign=tuple(word for tag, words in entry.keywords.items() if tag not in LANGUAGES for word in words),
        names=(entry.name_nl, entry.name_en, entry.name_nl.split("(")[0], entry.name_en.split("(")[0]),
        text=f"{entry.what_they_do_nl} {entry.what_they_do_en}",
    )


def _category_scores(categories: Collection[str]) -> dict[str, float]:
    scores: dict[str, float] = {}
    for category in categories:
        for rank, service in enumerate(choices().get(category, ())):
            points = CHOSEN - STEP * rank
            scores[service] = max(scores.get(service, 0.0), points) + (1.0 if service in scores else 0.0)
    return scores
