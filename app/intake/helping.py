"""Help that fits a talk: what its rules name first, then what its words and categories lead to."""

from collections.abc import Collection, Iterable

from sqlalchemy.orm import Session

from app.referrals.cards import Card
from app.referrals.queries import cards_by_id, cards_for

MOST_CARDS = 6
"""More than this is a list that nobody reads."""


def fitting_cards(
    session: Session, help_ids: Iterable[str], categories: Collection[str], words: str
) -> tuple[Card, ...]:
    """Return the cards that the rules of the talk name, then those found by categories and words; each once."""
    found = {card.id: card for card in cards_for(session, categories, words)}
    named = {card.id: card for card in cards_by_id(session, dict.fromkeys(help_ids))}
    # A card found by words says which words; one that a rule names does not.
    return tuple({**named, **found}.values())[:MOST_CARDS]
