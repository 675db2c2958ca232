"""The help page for a frame on a school's own site: a search box and a few cards, without a script and a cookie."""

from dataclasses import dataclass
from typing import ClassVar

from flask import Blueprint, g, request

from app import db
from app.i18n.translate import current
from app.i18n.translate import gettext as _
from app.referrals.cards import Card
from app.referrals.queries import first_helpers, search
from app.referrals.views import SLUG, SUGGESTIONS, danger_lines, question
from app.web.access import public
from app.web.headers import Framed
from app.web.language import ARGUMENT
from app.web.pages import Page, render

pages = Blueprint("embedded", __name__)

MOST_CARDS = 6


@dataclass(frozen=True, kw_only=True)
class EmbeddedPage(Page):
    """A few services that fit a question, or the first helpers."""

    template: ClassVar[str] = "referrals/embed.html"
    q: str
    school: str
    asked: str
    """Tag of the language that the address asks for: no cookie remembers it, so every link and form repeats it."""
    suggestions: tuple[str, ...]
    cards: tuple[Card, ...]
    is_found: bool
    danger: tuple[tuple[str, Card], ...]
    """Questions, and who to call then, where the cards do not begin with it."""


@pages.get("/help/embed")
@public
def show_embedded() -> Framed:
    q = question()
    school = request.args.get("school", "")
    g.school_slug = school if SLUG.fullmatch(school) else ""
    with db.reading() as session:
        cards = (search(session, q) if q else first_helpers(session))[:MOST_CARDS]
        danger = danger_lines(session, cards)
    page = EmbeddedPage(
        title=_("Hulp zoeken"),
        q=q,
        school=g.school_slug,
        asked=current().tag if ARGUMENT in request.args else "",
        suggestions=tuple(str(text) for text in SUGGESTIONS),
        cards=cards,
        is_found=any(not card.is_general for card in cards),
        danger=danger,
    )
    return Framed(render(page))
