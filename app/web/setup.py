"""Everything that makes an app one of ours, in the one order that works."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app
from flask_wtf.csrf import CSRFProtect
from jinja2 import PackageLoader, PrefixLoader

from app.settings import Settings
from app.web import assets, bodies, compression, errors, headers, language, one_trip, origin, views
from app.web.cookies import SideSessions

MAX_BODY_BYTES = 200_000
"""10,000 characters of four bytes each, percent-encoded, come to 120,000."""


def init_app(app: Flask, settings: Settings, features: Mapping[str, str]) -> None:
    """Put the ground under *app*.

    *features* maps the first word of a template's name to the package that holds it: {"intake": "app.intake"} makes
    "intake/step.html" the file app/intake/templates/step.html.
    """
    _configure(app, settings)
    app.session_interface = SideSessions()
    _load_templates(app, features)
    # Answers pass these in reverse: compressed last, when everything else is said.
    compression.init_app(app)
    headers.init_app(app, settings)
    assets.init_app(app, settings)
    errors.init_app(app)
    # Requests pass these in order: the language first, so that a refusal is in the reader's own.
    language.init_app(app)
    origin.init_app(app)
    bodies.init_app(app)
    CSRFProtect(app)
    app.jinja_env.globals["nav_items"] = nav_items
    app.jinja_env.globals["is_practising"] = lambda: False
    app.jinja_env.globals["can_practise"] = lambda: False
    app.jinja_env.globals["failures_to_tell"] = lambda: 0
    app.jinja_env.globals["extra_scripts"] = lambda: ()
    app.register_blueprint(views.pages)
    one_trip.init_app(app)


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        TRUSTED_HOSTS=list(settings.hosts),
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        MAX_FORM_PARTS=bodies.MAX_FIELDS,
        SESSION_COOKIE_SECURE=settings.cookies_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_PATH="/",
        SESSION_COOKIE_DOMAIN=None,
        # A talk may take longer than an hour and a browser may send no referrer; origin.py checks where a form is from.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )


def _load_templates(app: Flask, features: Mapping[str, str]) -> None:
    packages = {"web": "app.web", **features}
    env = app.jinja_env
    env.loader = PrefixLoader({prefix: PackageLoader(package) for prefix, package in packages.items()})
    env.trim_blocks = True
    env.lstrip_blocks = True
    env.auto_reload = False


def nav_items() -> list[tuple[str, Any, bool]]:
    """Return the places of who is signed in: (address, label, whether it is this page); asked from `staff_nav`."""
    hook = current_app.extensions.get("staff_nav")
    return list(hook()) if hook else []
