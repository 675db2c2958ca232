"""Tries daily whether mail would go out, and tells whether a worker runs and the outbox empties."""

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, current_app
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app import clock, db
from app.notifications import jobs
from app.notifications.mail import shake_hands
from app.notifications.models import Outbox, PeriodicJob, SelfTest
from app.notifications.queries import backlog
from app.notifications.services import AT_ONCE, NewJob, put
from app.settings import Settings

SELF_TEST = "self_test"
HEARTBEAT = "heartbeat"
MAIL, WORKER, OUTBOX = "mail", "worker", "outbox"
_BEAT = timedelta(minutes=10)
_LATE = timedelta(hours=1)
_CAUSES = (
    ((ssl.SSLError, smtplib.SMTPNotSupportedError), "tls"),
    ((smtplib.SMTPSenderRefused,), "sender"),
    ((smtplib.SMTPException,), "refused"),
    ((OSError,), "unreachable"),
)
"""What each kind of error means; SMTPException is an OSError too, so the order counts."""
_MANY_ATTEMPTS = 8
"""So often a job failed that it was tried for two hours."""


@dataclass(frozen=True)
class Check:
    """How a part of the installation does; *cause* is a code, empty when all is well."""

    name: str
    cause: str = ""

    @property
    def is_ok(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.cause


def init_app(app: Flask) -> None:
    """Let the worker of *app* try its parts each day, and leave a sign that it runs."""
    jobs.register(app, SELF_TEST, try_mail)
    jobs.every(app, "self test", ask_test, timedelta(days=1))
    jobs.every(app, HEARTBEAT, lambda _session: None, _BEAT)


def ask_test(session: Session) -> None:
    """Let a worker try the mail server: in a job, so that no transaction waits for it."""
    put(session, NewJob(kind=SELF_TEST, payload={}, waiting_key=SELF_TEST))


def try_mail(_payload: Mapping[str, str]) -> None:
    """Try the mail server and keep how that went."""
    settings: Settings = current_app.config["SETTINGS"]
    found = mail_check(settings)
    with db.transaction() as session:
        session.merge(SelfTest(name=found.name, tested_on=clock.today(), is_ok=found.is_ok, cause=found.cause))


def mail_check(settings: Settings) -> Check:
    """Return whether the mail server would take a mail now; where none is set, as in the demo, nothing is wrong."""
    try:
        if settings.smtp_host:
            shake_hands(settings)
    except (OSError, smtplib.SMTPException) as error:
        return Check(MAIL, next(cause for kinds, cause in _CAUSES if isinstance(error, kinds)))
    return Check(MAIL)


def worker_check(session: Session) -> Check:
    """Return whether a worker ran in the last half hour."""
    last = session.scalar(select(PeriodicJob.period).where(PeriodicJob.name == HEARTBEAT))
    present = int(clock.now().timestamp() // _BEAT.total_seconds())
    return Check(WORKER, "" if last is not None and present - last <= 3 else "silent")  # noqa: PLR2004


def outbox_check(session: Session) -> Check:
    """Return whether jobs are done in time."""
    if backlog(session).dead:
        return Check(OUTBOX, "put_aside")
    is_late = or_(
        Outbox.attempts >= _MANY_ATTEMPTS,
        and_(Outbox.not_before > AT_ONCE, Outbox.not_before < clock.now() - _LATE),
    )
    return Check(OUTBOX, "late" if session.scalar(select(Outbox.id).where(is_late).limit(1)) else "")


def problems(session: Session) -> tuple[Check, ...]:
    """Return what is wrong, for a screen of a school: of the mail server what the last daily test found.

    How full the outbox is belongs to the operator alone: a mail that waits would tell that somewhere there is news.
    """
    row = session.get(SelfTest, MAIL)
    mail = Check(MAIL, row.cause if row else "")
    return tuple(check for check in (mail, worker_check(session)) if not check.is_ok)
