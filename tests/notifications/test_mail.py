"""What a mail says, and all that it does not."""

import smtplib

import pytest

from app.i18n import catalogues
from app.notifications import mail
from app.notifications.mail import MailTooLongError, news, send_news
from app.settings import Settings
from tests.notifications.mailbox import Mailbox


def test_a_mail_says_only_that_there_is_something_new(settings: Settings, mailbox: Mailbox) -> None:
    mailbox.start()

    send_news(settings, "mira@school.example", "nl")

    got = mailbox.mails[0]
    body = got.get_payload(decode=True).decode()
    assert got["Subject"] == "Vertel"
    assert "Er is iets nieuws in Vertel" in body
    assert [word for word in body.split() if "//" in word] == ["https://vertel.example/staff/"]
    assert got.get_content_type() == "text/plain"
    assert set(got.keys()) <= {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding", "X-Peer", "X-MailFrom", "X-RcptTo",
    }  # fmt: skip


def test_the_server_is_greeted_with_the_name_of_the_mail_not_of_this_machine(
    settings: Settings, mailbox: Mailbox
) -> None:
    mailbox.start()

    send_news(settings, "mira@school.example", "nl")

    assert mailbox.greetings == ["mail.example"]


def test_every_mail_to_one_address_has_the_same_length(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogues.load(settings.translations)
    lengths = {len(news(settings, "a@b.example", tag).as_bytes()) for tag in ("nl", "en", "ar")}
    monkeypatch.setattr(mail, "_", lambda text: text[:-1])
    lengths.add(len(news(settings, "a@b.example", "nl").as_bytes()))

    assert len(lengths) == 1


def test_a_text_that_does_not_fit_is_refused(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "_", lambda text: text * 9)

    with pytest.raises(MailTooLongError):
        news(settings, "a@b.example", "nl")


def test_no_mail_goes_in_clear_when_tls_is_asked(settings: Settings, mailbox: Mailbox) -> None:
    mailbox.start()
    strict = Settings(**{**vars(settings), "smtp_tls": True})

    with pytest.raises(smtplib.SMTPNotSupportedError):
        send_news(strict, "mira@school.example", "nl")

    assert mailbox.raw == []
