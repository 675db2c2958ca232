"""The command, as an operator runs it."""

import os
import signal
import threading
import time

from flask import Flask

from app import db
from app.db import Database
from app.notifications.cli import worker as command
from app.notifications.services import tell


def test_once_says_what_is_left(app: Flask, database: Database) -> None:
    with app.app_context(), db.transaction() as session:
        tell(session, "mira", urgent=False)

    answer = app.test_cli_runner().invoke(command, ["--once", "--revive"])

    assert answer.output == "0 jobs get a new chance\n1 jobs wait, 0 were put aside\n"


def test_the_worker_stops_when_the_system_asks(app: Flask) -> None:
    handlers = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()

    began = time.monotonic()
    try:
        answer = app.test_cli_runner().invoke(command, [])
    finally:
        for name, handler in handlers.items():
            signal.signal(name, handler)

    assert answer.exit_code == 0
    assert time.monotonic() - began < 5
