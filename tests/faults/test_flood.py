"""A class behind the address of a flood: everybody gets through, the flood is folded, nobody is refused (ADR 0014).

How fast is measured by `python -m tests.bench.flood`; here is what must hold however slow the machine is.
"""

import time
from dataclasses import replace

from app.intake.lanes import CALM_HOUR
from tests.faults import floods
from tests.faults.conftest import House
from tests.faults.floods import CLASS, FLOOD, OPTIONS
from tests.servers import serving

MOST_MIB = 400
"""Bounded: without the gate before the slow hash forty students take gigabytes. docs/performance.md has the figure."""


def test_a_class_gets_through_while_a_flood_from_its_address_is_folded(sqlite_house: House) -> None:
    house = sqlite_house
    with serving(replace(house.host, more=floods.FEW_ARENAS), OPTIONS) as server:
        students = floods.a_class(server.url, house.slug)
        told = time.monotonic()
        with floods.flooding(server.url, house.slug) as flood:
            while len(flood.statuses) < CALM_HOUR + CLASS:
                time.sleep(0.2)
            floods.wait_like_people(told)
            before = floods.lanes(house.engine)
            tapped = floods.all_tap(students)
            after = floods.lanes(house.engine)
        memory = floods.peak_mib(server.process.pid if server.process else 0)

    assert all(one.is_sent for one in tapped), [one.student.text for one in tapped if not one.is_sent][:1]
    assert (before["normal"], after["normal"]) == (CALM_HOUR, CALM_HOUR + CLASS)
    assert after["folded"] > before["folded"] > 0
    # What was not taken at once came back on its page.
    assert [page for page in flood.refused if FLOOD not in page] == []
    assert memory < MOST_MIB
