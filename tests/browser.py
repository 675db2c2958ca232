"""Debian's chromium under Playwright: found, or skipped with a word; with CI=true a missing one is a failure."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str:
    found = shutil.which("chromium")
    if found:
        return found
    message = "Debian's chromium is not installed: `apt-get install chromium fonts-noto-core`"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@contextmanager
def launched() -> Iterator[Browser]:
    path = chromium_path()
    expect.set_options(timeout=15_000)  # A busy machine is no fault of a page.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


def shut(context: BrowserContext) -> None:
    """Close a browser whose network a test may hold: what is on its way then troubles no later test."""
    for page in context.pages:
        page.unroute_all(behavior="ignoreErrors")
    context.close()
