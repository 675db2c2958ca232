"""A small app on the ground alone: one page with every part, and one form that answers in every way."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from flask import Flask, abort, g, redirect, request, session
from flask_wtf.csrf import generate_csrf
from jinja2 import DictLoader, PrefixLoader
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import ServiceUnavailable, TooManyRequests
from werkzeug.wrappers import Response
from wtforms import SelectMultipleField, StringField
from wtforms.fields import SelectChoice

from app.settings import Settings
from app.web import setup
from app.web.forms import Form
from app.web.pages import Page, render

FOLDER = Path(__file__).parent


class GalleryPage(Page):
    template: ClassVar[str] = "gallery/gallery.html"


class DeskPage(Page):
    template: ClassVar[str] = "gallery/desk.html"


@dataclass(frozen=True, kw_only=True)
class StepPage(Page):
    template: ClassVar[str] = "gallery/step.html"
    number: int
    error: str = ""


class AnswerForm(Form):
    answer = StringField("Antwoord")
    several = SelectMultipleField("Meer", choices=[SelectChoice("a"), SelectChoice("b")])


def settings_in(folder: Path, **changes: object) -> Settings:
    values: dict[str, object] = {
        "instance": folder,
        "hosts": ("localhost", "127.0.0.1"),
        "base_url": "http://localhost",
        "mail_from": "vertel@example.org",
        "smtp_host": "localhost",
        "cookies_secure": False,
    }
    return Settings(**(values | changes))  # type: ignore[arg-type]


def create_gallery(settings: Settings, *, csrf: bool = True, extra: Mapping[str, str] | None = None) -> Flask:
    app = Flask("gallery", static_folder=None)
    app.secret_key = "only-for-tests"
    app.config["WTF_CSRF_ENABLED"] = csrf
    setup.init_app(app, settings, {})
    templates = {name: (FOLDER / name).read_text("utf-8") for name in ("gallery.html", "desk.html", "step.html")}
    loader = app.jinja_env.loader
    assert isinstance(loader, PrefixLoader)
    loader.mapping = {**loader.mapping, "gallery": DictLoader({**templates, **(extra or {})})}
    app.extensions["staff_nav"] = lambda: [
        ("/staff/desk", "Meldingen", True),
        ("/staff/school", "School", False),
        ("/staff/people", "Mensen", False),
        ("/staff/account", "Account", False),
    ]
    _add_pages(app)
    return app


def _add_pages(app: Flask) -> None:
    app.add_url_rule("/", view_func=gallery)
    app.add_url_rule("/staff/desk", view_func=desk)
    app.add_url_rule("/answer", view_func=answer, methods=["POST"])
    app.add_url_rule("/talk", view_func=talk)
    app.add_url_rule("/talk", view_func=take, methods=["POST"])
    app.add_url_rule("/token", view_func=token)
    app.add_url_rule("/fails/<kind>", view_func=fails, methods=["GET", "POST"])
    app.add_url_rule("/staff/fails/<kind>", "fails_staff", view_func=fails)
    app.add_url_rule("/w", view_func=away)


def gallery() -> str:
    g.school_slug = "duinrand"
    return render(GalleryPage(title="Vraag 3"))


def desk() -> str:
    return render(DeskPage(title="Meldingen"))


def answer() -> str:
    form = AnswerForm()
    session["answer"] = form.answer.data
    return form.answer.data or ""


def talk() -> str:
    number = len(session.get("told", [])) + 1
    return render(StepPage(title=f"Vraag {number}", number=number))


def take() -> tuple[str, int] | Response:
    told = session.get("told", [])
    text = request.form["answer"]
    if text in {"busy", "bug"}:
        fails(text)
    if text == "empty":
        return render(StepPage(title="Fout: vraag", number=len(told) + 1, error="Kies iets.")), 422
    session["told"] = [*told, text]
    return redirect("/talk", 303)


def token() -> str:
    return str(generate_csrf())


def away() -> Response:
    return redirect("/token", 303)


def fails(kind: str) -> str:
    if kind == "database":
        raise OperationalError("SELECT", {}, Exception(request.args.get("secret", "")))
    if kind == "bug":
        raise ValueError(request.args.get("secret", ""))
    if kind == "busy":
        raise ServiceUnavailable(retry_after=20)
    if kind == "flood":
        raise TooManyRequests(retry_after=30)
    if kind == "school":
        abort(404, description="Deze school doet niet mee.")
    abort(int(kind))
