"""Who sits at the desk, and which cases lie on it: delivered, his to open, of a school where he is adviser."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app import clock
from app.cases.envelopes import CaseRef, unwrap_key
from app.cases.models import Case, CaseReader
from app.schools.rules import WINDOWS, Window, is_past
from app.vault.keys import KeyPair

AT_ONCE = "at_once"


class CaseNotFoundError(Exception):
    """There is no such case for this person; he cannot tell whether it exists for others."""


@dataclass(frozen=True)
class Desk:
    """An adviser who is signed in: his schools as of now, and his unlocked key."""

    person_id: str
    name: str
    school_ids: tuple[str, ...]
    pair: KeyPair = field(repr=False)


@dataclass(frozen=True)
class Held:
    """One case on a desk with the reader's own row; `dialog_key` is None when his wrap is damaged."""

    case: Case
    reader: CaseReader
    ref: CaseRef
    dialog_key: bytes | None = field(repr=False)


def notes_key_of(held: Held, desk: Desk) -> bytes | None:
    """Return the key of the readers' own file of a case, or None when its wrap is damaged."""
    return unwrap_key(held.reader.notes_wrap, desk.pair, held.ref, desk.person_id, "notes")


def is_reader(desk: Desk) -> ColumnElement[bool]:
    """Return the condition under which who sits at *desk* holds a key of a case, joined with its readers."""
    return and_(CaseReader.person_id == desk.person_id, CaseReader.school_id.in_(desk.school_ids))


def on_desk(desk: Desk) -> ColumnElement[bool]:
    """Return the condition under which a case, joined with its readers, lies on *desk* now."""
    return and_(is_reader(desk), is_shown())


def is_shown() -> ColumnElement[bool]:
    """Return the condition under which a case is shown now to the reader that it is joined with.

    A deputy, and who stands behind him, sees it only when the question for an answer went on to him.
    """
    return and_(
        CaseReader.stage <= Case.escalation,
        Case.withdrawn_on.is_(None),
        is_delivered(clock.school_time()),
    )


def is_delivered(local: datetime) -> ColumnElement[bool]:
    """Return the condition under which a case is shown to its readers at *local*, the time at school."""
    today = local.date()
    opened = [part for _, part in WINDOWS if is_past(Window(today, part), local)]
    return or_(
        Case.visible_on < today,
        and_(Case.visible_on == today, Case.visible_part.in_([AT_ONCE, *opened])),
    )


def hold(session: Session, desk: Desk, case_id: str, *, lock: bool = False) -> Held:
    """Take one case from *desk*, locked for the rest of the transaction when it will be changed.

    Raises: CaseNotFoundError.
    """
    query = (
        select(Case, CaseReader)
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(Case.id == case_id, on_desk(desk))
    )
    row = session.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise CaseNotFoundError
    case, reader = row
    ref = CaseRef(school_id=case.school_id, case_id=case.id)
    return Held(case, reader, ref, unwrap_key(reader.dialog_wrap, desk.pair, ref, desk.person_id))
