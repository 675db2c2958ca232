"""The register's speed: a large file read in, and its screens over a million incidents.

python -m tests.bench.register [sqlite|postgresql]
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from flask import Flask
from sqlalchemy import insert

from app import clock, db
from app.register import evaluating, queries, storing
from app.register.codes import CATEGORIES, DEFAULTS, PLACES
from app.register.importing.mapping import suggest_mapping
from app.register.models import Incident
from app.register.queries import Choice
from app.schools.importing import import_schools
from app.schools.queries import all_schools
from app.schools.school_files import SchoolRow
from tests.databases import new_url
from tests.installations import settings
from tests.register.importing.sheets import large

YEAR = "2026-2027"
SCHOOLS, INCIDENTS, ROWS = 58, 1_000_000, 100_000


def timed(what: str, work: Callable[[], object], times: int = 5) -> None:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(1_000 * (time.perf_counter() - start))
    print(f"{what:45} median {median(found):8.0f} ms, worst {max(found):8.0f} ms")


def main(kind: str) -> None:
    folder = Path(tempfile.mkdtemp(prefix="vertel-bench-"))
    database = db.connect(new_url(kind, folder))
    with clock.at(datetime(2027, 6, 30, 12, tzinfo=UTC)):
        read_a_large_file(database, folder)
        million(database)


def read_a_large_file(database: db.Database, folder: Path) -> None:
    app = Flask("bench")
    app.config["SETTINGS"] = settings("", folder)
    db.init_app(app, database)
    with database.writer.begin() as session:
        import_schools(
            session,
            [
                SchoolRow(row=at, brin=f"{at:02}XX", location_code=f"{at:02}XX00", label=f"S {at}")
                for at in range(SCHOOLS)
            ],
        )
    with app.app_context(), db.reading() as session:
        school = all_schools(session)[0]
    data = large(ROWS)
    before, start = most_memory(), time.perf_counter()
    sheet = storing.open_file(data)
    looked = storing.look(sheet, suggest_mapping(sheet))
    with app.app_context():
        with db.transaction() as session:
            import_id = storing.begin_import(session, school.id, "Anders", looked.rows)
        storing.do_import({"import": import_id})
    seconds, more = time.perf_counter() - start, most_memory() - before
    read = f"{len(looked.rows)} rows of {len(data) / 1e6:.1f} MB"
    print(f"{read} read and stored in {seconds:.1f} s, {more} MB more memory")


def most_memory() -> int:
    """The most memory this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_024


def million(database: db.Database) -> None:
    with database.reader() as session:
        schools = [school.id for school in all_schools(session)]
    codes, places = list(CATEGORIES), list(PLACES)
    for start in range(0, INCIDENTS, 20_000):
        rows = [_row(at, schools, codes, places) for at in range(start, start + 20_000)]
        with database.writer.begin() as session:
            session.execute(insert(Incident), rows)
    choice = Choice(YEAR)
    with database.reader() as session:
        school = schools[3]
        print(f"{queries.count(session, school, choice)} incidents of this school in this year")
        timed("counts by category, both years", lambda: queries.counts_by(session, school, choice, "category"))
        timed("heat of place and part of day", lambda: queries.heat(session, school, choice))
        timed("by month", lambda: queries.by_month(session, school, choice))
        timed("a page of incidents", lambda: queries.incidents(session, school, choice, 40))
        timed("serious incidents", lambda: queries.serious_incidents(session, school, YEAR))
        timed("the evaluation's summary", lambda: evaluating.summary_of(session, school, YEAR))


def _row(at: int, schools: list[str], codes: list[str], places: list[str]) -> dict[str, object]:
    day = date(2024, 8, 1) + timedelta(days=at * 7 % 1_060)
    told = {**DEFAULTS, "category": codes[at % 9], "place": places[at % 13], "serious_reason": "none"}
    told["serious_reason"] = "crime" if at % 25 == 0 else "none"
    plain = {"is_online": False, "affected_count": 1, "edition": "working-2026", "recorded_on": day}
    return {**told, **plain, "id": f"{at:032x}", "school_id": schools[at % len(schools)], "day": day}


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "sqlite")
