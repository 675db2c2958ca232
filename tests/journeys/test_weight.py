"""What a first visit costs on the wire, headers and all."""

import gzip
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from app.web import assets
from tests.journeys.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

MOST_BYTES, MOST_REQUESTS, MOST_SCRIPT_BYTES = 14_336, 4, 3_000


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_a_first_visit_is_light_and_asks_nobody_else(demo: Demo, new_page: Callable[..., Page], language: str) -> None:
    page = new_page(locale=language)
    line = page.context.new_cdp_session(page)
    asked: list[str] = []
    received: list[float] = []
    line.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    line.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    line.send("Network.enable")

    page.goto(demo.student_urls[0], wait_until="networkidle")

    assert len(received) == len(asked) <= MOST_REQUESTS
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(demo.url).netloc}
    # The browser counts headers and bodies as they came over the wire.
    assert sum(received) <= MOST_BYTES, dict(zip(asked, received, strict=True))


def test_the_script_stays_small() -> None:
    script: Any = assets.load(assets.FOLDER).files["vertel.js"]

    assert len(gzip.compress(script.body, 9, mtime=0)) <= MOST_SCRIPT_BYTES
