"""A server that is killed at any moment loses nothing that it acknowledged and makes nothing twice."""

import http.client
import re
import secrets
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from copy import deepcopy
from dataclasses import dataclass, field

from sqlalchemy import func, select

from app.cases.models import Case
from tests.faults.conftest import House
from tests.faults.test_sending import at_review, back_with_code, write
from tests.plain_browser import PlainBrowser, tell
from tests.servers import Server

ROUNDS = 3
SENDERS = 3
LONGEST_ROUND_MS = 1_500
HUNG_UP = (OSError, http.client.HTTPException)


@dataclass
class Sender:
    """A student who taps on send until he sees his code."""

    browser: PlainBrowser
    slug: str
    acknowledged: str = ""
    codes: set[str] = field(default_factory=set)

    def tap(self) -> None:
        try:
            page = deepcopy(self.browser).submit("review", "send")
        except HUNG_UP:
            return
        self.acknowledged = page.page.codes.get("data-code-digits", "")

    def tap_until_sent(self) -> None:
        page = deepcopy(self.browser)
        while "data-code-digits" not in page.get(f"/{self.slug}").page.codes:
            # What was acknowledged is never asked for again.
            assert not self.acknowledged
            # In a rush the report goes first, and the page asks for its code.
            page.submit(page.step, "send" if page.step == "review" else None)
        self.codes = {page.page.codes["data-code-digits"], self.acknowledged} - {""}


@dataclass
class Writer:
    """A student who came back and writes one message after another."""

    browser: PlainBrowser
    tried: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)

    def write_on(self, stop: threading.Event) -> None:
        while not stop.is_set():
            text = f"bericht-{len(self.tried)}-"
            self.tried.append(text)
            try:
                page = write(deepcopy(self.browser), text)
            except HUNG_UP:
                return
            assert page.status == 200
            self.acknowledged.append(text)

    def stored(self) -> list[str]:
        return re.findall(r"bericht-\d+-", self.browser.get("/code").text)


def kill_while_they_post(server: Server, senders: list[Sender], writer: Writer) -> None:
    stop = threading.Event()
    with ThreadPoolExecutor() as pool:
        posting: list[Future[None]] = [pool.submit(sender.tap) for sender in senders]
        posting.append(pool.submit(writer.write_on, stop))
        time.sleep(secrets.randbelow(LONGEST_ROUND_MS) / 1000)
        server.kill()
        stop.set()
        wait(posting)
    for one in posting:
        one.result()


def test_a_killed_server_loses_nothing_and_doubles_nothing(house: House) -> None:
    server = Server(house.host).start().wait_until_up()
    try:
        _words, digits = tell(house.student(server), house.slug, {"what": "risky", "kind_risky": ["weapon"]})
        writer = Writer(back_with_code(house, server, digits))
        senders = [Sender(at_review(house, server), house.slug) for _ in range(ROUNDS * SENDERS)]
        for start in range(0, len(senders), SENDERS):
            present = senders[start : start + SENDERS]
            kill_while_they_post(server, present, writer)
            server.start().wait_until_up()
            for sender in present:
                sender.tap_until_sent()
        stored = writer.stored()
    finally:
        server.kill()

    codes = [sender.codes for sender in senders]
    assert all(len(code) == 1 for code in codes)
    assert len(frozenset().union(*codes)) == len(senders)
    with house.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Case)) == len(senders) + 1
    assert len(stored) == len(set(stored))
    assert set(writer.acknowledged) <= set(stored) <= set(writer.tried)
