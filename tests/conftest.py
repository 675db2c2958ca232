"""Fixtures that every test may use."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy.orm import Session

from app import db
from tests.browser import launched
from tests.databases import new_url, open_database
from tests.flows import collector
from tests.installations import Installation, installed


def pytest_configure(config: pytest.Config) -> None:
    """Let conversations in `flows/tests` be tests too, which no conftest of their own stands above."""
    config.pluginmanager.register(collector)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try what needs a browser once more before it is called broken (ADR 30)."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[db.Database]:
    """A fresh database of each kind with all tables."""
    yield from open_database(request.param, tmp_path)


@pytest.fixture
def session(database: db.Database) -> Iterator[Session]:
    """A writing session on a fresh database; commit in the test where that matters."""
    with database.writer() as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """A whole app with one open school on a fresh database of each kind."""
    with installed(new_url(request.param, tmp_path), tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One chromium for all tests of a process: a second Playwright beside it would not start."""
    with launched() as opened:
        yield opened
