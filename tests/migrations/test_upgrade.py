"""Migrations on both databases, up and down."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import inspect

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
