"""The addresses of the student's side on one screen, and what each thing that goes wrong is answered with."""

from flask import Blueprint
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.intake import (
    running,
    services,
    views_code,
    views_deeds,
    views_exit,
    views_homework,
    views_refusals,
    views_talk,
)

pages = Blueprint("intake", __name__)

pages.get("/")(views_talk.home)
pages.get("/code")(views_code.come_back)
pages.post("/code")(views_code.post_code)
pages.get("/w")(views_exit.leave)
pages.get("/<slug>")(views_talk.school_page)
pages.post("/<slug>")(views_talk.post_talk)
pages.get("/<slug>/done")(views_deeds.done)
pages.get("/<slug>/words")(views_homework.words)
pages.get("/<slug>/begin")(views_talk.begun)
pages.post("/<slug>/begin")(views_talk.begin)

pages.register_error_handler(views_refusals.UnknownSchoolError, views_refusals.unknown_school)
pages.register_error_handler(views_refusals.ClosedSchoolError, views_refusals.closed_school)
pages.register_error_handler(views_refusals.CookiesOffError, views_refusals.cookies_off)
pages.register_error_handler(running.TalkGoneError, views_refusals.talk_gone)
pages.register_error_handler(services.UnknownStepError, views_refusals.unknown_step)
pages.register_error_handler(services.ElsewhereError, views_refusals.elsewhere)
pages.register_error_handler(services.SentError, views_refusals.sent_already)
pages.register_error_handler(OperationalError, views_refusals.database_busy)
pages.register_error_handler(PoolTimeoutError, views_refusals.database_busy)
