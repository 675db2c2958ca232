"""Writes of the talks: a version is kept with its texts, the files that were in order, a school's own parts."""

import json
from collections.abc import Iterable

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import db
from app.flows.faults import Fault
from app.flows.loader import dump_flows
from app.flows.model import FlowSet
from app.flows.variants import SchoolParts, part_faults
from app.i18n import languages
from app.talks.library import library, running
from app.talks.loading import Loaded
from app.talks.models import FlowArchive, FlowRelease, FlowText
from app.talks.models import SchoolParts as PartsRow
from app.talks.queries import MAIN
from app.talks.texts import translated


class PartsError(ValueError):
    """Raised when what a school wants to add or leave out would harm the talk; carries every fault."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def keep(session: Session, flows: FlowSet, base: str) -> None:
    """Keep a version for as long as there is a database, with its texts in every language that is offered now.

    *base* is the version of the files that it was made from. What is kept already stays as it is. The files that run
    become the last good release, to start with when those on the disk are broken.
    """
    if session.scalar(select(FlowArchive.hash).where(FlowArchive.hash == flows.hash)) is None:
        _add(session, FlowArchive(hash=flows.hash, base=base, content=dump_flows(flows)))
    present = set(session.scalars(select(FlowText.tag).where(FlowText.hash == flows.hash)))
    for language in languages.offered():
        if language.tag not in {languages.SOURCE, *present}:
            content = json.dumps(translated(flows, language.tag), ensure_ascii=False, sort_keys=True)
            _add(session, FlowText(hash=flows.hash, tag=language.tag, content=content))
    loaded = running()
    if loaded and loaded.flows.hash == base:
        note_release(session, loaded)


def note_release(session: Session, loaded: Loaded) -> None:
    """Remember the files of *loaded* as the last that were in order."""
    known = session.scalar(select(FlowRelease.hash))
    if known is None:
        _add(session, FlowRelease(id=1, hash=loaded.release, files=loaded.files))
    elif known != loaded.release:
        session.execute(update(FlowRelease).values(hash=loaded.release, files=loaded.files))


def set_parts(session: Session, school_id: str, parts: SchoolParts) -> None:
    """Set what a school adds to the talks and leaves out of them; talks that have begun go on as they were.

    Raises: PartsError.
    """
    if faults := part_faults(library().current, MAIN, parts):
        raise PartsError(faults)
    mine = PartsRow.school_id == school_id
    if parts == SchoolParts():
        session.execute(delete(PartsRow).where(mine))
        return
    row = {
        "intro": parts.intro,
        "ask": parts.ask,
        "chips": json.dumps(list(parts.chips.items()), ensure_ascii=False),
        "off": json.dumps(sorted(parts.off)),
    }
    if session.scalar(select(PartsRow.school_id).where(mine)) is None:
        _add(session, PartsRow(school_id=school_id, **row))
    session.execute(update(PartsRow).where(mine).values(**row))


def _add(session: Session, row: db.Base) -> None:
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return  # Somebody else added the same row at the same moment.
