"""Runs the demo's web server and worker, both stopped by one event."""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from flask import Flask

from app import create_app
from app.demo.seeding import demo_settings
from app.notifications import worker
from app.settings import Settings

HOST = "127.0.0.1"
START_SECONDS = 30
INSTANCE_NAME, PORT_NAME, DATABASE_NAME = "VERTEL_DEMO_INSTANCE", "VERTEL_DEMO_PORT", "VERTEL_DEMO_DATABASE"
PSEUDO_NAME = "VERTEL_DEMO_PSEUDO"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def is_free(port: int) -> bool:
    """Return whether nobody listens on *port*."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0


def served_app() -> Flask:
    """Build the app inside the web server's process."""
    instance, port = Path(os.environ[INSTANCE_NAME]), int(os.environ[PORT_NAME])
    settings = demo_settings(instance, port, os.environ[DATABASE_NAME])
    return create_app(replace(settings, pseudo_languages=os.environ[PSEUDO_NAME] == "yes"))


@contextmanager
def serving(settings: Settings, stop: threading.Event) -> Iterator[bool]:
    """Serve the demo of *settings* inside the block; gives whether the server answered in time."""
    port = settings.base_url.rpartition(":")[2]
    told = {INSTANCE_NAME: str(settings.instance), PORT_NAME: port, DATABASE_NAME: settings.database_url}
    told[PSEUDO_NAME] = "yes" if settings.pseudo_languages else "no"
    words = ["--interface", "wsgi", "--factory", "--host", HOST, "--port", port, "--blocking-threads", "32"]
    quiet = ["--no-ws", "--no-access-log", "--log-level", "error"]
    app = create_app(settings)
    server = subprocess.Popen(  # noqa: S603 -- our own interpreter and our own module
        [sys.executable, "-m", "granian", *words, *quiet, "app.demo.serving:served_app"], env={**os.environ, **told}
    )
    work = threading.Thread(target=worker.run, args=(app, stop))
    work.start()
    try:
        yield _answers(int(port), server)
    finally:
        stop.set()
        server.terminate()
        server.wait(timeout=15)
        work.join(timeout=15)


def _answers(port: int, server: "subprocess.Popen[bytes]") -> bool:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/robots.txt", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False
