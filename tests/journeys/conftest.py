"""A real browser on the real demo, served as README's command serves it."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

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
    folder: Path

    def adviser(self, school: int, kind: str) -> dict[str, str]:
        slug = self.student_urls[school].rsplit("/", 1)[-1]
        return next(one for one in self.advisers if one["school"] == slug and one["kind"] == kind)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo") / "instance"
    words = [sys.executable, "-m", "flask", "demo", "--port", "0", "--instance", str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = json.loads(process.stdout.readline())
        yield Demo(folder=folder, **line)
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages in browsers of their own: `new_page(locale="ar", java_script_enabled=False)`."""
    contexts: list[BrowserContext] = []

    def opened(**options: Any) -> Page:
        wanted = {"viewport": PHONE, "locale": "nl-NL", "reduced_motion": "reduce", **options}
        contexts.append(browser.new_context(**wanted))
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def _cookies() -> dict[str, Any]:
    """What the browsers of people who signed in hold; a six-digit code opens only once, so they sign in once."""
    return {}


@pytest.fixture
def staff_page(demo: Demo, new_page: Callable[..., Page], _cookies: dict[str, Any]) -> Callable[..., Page]:
    """Open a page at the door of somebody of the staff's side, signed in."""

    def opened(account: dict[str, str], **options: Any) -> Page:
        wanted = {"viewport": DESK, **options}
        known = _cookies.get(account["email"])
        page = new_page(**wanted, storage_state=known)
        if known is None:
            people.sign_in(page, demo.url, account)
            _cookies[account["email"]] = page.context.storage_state()
        page.goto(f"{demo.url}/staff/")
        return page

    return opened
