"""The sentences of the desk as an adviser picks them: the book of this app, and what may fill their blanks."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

from flask import current_app
from sqlalchemy.orm import Session

from app.cases.helping import fitting_case
from app.cases.viewing import CaseView
from app.flows.phrases import FILE, PhraseBook, load_phrases
from app.i18n.languages import SOURCE
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext as _lazy
from app.i18n.translate import using
from app.referrals.queries import cards_by_id, first_helpers
from app.schools.queries import places_of
from app.settings import ROOT, Settings

OWN = ROOT / "flows"
Fillings = Mapping[str, Mapping[str, str]]
"""By blank the Dutch texts that may fill it, by code; a name of somebody is its own code."""
SLOT_LABELS: Mapping[str, str] = {
    "day": _lazy("Dag"),
    "place": _lazy("Plek op school"),
    "service": _lazy("Hulp"),
    "person": _lazy("Naam"),
}


def phrase_book() -> PhraseBook:
    """Return the sentences of the current app; where its folder has none, those that come with the program.

    Raises: FlowError.
    """
    settings: Settings = current_app.config["SETTINGS"]
    return _loaded(settings.flows if (settings.flows / FILE).exists() else OWN)


@lru_cache(maxsize=4)
def _loaded(folder: Path) -> PhraseBook:
    return load_phrases(folder)


def blank_label(name: str) -> str:
    """Return what a blank is called."""
    return str(SLOT_LABELS[name]) if name in SLOT_LABELS else _(phrase_book().choices[name].label)


def fillings_for(session: Session, case: CaseView, blanks: Collection[str], services: Collection[str] = ()) -> Fillings:
    """Return what may fill *blanks* in a message of this case: the help that fits it first, last *services*, by id."""
    found: dict[str, Mapping[str, str]] = {
        name: choice.codes for name, choice in phrase_book().choices.items() if name in blanks
    }
    with using(SOURCE):
        if "place" in blanks:
            found["place"] = {place.code: place.label for place in places_of(session, case.school_id)}
        if "service" in blanks:
            offered = (*fitting_case(session, case, 8), *first_helpers(session), *cards_by_id(session, services))
            found["service"] = {card.id: card.name for card in offered}
    if "person" in blanks:
        found["person"] = {reader.name: reader.name for reader in case.readers}
    return found
