"""Measures a class of thirty that sends while 500 talks a minute of one text come from the same address.

Run with `python -m tests.bench.flood [sqlite|postgresql]`, on a machine that does nothing else; prints one line.
"""

import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from tests.faults import floods
from tests.faults.conftest import furnish
from tests.faults.floods import CLASS, OPTIONS
from tests.servers import serving

FLOOD_SECONDS = 30
NO_MAIL = 9


def measured(kind: str, folder: Path) -> str:
    house = furnish(kind, folder / "house", NO_MAIL)
    with serving(replace(house.host, more=floods.FEW_ARENAS), OPTIONS) as server:
        students = floods.a_class(server.url, house.slug)
        with floods.flooding(server.url, house.slug) as flood:
            time.sleep(FLOOD_SECONDS)
            before = floods.lanes(house.engine)
            tapped = floods.all_tap(students)
            after = floods.lanes(house.engine)
        memory = floods.peak_mib(server.process.pid if server.process else 0)
    seconds = sorted(each.seconds for each in tapped)
    new = {lane: after.get(lane, 0) - before.get(lane, 0) for lane in ("normal", "folded")}
    return (
        f"{kind}: flood {flood.a_minute:.0f}/min ({len(flood.refused)} refused), class of {CLASS} sent "
        f"{sum(each.is_sent for each in tapped)}, of which {sum('data-code-digits' in e.student.text for e in tapped)} "
        f"with the code at once, median {statistics.median(seconds):.1f} s, slowest {seconds[-1]:.1f} s (bar: 5 s), "
        f"meanwhile {new['normal']} normal and {new['folded']} folded, memory {memory:.0f} MiB (bar: 300)"
    )


if __name__ == "__main__":
    for wanted in sys.argv[1:] or ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory() as made:
            print(measured(wanted, Path(made)), flush=True)
