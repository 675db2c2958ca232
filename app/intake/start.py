"""What the student's side needs before the first request: the talks, the word lists, and its clean-up."""

from flask import Flask

from app.flows.loader import load_flows
from app.intake import tabs
from app.notifications import jobs
from app.settings import Settings
from app.vault.words import load_words


def init_app(app: Flask, settings: Settings) -> None:
    """Load talks and word lists into *app*; a fault in either ends the start.

    Raises: FlowError, WordListError, each naming file, line and cure.
    """
    load_words(settings.flows / "words")
    app.extensions["flows"] = load_flows(settings.flows)
    # Its page has no session yet, so no token; app/web/origin.py refuses it from another site.
    app.extensions["csrf"].exempt("app.intake.views_talk.begin")
    jobs.every(app, "tabs", tabs.purge)
