"""The help page: the social map by keyword."""

import re
from dataclasses import dataclass
from typing import ClassVar

from flask import Blueprint, g, request

from app import db
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext
from app.referrals.cards import Card
from app.referrals.queries import first_helpers, search
from app.web.access import public
from app.web.pages import Page, render

pages = Blueprint("referrals", __name__)

LONGEST_QUESTION = 200
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
    suggestions: tuple[str, ...]
    cards: tuple[Card, ...]
    staff_cards: tuple[Card, ...]
    is_found: bool


@pages.get("/help")
@public
def show_help() -> str:
    q = " ".join(request.args.get("q", "")[:LONGEST_QUESTION].replace("\0", " ").split())
    school = request.args.get("school", "")
    g.school_slug = school if SLUG.fullmatch(school) else ""
    with db.reading() as session:
        cards = search(session, q) if q else first_helpers(session)
    page = HelpPage(
        title=_("Hulp zoeken"),
        q=q,
        school=g.school_slug,
        suggestions=tuple(str(text) for text in SUGGESTIONS),
        cards=tuple(card for card in cards if not card.is_for_staff),
        staff_cards=tuple(card for card in cards if card.is_for_staff),
        is_found=any(not card.is_general for card in cards),
    )
    return render(page)
