"""Takes the codes of a file into the register: looked at first, stored by the worker, undone at once."""

import hmac
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app import clock, db
from app.notifications.services import NewJob, put
from app.register.importing.faults import Fault, SheetError
from app.register.importing.mapping import ImportMapping, read_mapping, signature, suggest_mapping
from app.register.importing.personal import refused_columns
from app.register.importing.reading import Sheet, open_sheet
from app.register.importing.rows import Bounds, CodedRow, coded_rows
from app.register.models import Incident, RegisterImport, RegisterMapping
from app.register.periods import first_day, school_year
from app.register.rules import IncidentFacts
from app.register.services import columns_of, settings_of

JOB = "register.import"
BATCH = 2_000
MOST_FAULTS = 50
YEARS_BACK = 2
SYSTEMS = ("Magister", "Somtoday", "ParnasSys", "EduArte", "Excel", "Anders")


@dataclass(frozen=True)
class Look:
    """What an import would do: how many by category, how many left out, and what is wrong."""

    rows: tuple[CodedRow, ...]
    left_out: int
    faults: tuple[Fault, ...]

    @property
    def by_category(self) -> Mapping[str, int]:
        """Return how many incidents there are of each category."""
        found: Counter[str] = Counter()
        for row in self.rows:
            found[row.codes["category"]] += row.incidents
        return found

    @property
    def total(self) -> int:
        """Return how many incidents there are."""
        return sum(row.incidents for row in self.rows)


def open_file(data: bytes) -> Sheet:
    """Read a file that holds no persons.

    Raises: SheetError.
    """
    return checked(open_sheet(data))


def checked(sheet: Sheet) -> Sheet:
    """Return *sheet* when no column of it looks like a person.

    Raises: SheetError, with a fault for each such column.
    """
    refused = refused_columns(sheet, clock.today().year)
    if refused:
        raise SheetError(*refused)
    return sheet


def known_mapping(session: Session, school_id: str, sheet: Sheet) -> ImportMapping:
    """Return the mapping that this school saved for these columns, or the likeliest one."""
    saved = session.scalar(
        select(RegisterMapping.mapping).where(
            RegisterMapping.school_id == school_id, RegisterMapping.signature == signature(sheet.headers)
        )
    )
    likely = suggest_mapping(sheet)
    if saved is None:
        return likely
    told = read_mapping(saved)
    # Words that are new in this file take the suggestion.
    values = {target: {**likely.values.get(target, {}), **words} for target, words in told.values.items()}
    return ImportMapping(told.columns, told.date_form, values)


def save_mapping(session: Session, school_id: str, system: str, sheet: Sheet, mapping: ImportMapping) -> None:
    """Keep *mapping* for the next file of this school with the same columns."""
    told = {"system": system, "mapping": mapping.as_json()}
    made = db.insert_into(session, RegisterMapping).values(
        id=hmac.digest(school_id.encode(), signature(sheet.headers).encode(), "sha256").hex()[:32],
        school_id=school_id,
        signature=signature(sheet.headers),
        **told,
    )
    keys = [RegisterMapping.school_id, RegisterMapping.signature]
    session.execute(made.on_conflict_do_update(index_elements=keys, set_=told))


def bounds() -> Bounds:
    """Return between which days an incident of a file may lie: this school year and the two before it."""
    first = int(school_year(clock.today())[:4]) - YEARS_BACK
    return Bounds(first_day(f"{first}-{first + 1}"), clock.today())


def look(sheet: Sheet, mapping: ImportMapping) -> Look:
    """Return what an import would do; it changes nothing."""
    rows: list[CodedRow] = []
    faults: list[Fault] = []
    left_out = 0
    for found in coded_rows(sheet, mapping, bounds()):
        if isinstance(found, CodedRow):
            rows.append(found)
        elif found is None:
            left_out += 1
        elif len(faults) < MOST_FAULTS:
            faults.append(found)
    return Look(tuple(rows), left_out, tuple(faults))


