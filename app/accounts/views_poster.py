"""Posters, cards and a newsletter's text, for who runs a school."""

from datetime import timedelta

from flask import current_app, make_response, request
from werkzeug.wrappers import Response

from app import clock, db
from app.accounts import weekly
from app.accounts.access import require
from app.accounts.own_school import own_school, own_schools
from app.accounts.pages import NewsletterText, PosterPage
from app.accounts.roles import Role
from app.i18n import languages
from app.i18n.languages import SOURCE
from app.i18n.translate import gettext as _
from app.schools.newsletter import newsletter
from app.schools.posters import (
    MOST_LANGUAGES,
    SIZES,
    Poster,
    PosterError,
    PosterLanguageError,
    Week,
    chosen_languages,
    printed,
    week_of,
)
from app.schools.queries import SchoolInfo
from app.settings import Settings
from app.web.pages import render

Answer = str | Response | tuple[str, int]
_ROLES = (Role.MANAGER, Role.COORDINATOR)


@require(*_ROLES)
def poster() -> Answer:
    return _page("")


@require(*_ROLES)
def poster_file() -> Answer:
    with db.reading() as session:
        it = own_school(session, *_ROLES)
    try:
        made = _asked(it)
        return _download(printed(made), f"{it.slug}-{made.size}.pdf")
    except PosterLanguageError:
        return _page(_("Kies een tot %(most)s talen.", most=MOST_LANGUAGES)), 422
    except PosterError:
        return _page(_("Deze talen passen niet op dit formaat. Kies minder talen.")), 422


def _asked(it: SchoolInfo) -> Poster:
    """Return the poster that the address asks for; an unknown size becomes the usual one.

    Raises: PosterLanguageError.
    """
    size = request.args.get("size", "")
    # Who opens the address without a form gets Dutch; a form without a tick is told so.
    tags = request.args.getlist("language") or ([] if size else [SOURCE])
    return Poster(
        start_url=_start_url(it),
        size=size if size in SIZES else SIZES[0],
        tags=chosen_languages(tags),
        week=_week(it, 0) if "weekly" in request.args else None,
    )


def _page(fault: str) -> str:
    with db.reading() as session:
        it = own_school(session, *_ROLES)
        schools = own_schools(session, *_ROLES)
    title = _("Poster en kaartje")
    page = PosterPage(
        title=_("Fout: %(title)s", title=title) if fault else title,
        school=it,
        schools=schools,
        sizes=SIZES,
        most_languages=MOST_LANGUAGES,
        weeks=(_week(it, 0), _week(it, 1)),
        newsletters=_newsletters(it),
        errors=(("language-nl", fault),) if fault else (),
    )
    return render(page)


def _newsletters(it: SchoolInfo) -> tuple[NewsletterText, ...]:
    return tuple(
        NewsletterText(to.tag, to.html_lang, to.direction, to.autonym, newsletter(it, _start_url(it), to.tag))
        for to in languages.offered()
    )


def _week(it: SchoolInfo, ahead: int) -> Week:
    """Return the word of the week that is *ahead* weeks from now."""
    day = clock.today() + timedelta(weeks=ahead)
    return week_of(day, weekly.word_of(it.id, day))


def _start_url(it: SchoolInfo) -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return f"{settings.base_url}/{it.slug}"


def _download(content: bytes, name: str) -> Response:
    answer = make_response(content)
    answer.mimetype = "application/pdf"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
