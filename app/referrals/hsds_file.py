"""Reads a file of HSDS services and says what is wrong: service, property and the cure; writes one page of them."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from app.referrals.checking import ANY_FILE, cell_faults, text_checks
from app.referrals.documents import Document, shape_faults
from app.referrals.entries import NUMBER_OF_LIFE
from app.referrals.hsds import entry_of, id_of, is_active
from app.referrals.sheet import SheetError, read_text
from app.referrals.sheet_writing import cells_of

PROPERTIES = {
    "id": "slug (or id)",
    "name_nl": "name",
    "what_they_do_nl": "description",
    "for_whom_nl": "eligibility_description",
    "opening_hours_nl": "hours_description",
    "cost_nl": "fees_description",
    "first_sentence_nl": "first_sentence",
    "organization": "organization.name",
    "phone": "phones",
    "chat_url": "additional_urls",
    "website": "url",
    "min_age": "minimum_age",
    "max_age": "maximum_age",
    "checked_on": "assured_date",
    "address": "service_at_locations",
    "districts": "service_areas",
}
"""Column of the flat table to where it stands in a document, where the names differ."""
FEW_PAGES = (None, 0, 1)


def read_hsds(path: Path) -> tuple[Document, ...]:
    """Read the services of the file at *path* in its order.

    Raises: SheetError, naming every fault at once.
    """
    told = _services(path, _parsed(path))
    faults = [f"{path}: service {number}: {fault}" for number, fault in _faults(told)]
    if not told:
        faults = [f"{path}: has no services; a file with none would withdraw every help line"]
    if faults:
        raise SheetError("\n".join(faults))
    return tuple(told)


def _parsed(path: Path) -> object:
    try:
        return json.loads(read_text(path), parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise SheetError(f"{path}:{error.lineno}: cannot be read as JSON ({error.msg}); save it anew") from None
    except (RecursionError, ValueError) as error:
        if isinstance(error, SheetError):
            raise
        raise SheetError(f"{path}: cannot be read as JSON ({error}); save it anew") from None


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _services(path: Path, told: object) -> list[Any]:
    """Return the services of a page (`contents`), of a list, or the one that stands alone."""
    if isinstance(told, dict):
        page = told.get("contents", [told])
        if told.get("total_pages") not in FEW_PAGES:
            raise SheetError(f"{path}: is one page of {told['total_pages']!r}; ask for all services on one page")
        return page if isinstance(page, list) else [page]
    if isinstance(told, list):
        return told
    raise SheetError(f"{path}: holds no HSDS services; write a list of them, or a page with them in contents")


def _faults(told: Sequence[Any]) -> Iterator[tuple[int, str]]:
    """Yield each (number of the service from 1, what is wrong)."""
    seen: dict[str, int] = {}
    for number, document in enumerate(told, 1):
        found = [f"{path}: {fault}" for path, fault in shape_faults(document)]
        found = found or list(_content_faults(document))
        yield from ((number, fault) for fault in found)
        if isinstance(document, dict) and (known := id_of(document)):
            if known in seen:
                yield number, f"slug (or id): {known!r} is that of service {seen[known]} too; give each its own"
            seen.setdefault(known, number)


def _content_faults(document: Document) -> Iterator[str]:
    if id_of(document) in NUMBER_OF_LIFE and not is_active(document):
        yield f"status: {id_of(document)} always helps; write active"
    cells = cells_of(entry_of(document))
    for column, fault in cell_faults(cells, ANY_FILE + text_checks(tuple(cells))):
        yield f"{PROPERTIES.get(column, column)}: {fault}"


def write_hsds(told: Sequence[Document]) -> str:
    """Write services *told* as one page of the HSDS API (GET /services), which `read_hsds` reads."""
    page = {
        "total_items": len(told),
        "total_pages": 1,
        "page_number": 1,
        "size": len(told),
        "first_page": True,
        "last_page": True,
        "empty": not told,
        "contents": list(told),
    }
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"
