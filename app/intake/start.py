"""What the student's side needs before the first request: the words of codes, and its clean-up."""

from flask import Flask

from app.intake import tabs
from app.notifications import jobs
from app.settings import Settings
from app.vault.words import load_words


def init_app(app: Flask, settings: Settings) -> None:
    """Load the words of codes for *app*; a fault in them ends the start.

    Raises: WordListError, naming file, line and cure.
    """
    load_words(settings.flows / "words")
    # Its page has no session yet, so no token; app/web/origin.py refuses it from another site.
    app.extensions["csrf"].exempt("app.intake.views_talk.begin")
    jobs.every(app, "tabs", tabs.purge)
