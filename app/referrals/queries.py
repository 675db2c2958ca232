"""Cards of the social map: found by words, chosen for a talk, or asked by id."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app import clock
from app.i18n.translate import gettext
from app.referrals.cards import Card, card_of
from app.referrals.choosing import MOST_WORDS, Asking, Choice, chosen, helpers, is_for_staff, searched
from app.referrals.entries import Entry
from app.referrals.matching.words import tokens
from app.referrals.seekers import NOBODY, Seeker
from app.referrals.stored import entries
from app.referrals.tables import FIRST, choices
from app.referrals.vocabulary import public_words

__all__ = ["Card", "Seeker", "cards_by_id", "cards_for", "first_helpers", "search", "search_among", "unmet_words"]


def search(session: Session, words: str, limit: int = 12, seeker: Seeker = NOBODY) -> tuple[Card, ...]:
    """Return the services that fit *words*, best first, those for school and parents last.

    Crisis lines that the words ask for stand before all. When nothing fits: the general first helpers, flagged.
    """
    return search_among(entries(session), words, limit, seeker, clock.now())


def search_among(
    services: Mapping[str, Entry],
    words: str,
    limit: int = 12,
    seeker: Seeker = NOBODY,
    now: datetime | None = None,
) -> tuple[Card, ...]:
    """Return what `search` does where only *services* exist; without *now* opening hours do not count."""
    choice = searched(services, Asking(words, seeker, now))
    if not choice.ids:
        return _general(services, seeker)[:limit]
    return _chosen_cards(choice, services, limit)


def cards_for(
    session: Session, categories: Collection[str], words: str, limit: int = 4, seeker: Seeker = NOBODY
) -> tuple[Card, ...]:
    """Return what fits a talk about *categories* told in *words*: services for students only, best first."""
    services = entries(session)
    choice = chosen(services, categories, Asking(words, seeker, clock.now()))
    if not choice.ids:
        return _general(services, seeker)[:limit]
    return _chosen_cards(choice, services, limit)


def unmet_words(session: Session, words: str) -> frozenset[str]:
    """Return which words of our own texts stand in *words*, of which none led further than to the first helpers.

    Empty when the search found something. Nothing else of *words* is ever returned: see `public_words`.
    """
    services = entries(session)
    if {*searched(services, Asking(words)).ids} - {*choices()[FIRST]}:
        return frozenset()
    ours = {*tokens(words[:MOST_WORDS])} & public_words()
    return frozenset(word for word in ours if not searched(services, Asking(word)).ids)


def cards_by_id(session: Session, ids: Iterable[str]) -> tuple[Card, ...]:
    """Return the services called *ids* in that order; one that is withdrawn is left out."""
    return _cards(ids, entries(session), {})


def first_helpers(session: Session) -> tuple[Card, ...]:
    """Return the services that help with anything, flagged as general."""
    return _general(entries(session))


def _general(services: Mapping[str, Entry], seeker: Seeker = NOBODY) -> tuple[Card, ...]:
    return tuple(replace(card, is_general=True) for card in _cards(helpers(services, seeker), services, {}))


def _chosen_cards(choice: Choice, services: Mapping[str, Entry], limit: int) -> tuple[Card, ...]:
    cards = _cards(choice.ids[:limit], services, choice.because)
    return tuple(replace(card, topic=gettext(label) if (label := choice.topics.get(card.id)) else "") for card in cards)


def _cards(ids: Iterable[str], services: Mapping[str, Entry], because: Mapping[str, str]) -> tuple[Card, ...]:
    return tuple(
        card_of(services[one], because=because.get(one, ""), is_for_staff=is_for_staff(services[one]))
        for one in ids
        if one in services
    )
