"""A real mail server on this machine that keeps what it gets."""

import socket
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Mailbox:
    """Starts when asked to, so that a test can begin with the server down."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.raw: list[bytes] = []
        self.greetings: list[str] = []
        self.recipients: list[str] = []
        self.senders: list[str] = []
        self.refuses_senders = ""
        """What it answers to a sender instead of taking his mail."""
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    @property
    def mails(self) -> list[Message]:
        return [message_from_bytes(raw) for raw in self.raw]

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 -- aiosmtpd's
        self.senders.append(address)
        if self.refuses_senders:
            return self.refuses_senders
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        self.raw.append(envelope.content)
        self.greetings.append(session.host_name)
        self.recipients += envelope.rcpt_tos
        return "250 OK"
