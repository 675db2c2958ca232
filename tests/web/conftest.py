"""The gallery app, and a browser that looks at it."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from app.i18n import languages
from tests.web.gallery import create_gallery, settings_in


@pytest.fixture(autouse=True)
def three_languages() -> Iterator[None]:
    """Offer Dutch, English and Arabic, whatever catalogues there are."""
    before = [language.tag for language in languages.offered()]
    languages.offer(("en", "ar"))
    yield
    languages.offer(before)


@pytest.fixture
def gallery(tmp_path: Path) -> Flask:
    """The gallery as a site runs: errors are shown, not raised."""
    return create_gallery(settings_in(tmp_path))


@pytest.fixture
def client(gallery: Flask) -> FlaskClient:
    """A browser without a past."""
    return gallery.test_client()


@pytest.fixture
def site(gallery: Flask) -> Iterator[str]:
    """The address of the gallery, served."""
    server = make_server("127.0.0.1", 0, gallery, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def chromium(browser: Browser) -> Browser:
    """Debian's browser, without a screen."""
    return browser
