"""The social map as a sheet: fetched, changed, pasted, looked at and taken over."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from app import db
from app.referrals.checks import check_card
from app.referrals.models import Service
from app.referrals.sheet import PACKAGED, parse_sheet, read_sheet
from app.referrals.sheet_writing import write_sheet
from app.referrals.stored import edition, entries
from tests.installations import Installation
from tests.upkeep.conftest import Colleague

SignIn = Callable[[int], Colleague]
ENTRIES = read_sheet(PACKAGED)
CHANGED = replace(ENTRIES[2], cost_nl="Helemaal gratis")


def state() -> list[tuple[str, str]]:
    with db.reading() as session:
        return [(row.id, row.document) for row in session.execute(select(Service.id, Service.document))]


def shown_edition(page: str) -> str:
    return page.split('name="edition" value="')[1].split('"', maxsplit=1)[0]


def test_the_file_is_the_map_as_it_was_imported(colleague: SignIn) -> None:
    with db.transaction() as session:
        check_card(session, ENTRIES[0].id, "a" * 32)

    text = colleague(0).get("/map.csv")

    assert parse_sheet(text.removeprefix("\ufeff"), "map") == ENTRIES


def test_the_links_stand_in_a_file_of_their_own(colleague: SignIn) -> None:
    rows = list(csv.DictReader(io.StringIO(colleague(0).get("/links.csv").removeprefix("\ufeff"))))

    wanted = {one.website for one in ENTRIES if one.website} | {one.chat_url for one in ENTRIES if one.chat_url}
    assert {row["address"] for row in rows} == wanted
    assert set(rows[0]) == {"id", "name", "kind", "address"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_pasted_rows_are_shown_first_and_taken_over_after(colleague: SignIn, separator: str) -> None:
    person, before = colleague(0), state()
    rows = csv.reader(io.StringIO(write_sheet([CHANGED])))
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)

    _, page = person.post("/sheet", sheet=text.getvalue())
    assert "Dit gaat er veranderen" in page
    assert CHANGED.name_nl.replace("'", "&#39;") in page.split("data-preview")[1].split("</ul>")[0]
    assert state() == before

    status, page = person.post("/sheet", sheet=text.getvalue(), edition=shown_edition(page))
    assert (status, "De kaart is bijgewerkt." in page) == (303, True)
    with db.reading() as session:
        assert entries(session)[CHANGED.id].cost_nl == "Helemaal gratis"
        assert len(entries(session)) == len(ENTRIES)


def test_rows_that_are_left_out_go_only_when_that_is_asked_for(colleague: SignIn) -> None:
    person, sheet = colleague(0), write_sheet(ENTRIES[:-1])

    assert "Er verandert niets" in person.post("/sheet", sheet=sheet)[1]

    _, page = person.post("/sheet", sheet=sheet, is_whole="y")
    assert "Weg van de kaart (1)" in page
    person.post("/sheet", sheet=sheet, is_whole="y", edition=shown_edition(page))
    with db.reading() as session:
        assert ENTRIES[-1].id not in entries(session)


def test_112_and_113_never_go(colleague: SignIn) -> None:
    sheet = write_sheet([entry for entry in ENTRIES if entry.id != "113"])
    before = state()
    with db.reading() as session:
        now = edition(session)

    status, page = colleague(0).post("/sheet", sheet=sheet, is_whole="y", edition=now)

    assert (status, "112 en 113" in page, state() == before) == (422, True, True)


@pytest.mark.parametrize(
    ("sheet", "fault"),
    [
        ("", "column id is missing"),
        ("id,naam\n1,2", "is unknown"),
        (write_sheet([CHANGED]).replace("Helemaal gratis", '"'), "sheet:"),
        (write_sheet([replace(CHANGED, website="javascript:alert(1)")]), "sheet:2: column website"),
        (write_sheet([replace(CHANGED, id="nieuw", phone="0800-1450", verified=True)]), "sheet:2: column verified"),
        ("😀" * 500, "column id is missing"),
    ],
)
def test_a_bad_sheet_changes_nothing_and_names_each_row(colleague: SignIn, sheet: str, fault: str) -> None:
    before = state()
    with db.reading() as session:
        now = edition(session)

    status, page = colleague(0).post("/sheet", sheet=sheet, edition=now)

    assert (status, state() == before) == (422, True)
    assert fault in page.split("data-faults")[1].split("</ul>")[0]


def test_a_map_that_changed_meanwhile_is_shown_anew_before_anything_is_taken_over(
    installation: Installation, colleague: SignIn
) -> None:
    person, sheet = colleague(0), write_sheet([CHANGED])
    _, page = person.post("/sheet", sheet=sheet)
    with db.transaction() as session:
        check_card(session, CHANGED.id, "a" * 32)
    before = state()

    status, page = person.post("/sheet", sheet=sheet, edition=shown_edition(page))

    assert (status, "intussen veranderd" in page, state() == before) == (409, True, True)
    person.post("/sheet", sheet=sheet, edition=shown_edition(page))
    assert state() != before
