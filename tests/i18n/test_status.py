"""A translation is a draft until somebody marked it, and again when it changes."""

from pathlib import Path

import pytest
from babel.messages import Catalog, Message

from app.i18n import catalogues, languages
from app.i18n.catalogues import read_catalogue, readiness_of
from app.i18n.status import STATUSES, Status, marked, status_of
from app.i18n.upkeep import updated
from tests.i18n.conftest import WriteCatalogue


def translated(text: str = "Continue") -> Message:
    return Message("Verder", text, locations=[("flows/report.yaml", 1)])


@pytest.mark.parametrize("status", STATUSES)
def test_a_mark_is_read_back(status: Status) -> None:
    message = translated()
    message.user_comments = ["an older note", *marked(message, "approved")]

    message.user_comments = marked(message, status)

    assert status_of(message) == status
    assert message.user_comments[0] == "an older note"
    assert len(message.user_comments) == 1 + (status != "draft")


def test_a_translation_or_text_that_changed_is_a_draft_again() -> None:
    message = translated()
    message.user_comments = marked(message, "approved")
    other = Message("Verder gaan", "Continue", user_comments=message.user_comments)

    message.string = "Go on"

    assert status_of(message) == status_of(other) == "draft"


@pytest.mark.parametrize("change", [{"flags": ["fuzzy"]}, {"string": ""}])
def test_what_is_fuzzy_or_empty_is_a_draft_whatever_its_mark(change: dict[str, object]) -> None:
    message = Message("Verder", **{"string": "Continue", **change})  # type: ignore[arg-type]
    message.user_comments = marked(message, "approved")

    assert status_of(message) == "draft"


def test_an_update_keeps_the_mark() -> None:
    texts, old = Catalog(), Catalog()
    texts.add("Verder", locations=[("flows/report.yaml", 1)])
    message = translated()
    old.add("Verder", "Continue", user_comments=marked(message, "checked"))

    assert b"# status: checked " in updated(texts, old, "tr")


def body(approved: bool) -> str:
    message = translated()
    marks = marked(message, "approved" if approved else "checked")
    return f'# {marks[0]}\n#: flows/report.yaml\nmsgid "Verder"\nmsgstr "Continue"\n'


@pytest.mark.parametrize("approved", [True, False])
def test_an_installation_may_wait_until_native_speakers_approved_what_is_critical(
    tmp_path: Path, write_catalogue: WriteCatalogue, *, approved: bool
) -> None:
    path = write_catalogue("tr", body(approved))
    write_catalogue("nl-easy", 'msgid "Verder"\nmsgstr "Ga door"\n')

    catalogues.load(tmp_path / "translations", is_draft_offered=False)

    found = readiness_of(read_catalogue(path))
    assert [one.tag for one in languages.offered()] == ["nl", "nl-easy", *["tr"] * approved]
    assert catalogues.readiness()["tr"].unapproved == found.unapproved == 1 - approved
    assert found.statuses == {"approved" if approved else "checked": 1}


def test_a_catalogue_without_a_critical_text_is_not_approved(write_catalogue: WriteCatalogue) -> None:
    assert not readiness_of(read_catalogue(write_catalogue("tr", ""))).is_approved
