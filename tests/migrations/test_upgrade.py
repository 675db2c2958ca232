"""Migrations on both databases, up and down."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, inspect, text

from app import db
from app.migrations.upgrade import OldSchemaError, bring_up_to_date, config, upgrade
from tests.databases import new_postgres_url


def url_of(kind: str, folder: Path) -> str:
    return f"sqlite:///{folder / 'vertel.db'}" if kind == "sqlite" else new_postgres_url()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_migration_goes_up_down_and_up_again(kind: str, tmp_path: Path) -> None:
    database = db.connect(url_of(kind, tmp_path))
    upgrade(database)
    settings = config()

    with database.engine.execution_options(vertel_writes=True).connect() as connection:
        settings.attributes["connection"] = connection
        command.downgrade(settings, "base")
        connection.commit()
    assert inspect(database.engine).get_table_names() == ["alembic_version"]
    upgrade(database)

    assert set(inspect(database.engine).get_table_names()) >= set(db.Base.metadata.tables)
    database.engine.dispose()


def migrate(database: db.Database, revision: str, *, down: bool = False) -> None:
    settings = config()
    with database.engine.execution_options(vertel_writes=True).connect() as connection:
        settings.attributes["connection"] = connection
        step = command.downgrade if down else command.upgrade
        step(settings, revision)
        connection.commit()


def told_before(connection: Connection) -> None:
    """Write a school with a place and a report, as revision 0001 has them."""
    for table, row in (
        ("flow_archive", {"hash": "a" * 64, "content": "{}"}),
        ("school", SCHOOL),
        ("place", {"id": "p", "school_id": "s", "code": "gym", "label": "Gymzaal", "position": 1, "is_offered": True}),
        ("case", CASE),
    ):
        names = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        connection.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({values})'), row)  # noqa: S608 -- our own names


SCHOOL = {
    **dict.fromkeys(["label", "alias", "address", "postcode", "website", "district", "district_source"], ""),
    "id": "s",
    "slug": "de-linde",
    "name": "De Linde",
    "brin": "02GJ",
    "location_code": "02GJ00",
    "holiday_region": "midden",
    "language": "nl",
    "is_open": True,
    "exit_url": "",
}
CASE = {
    **dict.fromkeys(["reported_on", "visible_on", "promised_on", "news_on", "last_on"], "2026-11-20"),
    **dict.fromkeys(["student_public", "student_wrap", "card", "report", "lookup", "submit_id"], b"x"),
    **dict.fromkeys(["last_seq", "last_student_seq", "student_seen_through"], 0),
    "school_id": "s",
    "id": "c",
    "flow_hash": "a" * 64,
    "part_of_day": "evening",
    "visible_part": "morning",
    "urgent": False,
    "status": "received",
    "awaits_answer": True,
}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_was_told_before_the_talks_had_a_table_of_their_own_stays(kind: str, tmp_path: Path) -> None:
    database = db.connect(url_of(kind, tmp_path))
    migrate(database, "head")
    migrate(database, "0001", down=True)
    with database.engine.begin() as connection:
        told_before(connection)

    migrate(database, "head")
    with database.engine.begin() as connection:
        assert connection.execute(text("SELECT hash = base FROM flow_archive")).scalar_one()
        assert connection.execute(text("SELECT pupils, class_size FROM school")).one() == (0, 0)
        connection.execute(text("INSERT INTO flow_text VALUES (:hash, 'en', '{}')"), {"hash": "a" * 64})
        connection.execute(text("INSERT INTO school_parts VALUES ('s', 'Welkom.', '', '[]', '[]')"))
    migrate(database, "0001", down=True)

    with database.engine.connect() as connection:
        kept = {name: dict(row) for name, row in rows_of(connection, ("flow_archive", "school", "place", "case"))}
    assert kept["school"] == SCHOOL
    assert kept["flow_archive"] == {"hash": "a" * 64, "content": "{}"}
    assert (kept["place"]["label"], kept["case"]["flow_hash"]) == ("Gymzaal", "a" * 64)
    database.engine.dispose()


def rows_of(connection: Connection, tables: Iterable[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for table in tables:
        row = connection.execute(text(f'SELECT * FROM "{table}"')).mappings().one()  # noqa: S608 -- our own names
        yield table, {**row, **({"is_open": bool(row["is_open"])} if "is_open" in row else {})}


SERVICE = {
    **{name: f"{name} é" for name in ("name_nl", "name_en", "what_they_do_nl", "what_they_do_en", "for_whom_nl")},
    **dict.fromkeys(["for_whom", "opening_hours_nl", "opening_hours", "cost_nl", "cost", "source", "website"], ""),
    "id": "113",
    "position": 0,
    "phone": "113",
    "chat_url": "https://chat.example",
    "languages": "nl;en",
    "area": "national",
    "topics": "a;b",
    "keywords_nl": "c;d",
    "anonymous_possible": "yes",
    "min_age": 12,
    "max_age": None,
    "emergency": True,
    "verified": True,
}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_social_map_stays_when_its_columns_become_a_document_and_back(kind: str, tmp_path: Path) -> None:
    database = db.connect(url_of(kind, tmp_path))
    migrate(database, "0004")
    with database.engine.begin() as connection:
        names = ", ".join(SERVICE)
        values = ", ".join(f":{name}" for name in SERVICE)
        connection.execute(text(f"INSERT INTO service ({names}) VALUES ({values})"), SERVICE)  # noqa: S608 -- our own names

    migrate(database, "head")
    with database.engine.connect() as connection:
        document = json.loads(connection.execute(text("SELECT document FROM service")).scalar_one())
    migrate(database, "0004", down=True)

    with database.engine.connect() as connection:
        kept = connection.execute(text("SELECT * FROM service")).mappings().one()
    assert (document["name"], document["phones"][0]["number"]) == (SERVICE["name_nl"], "113")
    assert {**kept, "emergency": bool(kept["emergency"]), "verified": bool(kept["verified"])} == SERVICE
    database.engine.dispose()


def test_the_first_start_makes_the_embedded_database(tmp_path: Path) -> None:
    database = db.connect(f"sqlite:///{tmp_path / 'instance' / 'vertel.db'}")

    bring_up_to_date(database)
    bring_up_to_date(database)

    assert "case" in inspect(database.engine).get_table_names()
    database.engine.dispose()


def test_a_server_database_of_another_schema_is_refused_with_the_cure() -> None:
    database = db.connect(new_postgres_url())

    with pytest.raises(OldSchemaError, match="alembic upgrade head"):
        bring_up_to_date(database)
    database.engine.dispose()


def test_what_is_only_about_the_present_stays_out_of_the_write_ahead_log_of_postgresql() -> None:
    database = db.connect(new_postgres_url())
    upgrade(database)

    with database.engine.connect() as connection:
        unlogged = connection.execute(text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relpersistence = 'u'"))
        assert set(unlogged.scalars()) == {"sent_quarter", "spent_challenge", "spent_ticket"}
    database.engine.dispose()
