"""What the desk needs before the first request: its clean-up."""

from datetime import timedelta

from flask import Flask

from app.cases import deletion
from app.notifications import jobs


def init_app(app: Flask) -> None:
    """Let the worker of *app* delete each day what was kept long enough."""
    jobs.every(app, "cases", deletion.delete_expired, timedelta(days=1))
