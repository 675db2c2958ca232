"""Reads lists of schools: the city's list, and DUO's file "Alle vestigingen VO" with new or old columns."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.schools.districts import CONFIDENCES, DISTRICTS, from_memory
from app.schools.models import ADDRESS_LENGTH, NAME_LENGTH, URL_LENGTH
from app.schools.rules import REGIONS
from app.schools.tables import FieldError, Record, Refused, Table, TableError, read_table, shown

THE_HAGUE = "0518"
ALL = "all"
_CELL = 500
_HAGUE_REGION = "midden"
"""The ministry counts all of Zuid-Holland to region Midden; the city's list has no column for it."""
_CITY = ("instellingscode", "vestigingscode", "label", "address", "postcode", "stadsdeel_from_memory", "confidence")
_DUO_REST = ("VESTIGINGSNAAM", "STRAATNAAM", "HUISNUMMER-TOEVOEGING", "POSTCODE", "GEMEENTENUMMER")
_DUO_KEYS = (("INSTELLINGSCODE", "VESTIGINGSCODE"), ("BRIN NUMMER", "VESTIGINGSNUMMER"))


@dataclass(frozen=True, kw_only=True)
class SchoolRow:
    """What one row says of a school; an empty text says nothing. *note* tells what was left out, and why."""

    row: int
    brin: str
    location_code: str
    name: str = ""
    label: str = ""
    address: str = ""
    postcode: str = ""
    website: str = ""
    district: str = ""
    district_source: str = ""
    holiday_region: str = ""
    note: str = ""


@dataclass(frozen=True)
class SchoolFile:
    """The rows of a file in order, and how many were *left_out* for lying in another municipality."""

    rows: tuple[SchoolRow | Refused, ...]
    left_out: int = 0


def read_schools(data: bytes, municipality: str = THE_HAGUE) -> SchoolFile:
    """Read a list of schools, recognised by its header; of DUO's, only *municipality* (a CBS number, or "all").

    Raises: TableError when the file as a whole cannot be used.
    """
    table = read_table(data)
    if {name.upper() for name in _CITY} <= table.names:
        return SchoolFile(tuple(_read(record, _city_row) for record in table.rows))
    for keys in _DUO_KEYS:
        if {*keys, *_DUO_REST} <= table.names:
            return _read_duo(table, keys, municipality)
    raise TableError(_unknown(table))


def _unknown(table: Table) -> str:
    duo = [", ".join((*keys, *_DUO_REST)) for keys in _DUO_KEYS]
    return (
        "the header is not that of a list of schools.\n"
        f"  found:    {', '.join(shown(name) for name in table.columns)}\n"
        f"  expected: {', '.join(_CITY)} (the city's list)\n"
        + "".join(f"  or:       {columns} (DUO, Alle vestigingen VO)\n" for columns in duo)
        + "  Export the file again with these columns; their order and further columns do not matter."
    )


def _read_duo(table: Table, keys: tuple[str, str], municipality: str) -> SchoolFile:
    wanted = [record for record in table.rows if _lies_in(record, municipality)]
    if not wanted:
        raise TableError(f"no row has GEMEENTENUMMER {shown(municipality)}; name another one with --municipality")
    rows = tuple(_read(record, lambda found: _duo_row(found, keys)) for record in wanted)
    return SchoolFile(rows, left_out=len(table.rows) - len(rows))


def _lies_in(record: Record | Refused, municipality: str) -> bool:
    # A row with too few values may be one of ours, so it is reported rather than passed over.
    if isinstance(record, Refused) or municipality == ALL:
        return True
    return record.values["GEMEENTENUMMER"].strip().zfill(4) == municipality.zfill(4)


def _read(record: Record | Refused, reader: Callable[[Record], SchoolRow]) -> SchoolRow | Refused:
    if isinstance(record, Refused):
        return record
    try:
        return reader(record)
    except FieldError as error:
        return Refused(record.row, str(error))


