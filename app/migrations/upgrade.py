"""Bring a database to the newest schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.db import Database

FOLDER = Path(__file__).parent


def config() -> Config:
    """Return Alembic's configuration for the migrations of this package."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return made


def upgrade(database: Database) -> None:
    """Run what is missing, in one go on one connection; does nothing on a database that is up to date."""
    settings = config()
    with database.engine.execution_options(vertel_writes=True).connect() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
        connection.commit()


class OldSchemaError(RuntimeError):
    """The database is on another schema than the code; the message names the command that mends it."""


def bring_up_to_date(database: Database) -> None:
    """Create and migrate the embedded database; a server's is migrated by its operator, so only compare there.

    Raises: OldSchemaError.
    """
    if database.engine.dialect.name == "sqlite":
        upgrade(database)
        return
    newest = ScriptDirectory(str(FOLDER)).get_current_head()
    with database.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present != newest:
        raise OldSchemaError(
            f"The database is at revision {present}, the code needs {newest}: run `alembic upgrade head` "
            "with DATABASE_URL set to a role that may change tables."
        )
