"""What the student's side needs before the first request: the words of codes, and its clean-up."""

from flask import Flask

from app.intake import brake, budgets, crowd, paused, tabs
from app.notifications import jobs
from app.settings import Settings
from app.vault.words import load_words


def init_app(app: Flask, settings: Settings) -> None:
    """Load the words of codes for *app*; a fault in them ends the start.

    Raises: WordListError, naming file, line and cure.
    """
    load_words(settings.flows / "words")
    crowd.init_app(app)
    budgets.init_app(app)
    brake.init_app(app, settings)
    # Its page has no session yet, so no token; app/web/origin.py refuses it from another site.
    app.extensions["csrf"].exempt("app.intake.views_talk.begin")
    jobs.every(app, "tabs", tabs.purge)
    jobs.every(app, "sent quarters", budgets.purge)
    jobs.every(app, "spent tickets", brake.purge)
    jobs.every(app, "paused talks", paused.purge)
