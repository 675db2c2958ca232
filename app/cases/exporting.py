"""A copy of a case: one reader asks with a ground, another one allows it, and the first fetches it once.

Each of the three is a note in the chain of the case, and the student sees that a copy was made and on which ground.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.queries import name_of
from app.cases.desk import Desk, Held, hold, on_desk
from app.cases.envelopes import CaseDamagedError, open_value, seal_value
from app.cases.export_wording import ground_label, part_label
from app.cases.keyring import others_seeing
from app.cases.models import Case, CaseReader, ExportRequest
from app.cases.noting import note_deed
from app.notifications.services import tell

VALID = timedelta(days=7)
GROUNDS = ("police", "complaints", "transfer", "court", "student")
"""The police, a complaints committee, another adviser who takes over, a court or the law, the student himself."""
PARTS = ("report", "conversation", "steps", "ledger", "notes")
"""What a copy may hold; never an adviser's own notes. "notes" are those that all readers share."""
USUAL_PARTS = ("report", "conversation")
ASKED, APPROVED, REFUSED, TAKEN = "export.asked", "export.approved", "export.refused", "export.taken"

State = Literal["waits", "allowed", "fetched", "expired"]


class ExportNotFoundError(Exception):
    """There is no such request, or it is not for this person to allow or fetch."""


class ExportOverError(Exception):
    """The request was fetched already, is over its time or was not allowed yet: ask anew."""


class NoSecondReaderError(Exception):
    """Nobody else reads the case, so nobody can allow a copy: let somebody read along first."""


@dataclass(frozen=True)
class Wish:
    """On which ground a copy is asked for, and what is to stand in it."""

    ground: str
    parts: tuple[str, ...]

    @property
    def ground_label(self) -> str:
        """Return the ground in words."""
        return ground_label(self.ground)

    @property
    def part_labels(self) -> tuple[str, ...]:
        """Return the names of the parts."""
        return tuple(part_label(part) for part in self.parts)


@dataclass(frozen=True, kw_only=True)
class RequestInfo:
    """A request for a copy as a reader of the case sees it."""

    id: str
    asked_by: str
    """Name of who asked."""
    asked_on: date
    allowed_by: str
    """Name of who allowed it; empty before that."""
    is_own: bool
    state: State
    wish: Wish | None
    """None when it is damaged, or this reader's key is."""
    valid_until: date


def requests_of(session: Session, desk: Desk, held: Held) -> tuple[RequestInfo, ...]:
    """Return the requests for a copy of a case, newest first."""
    query = select(ExportRequest).where(ExportRequest.case_id == held.ref.case_id)
    rows = sorted(session.scalars(query), key=lambda row: (row.asked_on, row.id), reverse=True)
    return tuple(_info(session, desk, held, row) for row in rows)


def waiting_copies(session: Session, desk: Desk) -> tuple[tuple[str, str], ...]:
    """Return the id of each case with a copy that waits for who sits at *desk*, and who asked for it.

    That is empty for his own that was allowed; what another asked waits for his word.
    """
    # Said twice, so that it begins at the few requests that are open and not at every case of the reader.
    are_open = select(ExportRequest.case_id).where(ExportRequest.fetched_on.is_(None))
    query = (
        select(ExportRequest)
        .join(Case, Case.id == ExportRequest.case_id)
        .join(CaseReader, CaseReader.case_id == Case.id)
        .where(on_desk(desk), ExportRequest.fetched_on.is_(None), CaseReader.case_id.in_(are_open))
        .order_by(ExportRequest.asked_on, ExportRequest.id)
    )
    found = []
    for row in session.scalars(query):
        is_own, state = row.asked_by == desk.person_id, _state(row)
        if state == ("allowed" if is_own else "waits"):
            found.append((row.case_id, "" if is_own else name_of(session, row.asked_by)))
    return tuple(found)


def has_second_reader(session: Session, held: Held) -> bool:
    """Tell whether somebody else sees the case and can open it, so that he can allow a copy."""
    return bool(others_seeing(session, held))


def waits_for(person_id: str) -> ColumnElement[bool]:
    """Return the condition under which a case has a copy that waits for that person's word, who sees the case."""
    return exists().where(
        ExportRequest.case_id == Case.id,
        ExportRequest.asked_by != person_id,
        ExportRequest.approved_on.is_(None),
        ExportRequest.asked_on >= clock.today() - VALID,
    )


