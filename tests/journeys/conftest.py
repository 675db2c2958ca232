"""A real browser on the real demo, served as README's command serves it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.databases import migrated, new_postgres_url
from tests.journeys.stage import DESK, PHONE, Demo, Pages, served

__all__ = ["DESK", "PHONE", "Demo"]


@pytest.fixture(scope="session")
def _demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with served(tmp_path_factory.mktemp("demo") / "instance") as running:
        yield running


@pytest.fixture
def demo(_demo: Demo) -> Demo:
    _demo.forget_hour()
    return _demo


@pytest.fixture(scope="session")
def _desk_demos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Demo]]:
    """Start a demo on a database when it is first asked for, and keep it: starting one takes longer than a journey."""
    started: dict[str, Demo] = {}
    with ExitStack() as running:

        def demo_on(kind: str) -> Demo:
            if kind not in started:
                database = "" if kind == "sqlite" else new_postgres_url(migrated(kind))
                folder = tmp_path_factory.mktemp("desk") / "instance"
                started[kind] = running.enter_context(served(folder, database))
            return started[kind]

        yield demo_on


@pytest.fixture(params=["sqlite", "postgresql"])
def desk_demo(request: pytest.FixtureRequest, _desk_demos: Callable[[str], Demo]) -> Demo:
    """A demo on each database, for the journeys of the desk."""
    running = _desk_demos(request.param)
    running.forget_hour()
    return running


@pytest.fixture
def desk_page(desk_demo: Demo, _pages: Pages) -> Callable[..., Page]:
    """Open a page at the door of somebody of the staff's side of `desk_demo`, signed in."""
    return lambda account, **options: _pages.of_staff(desk_demo, account, **options)


@pytest.fixture(scope="session")
def _cookies() -> dict[str, Any]:
    return {}


@pytest.fixture
def _pages(browser: Browser, _cookies: dict[str, Any]) -> Iterator[Pages]:
    pages = Pages(browser, _cookies)
    yield pages
    pages.close()


@pytest.fixture
def new_page(_pages: Pages) -> Callable[..., Page]:
    """Open pages in browsers of their own: `new_page(locale="ar", java_script_enabled=False)`."""
    return _pages.new


@pytest.fixture
def staff_page(demo: Demo, _pages: Pages) -> Callable[..., Page]:
    """Open a page at the door of somebody of the staff's side, signed in."""
    return lambda account, **options: _pages.of_staff(demo, account, **options)
