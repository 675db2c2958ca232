"""What a WSGI server and the `flask` command load: the app with the settings of the environment."""

import os

from flask import Flask

from app import create_app as build
from app.settings import Settings


def create_app() -> Flask:
    """Build the app; a missing setting ends the start with one message that names them all."""
    return build(Settings.from_env(os.environ))
