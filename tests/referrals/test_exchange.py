"""A service comes out of the database as it went in, whichever file it came from."""

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.referrals.documents import Document, shape_faults
from app.referrals.entries import ALWAYS, Entry, Opening
from app.referrals.hsds import entry_of
from app.referrals.hsds_file import read_hsds, write_hsds
from app.referrals.hsds_writing import document_of
from app.referrals.schedules import opening_of
from app.referrals.services import ImportResult, import_documents, import_entries
from app.referrals.sheet import PACKAGED, read_sheet
from app.referrals.sheet_writing import write_sheet
from app.referrals.stored import documents, edition, entries
from tests.databases import open_database

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
FOREIGN = st.dictionaries(TEXT.map("x_{}".format), JSON, max_size=3)
SLUG = st.from_regex(r"[a-z0-9]{1,12}(-[a-z0-9]{1,6})?", fullmatch=True)
OPTIONAL: dict[str, st.SearchStrategy[Any]] = {
    "description": TEXT,
    "alternate_name": TEXT,
    "url": st.just("https://example.org"),
    "minimum_age": st.integers(0, 20) | st.floats(0, 20),
    "assured_date": st.just("2026-11-01") | TEXT,
    "verified": st.just(False),
    "organization": st.fixed_dictionaries({"id": TEXT, "name": TEXT, "description": TEXT}),
    "schedules": st.lists(
        st.fixed_dictionaries({"id": TEXT, "byday": st.just("MO,TU"), "timezone": JSON, "interval": JSON})
    ),
    "languages": st.lists(st.fixed_dictionaries({"id": TEXT, "code": TEXT})),
    "service_areas": st.lists(st.fixed_dictionaries({"id": TEXT, "name": TEXT})),
    "phones": st.lists(st.fixed_dictionaries({"id": TEXT, "number": TEXT, "type": st.just("fax")})),
    "translations": st.dictionaries(TEXT, st.dictionaries(TEXT, TEXT, max_size=2), max_size=2),
}


def service(**more: Any) -> dict[str, Any]:
    return {"id": "made-up", "name": "Made up", "status": "active", **more}


@st.composite
def services(draw: st.DrawFn) -> list[Document]:
    """Services of somebody else: what the standard knows, and whatever else a tool may add."""
    ids = draw(st.lists(SLUG, min_size=1, max_size=4, unique=True))
    told = st.fixed_dictionaries({"name": TEXT}, optional=OPTIONAL)
    return [draw(FOREIGN) | service(id=one) | draw(told) for one in ids]


@given(services())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_document_comes_back_with_everything_in_it(
    tmp_path_factory: pytest.TempPathFactory, told: list[Document]
) -> None:
    for database in open_database("sqlite", tmp_path_factory.mktemp("map")):
        with database.writer.begin() as session:
            import_documents(session, told)
        with database.reader() as session:
            assert list(documents(session).values()) == told
            assert list(entries(session)) == [entry_of(one).id for one in told]


@given(FOREIGN, JSON)
def test_what_a_tool_adds_is_no_fault_and_stays_when_a_sheet_changes_the_name(
    more: dict[str, Any], odd: object
) -> None:
    told = service(slug="made-up", contacts=[{"id": "1", "odd": odd}], **more)

    changed = document_of(replace(entry_of(told), name_nl="Anders"), told)

    assert not list(shape_faults(told))
    assert changed == {**told, "name": "Anders"}


@pytest.mark.parametrize("one", read_sheet(PACKAGED), ids=lambda one: one.id)
def test_a_packaged_service_is_the_same_after_hsds(one: Entry) -> None:
    told = document_of(one)

    assert entry_of(told) == one
    assert document_of(one, told) == told
    assert not list(shape_faults(told))


RICH = replace(
    read_sheet(PACKAGED)[0],
    phone_hours=(Opening(days=frozenset({0, 4}), opens=ALWAYS[0].opens, closes=ALWAYS[0].closes, on_holidays=False),),
    chat_hours=ALWAYS,
    keywords={"ar": ("تنمر", "خوف"), "pl": ("przemoc",)},
    address="Spui 1, 2511 BL Den Haag",
    districts=("Escamp", "Loosduinen"),
    first_sentence_nl='Hoi, ik wil "iets" vertellen; mag dat, zonder naam?',
)


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_packaged_table_is_the_same_after_the_database(imported: Session, tmp_path: Path) -> None:
    again = tmp_path / "again.csv"
    again.write_text(write_sheet([entry_of(one) for one in documents(imported).values()]), encoding="utf-8")

    assert cells(again) == cells(PACKAGED)
    assert read_sheet(again) == read_sheet(PACKAGED)


def test_a_table_with_hours_words_and_quotes_is_the_same_after_the_database(session: Session, tmp_path: Path) -> None:
    first, again = tmp_path / "first.csv", tmp_path / "again.csv"
    first.write_text(write_sheet([RICH]), encoding="utf-8")
    import_entries(session, read_sheet(first))
    again.write_text(write_sheet([entry_of(one) for one in documents(session).values()]), encoding="utf-8")

    assert read_sheet(again) == (RICH,)
    assert again.read_bytes() == first.read_bytes()


def test_a_page_of_hsds_is_read_as_it_was_written(imported: Session, tmp_path: Path) -> None:
    told = tuple(documents(imported).values())
    page = tmp_path / "page.json"
    page.write_text(write_hsds(told), encoding="utf-8")

    assert read_hsds(page) == told
    assert import_documents(imported, read_hsds(page)).is_change is False


def test_importing_the_same_again_keeps_the_edition(imported: Session) -> None:
    before = edition(imported)

    import_entries(imported, read_sheet(PACKAGED))

    assert edition(imported) == before


def test_the_order_of_properties_is_no_change(session: Session) -> None:
    import_documents(session, [service(name="Ik")])

    turned = dict(reversed(service(name="Ik").items()))

    assert import_documents(session, [turned]).unchanged == ("made-up",)


def test_keeping_others_withdraws_nothing_and_adds_at_the_end(imported: Session) -> None:
    before = list(documents(imported))

    result = import_documents(imported, [service()], keep_others=True)

    assert (result.added, result.withdrawn) == (("made-up",), ())
    assert list(documents(imported)) == [*before, "made-up"]


def test_a_trial_says_what_would_change_and_changes_nothing(imported: Session) -> None:
    before, known = edition(imported), documents(imported)

    result = import_documents(imported, [service()], is_trial=True)

    assert result == ImportResult(("made-up",), (), tuple(known), ())
    assert (edition(imported), documents(imported)) == (before, known)


def test_a_service_that_closed_is_kept_and_not_shown(imported: Session) -> None:
    import_documents(imported, [service(status="defunct")], keep_others=True)

    assert "made-up" in documents(imported)
    assert "made-up" not in entries(imported)


def test_a_sheet_does_not_open_again_what_hsds_says_is_closed(session: Session) -> None:
    import_documents(session, [service(status="inactive")])
    (known,) = documents(session).values()

    import_entries(session, [replace(entry_of(known), name_nl="Anders")])

    assert documents(session)["made-up"]["status"] == "inactive"


@pytest.mark.parametrize(
    "odd",
    [
        {"timezone": []},
        {"timezone": 5},
        {"interval": {}},
        {"until": "2026-01-01"},
        {"opens_at": "25:00"},
        {"byday": "XX"},
    ],
    ids=json.dumps,
)
def test_a_schedule_that_says_more_than_a_week_is_not_guessed_at(odd: dict[str, Any]) -> None:
    plain = {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}

    assert opening_of(plain)
    assert opening_of(plain | odd) is None
