"""The addresses of the student's side on one screen, and what each thing that goes wrong is answered with."""

from flask import Blueprint
from sqlalchemy.exc import OperationalError

from app.intake import services, views_code, views_exit, views_talk

pages = Blueprint("intake", __name__)

pages.get("/")(views_talk.home)
pages.get("/code")(views_code.come_back)
pages.post("/code")(views_code.post_code)
pages.get("/w")(views_exit.leave)
pages.get("/<slug>")(views_talk.school_page)
pages.post("/<slug>")(views_talk.post_talk)
pages.get("/<slug>/begin")(views_talk.begin_reloaded)
pages.post("/<slug>/begin")(views_talk.begin)

pages.register_error_handler(views_talk.UnknownSchoolError, views_talk.unknown_school)
pages.register_error_handler(services.TalkGoneError, views_talk.talk_gone)
pages.register_error_handler(services.UnknownStepError, views_talk.unknown_step)
pages.register_error_handler(services.ElsewhereError, views_talk.elsewhere)
pages.register_error_handler(OperationalError, views_talk.database_busy)
