"""Each request speaks one language: the one asked for, else chosen before, else the browser's, else Dutch.

Nothing is written to the session unless somebody asks for a language, so that a first look leaves no cookie.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, g, request, session
from jinja2 import StrictUndefined

from app.i18n import formats, jinja, languages, translate
from app.web.cookies import is_staff_side

SESSION_KEY = "lang"
ARGUMENT = "lang"
HELP, EMBEDDED = "/help", "/help/embed"
SPEECHLESS = frozenset({"web", "open_data"})
"""Blueprints whose answers speak no language; reading the session would make them vary by cookie."""


@dataclass(frozen=True, kw_only=True)
class LanguageLink:
    """A language that the reader may switch to, with the address of the present page in it."""

    tag: str
    html_lang: str
    autonym: str
    direction: str
    href: str


def init_app(app: Flask) -> None:
    """Speak the reader's language in every request and template of *app*."""
    app.before_request(_enter)
    app.teardown_request(_leave)
    app.context_processor(_links)
    env = app.jinja_env
    jinja.install(env)
    env.undefined = StrictUndefined
    env.filters.update(
        full_date=lambda day: formats.format_date(day, "full"),
        long_date=lambda day: formats.format_date(day, "long"),
        month_and_year=formats.format_month,
        short_date=lambda day: formats.format_date(day, "short"),
        number=formats.format_number,
        listed=formats.format_list,
    )


def picked() -> str:
    """Return the tag of the language for this request, remembering it only when it was asked for."""
    tags = [language.tag for language in _offered()]
    asked = request.args.get(ARGUMENT)
    if asked in tags:
        if request.path != EMBEDDED:  # A frame on another site leaves no cookie; its links carry the language.
            session[SESSION_KEY] = asked
        return asked
    chosen = session.get(SESSION_KEY)
    if chosen in tags:
        return str(chosen)
    return languages.lookup(request.headers.get("Accept-Language", ""), tags, languages.SOURCE)


def _enter() -> None:
    if request.blueprint in SPEECHLESS:
        return
    scope: AbstractContextManager[Any] = translate.using(picked())
    scope.__enter__()
    g.language_scope = scope


def _leave(_error: BaseException | None) -> None:
    scope: AbstractContextManager[Any] | None = g.pop("language_scope", None)
    if scope:
        scope.__exit__(None, None, None)


def _links() -> dict[str, Any]:
    slug = g.get("school_slug")
    return {
        "language": translate.current(),
        "languages": _language_links(),
        "exit_href": "/w",
        "help_href": help_href(),
        "code_href": f"/code?{urlencode({'school': slug})}" if slug else "/code",
    }


def help_href() -> str:
    """Return the address of the help page for who comes from this one: its school goes along, never what was typed."""
    kept = {"school": g.get("school_slug"), "district": g.get("school_district")}
    carried = urlencode({name: value for name, value in kept.items() if value})
    return f"{HELP}?{carried}" if carried else HELP


def _language_links() -> list[LanguageLink]:
    # One slash in front: "//host" in a link would lead to another site.
    path = "/" + quote(request.path.lstrip("/\\"))
    kept = _kept_query()
    return [
        LanguageLink(
            tag=other.tag,
            html_lang=other.html_lang,
            autonym=other.autonym,
            direction=other.direction,
            href=f"{path}?{urlencode([*kept, (ARGUMENT, other.tag)])}",
        )
        for other in _offered()
    ]


def _offered() -> list[languages.Language]:
    """Return the languages of this side; most of them have what students and parents read, and no more."""
    found = languages.offered()
    return [one for one in found if one.tag in {languages.SOURCE, *languages.WHOLE}] if is_staff_side() else [*found]


def _kept_query() -> list[tuple[str, str]]:
    """Return what of the query a language link repeats; see compression.py for why that is not everything.

    A link from elsewhere reaches a staff page without its cookie, so without a secret; help pages hold none.
    """
    if is_staff_side() or request.path in {HELP, EMBEDDED}:
        return [(name, value) for name, value in request.args.items(multi=True) if name != ARGUMENT]
    slug = g.get("school_slug")
    return [("school", slug)] if slug and "school" in request.args else []
