"""Bringing the table in line with a file."""

from dataclasses import replace

from sqlalchemy.orm import Session

from app.referrals.models import Service
from app.referrals.services import ImportResult, import_entries
from app.referrals.sheet import PACKAGED, read_sheet
from app.referrals.stored import entries

ENTRIES = read_sheet(PACKAGED)
IDS = tuple(entry.id for entry in ENTRIES)


def test_importing_twice_changes_nothing(imported: Session) -> None:
    assert import_entries(imported, ENTRIES) == ImportResult((), (), (), IDS)


def test_a_service_gone_from_the_file_is_withdrawn(imported: Session) -> None:
    result = import_entries(imported, ENTRIES[:-1])

    assert result == ImportResult((), (), IDS[-1:], IDS[:-1])
    assert imported.get(Service, ENTRIES[-1].id) is None


def test_a_changed_text_is_taken_over(imported: Session) -> None:
    result = import_entries(imported, [replace(ENTRIES[0], cost_nl="Niets"), *ENTRIES[1:]])

    assert result == ImportResult((), IDS[:1], (), IDS[1:])
    assert entries(imported)[ENTRIES[0].id].cost_nl == "Niets"
