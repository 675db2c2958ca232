"""Help that fits a talk: what its rules name first, then what its words and categories lead to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.referrals.cards import Card
from app.referrals.queries import Seeker, cards_by_id, cards_for

MOST_CARDS = 6
"""More than this is a list that nobody reads."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is known of a talk that help has to fit."""

    help_ids: Iterable[str]
    """Services that the rules of the talk name."""
    categories: Collection[str]
    words: str
    district: str
    """Where the school stands; empty when nobody knows."""


def fitting_cards(session: Session, told: Told) -> tuple[Card, ...]:
    """Return the cards that the rules of the talk name, then those found by categories and words; each once."""
    seeker = Seeker(district=told.district)
    found = {card.id: card for card in cards_for(session, told.categories, told.words, seeker=seeker)}
    named = {card.id: card for card in cards_by_id(session, dict.fromkeys(told.help_ids))}
    # A card found by words says which words; one that a rule names does not.
    return tuple({**named, **found}.values())[:MOST_CARDS]
