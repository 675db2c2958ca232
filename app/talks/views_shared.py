"""What the pages about the talk have in common: which talk, in which language, and what stands around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import clock
from app.accounts.access import current_person
from app.accounts.own_school import own_school, own_schools
from app.accounts.roles import Role
from app.i18n.languages import LANGUAGES, SOURCE
from app.i18n.translate import current, using
from app.i18n.translate import gettext as _
from app.referrals.queries import cards_by_id
from app.schools.places import DEFAULT_PLACES
from app.schools.queries import SchoolInfo, places_of
from app.talks.library import library
from app.talks.pages import Frame, StudentView
from app.talks.preview import Bubble, Piece, Question, Tongue, languages_of_catalogues
from app.talks.preview_answers import Given, Ground, pairs_of
from app.talks.queries import flows_for
from app.web.pages import render

LANGUAGE = "in"
"""Argument that names the language of the talk; `lang` changes that of the whole page."""
OF_A_SCHOOL = (Role.MANAGER, Role.COORDINATOR)


def school_of(session: Session) -> SchoolInfo | None:
    """Return the school whose talk is shown; None for people of the city, who see what every school begins with."""
    return own_school(session, *OF_A_SCHOOL) if current_person().has(*OF_A_SCHOOL) else None


def ground_of(session: Session, school: SchoolInfo | None) -> Ground:
    """Return the talks of *school*, or those of the files."""
    flows = flows_for(session, school.id) if school else library().current
    return Ground(flows, library().lists, _places(session, school), clock.today())


def _places(session: Session, school: SchoolInfo | None) -> dict[str, str]:
    if school is None:
        return {code: label[:] for code, label in DEFAULT_PLACES.items()}
    with using(SOURCE):
        return {place.code: place.label for place in places_of(session, school.id)}


def tongue_of(school: SchoolInfo | None) -> Tongue:
    """Return the language in which the talk is shown: the one asked for, else that of the page."""
    tags = [language.tag for language in languages_of_catalogues()]
    asked = request.args.get(LANGUAGE, current().tag)
    return Tongue(asked if asked in tags else SOURCE, school.language if school else SOURCE)


def frame_of(session: Session, tongue: Tongue, carried: tuple[tuple[str, str], ...] = ()) -> Frame:
    """Return what stands around the page that is asked for now."""
    schools = own_schools(session, *OF_A_SCHOOL)
    kept = {name: request.args[name] for name in (LANGUAGE, "school") if name in request.args}
    own = {name: value for name, value in kept.items() if name != LANGUAGE}
    return Frame(
        ways=_ways(kept),
        schools=tuple((_address({**kept, "school": one.slug}), one.name) for one in schools),
        action=_address({}),
        carried=(*own.items(), *carried),
        kept=kept,
        shown=LANGUAGES[tongue.shown],
        languages=languages_of_catalogues(),
    )


def _address(kept: Mapping[str, Any]) -> str:
    return url_for(request.endpoint or "", **{**(request.view_args or {}), **kept})


def _ways(kept: Mapping[str, Any]) -> tuple[tuple[str, str, bool], ...]:
    found = [
        (_("Stap voor stap"), "talks.talk"),
        (_("Probeer het uit"), "talks.try_out"),
    ]
    if current_person().has(Role.MANAGER):
        found.append((_("Eigen vraag en weglaten"), "talks.parts"))
    return tuple((url_for(name, **kept), label, request.path == url_for(name)) for label, name in found)


def try_address(given: Given, kept: Mapping[str, Any]) -> str:
    """Return the address of a try-out in which *given* has been answered."""
    return url_for("talks.try_out", a=pairs_of(given), **kept)


def missing_mark() -> Piece:
    """Return what stands beside a text without a translation."""
    return Piece(_("niet vertaald"), current())


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What a student would have on the screen, and where his answers go here."""

    bubbles: tuple[Bubble, ...]
    question: Question | None = None
    action: str = ""
    carried: tuple[tuple[str, str], ...] = ()
    again: Mapping[str, str] = field(default_factory=dict)


def student_view(session: Session, tongue: Tongue, scene: Scene) -> Markup:
    """Render *scene* in the language of the talk, as a piece of a page in another."""
    title, mark = _("Zo ziet een leerling dit"), missing_mark()
    with using(tongue.shown):
        cards = cards_by_id(session, [one for bubble in scene.bubbles for one in bubble.help_ids])
        view = StudentView(title=title, mark=mark, cards={card.id: card for card in cards}, **vars(scene))
        return Markup(render(view))  # noqa: S704 -- our own template, which escapes
