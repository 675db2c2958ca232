"""The demo as README's command serves it, and browsers to look at it: for the journeys and for scripts run by hand."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import delete

from app import db
from app.intake.models import SentQuarter
from tests.browser import launched, shut
from tests.journeys import people

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Demo:
    """What the demo's line of JSON says."""

    url: str
    student_urls: list[str]
    advisers: list[dict[str, str]]
    coordinator: list[dict[str, str]]
    manager: list[dict[str, str]]
    network: list[dict[str, str]]
    city: list[dict[str, str]]
    translator: list[dict[str, str]]
    deputy: list[dict[str, str]]
    waiting: list[dict[str, str]]
    folder: Path
    database: str
    """Where its rows are, when not in the embedded database of its folder."""

    def forget_hour(self) -> None:
        """Let an hour be over in which nobody told: all tests together tell more than any school does.

        From twenty talks an hour on, those that say the same come in the fold, as they should (ADR 0014).
        """
        database = db.connect(self.database or f"sqlite:///{self.folder / 'vertel.db'}")
        with database.writer.begin() as session:
            session.execute(delete(SentQuarter))
        database.engine.dispose()

    def adviser(self, school: int, kind: str) -> dict[str, str]:
        slug = self.student_urls[school].rsplit("/", 1)[-1]
        return next(one for one in self.advisers if one["school"] == slug and one["kind"] == kind)


@contextmanager
def served(folder: Path, database: str = "") -> Iterator[Demo]:
    """Serve a demo whose data stand in *folder*, and its rows in *database* (the embedded one when empty)."""
    words = [sys.executable, "-m", "flask", "demo", "--port", "0", "--instance", str(folder), "--database", database]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Demo(folder=folder, database=database, **json.loads(process.stdout.readline()))
        finally:
            process.terminate()
            process.wait(timeout=30)


@dataclass
class Pages:
    """Opens pages, each in a browser of its own."""

    browser: Browser
    cookies: dict[str, Any] = field(default_factory=dict)
    """What the browsers of people who signed in hold; a six-digit code opens only once, so they sign in once."""
    contexts: list[BrowserContext] = field(default_factory=list)

    def new(self, **options: Any) -> Page:
        wanted = {"viewport": PHONE, "locale": "nl-NL", "reduced_motion": "reduce", **options}
        self.contexts.append(self.browser.new_context(**wanted))
        page = self.contexts[-1].new_page()
        page.set_default_timeout(15_000)
        return page

    def of_staff(self, demo: Demo, account: dict[str, str], **options: Any) -> Page:
        """Open a page at the door of somebody of the staff's side, signed in."""
        known = self.cookies.get(demo.url + account["email"])
        page = self.new(**{"viewport": DESK, **options}, storage_state=known)
        page.goto(f"{demo.url}/staff/")
        if page.locator("input[name='password']").count():  # Never here yet, or signed out after resting too long.
            people.sign_in(page, demo.url, account)
            self.cookies[demo.url + account["email"]] = page.context.storage_state()
            page.goto(f"{demo.url}/staff/")
        return page

    def close(self) -> None:
        for context in self.contexts:
            shut(context)


@contextmanager
def staged() -> Iterator[tuple[Demo, Pages]]:
    """Serve a demo in a new folder and start a browser, for a script."""
    with TemporaryDirectory() as folder, served(Path(folder) / "instance") as demo, launched() as browser:
        pages = Pages(browser)
        yield demo, pages
        pages.close()
