"""How one system's columns and words become ours: kept per school and recognised by its headers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256

from app.register.codes import FIELDS
from app.register.importing.dates import FORMS, guess_form
from app.register.importing.faults import Fault, SheetError
from app.register.importing.personal import plain
from app.register.importing.reading import Sheet
from app.register.importing.suggesting import NOT_REGISTERED, TARGETS, suggest_columns, suggest_values

NEEDED = ("day", "category")
"""What every file must tell."""


@dataclass(frozen=True)
class ImportMapping:
    """Which header fills each target, how days are written, and by target which word stands for which code."""

    columns: Mapping[str, str]
    date_form: str = "day_first"
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def as_json(self) -> str:
        """Return the mapping as a text that `read_mapping` takes back."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1)


def suggest_mapping(sheet: Sheet) -> ImportMapping:
    """Return the likeliest mapping of *sheet*; whatever is unclear is left open."""
    columns = suggest_columns(sheet.headers)
    days = [value for value in sheet.column(columns["day"]) if value] if "day" in columns else []
    coded = {target: header for target, header in columns.items() if target in FIELDS}
    values = {target: suggest_values(target, filter(None, sheet.column(header))) for target, header in coded.items()}
    return ImportMapping(columns, guess_form(days[:2_000]), values)


def read_mapping(text: str) -> ImportMapping:
    """Read a mapping that was saved, or written by hand for `flask register import --mapping`.

    Raises: SheetError with one fault for each thing that is not known.
    """
    try:
        told = json.loads(text)
        made = ImportMapping(dict(told["columns"]), told.get("date_form", "day_first"), dict(told.get("values", {})))
        wrong = [*_unknown(made)]
    except (ValueError, TypeError, KeyError, AttributeError):
        raise SheetError(Fault("mapping_unreadable")) from None
    if wrong:
        raise SheetError(*wrong)
    return made


def _unknown(mapping: ImportMapping) -> list[Fault]:
    found = [Fault("mapping_target", column=target) for target in mapping.columns if target not in TARGETS]
    found += [Fault("mapping_date_form")] * (mapping.date_form not in FORMS)
    for target, words in mapping.values.items():
        known = {*FIELDS.get(target, ("", {}))[1], NOT_REGISTERED}
        found += [Fault("mapping_code", column=f"{target}: {code}") for code in words.values() if code not in known]
    return found


def signature(headers: Sequence[str]) -> str:
    """Return a text by which files with the same columns are recognised."""
    return sha256("\n".join(sorted(plain(header) for header in headers)).encode()).hexdigest()


def missing(mapping: ImportMapping, sheet: Sheet) -> tuple[Fault, ...]:
    """Return what must still be chosen: a day, a category, and a code for each word of a column."""
    found = [Fault("column_needed", column=target) for target in NEEDED if target not in mapping.columns]
    found += [Fault("column_gone", column=header) for header in mapping.columns.values() if header not in sheet.headers]
    if found:
        return tuple(found)
    for target, header in mapping.columns.items():
        if target in FIELDS:
            open_words = {value for value in sheet.column(header) if value} - set(mapping.values.get(target, {}))
            found += [Fault("value_open", column=header)] * bool(open_words)
    return tuple(found)
