"""Runs the migrations on the connection that the app hands over, or on DATABASE_URL for Alembic's own commands."""

import os

from alembic import context
from sqlalchemy import Connection

import app.migrations.models  # noqa: F401 -- imported for its tables
from app import db


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


handed_over: Connection | None = context.config.attributes.get("connection")
if handed_over is not None:
    _run(handed_over)
else:
    engine = db.connect(os.environ.get("DATABASE_URL", "sqlite:///instance/vertel.db")).engine
    with engine.execution_options(vertel_writes=True).connect() as opened:
        _run(opened)
        opened.commit()
