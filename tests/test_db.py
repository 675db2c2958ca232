"""Transactions and what SQLite is told."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app import db
from app.referrals.models import Service


def test_a_transaction_that_raises_leaves_nothing(database: db.Database) -> None:
    app = Flask(__name__)
    db.init_app(app, database)

    with app.app_context():
        with pytest.raises(RuntimeError), db.transaction() as session:
            session.execute(text("INSERT INTO installation (id, pepper_fingerprint) VALUES (1, 'x')"))
            raise RuntimeError
        with db.reading() as session:
            assert session.execute(text("SELECT count(*) FROM installation")).scalar() == 0


def test_reading_never_writes(database: db.Database) -> None:
    app = Flask(__name__)
    db.init_app(app, database)

    with app.app_context():
        with db.reading() as session:
            session.execute(text("INSERT INTO installation (id, pepper_fingerprint) VALUES (1, 'x')"))
        with db.reading() as session:
            assert session.execute(text("SELECT count(*) FROM installation")).scalar() == 0


def test_sqlite_forgets_what_is_deleted_and_keeps_what_is_acknowledged(tmp_path: Path) -> None:
    database = db.connect(f"sqlite:///{tmp_path / 'new' / 'vertel.db'}")

    with database.reader() as session:
        told = {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")}
        assert told == {"journal_mode": "wal", "synchronous": 2}
        assert session.execute(text("PRAGMA secure_delete")).scalar() == 1
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1
    database.engine.dispose()


def test_a_refused_row_is_not_quoted_in_the_error(database: db.Database) -> None:
    with database.writer() as session, pytest.raises(Exception, match="hidden") as raised:
        session.add(Service(id="x" * 500, document=None))
        session.flush()

    assert "x" * 100 not in str(raised.value)