def begin_import(session: Session, school_id: str, system: str, rows: Sequence[CodedRow]) -> str:
    """Write down *rows* as codes for the worker and return the id of the import."""
    salt = settings_of(session, school_id).row_salt
    waiting = [_waiting(row, number, salt) for row, number in _numbered(rows)]
    made = RegisterImport(
        school_id=school_id,
        system=system,
        made_on=clock.today(),
        total=len(waiting),
        waiting=zlib.compress(json.dumps(waiting, separators=(",", ":")).encode()),
    )
    session.add(made)
    session.flush()
    put(session, NewJob(kind=JOB, payload={"import": made.id}, waiting_key=f"import {made.id}"))
    return made.id


def _numbered(rows: Sequence[CodedRow]) -> Iterator[tuple[CodedRow, int]]:
    """Yield each incident with a number among those that look alike: two equal rows of one file are two incidents."""
    seen: Counter[bytes] = Counter()
    for row in rows:
        for _ in range(row.incidents):
            seen[row.mark] += 1
            yield row, seen[row.mark]


Waiting = list[object]


def _waiting(row: CodedRow, number: int, salt: bytes) -> Waiting:
    mark = hmac.digest(salt, row.mark + number.to_bytes(4, "big"), "sha256").hex()
    return [row.day.isoformat(), dict(row.codes), row.is_online, row.affected_count, mark]


def do_import(payload: Mapping[str, str], tell: Callable[[int], object] = int) -> None:
    """Store what an import left waiting, a batch in each transaction; what was stored before is not stored twice.

    *tell* hears after each batch how many more are done.
    """
    with db.reading() as session:
        held = session.get(RegisterImport, payload["import"])
        if held is None or held.waiting is None or held.is_undone:
            return
        school_id, done = held.school_id, held.done
        waiting = json.loads(zlib.decompress(held.waiting))
    rest = iter(waiting[done:])
    while batch := list(islice(rest, BATCH)):
        with db.transaction() as session:
            going_on = _store(session, payload["import"], school_id, batch)
        if not going_on:
            return
        tell(len(batch))


def _store(session: Session, import_id: str, school_id: str, batch: Sequence[Waiting]) -> bool:
    held = session.scalar(select(RegisterImport).where(RegisterImport.id == import_id).with_for_update())
    if held is None or held.is_undone or held.waiting is None:
        return False
    rows = [_row(told, school_id, import_id) for told in batch]
    marks = [Incident.school_id, Incident.row_mark]
    session.execute(db.insert_into(session, Incident).on_conflict_do_nothing(index_elements=marks), rows)
    stored = session.scalar(select(func.count()).where(Incident.import_id == import_id)) or 0
    held.done += len(rows)
    held.doubles = held.done - stored
    if held.done >= held.total:
        held.waiting = None
    return True


def _row(told: Waiting, school_id: str, import_id: str) -> dict[str, object]:
    day, codes, is_online, affected, mark = told
    facts = IncidentFacts(
        day=date.fromisoformat(str(day)),
        codes=dict(codes),  # type: ignore[call-overload]  # as `_waiting` wrote it
        is_online=bool(is_online),
        affected_count=int(str(affected)),
    )
    return {
        **columns_of(facts),
        "school_id": school_id,
        "recorded_on": clock.today(),
        "import_id": import_id,
        "row_mark": bytes.fromhex(str(mark)),
    }


def undo_import(session: Session, school_id: str, import_id: str) -> bool:
    """Take everything of an import out again; return whether there was such an import."""
    query = select(RegisterImport).where(RegisterImport.id == import_id, RegisterImport.school_id == school_id)
    held = session.scalar(query.with_for_update())
    if held is None:
        return False
    session.execute(delete(Incident).where(Incident.import_id == import_id, Incident.school_id == school_id))
    held.is_undone, held.waiting = True, None
    return True
