"""Typed SQLAlchemy on SQLite (embedded) and PostgreSQL, and the one way to a transaction.

Views open the block, services take the session and never commit: `transaction()` commits at the end of its block and
rolls back on an error; `reading()` always rolls back, so a page that only shows something cannot change anything.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

BUSY_TIMEOUT_MS = 5_000
_WRITES = "vertel_writes"


class Base(DeclarativeBase):
    """Base of every table; constraint names follow one convention so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


@dataclass(frozen=True)
class Database:
    """An engine with its two ways in."""

    engine: Engine
    writer: sessionmaker[Session]
    reader: sessionmaker[Session]
    turn: Lock = field(default_factory=Lock)
    """Who writes next in this process: SQLite lets its waiters sleep and starves the unlucky ones in a rush."""

    @contextmanager
    def taking_turns(self) -> Iterator[None]:
        """Wait for this process's turn to write; who waits in vain asks the database itself."""
        is_mine = self.engine.dialect.name == "sqlite" and self.turn.acquire(timeout=BUSY_TIMEOUT_MS / 1000)
        try:
            yield
        finally:
            if is_mine:
                self.turn.release()


def connect(url: str) -> Database:
    """Open the database at *url*; values never appear in its errors (`hide_parameters`)."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = _sqlite(url, parsed.database)
    else:
        engine = create_engine(parsed.set(drivername="postgresql+psycopg"), hide_parameters=True, pool_pre_ping=True)
    return Database(
        engine=engine,
        writer=sessionmaker(engine.execution_options(**{_WRITES: True}), expire_on_commit=False),
        reader=sessionmaker(engine, expire_on_commit=False),
    )


def _sqlite(url: str, path: str | None) -> Engine:
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args={"isolation_level": None, "check_same_thread": False},
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: Any, _record: Any) -> None:
    # WAL: a rollback journal with four writers had a p99 of 5.2 s; FULL: an acknowledged report survives kill -9.
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once: waiting at BEGIN is safe, failing half-way with SQLITE_BUSY is not.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def init_app(app: Flask, database: Database) -> None:
    """Make *database* the one that `transaction()` and `reading()` use inside *app*."""
    app.extensions["database"] = database


def current() -> Database:
    """Return the database of the current app."""
    database: Database = current_app.extensions["database"]
    return database


def insert_into(session: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Return an insert that may say what happens on a conflict, in the database's own words for it."""
    return sqlite.insert(table) if session.get_bind().dialect.name == "sqlite" else postgresql.insert(table)


@contextmanager
def transaction() -> Iterator[Session]:
    """Open a session that commits when the block ends and rolls back when it raises."""
    database = current()
    with database.taking_turns(), database.writer.begin() as session:
        yield session


@contextmanager
def reading() -> Iterator[Session]:
    """Open a session that never commits."""
    with current().reader() as session:
        yield session
        session.rollback()
