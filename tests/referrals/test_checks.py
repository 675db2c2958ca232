"""Numbers that two people called, and cards that somebody looked over."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.referrals import checks
from app.referrals.entries import Entry
from app.referrals.models import ServiceCheck
from app.referrals.queries import cards_by_id
from app.referrals.services import import_entries
from app.referrals.sheet import PACKAGED, read_sheet
from app.referrals.stored import edition, entries

ANNA, BEN, CEM = "a" * 32, "b" * 32, "c" * 32
KNOWN = {entry.id: entry for entry in read_sheet(PACKAGED)}
OPEN = "kindertelefoon"
"""A service whose number the file vouches for."""
FIXED = ("112", "113")


def unverified(session: Session) -> Entry:
    """Import one service whose number nobody vouches for."""
    entry = replace(KNOWN[OPEN], verified=False)
    import_entries(session, [entry], keep_others=True)
    return entry


def call(session: Session, person: str, entry: Entry, *, is_right: bool = True) -> None:
    checks.check_number(session, entry.id, entry.phone, person, is_right=is_right)


def is_shown(session: Session, service: str = OPEN) -> bool:
    (card,) = cards_by_id(session, [service])
    return card.phone != ""


def test_two_different_people_bring_a_number_on_the_card(imported: Session) -> None:
    entry = unverified(imported)
    seen = [is_shown(imported)]
    for person in (ANNA, BEN):
        call(imported, person, entry)
        seen.append(is_shown(imported))

    assert seen == [False, False, True]


def test_one_person_counts_once_however_often_he_calls(imported: Session) -> None:
    entry = unverified(imported)
    for _ in range(3):
        call(imported, ANNA, entry)

    assert not is_shown(imported)
    assert imported.scalar(select(func.count()).select_from(ServiceCheck)) == 1


def test_one_who_says_that_it_is_wrong_hides_it_at_once(imported: Session) -> None:
    call(imported, ANNA, KNOWN[OPEN], is_right=False)

    assert not is_shown(imported)


def test_a_number_found_wrong_comes_back_after_two_others_called_it_or_who_said_so_takes_it_back(
    imported: Session,
) -> None:
    call(imported, ANNA, KNOWN[OPEN])
    call(imported, BEN, KNOWN[OPEN])
    call(imported, CEM, KNOWN[OPEN], is_right=False)
    call(imported, ANNA, KNOWN[OPEN])
    assert not is_shown(imported)  # One after him; the one before him counts no more.

    call(imported, BEN, KNOWN[OPEN])
    assert is_shown(imported)

    call(imported, CEM, KNOWN[OPEN], is_right=False)
    call(imported, CEM, KNOWN[OPEN])
    assert is_shown(imported)


@pytest.mark.parametrize("service", FIXED)
def test_nobody_hides_112_and_113(imported: Session, service: str) -> None:
    for person in (ANNA, BEN):
        call(imported, person, KNOWN[service], is_right=False)

    assert is_shown(imported, service)


def test_an_import_with_another_number_drops_the_confirmation(imported: Session) -> None:
    entry = unverified(imported)
    for person in (ANNA, BEN):
        call(imported, person, entry)
    import_entries(imported, [replace(entry, phone="0800-1450")], keep_others=True)

    assert not is_shown(imported)


def test_a_number_that_stands_there_no_more_cannot_be_confirmed(imported: Session) -> None:
    for service, number in ((OPEN, "0800-1450"), (OPEN, ""), ("nothing", "112")):
        with pytest.raises(checks.UnknownNumberError):
            checks.check_number(imported, service, number, ANNA, is_right=True)
    with pytest.raises(checks.UnknownNumberError):
        checks.check_card(imported, "nothing", ANNA)


def test_a_card_that_was_looked_over_says_the_newest_day_and_no_name(imported: Session) -> None:
    for day, person in ((12, ANNA), (3, BEN)):
        with clock.at(datetime(2027, 2, day, 12, tzinfo=UTC)):
            checks.check_card(imported, OPEN, person)

    entry = entries(imported)[OPEN]
    assert (entry.checked_on, entry.checked_by) == (date(2027, 2, 12), "het netwerk")


def test_a_check_renews_the_edition_so_that_every_process_reads_again(imported: Session) -> None:
    before, known = edition(imported), entries(imported)
    checks.check_card(imported, OPEN, ANNA)

    assert edition(imported) != before
    assert entries(imported) is not known
