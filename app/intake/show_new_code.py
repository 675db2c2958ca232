"""Builds the page of another code for a conversation; reads only."""

from flask import session as browser

from app import db
from app.i18n.translate import gettext as _
from app.intake import new_code, visits
from app.intake.homework import words_of
from app.intake.pages import Errors, NewCodePage
from app.web.pages import render


def new_code_page(errors: Errors = ()) -> str | None:
    """Render the code that was made for the conversation of this browser; None when there is none."""
    with db.reading() as session:
        try:
            code = new_code.offered(session, browser.get("visit", ""))
        except visits.VisitGoneError:
            return None
    if code is None:
        return None
    words, tag = words_of(code)
    title = _("Een nieuwe code")
    page = NewCodePage(
        title=_("Fout: %(title)s", title=title) if errors else title,
        words=words,
        words_language=tag,
        digits=code.digits,
        asked_word=new_code.asked_word(code) + 1,
        errors=errors,
    )
    return render(page)
