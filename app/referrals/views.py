"""The help page: the social map by keyword."""

import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from flask import Blueprint, g, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app import db
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext
from app.referrals import gaps
from app.referrals.cards import Card
from app.referrals.queries import Seeker, cards_by_id, first_helpers, search, unmet_words
from app.referrals.tables import districts
from app.web.access import public
from app.web.pages import Page, render

pages = Blueprint("referrals", __name__)

LONGEST_QUESTION = 200
DANGER = {"112": lazy_gettext("Is er nu gevaar?"), "113": lazy_gettext("Denk je aan zelfmoord?")}
"""By service the question to which it is the answer: search misses too much danger to be trusted with it."""
SLUG = re.compile(r"[a-z0-9-]{1,60}")
SUGGESTIONS = (
    lazy_gettext("pesten"),
    lazy_gettext("veiligheid"),
    lazy_gettext("weerbaarheid"),
    lazy_gettext("thuis"),
    lazy_gettext("online"),
    lazy_gettext("bedreigd"),
    lazy_gettext("drugs"),
    lazy_gettext("alleen"),
)


@dataclass(frozen=True, kw_only=True)
class HelpPage(Page):
    """Services that fit a question, or the first helpers."""

    template: ClassVar[str] = "referrals/help.html"
    q: str
    school: str
    district: str
    """That of the school, when its pages led here; empty for who came another way."""
    suggestions: tuple[str, ...]
    cards: tuple[Card, ...]
    staff_cards: tuple[Card, ...]
    is_found: bool
    danger: tuple[tuple[str, Card], ...]
    """Questions, and who to call then, where the cards do not begin with it."""


@pages.get("/help")
@public
def show_help() -> str:
    q = question()
    school = request.args.get("school", "")
    district = request.args.get("district", "")
    g.school_slug = school if SLUG.fullmatch(school) else ""
    g.school_district = district if district in districts() else ""
    with db.reading() as session:
        cards = search(session, q, seeker=Seeker(district=g.school_district)) if q else first_helpers(session)
        danger = danger_lines(session, cards)
        unmet = unmet_words(session, q) if q and all(card.is_general for card in cards) else frozenset()
    _count(unmet)
    page = HelpPage(
        title=_("Hulp zoeken"),
        q=q,
        school=g.school_slug,
        district=g.school_district,
        suggestions=tuple(str(text) for text in SUGGESTIONS),
        cards=tuple(card for card in cards if not card.is_for_staff),
        staff_cards=tuple(card for card in cards if card.is_for_staff),
        is_found=any(not card.is_general for card in cards),
        danger=danger,
    )
    return render(page)


def question() -> str:
    """Return what the address asks for, on one line and not too long; empty when nothing."""
    return " ".join(request.args.get("q", "")[:LONGEST_QUESTION].split())


def danger_lines(session: Session, cards: Sequence[Card]) -> tuple[tuple[str, Card], ...]:
    """Return what stands above a search: each question of danger with who to call, unless *cards* begin with it."""
    leading = {card.id for card in cards[:1]}
    lines = cards_by_id(session, DANGER)
    return tuple((str(DANGER[card.id]), card) for card in lines if card.phone and card.id not in leading)


def _count(unmet: Collection[str]) -> None:
    """Count words of our own texts that found nothing; where that cannot be, the page comes all the same."""
    words = gaps.due(unmet)
    if words:
        with suppress(OperationalError), db.transaction() as session:
            gaps.note(session, words)