def _city_row(record: Record) -> SchoolRow:
    brin, location_code = _codes(record, "INSTELLINGSCODE", "VESTIGINGSCODE")
    label = record.required("LABEL", NAME_LENGTH)
    district, source = _district(record)
    return SchoolRow(
        row=record.row,
        brin=brin,
        location_code=location_code,
        label=label,
        address=record.text("ADDRESS", ADDRESS_LENGTH),
        postcode=_postcode(record),
        district=district,
        district_source=source,
        holiday_region=_HAGUE_REGION,
    )


def _duo_row(record: Record, keys: tuple[str, str]) -> SchoolRow:
    brin, location_code = _codes(record, *keys)
    street = f"{record.text('STRAATNAAM', _CELL)} {record.text('HUISNUMMER-TOEVOEGING', _CELL)}".strip()
    if len(street) > ADDRESS_LENGTH:
        raise FieldError("STRAATNAAM", "street and number are too long", f"use at most {ADDRESS_LENGTH} characters")
    website, note = _website(record.text("INTERNETADRES", _CELL))
    return SchoolRow(
        row=record.row,
        brin=brin,
        location_code=location_code,
        name=record.required("VESTIGINGSNAAM", NAME_LENGTH),
        address=street,
        postcode=_postcode(record),
        website=website,
        holiday_region=_region(record),
        note=note,
    )


def _codes(record: Record, brin_column: str, location_column: str) -> tuple[str, str]:
    brin = record.required(brin_column, _CELL).upper()
    if not re.fullmatch(r"[0-9]{2}[A-Z]{2}", brin, re.ASCII):
        cure = "write two digits and two letters, as 02GJ (a spreadsheet may have removed a zero)"
        raise FieldError(brin_column, f"{shown(brin)} is not a BRIN", cure)
    location = record.required(location_column, _CELL).upper()
    if re.fullmatch(r"[0-9]{2}", location, re.ASCII):
        # Older files and those of primary schools leave the BRIN out.
        return brin, brin + location
    if not re.fullmatch(brin + "[0-9]{2}", location, re.ASCII):
        raise FieldError(location_column, f"{shown(location)} is no location of {brin}", f"write it as {brin}00 or 00")
    return brin, location


def _postcode(record: Record) -> str:
    found = record.text("POSTCODE", _CELL).upper()
    if not found:
        return ""
    parts = re.fullmatch(r"([1-9][0-9]{3}) ?([A-Z]{2})", found, re.ASCII)
    if not parts:
        raise FieldError("POSTCODE", f"{shown(found)} is not a Dutch postcode", "write it as 2565 MK")
    return f"{parts[1]} {parts[2]}"


def _district(record: Record) -> tuple[str, str]:
    district = record.text("STADSDEEL_FROM_MEMORY", _CELL)
    if not district:
        return "", ""
    if district not in DISTRICTS:
        raise FieldError(
            "STADSDEEL_FROM_MEMORY", f"{shown(district)} is not a district", f"one of {', '.join(DISTRICTS)}"
        )
    confidence = record.text("CONFIDENCE", _CELL).lower()
    if confidence not in CONFIDENCES:
        raise FieldError("CONFIDENCE", f"{shown(confidence)} is unknown", f"one of {', '.join(CONFIDENCES)}")
    return district, from_memory(confidence)


def _region(record: Record) -> str:
    region = record.text("VAKANTIEREGIO", _CELL).lower()
    if region and region not in REGIONS:
        raise FieldError("VAKANTIEREGIO", f"{shown(region)} is not a holiday region", f"one of {', '.join(REGIONS)}")
    return region


def _website(found: str) -> tuple[str, str]:
    # DUO mostly leaves the scheme out, and now and then a telephone number stands in this column.
    if not found:
        return "", ""
    address = found if re.match(r"https?://", found, re.IGNORECASE) else f"https://{found}"
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    if len(address) > URL_LENGTH or not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}", host):
        return "", f"column INTERNETADRES: {shown(found)} is not a web address and was left out; ask the school"
    return address, ""
