"""Runs Lighthouse on the start page as a phone sees it: `python -m tests.bench.lighthouse`; needs npm, JSON.

Twice: with Lighthouse's own brakes, and with slow 3G. Search engines are not asked: they should not find the page.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.phone import LATENCY_MS, SLOWER
from tests.browser import chromium_path
from tests.journeys.stage import staged

VERSION = "12.8.2"
FLAGS = "--headless=new --no-sandbox --disable-quic"
CATEGORIES = ("performance", "accessibility", "best-practices")
SLOW_3G = (
    "--throttling-method=devtools",
    f"--throttling.requestLatencyMs={LATENCY_MS}",
    "--throttling.downloadThroughputKbps=400",
    "--throttling.uploadThroughputKbps=400",
    f"--throttling.cpuSlowdownMultiplier={SLOWER}",
)
BARS = {"default": (95, 100, 100), "slow 3G": (90, 100, 100)}


def scores(url: str, *more: str) -> tuple[int, ...]:
    """Return what Lighthouse gives *url* of 100, in the order of `CATEGORIES`."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        asked = ("--output=json", f"--output-path={report}", f"--only-categories={','.join(CATEGORIES)}", "--quiet")
        words = ["npx", "--yes", f"lighthouse@{VERSION}", url, f"--chrome-flags={FLAGS}", *asked, *more]
        subprocess.run(words, check=True, env={**os.environ, "CHROME_PATH": chromium_path()}, stdout=sys.stderr)
        found = json.loads(report.read_text())["categories"]
    return tuple(round(100 * found[name]["score"]) for name in CATEGORIES)


if __name__ == "__main__":
    with staged() as (demo, _pages):
        start = demo.student_urls[0]
        measured = {"default": scores(start), "slow 3G": scores(start, *SLOW_3G)}
    print(json.dumps({"categories": CATEGORIES, "bars": BARS, "measured": measured}, indent=2))
