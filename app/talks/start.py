"""What the talks need before the first request: their files, or the last ones that were in order."""

from flask import Flask

from app import db
from app.settings import Settings
from app.talks.library import EXTENSION, Library
from app.talks.queries import last_release
from app.talks.services import note_release


def init_app(app: Flask, settings: Settings) -> None:
    """Load the talks into *app*; a fault in them ends the start, unless the database has files that were in order.

    Raises: FlowError, naming each fault with file, line and cure.
    """
    with app.app_context():
        with db.reading() as session:
            release = last_release(session)
        found = Library(settings.flows, release)
        with db.transaction() as session:
            note_release(session, found.loaded)
    app.extensions[EXTENSION] = found
