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

from tests.browser import launched

PHONE = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Demo:
    """What the demo's line of JSON says."""

    url: str
    student_urls: list[str]
    advisers: list[dict[str, str]]
    city: list[dict[str, str]]
    coordinator: list[dict[str, str]]
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
        known = {name: line[name] for name in ("url", "student_urls", "advisers", "city", "coordinator")}
        yield Demo(folder=folder, **known)
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as opened:
        yield opened


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
