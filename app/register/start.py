"""Gives the worker what the register leaves to it."""

from flask import Flask

from app.notifications.jobs import register
from app.register.storing import JOB, do_import


def init_app(app: Flask) -> None:
    """Let the worker store imports."""
    register(app, JOB, do_import)
