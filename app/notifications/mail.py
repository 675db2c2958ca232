"""The mails that Vertel sends: there is something new, and the link that lets an adviser in again."""

import secrets
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from app import clock
from app.i18n.translate import gettext as _
from app.i18n.translate import using
from app.settings import Settings

SUBJECT = "Vertel"
"""The same in every language, so that a subject line tells nothing."""
BODY_BYTES = 600
"""Every body is filled up with blank lines to this length, so that the size of a mail tells nothing."""
TIMEOUT_SECONDS = 15
_PORT_OF_TLS_FROM_THE_START = 465
_ACCEPTED = 250


class MailTooLongError(ValueError):
    """Raised when a translation does not fit into the fixed length; shorten it or raise BODY_BYTES."""


def news(settings: Settings, address: str, language: str) -> EmailMessage:
    """Return the mail for *address*, in *language* (a tag)."""
    return _mail(settings, address, _body(settings, language))


def way_back(settings: Settings, address: str, language: str, link: str) -> EmailMessage:
    """Return the mail with a *link* by which a colleague lets somebody in again."""
    with using(language):
        said = _(
            "Een collega maakte een link waarmee je weer in Vertel komt. De link werkt één keer, zeven dagen lang:"
        )
        unasked = _("Vroeg je hier niet om? Open de link dan niet en log gewoon in. Daarna werkt de link niet meer.")
    return _mail(settings, address, f"{said}\n\n{link}\n\n{unasked}\n")


def _mail(settings: Settings, address: str, body: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = settings.mail_from
    mail["To"] = address
    mail["Subject"] = SUBJECT
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<{secrets.token_hex(16)}@{_domain(settings)}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(body, cte="base64")
    return mail


def send_news(settings: Settings, address: str, language: str) -> None:
    """Send the mail to *address*.

    Raises: OSError or smtplib.SMTPException when the server is down or refuses; the worker tries again.
    """
    with _connect(settings) as server:
        server.send_message(news(settings, address, language))


def send_way_back(settings: Settings, address: str, language: str, link: str) -> None:
    """Send a *link* that lets somebody in again to *address*.

    Raises: OSError or smtplib.SMTPException when the server is down or refuses.
    """
    with _connect(settings) as server:
        server.send_message(way_back(settings, address, language, link))


def shake_hands(settings: Settings) -> None:
    """Greet the mail server and name the sender, and leave without sending anything.

    Raises: OSError or smtplib.SMTPException when a mail would not go out either.
    """
    with _connect(settings) as server:
        server.ehlo_or_helo_if_needed()
        code, answer = server.mail(parseaddr(settings.mail_from)[1])
        if code != _ACCEPTED:
            raise smtplib.SMTPSenderRefused(code, answer, settings.mail_from)
        server.rset()


def _body(settings: Settings, language: str) -> str:
    with using(language):
        said = _("Er is iets nieuws in Vertel. Log in om het te lezen:")
        why = _("Dit bericht zegt met opzet niet meer. Je kunt er niet op antwoorden.")
    body = f"{said}\n\n{settings.base_url}/staff/\n\n{why}\n"
    missing = BODY_BYTES - len(body.replace("\n", "\r\n").encode())
    if missing < 0:
        raise MailTooLongError(f"the mail in {language!r} is {-missing} bytes longer than {BODY_BYTES}")
    # The odd byte stands before the line ends: a mail always ends with one.
    return body + " " * (missing % 2) + "\n" * (missing // 2)


def _connect(settings: Settings) -> smtplib.SMTP:
    # The mail's own domain is named in the greeting: the default would look up and tell the name of this machine.
    host, port, name = settings.smtp_host, settings.smtp_port, _domain(settings)
    context = ssl.create_default_context()
    if settings.smtp_tls and port == _PORT_OF_TLS_FROM_THE_START:
        return smtplib.SMTP_SSL(host, port, name, timeout=TIMEOUT_SECONDS, context=context)
    server = smtplib.SMTP(host, port, name, timeout=TIMEOUT_SECONDS)
    if settings.smtp_tls:
        _start_tls(server, context)
    return server


def _start_tls(server: smtplib.SMTP, context: ssl.SSLContext) -> None:
    try:
        server.starttls(context=context)
    except (OSError, smtplib.SMTPException):
        server.close()
        raise


def _domain(settings: Settings) -> str:
    return settings.mail_from.rpartition("@")[2].strip("> ")
