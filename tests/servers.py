"""Real web servers and workers for tests, started as docs/operations.md says, each with its own folders and logs."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from flask import Flask

from app import create_app
from app.settings import ROOT, Settings
from tests.plain_browser import PlainBrowser

HOST = "127.0.0.1"
START_SECONDS = 60
GRANIAN = ("--interface", "wsgi", "--factory", "--no-ws", "--no-access-log", "--log-level", "error")
OPERATED = "wsgi:create_app"
FLAWED = "tests.servers:app_with_other_talks"
TALKS = "VERTEL_TEST_TALKS"


def app_with_other_talks() -> Flask:
    """Build the app as wsgi.py does, with the talks of another folder."""
    return create_app(replace(Settings.from_env(os.environ), flows=Path(os.environ[TALKS])))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Host:
    """Folders and environment of one installation, as an operator sets them."""

    folder: Path
    database_url: str
    mail_port: int = 9
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def instance(self) -> Path:
        return self.folder / "instance"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "TMPDIR": str(self.temporary),
            "VERTEL_INSTANCE": str(self.instance),
            "VERTEL_HOSTS": HOST,
            "VERTEL_BASE_URL": "https://vertel.example",
            "VERTEL_MAIL_FROM": "vertel@vertel.example",
            "VERTEL_SMTP_HOST": HOST,
            "VERTEL_SMTP_PORT": str(self.mail_port),
            "VERTEL_SMTP_TLS": "no",
            "VERTEL_DRAFT_LANGUAGES": "yes",
            "DATABASE_URL": self.database_url,
            **self.more,
        }

    @property
    def settings(self) -> Settings:
        return Settings.from_env(self.environment)

    def prepare(self) -> "Host":
        for made in (self.instance, self.temporary, self.logs):
            made.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of this installation to its end, its output kept in the logs too."""
        ended = subprocess.run(
            [sys.executable, "-m", *words], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        (self.logs / f"{words[0]}-{time.monotonic_ns()}.log").write_text(ended.stdout + ended.stderr)
        return ended


@dataclass
class Server:
    """One granian with its processes; its output goes to files."""

    host: Host
    options: tuple[str, ...] = GRANIAN
    factory: str = OPERATED
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def log(self) -> str:
        return "".join(path.read_text() for path in sorted(self.host.logs.glob(f"granian-{self.port}-*")))

    def start(self) -> "Server":
        words = [sys.executable, "-m", "granian", *self.options, "--host", HOST, "--port", str(self.port), self.factory]
        with self._file("out").open("ab") as out, self._file("err").open("ab") as err:
            self.process = subprocess.Popen(
                words, cwd=ROOT, env=self.host.environment, stdout=out, stderr=err, start_new_session=True
            )
        return self

    def _file(self, stream: str) -> Path:
        return self.host.logs / f"granian-{self.port}-{stream}.log"

    def wait_until_up(self) -> "Server":
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process and self.process.poll() is None:
            try:
                if PlainBrowser(self.url).get("/robots.txt").status == 200:
                    return self
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"no server on port {self.port}: {self.log}")

    def wait_until_ended(self) -> int:
        assert self.process
        return self.process.wait(timeout=START_SECONDS)

    def kill(self) -> None:
        """End every process of the server at once, as a power cut would."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=15)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=15)


@contextmanager
def serving(host: Host, options: tuple[str, ...] = GRANIAN) -> Iterator[Server]:
    server = Server(host, options).start()
    try:
        yield server.wait_until_up()
    finally:
        server.stop()
