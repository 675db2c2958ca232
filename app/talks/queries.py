"""What others may know of the talks: every version that ever was, and which one a school runs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.flows.loader import FlowError, parse_flows
from app.flows.model import FlowSet
from app.flows.variants import SchoolParts, switchable, with_parts
from app.talks.library import library, log
from app.talks.loading import Loaded, release_of
from app.talks.models import FlowArchive, FlowRelease, FlowText
from app.talks.models import SchoolParts as PartsRow

VERSIONS_IN_MEMORY = 256
MAIN = "report"
"""The talk to which a school may add something."""


@dataclass(frozen=True)
class Kept:
    """A version as it was kept; *base* is the version of the files that it was made from."""

    flows: FlowSet
    base: str


@dataclass(frozen=True)
class Draft:
    """The version in which a talk goes on; *is_moved* tells that it is not the one that it began with."""

    flows: FlowSet
    is_moved: bool


def version(session: Session, flow_hash: str) -> FlowSet | None:
    """Return the version called *flow_hash*; None when it was never kept, or is not what it was."""
    found = kept(session, flow_hash)
    return found.flows if found else None


def kept(session: Session, flow_hash: str) -> Kept | None:
    """Return the version called *flow_hash* with what it was made from, or None."""
    row = session.execute(
        select(FlowArchive.content, FlowArchive.base).where(FlowArchive.hash == flow_hash)
    ).one_or_none()
    try:
        flows = _parsed(row.content) if row else None
    except FlowError:
        return None
    # Questions that were changed in the archive cannot pose as those that were asked.
    return Kept(flows, row.base) if row and flows and flows.hash == flow_hash else None


@lru_cache(maxsize=VERSIONS_IN_MEMORY)
def _parsed(content: str) -> FlowSet:
    return parse_flows(content)


def texts_of(session: Session, flow_hash: str, tag: str) -> Mapping[str, str]:
    """Return the texts of a version in the language called *tag* as they were kept, by their Dutch text."""
    content = session.scalar(select(FlowText.content).where(FlowText.hash == flow_hash, FlowText.tag == tag))
    texts: dict[str, str] = json.loads(content) if content else {}
    return texts


def flows_for(session: Session, school_id: str) -> FlowSet:
    """Return the talks that a school runs now: those of the files, with what it adds and leaves out."""
    row = session.get(PartsRow, school_id)
    return _adapted(library().loaded, row) if row else library().current


def _adapted(loaded: Loaded, row: PartsRow) -> FlowSet:
    key = (row.intro, row.ask, row.chips, row.off)
    if key not in loaded.adapted:
        made = _with_parts(loaded.flows, _parts(row))
        loaded.known[made.hash] = loaded.adapted[key] = made
    return loaded.adapted[key]


def _with_parts(flows: FlowSet, parts: SchoolParts) -> FlowSet:
    # A part may have gone, or become one that must stay, since the school left it out; the rest still counts.
    fitting = replace(parts, off=parts.off.intersection(switchable(flows.flows[MAIN])))
    try:
        return with_parts(flows, MAIN, fitting)
    except FlowError as error:
        log.error("what a school adds does not fit version %s any more and is left out: %s", flows.hash[:12], error)
        return flows


def parts_of(session: Session, school_id: str) -> SchoolParts:
    """Return what a school adds to the talks and leaves out of them."""
    row = session.get(PartsRow, school_id)
    return _parts(row) if row else SchoolParts()


def _parts(row: PartsRow) -> SchoolParts:
    chips = dict(json.loads(row.chips))
    return SchoolParts(intro=row.intro, ask=row.ask, chips=chips, off=frozenset(json.loads(row.off)))


def for_draft(session: Session, flow_hash: str, school_id: str) -> Draft:
    """Return the version that a talk began with, or the newest when that one was recalled or is gone."""
    found = _not_recalled(session, flow_hash)
    if found is not None:
        return Draft(found, is_moved=False)
    newest = flows_for(session, school_id)
    return Draft(newest, is_moved=newest.hash != flow_hash)


def _not_recalled(session: Session, flow_hash: str) -> FlowSet | None:
    loaded = library().loaded
    running = loaded.known.get(flow_hash)
    found = Kept(running, loaded.flows.hash) if running else kept(session, flow_hash)
    if found is None or loaded.is_recalled(flow_hash) or loaded.is_recalled(found.base):
        return None
    return found.flows


def last_release(session: Session) -> str | None:
    """Return the last files that were in order, as `loading.load_release` reads them; None without any."""
    row = session.get(FlowRelease, 1)
    return row.files if row and release_of(row.files) == row.hash else None
