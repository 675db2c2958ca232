"""From incidents to a released table, on real databases."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app import clock, db
from app.register import storing
from app.register.codes import CATEGORIES
from app.register.importing.rows import CodedRow
from app.register.models import Incident
from app.register.periods import first_day
from app.register.rules import IncidentFacts
from app.register.services import record_incident, record_many, set_profile, strike_incident, take_part
from app.schools.districts import DISTRICTS
from app.schools.importing import import_schools
from app.schools.queries import SchoolInfo, all_schools
from app.schools.school_files import SchoolRow
from app.settings import Settings
from app.statistics import publishing, solving, working
from app.statistics.cli import statistics
from app.statistics.models import FixedCount, Publication
from app.statistics.publishing import PublicationError
from app.statistics.queries import newest_of, released_years
from app.statistics.showing import grids, letter, sdmx_rows
from app.statistics.signing import is_signed, public_key

YEAR = "2025-2026"
NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def site(database: db.Database, tmp_path: Path) -> Iterator[Flask]:
    site = Flask("city", static_folder=None)
    site.config["SETTINGS"] = Settings(
        instance=tmp_path, hosts=("localhost",), base_url="http://localhost", mail_from="a@b.example", smtp_host="x"
    )
    db.init_app(site, database)
    with site.app_context(), clock.at(NOW):
        yield site


def found_schools(session: Session, count: int, districts: int = 8) -> list[SchoolInfo]:
    rows = [
        SchoolRow(
            row=at,
            brin=f"{at:02}XX",
            location_code=f"{at:02}XX00",
            label=f"School {at}",
            district=DISTRICTS[at % districts],
            district_source="invented",
        )
        for at in range(count)
    ]
    import_schools(session, rows)
    session.flush()
    return list(all_schools(session))


def fill(count: int = 40, pilots: int = 0, mean: float = 2.0) -> None:
    draw = np.random.default_rng(5)
    with db.transaction() as session:
        for at, school in enumerate(found_schools(session, count)):
            set_profile(session, school.id, "vo", is_pilot=at < pilots, board=f"board {at % 7}")
            take_part(session, school.id, first_day(YEAR))
            for month in (8, 9, 11, 12):
                many = [
                    IncidentFacts(day=date(2025, month, 3), codes={"category": code})
                    for code in CATEGORIES
                    for _ in range(int(draw.poisson(mean)))
                ]
                record_many(session, school.id, many)


def quarter(number: int) -> str:
    return f"{YEAR}-Q{number}"


def test_a_quarter_goes_from_concept_to_release_and_is_signed(site: Flask, tmp_path: Path) -> None:
    fill()

    digest = working.publish(quarter(1))

    with db.reading() as session:
        table = newest_of(session, YEAR)
        incidents = session.scalar(select(func.count()).select_from(Incident).where(Incident.day < date(2025, 11, 1)))
    assert table is not None
    assert table.digest == digest
    assert is_signed(public_key(tmp_path), table.signature, table.content)
    assert not is_signed(public_key(tmp_path), table.signature, table.content + " ")
    # Totals for the inspectorate and for the city agree.
    assert table.cells[next(cell for cell in table.cells if cell.district == cell.category == "TOTAL")] == incidents


def test_what_came_out_never_changes_and_late_incidents_count_in_the_next_quarter(site: Flask) -> None:
    fill()
    working.publish(quarter(1))
    with db.reading() as session:
        before = newest_of(session, YEAR)
        school = all_schools(session)[0]
        struck = session.scalars(select(Incident.id).where(Incident.school_id == school.id).limit(2)).all()
    with db.transaction() as session:
        for _ in range(5):
            record_incident(session, school.id, IncidentFacts(day=date(2025, 9, 9), codes={"category": "theft"}))
        for incident_id in struck:
            strike_incident(session, school.id, incident_id)

    working.publish(quarter(2))

    with db.reading() as session:
        after = newest_of(session, YEAR)
        total = session.scalar(select(func.count()).select_from(Incident))
        fixed = session.scalar(select(func.sum(FixedCount.value)))
    assert before is not None
    assert after is not None
    assert {cell: after.cells[cell] for cell in before.cells} == before.cells
    assert fixed == total


def test_a_school_that_joins_later_counts_from_its_first_full_quarter(site: Flask) -> None:
    fill()
    with db.transaction() as session:
        school = all_schools(session)[0]
        take_part(session, school.id, date(2025, 9, 1))

    with db.transaction() as session:
        publishing.make_concept(session, quarter(1))

    with db.reading() as session:
        counted = set(session.scalars(select(FixedCount.school_id)))
    assert len(counted) == 39
    assert school.id not in counted


def test_pilot_schools_stand_outside_the_districts(site: Flask) -> None:
    fill(pilots=4)

    working.publish(quarter(1))

    with db.reading() as session:
        table = newest_of(session, YEAR)
    assert table is not None
    assert sum(table.schools.values()) == 36
    assert table.areas


def test_while_too_few_schools_take_part_only_the_city_is_counted_pilots_too(site: Flask) -> None:
    fill(count=8, pilots=8, mean=4)

    working.publish(quarter(1))

    with db.reading() as session:
        table = newest_of(session, YEAR)
    assert table is not None
    assert table.areas == ()
    assert {cell.district for cell in table.cells} == {"TOTAL"}
    assert table.schools == {"TOTAL": 8}


def test_four_schools_are_no_city(site: Flask) -> None:
    fill(count=4)

    with pytest.raises(PublicationError, match="4 schools take part; a table needs 5"), db.transaction() as session:
        publishing.make_concept(session, quarter(1))
    with db.reading() as session:
        assert publishing.states(session) == {}
        assert session.scalar(select(func.count()).select_from(FixedCount)) == 0


@pytest.mark.parametrize(
    ("asked", "why"),
    [(2, "Q1 comes first"), (1, "is not over yet")],
)
def test_quarters_come_out_in_order_and_when_they_are_over(site: Flask, asked: int, why: str) -> None:
    now = NOW if asked == 2 else datetime(2025, 10, 31, 12, tzinfo=UTC)
    with clock.at(now), pytest.raises(PublicationError, match=why), db.transaction() as session:
        publishing.make_concept(session, quarter(asked))


def test_a_school_without_a_district_stops_the_concept_and_is_named(site: Flask) -> None:
    fill(count=9)
    with db.transaction() as session:
        session.execute(text("UPDATE school SET district = '' WHERE label = 'School 3'"))

    with pytest.raises(PublicationError, match="school school-3 has no district"), db.transaction() as session:
        publishing.make_concept(session, quarter(1))


def test_a_file_that_is_still_being_stored_holds_the_concept_up_and_no_half_of_it_counts(site: Flask) -> None:
    fill(count=12)
    with db.transaction() as session:
        school = all_schools(session)[0]
        rows = [CodedRow(2, date(2025, 9, 3), {"category": "theft"}, False, 1, 1, b"a row")]
        import_id = storing.begin_import(session, school.id, "Excel", rows)

    with pytest.raises(PublicationError, match="a file of school-0 is still being stored"), db.transaction() as session:
        publishing.make_concept(session, quarter(1))
    storing.do_import({"import": import_id})

    with db.transaction() as session:
        assert publishing.make_concept(session, quarter(1)).state == "concept"


def test_two_schools_with_one_name_are_counted_apart(site: Flask) -> None:
    fill(count=12)
    with db.transaction() as session:
        session.execute(text("UPDATE school SET label = 'School 1' WHERE label = 'School 2'"))
        publishing.make_concept(session, quarter(1))

    with db.reading() as session:
        assert session.scalar(select(func.count(func.distinct(FixedCount.school_id)))) == 12


def test_a_table_that_the_audit_can_break_is_stopped_and_can_only_be_thrown_away(site: Flask) -> None:
    fill(mean=0.5)
    with db.transaction() as session:
        publishing.make_concept(session, quarter(1))
        task = publishing.task_of(session, quarter(1), 0.2)
        table = solving.protected(task)
        publishing.store_protected(session, quarter(1), table, task.rows)
        held = session.scalars(select(Publication)).one()
        held.content = re.sub(r",\d+\n", ",99999\n", held.content, count=1)

    working.work_on(quarter(1))

    assert working.state_of(quarter(1)) == "stopped"
    with pytest.raises(PublicationError, match="must be audited first"):
        working.publish(quarter(1))
    with db.transaction() as session:
        publishing.discard(session, quarter(1))
    with db.reading() as session:
        assert publishing.states(session) == {}
        assert session.scalar(select(func.count()).select_from(FixedCount)) == 0
    assert working.publish(quarter(1))


def test_what_was_released_cannot_be_thrown_away_or_made_again(site: Flask) -> None:
    fill()
    working.publish(quarter(1))

    with pytest.raises(PublicationError, match="nothing that may be thrown away"), db.transaction() as session:
        publishing.discard(session, quarter(1))
    with pytest.raises(PublicationError, match="is released already"), db.transaction() as session:
        publishing.make_concept(session, quarter(1))


def test_the_worker_takes_a_concept_to_an_audited_table(site: Flask) -> None:
    fill()
    with db.transaction() as session:
        publishing.make_concept(session, quarter(1))

    working.do_table({"quarter": quarter(1)})
    working.do_table({"quarter": quarter(1)})

    assert working.state_of(quarter(1)) == "audited"


def test_files_and_pages_show_what_came_out_and_no_hidden_figure(site: Flask) -> None:
    fill(mean=0.7)
    working.publish(quarter(1))
    working.publish(quarter(2))
    with db.reading() as session:
        assert released_years(session) == (YEAR,)
        table = newest_of(session, YEAR)
    assert table is not None
    hidden = [cell for cell, value in table.cells.items() if value is None]

    rows = list(csv.DictReader(io.StringIO(sdmx_rows(table))))
    with site.test_request_context():
        shown = [str(figure) for grid in grids(table) for _, figures in grid.rows for figure in figures]
        parts = letter(table).parts

    assert hidden
    assert sum(row["OBS_STATUS"] == "Q" and row["OBS_VALUE"] == "" for row in rows) == len(hidden)
    assert sum(text.startswith(("tussen", "afgeschermd")) for text in shown) >= len(hidden)
    assert len(parts) == 4


def test_the_export_writes_a_released_table(site: Flask) -> None:
    fill()
    working.publish(quarter(1))
    site.cli.add_command(statistics)

    done = site.test_cli_runner().invoke(args=["statistics", "export", YEAR])
    half = site.test_cli_runner().invoke(args=["statistics", "export", f"{YEAR}-h2"])
    states = site.test_cli_runner().invoke(args=["statistics", "states"])

    assert done.stdout.startswith("district,category,period,value\n")
    assert f",{YEAR}-Q1," in done.stdout
    assert half.stdout.count("suppressed") == 72
    assert states.output == f"{quarter(1)}  released\n"


@pytest.mark.parametrize("asked", ["2025", "2025-2026", "2025-2027-Q1", "2025-2026-Q5", "2025-2026-h1"])
def test_what_is_no_quarter_is_refused_with_an_example(site: Flask, asked: str) -> None:
    site.cli.add_command(statistics)

    done = site.test_cli_runner().invoke(args=["statistics", "publish", asked])

    assert done.exit_code == 2
    assert "write it as 2026-2027-Q1" in done.output


def test_the_commands_take_a_quarter_through_its_states(site: Flask) -> None:
    fill()
    site.cli.add_command(statistics)
    run = site.test_cli_runner().invoke

    assert "concept; the worker" in run(args=["statistics", "concept", quarter(1)]).output
    assert "must be audited first" in run(args=["statistics", "release", quarter(1)]).output
    working.work_on(quarter(1))
    assert "released, SHA-256" in run(args=["statistics", "release", quarter(1)]).output
    assert "released, SHA-256" in run(args=["statistics", "publish", quarter(2)]).output
    assert run(args=["statistics", "discard", quarter(2)]).exit_code == 1