def ask_copy(session: Session, desk: Desk, case_id: str, wish: Wish) -> None:
    """Ask the other readers of a case for a copy of it; one's own open request is replaced by the new one.

    Raises: CaseNotFoundError, CaseDamagedError, NoSecondReaderError.
    """
    held = hold(session, desk, case_id, lock=True)
    if held.dialog_key is None:
        raise CaseDamagedError
    if not has_second_reader(session, held):
        raise NoSecondReaderError
    for row in session.scalars(_open_requests(desk, case_id)):
        session.delete(row)
    row_id = secrets.token_hex(16)
    session.add(
        ExportRequest(
            id=row_id,
            school_id=held.ref.school_id,
            case_id=case_id,
            asked_by=desk.person_id,
            asked_on=clock.today(),
            ground=seal_value(held.dialog_key, {"ground": wish.ground, "parts": wish.parts}, held.ref, *_place(row_id)),
        )
    )
    note_deed(session, desk, held, ASKED, wish.ground)
    for reader in others_seeing(session, held):
        tell(session, reader.person_id, urgent=False)


def decide(session: Session, desk: Desk, case_id: str, request_id: str, *, allow: bool) -> None:
    """Allow or refuse a copy that another reader asked for; a refused request is gone.

    Raises: CaseNotFoundError, ExportNotFoundError, ExportOverError.
    """
    held = hold(session, desk, case_id, lock=True)
    row = _request(session, case_id, request_id)
    wish = _wish(held, row)
    if row.asked_by == desk.person_id or wish is None:
        raise ExportNotFoundError
    if _state(row) != "waits":
        raise ExportOverError
    if allow:
        row.approved_by, row.approved_on = desk.person_id, clock.today()
    else:
        session.delete(row)
    note_deed(session, desk, held, APPROVED if allow else REFUSED, wish.ground)


def open_copy(session: Session, desk: Desk, case_id: str, request_id: str) -> tuple[Held, RequestInfo]:
    """Return a case and one's own allowed request for a copy of it; changes nothing.

    Raises: CaseNotFoundError, CaseDamagedError, ExportNotFoundError, ExportOverError.
    """
    held = hold(session, desk, case_id)
    return held, _info(session, desk, held, _allowed(session, desk, held, request_id))


def take_copy(session: Session, desk: Desk, case_id: str, request_id: str) -> None:
    """Mark one's own allowed request as fetched, so that it is fetched once.

    Raises: CaseNotFoundError, CaseDamagedError, ExportNotFoundError, ExportOverError.
    """
    held = hold(session, desk, case_id, lock=True)
    row = _allowed(session, desk, held, request_id)
    wish = _wish(held, row)
    row.fetched_on = clock.today()
    note_deed(session, desk, held, TAKEN, wish.ground if wish else "")


def _allowed(session: Session, desk: Desk, held: Held, request_id: str) -> ExportRequest:
    row = _request(session, held.ref.case_id, request_id)
    if row.asked_by != desk.person_id:
        raise ExportNotFoundError
    if _state(row) != "allowed":
        raise ExportOverError
    if _wish(held, row) is None:
        raise CaseDamagedError
    return row


def chosen_parts(parts: Collection[str]) -> tuple[str, ...]:
    """Return the *parts* that exist, in their order."""
    return tuple(part for part in PARTS if part in parts)


def _open_requests(desk: Desk, case_id: str) -> Select[ExportRequest]:
    return select(ExportRequest).where(
        ExportRequest.case_id == case_id,
        ExportRequest.asked_by == desk.person_id,
        ExportRequest.fetched_on.is_(None),
    )


def _request(session: Session, case_id: str, request_id: str) -> ExportRequest:
    query = select(ExportRequest).where(ExportRequest.id == request_id, ExportRequest.case_id == case_id)
    row = session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if row is None:
        raise ExportNotFoundError
    return row


def _info(session: Session, desk: Desk, held: Held, row: ExportRequest) -> RequestInfo:
    return RequestInfo(
        id=row.id,
        asked_by=name_of(session, row.asked_by),
        asked_on=row.asked_on,
        allowed_by=name_of(session, row.approved_by) if row.approved_by else "",
        is_own=row.asked_by == desk.person_id,
        state=_state(row),
        wish=_wish(held, row),
        valid_until=_valid_until(row),
    )


def _state(row: ExportRequest) -> State:
    if row.fetched_on is not None:
        return "fetched"
    if clock.today() > _valid_until(row):
        return "expired"
    return "allowed" if row.approved_on else "waits"


def _valid_until(row: ExportRequest) -> date:
    return (row.approved_on or row.asked_on) + VALID


def _wish(held: Held, row: ExportRequest) -> Wish | None:
    said = open_value(held.dialog_key, row.ground, held.ref, *_place(row.id))
    return Wish(said["ground"], chosen_parts(said["parts"])) if said else None


def _place(row_id: str) -> tuple[str, str]:
    return "export", row_id
