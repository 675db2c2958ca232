"""Gives the worker what it does for people: mail to the address that only this package can open, and cleaning up."""

import smtplib
from collections.abc import Mapping
from datetime import timedelta

from flask import Flask, current_app

from app import db
from app.accounts import presence, sessions
from app.accounts.queries import Address, mail_address
from app.notifications import jobs, self_test
from app.notifications.mail import send_news, send_way_back
from app.notifications.reaching import note_failed, note_sent
from app.notifications.services import NEWS, PROOF, join_due
from app.settings import Settings


def init_app(app: Flask) -> None:
    """Register the handlers of mail, its daily test, and the purges of sessions and of absences that are over."""
    jobs.register(app, NEWS, send_to_person)
    jobs.register(app, PROOF, send_proof)
    jobs.every(app, "staff sessions", sessions.purge)
    jobs.every(app, "absences", presence.forget_past, timedelta(days=1))
    self_test.init_app(app)


def send_to_person(payload: Mapping[str, str]) -> None:
    """Mail a person that there is something new; who has left, or has nothing new any more, gets nothing.

    Raises: OSError or smtplib.SMTPException when the mail server is down; the worker tries again.
    """
    person_id = payload["person_id"]
    with db.transaction() as session:
        join_due(session, person_id)
        is_concerned = jobs.has_news(current_app, session, person_id)
        address = mail_address(session, person_id) if is_concerned else None
    _send(person_id, address)


def send_proof(payload: Mapping[str, str]) -> None:
    """Mail a person the same words because he wants to see whether they arrive.

    Raises: OSError or smtplib.SMTPException when the mail server is down; the worker tries again.
    """
    with db.reading() as session:
        address = mail_address(session, payload["person_id"])
    _send(payload["person_id"], address)


def mail_way_back(address: Address, link: str) -> bool:
    """Mail somebody the *link* that lets him in again, at once; return whether it went out."""
    try:
        send_way_back(current_app.config["SETTINGS"], address.email, address.language, link)
    except (OSError, smtplib.SMTPException):
        return False
    return True


def _send(person_id: str, address: Address | None) -> None:
    settings: Settings = current_app.config["SETTINGS"]
    # Only the demo has no mail server; settings from the environment must name one.
    if address is None or not settings.smtp_host:
        return
    try:
        send_news(settings, address.email, address.language)
    except (OSError, smtplib.SMTPException):
        with db.transaction() as session:
            note_failed(session, person_id)
        raise
    with db.transaction() as session:
        note_sent(session, person_id)
