"""Measures a first visit and the next question on a cheap phone with slow 3G: `python -m tests.bench.phone`, JSON.

Slow 3G is 2,000 ms there and back and 400 kbit/s, the processor a quarter as fast: Chromium's own brakes.
"""

import json
import statistics
from typing import Any

from playwright.sync_api import Page

from tests.journeys import people
from tests.journeys.stage import Demo, Pages, staged

ROUNDS = 5
LATENCY_MS, BYTES_PER_SECOND, SLOWER = 2000, 400_000 // 8, 4
BARS_S = {"first words": 2.5, "next question": 3.0}
FIRST_WORDS = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
NEXT_QUESTION = """([answer, step]) => new Promise(done => {
    const began = performance.now();
    const look = () => document.querySelector(`form[data-step='${step}']`)
        ? requestAnimationFrame(() => done(performance.now() - began)) : requestAnimationFrame(look);
    document.querySelector(`button[value='${answer}']`).click();
    look();
})"""


def slowed(page: Page) -> Page:
    """Let *page* have slow 3G and a slow processor."""
    line: Any = page.context.new_cdp_session(page)
    line.send("Network.enable")
    speed = {"downloadThroughput": BYTES_PER_SECOND, "uploadThroughput": BYTES_PER_SECOND}
    line.send("Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY_MS, **speed})
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def one_visit(demo: Demo, pages: Pages) -> tuple[float, float]:
    """Return how many seconds the first words took, and the second question after a tap on the first."""
    page = slowed(pages.new())
    page.set_default_timeout(60_000)
    page.goto(demo.student_urls[0], wait_until="load")
    page.wait_for_timeout(300)
    first = page.evaluate(FIRST_WORDS)
    page.locator("form[data-step='begin'] button").click()
    page.locator("form[data-step='danger']").wait_for()
    following = page.evaluate(NEXT_QUESTION, ["not_now", "you"])
    return first / 1000, following / 1000


def measured() -> dict[str, object]:
    with staged() as (demo, pages):
        people.begin(pages.new(), demo.student_urls[0])  # The server's first answer is its slowest.
        visits = [one_visit(demo, pages) for _ in range(ROUNDS)]
    medians = [round(statistics.median(times), 2) for times in zip(*visits, strict=True)]
    return {
        name: {"seconds": seconds, "bar": bar, "met": seconds <= bar}
        for (name, bar), seconds in zip(BARS_S.items(), medians, strict=True)
    }


if __name__ == "__main__":
    print(json.dumps({"rounds": ROUNDS, **measured()}, indent=2))
