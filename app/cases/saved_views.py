"""Views of his queue that a reader keeps: filters, and words to search for, sealed under a key of his own."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app import db
from app.cases.desk import Desk
from app.cases.filters import Filters
from app.cases.models import SavedViews
from app.vault.errors import DamagedError
from app.vault.sealing import Context, derive_key, seal, unseal

MOST_VIEWS = 12
MOST_NAME_LETTERS = 40


class TooManyViewsError(Exception):
    """He keeps as many views as there may be: delete one first."""


@dataclass(frozen=True)
class SavedView:
    """One view under the name that its reader gave it."""

    id: str
    name: str
    filters: Filters
    words: str = ""
    """What it searches for; with words it is opened by a form, so that they stand in no address."""


@dataclass(frozen=True)
class Saved:
    """All views of a reader; damaged ones are gone, and the first that is kept again takes their place."""

    views: tuple[SavedView, ...] = ()
    is_damaged: bool = False

    def called(self, view_id: str) -> SavedView | None:
        """Return the view with that id."""
        return next((view for view in self.views if view.id == view_id), None)


def saved_views(session: Session, desk: Desk) -> Saved:
    """Return the views that this reader keeps."""
    row = session.get(SavedViews, desk.person_id)
    if row is None:
        return Saved()
    try:
        found = json.loads(unseal(_key(desk), row.sealed, _context(desk)))
    except DamagedError:
        return Saved(is_damaged=True)
    return Saved(tuple(_read(each) for each in found))


def save_view(session: Session, desk: Desk, name: str, filters: Filters, words: str) -> None:
    """Keep a view; one of the same name is replaced.

    Raises: TooManyViewsError.
    """
    plain = " ".join(name.split())
    kept = [view for view in _locked(session, desk).views if view.name.casefold() != plain.casefold()]
    if len(kept) >= MOST_VIEWS:
        raise TooManyViewsError
    _store(session, desk, [*kept, SavedView(secrets.token_hex(8), plain, filters, words)])


def delete_view(session: Session, desk: Desk, view_id: str) -> None:
    """Forget a view; one that is gone already changes nothing."""
    saved = _locked(session, desk)
    if saved.called(view_id):
        _store(session, desk, [view for view in saved.views if view.id != view_id])


def _locked(session: Session, desk: Desk) -> Saved:
    session.get(SavedViews, desk.person_id, with_for_update=True)
    return saved_views(session, desk)


def _store(session: Session, desk: Desk, views: Sequence[SavedView]) -> None:
    sealed = seal(_key(desk), json.dumps([_written(view) for view in views]).encode(), _context(desk))
    insert = db.insert_into(session, SavedViews).values(person_id=desk.person_id, sealed=sealed)
    session.execute(
        insert.on_conflict_do_update(index_elements=[SavedViews.person_id], set_={"sealed": insert.excluded.sealed})
    )
    session.expire_all()


def _written(view: SavedView) -> dict[str, Any]:
    fields = [list(pair) for pair in view.filters.fields]
    return {"id": view.id, "name": view.name, "words": view.words, "fields": fields}


def _read(value: dict[str, Any]) -> SavedView:
    states = [text for name, text in value["fields"] if name == "show"]
    return SavedView(value["id"], value["name"], Filters.parse(states, dict(value["fields"])), value["words"])


def _key(desk: Desk) -> bytes:
    return derive_key(desk.pair.private, "saved views")


def _context(desk: Desk) -> bytes:
    return Context("saved-views", desk.person_id)
