"""Catalogues on disk for one test, and no loaded catalogue left behind."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.i18n import catalogues

WriteCatalogue = Callable[[str, str], Path]


@pytest.fixture(autouse=True)
def _forget_catalogues(tmp_path: Path) -> Iterator[None]:
    yield
    catalogues.load(tmp_path / "there-is-no-such-folder")


@pytest.fixture
def write_catalogue(tmp_path: Path) -> WriteCatalogue:
    """Write `translations/<tag>/LC_MESSAGES/messages.po` in the test's folder: a header, then the body."""

    def write(tag: str, body: str) -> Path:
        path = tmp_path / "translations" / tag / "LC_MESSAGES" / "messages.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        rule = catalogues.plural_forms(tag)
        header = f'"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {rule}\\n"\n\n'
        path.write_text(f'msgid ""\nmsgstr ""\n{header}{body}', "utf-8")
        return path

    return write
