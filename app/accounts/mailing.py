"""Gives the worker what it does for people: mail to the address that only this package can open, and cleaning up."""

from collections.abc import Mapping

from flask import Flask, current_app

from app import db
from app.accounts import sessions
from app.accounts.queries import mail_address
from app.notifications import jobs
from app.notifications.mail import send_news
from app.notifications.services import NEWS
from app.settings import Settings


def init_app(app: Flask) -> None:
    """Register the handler of mail and the purge of sessions."""
    jobs.register(app, NEWS, send_to_person)
    jobs.every(app, "staff sessions", sessions.purge)


def send_to_person(payload: Mapping[str, str]) -> None:
    """Mail a person that there is something new; who has left, or has nothing new any more, gets nothing.

    Raises: OSError or smtplib.SMTPException when the mail server is down; the worker tries again.
    """
    person_id = payload["person_id"]
    settings: Settings = current_app.config["SETTINGS"]
    with db.reading() as session:
        is_concerned = jobs.has_news(current_app, session, person_id)
        address = mail_address(session, person_id) if is_concerned else None
    # Only the demo has no mail server; settings from the environment must name one.
    if address is not None and settings.smtp_host:
        send_news(settings, address.email, address.language)
