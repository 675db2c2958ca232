"""An invented register: three schools of the demo, and as many others as a city's table needs; no figure is real."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random  # noqa: TID251 -- invented figures, the same in each demo

from sqlalchemy.orm import Session

from app import clock
from app.register.codes import CATEGORIES, PARTS_OF_DAY, PLACES
from app.register.periods import first_day, last_day, quarters_of, school_year
from app.register.rules import IncidentFacts
from app.register.services import record_many, set_profile, take_part
from app.schools.districts import DISTRICTS
from app.schools.importing import import_schools
from app.schools.queries import SchoolInfo, all_schools
from app.schools.school_files import SchoolRow

OTHERS = 45
BOARDS = 9
SEED = 20_261_123
_WEIGHTS = dict(zip(CATEGORIES, (14, 3, 9, 12, 22, 6, 16, 5, 3), strict=True))


def year_before_now() -> str:
    """Return the school year that is over."""
    first = int(school_year(clock.today())[:4]) - 1
    return f"{first}-{first + 1}"


def invent_register(session: Session, schools: Sequence[SchoolInfo]) -> None:
    """Let *schools* and others that never open take part since the school year before, and fill their registers."""
    draw = Random(SEED)  # noqa: S311 -- no secret depends on it
    year = year_before_now()
    for number, school in enumerate((*schools, *_others(session, draw))):
        is_own = number < len(schools)
        set_profile(session, school.id, "vo", is_pilot=False, board=f"bestuur {number % BOARDS + 1}")
        take_part(session, school.id, first_day(school_year(clock.today()) if is_own else year))
        size = draw.lognormvariate(0, 0.4)
        invented = [_facts(draw, year) for _ in range(round(26 * size))]
        if is_own:
            invented += [_facts(draw, school_year(clock.today())) for _ in range(14)]
        record_many(session, school.id, invented)


def finished_quarters() -> tuple[str, ...]:
    """Return the quarters of which the demo shows a table."""
    return quarters_of(year_before_now())[:2]


def _others(session: Session, draw: Random) -> list[SchoolInfo]:
    rows = [
        SchoolRow(
            row=number,
            brin=f"9{number // 10}X{chr(65 + number % 10)}",
            location_code=f"9{number // 10}X{chr(65 + number % 10)}00",
            label=f"Verzonnen school {number}",
            district=draw.choice(DISTRICTS),
            district_source="invented",
            holiday_region="midden",
        )
        for number in range(1, OTHERS + 1)
    ]
    import_schools(session, rows)
    session.flush()
    return [school for school in all_schools(session) if school.name.startswith("Verzonnen school")]


def _facts(draw: Random, year: str) -> IncidentFacts:
    until = min(last_day(year), clock.today() - timedelta(days=1))
    day: date = first_day(year) + timedelta(days=draw.randrange((until - first_day(year)).days + 1))
    (category,) = draw.choices(list(CATEGORIES), list(_WEIGHTS.values()))
    is_serious = draw.random() < 0.08  # noqa: PLR2004 -- about one in twelve
    status = draw.choice(("to_do", "done", "done")) if is_serious else "not_needed"
    return IncidentFacts(
        day=day,
        codes={
            "category": category,
            "place": draw.choice(list(PLACES)[:10]),
            "part_of_day": draw.choice(list(PARTS_OF_DAY)[:-1]),
            "source": draw.choice(("seen", "told", "told", "anonymous")),
            "serious_reason": "crime" if is_serious else "none",
            "inspectorate": status,
        },
        affected_count=draw.randrange(3),
        reported_on=min(day + timedelta(days=9), clock.today()) if status == "done" else None,
    )
