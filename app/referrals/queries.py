"""Cards of the social map: found by words, chosen for a talk, or asked by id."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from sqlalchemy.orm import Session

from app.referrals.cards import Card, card_of
from app.referrals.entries import Entry
from app.referrals.matching.ranking import Document, Findings, Index
from app.referrals.stored import entries
from app.referrals.tables import FIRST, SEARCH_ONLY, STAFF, choices, stopwords, topics

__all__ = ["Card", "cards_by_id", "cards_for", "first_helpers", "search", "search_among"]

CRISIS = ("112", "113", "csg", "veilig-thuis")
"""Order in which crisis lines stand when several fit: danger to life first."""
NUMBER_OF_LIFE = ("112", "113")
ADULTS = frozenset({"parents", "school staff", "professionals"})
ADULT_AGE = 18
MOST_WORDS = 12_000

CHOSEN, STEP = 20.0, 4.0
"""Points of the first service of a category, and how much less each next one gets."""
WORDS_SHARE, ENOUGH = 0.5, 10.0
"""What words add to a service of the category, and from where they bring one of their own."""


def search(session: Session, words: str, limit: int = 12) -> tuple[Card, ...]:
    """Return the services that fit *words*, best first, those for school and parents last.

    Crisis lines that the words ask for stand before all. When nothing fits: the general first helpers, flagged.
    """
    return search_among(_services(session), words, limit)


def search_among(services: Mapping[str, Entry], words: str, limit: int = 12) -> tuple[Card, ...]:
    """Return what `search` does where only *services* exist, in the order of the file."""
    found = _index(tuple(services.values())).ask(words[:MOST_WORDS])
    scores = {hit.id: hit.score + _goodness(services[hit.id]) for hit in found.hits if hit.id in services}
    leading = _leading(found, services)
    fitting = [one for one in services if one in scores and one not in leading]  # In the order of the file.
    ranked = sorted(fitting, key=lambda one: (_is_for_staff(services[one]) and not found.is_for_adults, -scores[one]))
    if not leading and not ranked:
        return _general(services)[:limit]
    because = {hit.id: hit.because for hit in found.hits} | dict(found.first)
    return _cards([*leading, *ranked][:limit], services, because)


def cards_for(session: Session, categories: Collection[str], words: str, limit: int = 4) -> tuple[Card, ...]:
    """Return what fits a talk about *categories* told in *words*: services for students only, best first."""
    services = _services(session)
    found = _index(tuple(services.values())).ask(words[:MOST_WORDS])
    scores = _category_scores(categories)
    for hit in found.hits:
        if hit.id in services and (hit.id in scores or hit.score >= ENOUGH):
            scores[hit.id] = scores.get(hit.id, 0.0) + min(hit.score, CHOSEN) * WORDS_SHARE
    leading = _leading(found, services)
    hidden = {*choices()[SEARCH_ONLY], *NUMBER_OF_LIFE, *leading}
    fitting = [one for one in services if one in scores and one not in hidden and not _is_for_staff(services[one])]
    ranked = sorted(fitting, key=lambda one: -scores[one])
    if not leading and not ranked:
        return first_helpers(session)[:limit]
    because = {hit.id: hit.because for hit in found.hits} | dict(found.first)
    return _cards([*leading, *ranked][:limit], services, because)


def cards_by_id(session: Session, ids: Iterable[str]) -> tuple[Card, ...]:
    """Return the services called *ids* in that order; one that is withdrawn is left out."""
    wanted = tuple(ids)
    return _cards(wanted, _services(session, wanted), {}) if wanted else ()


def first_helpers(session: Session) -> tuple[Card, ...]:
    """Return the services that help with anything, flagged as general."""
    return _general(_services(session, choices()[FIRST]))


def _general(services: Mapping[str, Entry]) -> tuple[Card, ...]:
    return tuple(replace(card, is_general=True) for card in _cards(choices()[FIRST], services, {}))


def _services(session: Session, only: tuple[str, ...] = ()) -> Mapping[str, Entry]:
    known = entries(session)
    return {one: entry for one, entry in known.items() if one in only} if only else known


@lru_cache(maxsize=2)
def _index(services: tuple[Entry, ...]) -> Index:
    """Build the index once for each version of the social map."""
    return Index((_document(one) for one in services), topics(), stopwords())


def _document(entry: Entry) -> Document:
    return Document(
        id=entry.id,
        keywords=(*entry.keywords_nl.split(";"), *entry.topics.split(";")),
        names=(entry.name_nl, entry.name_en, entry.name_nl.split("(")[0], entry.name_en.split("(")[0]),
        text=f"{entry.what_they_do_nl} {entry.what_they_do_en}",
    )


def _leading(found: Findings, services: Mapping[str, Entry]) -> list[str]:
    return [one for one in CRISIS if one in found.first and one in services]


def _goodness(entry: Entry) -> float:
    """Return small points for what helps a student sooner, so that equal matches stand in a sensible order."""
    is_for_adults = entry.min_age is not None and entry.min_age >= ADULT_AGE
    return 1.0 * entry.verified + 0.5 * (entry.id in choices()[FIRST]) - 6.0 * is_for_adults


def _category_scores(categories: Collection[str]) -> dict[str, float]:
    scores: dict[str, float] = {}
    for category in categories:
        for rank, service in enumerate(choices().get(category, ())):
            points = CHOSEN - STEP * rank
            scores[service] = max(scores.get(service, 0.0), points) + (1.0 if service in scores else 0.0)
    return scores


def _is_for_staff(entry: Entry) -> bool:
    return entry.id in choices()[STAFF] or entry.for_whom in ADULTS


def _cards(ids: Iterable[str], services: Mapping[str, Entry], because: Mapping[str, str]) -> tuple[Card, ...]:
    return tuple(
        card_of(services[one], because=because.get(one, ""), is_for_staff=_is_for_staff(services[one]))
        for one in ids
        if one in services
    )
