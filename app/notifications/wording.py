"""What is wrong with mail, in words: for a screen in the present language, for the operator in English with a cure."""

from app.i18n.translate import lazy_gettext as _lazy
from app.notifications.self_test import MAIL, OUTBOX, WORKER, Check
from app.settings import Settings

_ON_SCREEN = {
    MAIL: _lazy("De mailserver neemt geen mail van Vertel aan. Vertrouwenspersonen krijgen nu geen bericht."),
    WORKER: _lazy("Het deel van Vertel dat mail verstuurt, staat stil. Vertrouwenspersonen krijgen nu geen bericht."),
}
_CURES = {
    (MAIL, "unreachable"): "{server} does not answer; check VERTEL_SMTP_HOST and VERTEL_SMTP_PORT, and that the "
    "firewall lets this host out",
    (MAIL, "tls"): "{server} offers no encryption that this host trusts; check its certificate and VERTEL_SMTP_PORT, "
    "or set VERTEL_SMTP_TLS=no for a server on this very host",
    (MAIL, "sender"): "{server} does not take mail from {sender}; let it, or change VERTEL_MAIL_FROM",
    (MAIL, "refused"): "{server} refuses this host; let it send, for instance by its address",
    (WORKER, "silent"): "no worker ran in the last half hour; start `flask worker` as a service",
    (OUTBOX, "put_aside"): "jobs were put aside after too many attempts; cure the cause, then `flask worker --revive`",
    (OUTBOX, "late"): "jobs wait longer than they should; look at the worker's log for what fails",
}


def problem_text(check: Check) -> str:
    """Return in the present language what is wrong."""
    return str(_ON_SCREEN[check.name])


def cure(check: Check, settings: Settings) -> str:
    """Return in English what is wrong and what to do about it."""
    server = f"the mail server {settings.smtp_host}:{settings.smtp_port}"
    return _CURES[check.name, check.cause].format(server=server, sender=settings.mail_from)
