"""What the desk needs before the first request: its clean-up, and a word in whom mail goes to."""

from datetime import timedelta

from flask import Flask

from app.cases import deletion
from app.cases.concerning import has_unseen
from app.notifications import jobs


def init_app(app: Flask) -> None:
    """Let the worker of *app* delete each day what was kept long enough, and mail only who has something to see."""
    jobs.every(app, "cases", deletion.delete_expired, timedelta(days=1))
    jobs.let_concern(app, has_unseen)
