"""A talk as a browser holds it, with the version of the questions on which it runs."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from sqlalchemy.orm import Session

from app import clock
from app.flows.engine import Path, replay
from app.flows.model import FlowSet
from app.i18n.languages import SOURCE
from app.i18n.translate import current
from app.intake import tabs
from app.intake.rules import Talk
from app.talks.library import library
from app.talks.queries import flows_for, for_draft, texts_of
from app.talks.services import keep
from app.vault.codes import new_code
from app.vault.tabs import new_token

HASTE_ROUNDING = timedelta(seconds=10)
"""How fine the beginning of a talk is known; enough to tell a machine from somebody who reads."""


class TalkGoneError(Exception):
    """The browser holds no talk for this school any more; it was sent away, left, or older than two hours."""


@dataclass(frozen=True)
class Running:
    """A talk and its questions; `is_moved` tells that they were taken over just now, because the first ones went."""

    talk: Talk
    flows: FlowSet
    is_moved: bool = False

    @cached_property
    def path(self) -> Path:
        """Return the talk's path, replayed from its answers."""
        return replay(self.flows, self.talk.flow_id, self.talk.answers)


def new_talk(session: Session, school_id: str, *, has_poster: bool = False) -> Running:
    """Return a fresh talk at a school on the newest version of its questions, which is kept from now on."""
    flows = flows_for(session, school_id)
    _archive(session, flows)
    talk = Talk(
        school_id=school_id,
        submit_id=secrets.token_hex(32),
        code_number=new_code().digits,
        flow_hash=flows.hash,
        began=int(clock.floored(clock.now(), HASTE_ROUNDING).timestamp()),
        has_poster=has_poster,
    )
    return Running(talk, flows)


def begin(session: Session, school_id: str, *, has_poster: bool = False) -> str:
    """Start a talk at a school and return the token for the browser's cookie."""
    return hold(session, new_talk(session, school_id, has_poster=has_poster).talk)


def hold(session: Session, talk: Talk) -> str:
    """Keep *talk* for a browser that holds none for its school and return the token for its cookie."""
    token = new_token()
    tabs.keep(session, token, "talk", talk.as_state())
    return token


def resume(session: Session, token: str, school_id: str, *, lock: bool = False) -> Running:
    """Return the talk that the browser holds for the school, on the version that it began with.

    When that version is recalled or gone, the newest takes its place; `store` makes that last.
    Raises: TalkGoneError.
    """
    state = tabs.held(session, token, "talk", lock=lock) if token else None
    if state is None or state["school_id"] != school_id:
        raise TalkGoneError
    talk = Talk.from_state(state)
    draft = for_draft(session, talk.flow_hash, school_id)
    if not draft.is_moved or talk.is_sent:
        return Running(talk, draft.flows)
    return Running(replace(talk, flow_hash=draft.flows.hash, is_moved=True), draft.flows, is_moved=True)


def held_talk(session: Session, token: str, school_id: str) -> Running | None:
    """Return what `resume` does, or None when it is gone."""
    try:
        return resume(session, token, school_id)
    except TalkGoneError:
        return None


def texts_for(session: Session, running: Running) -> Mapping[str, str]:
    """Return what an older version says in the present language, for `i18n.translate.archived`.

    So nobody meets a Dutch question half-way because new texts came in meanwhile.
    """
    tag = current().tag
    if tag == SOURCE or running.flows.hash == library().current.hash:
        return {}
    return texts_of(session, running.flows.hash, tag)


def store(session: Session, token: str, running: Running, talk: Talk) -> Talk:
    """Keep *talk* as what has become of *running*, and a version that it just moved to; return it as it is kept.

    What was fresh before this action is not fresh any more, and who goes on telling has not put the talk away.
    """
    if running.is_moved:
        _archive(session, running.flows)
    fresh = talk.fresh if talk.fresh != running.talk.fresh else ""
    is_paused = talk.is_paused and talk.told == running.talk.told
    kept = replace(talk, is_moved=running.is_moved, fresh=fresh, is_paused=is_paused)
    tabs.keep(session, token, "talk", kept.as_state())
    return kept


def _archive(session: Session, flows: FlowSet) -> None:
    keep(session, flows, library().current.hash)
