"""What Firefox still knows after the exit: `python -m tests.bench.traces`, by hand, needs Debian's `firefox-esr`.

It speaks Marionette, Firefox's own remote line, so that no driver has to be installed.
"""

import itertools
import json
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from typing_extensions import override

from app.demo.serving import free_port

SECRET = "iets dat niemand mag zien"
TAPS = ("button[value=begin]", "button[value=not_now]", "button[value=me]")
"""From the start page to the first question with words of one's own."""


class Firefox:
    """One Firefox without a screen, with a profile of its own."""

    def __init__(self, profile: Path, *, has_script: bool) -> None:
        port = free_port()
        settings = {
            "marionette.port": port,
            "javascript.enabled": has_script,
            "intl.accept_languages": "nl",
            "datareporting.policy.dataSubmissionEnabled": False,
        }
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in settings.items()]
        (profile / "user.js").write_text("\n".join(lines))
        words = [
            "firefox-esr",
            "--headless",
            "--marionette",
            "--remote-allow-system-access",
            "--no-remote",
            "--profile",
            str(profile),
        ]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.line = _connected(port)
        self.numbers = itertools.count(1)
        self._read()
        self.say("WebDriver:NewSession", capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})

    def say(self, command: str, **values: Any) -> Any:
        """Send one command and return what it gives."""
        message = json.dumps([0, next(self.numbers), command, values]).encode()
        self.line.sendall(b"%d:%s" % (len(message), message))
        _kind, _number, error, result = self._read()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return result.get("value", result) if isinstance(result, dict) else result

    def _read(self) -> Any:
        size = b""
        while not size.endswith(b":"):
            size += self.line.recv(1)
        body = b""
        while len(body) < int(size[:-1]):
            body += self.line.recv(int(size[:-1]) - len(body))
        return json.loads(body)

    def find(self, selector: str) -> str:
        """Wait for an element and return its reference."""
        for _ in range(100):
            try:
                found = self.say("WebDriver:FindElement", using="css selector", value=selector)
            except RuntimeError:
                time.sleep(0.1)
            else:
                return str(next(iter(found.values())))
        raise AssertionError(f"no {selector}")

    def tap(self, selector: str) -> None:
        self.say("WebDriver:ElementClick", id=self.find(selector))
        time.sleep(1)

    def privileged(self, script: str) -> Any:
        """Run *script* where Firefox's own code runs."""
        self.say("Marionette:SetContext", value="chrome")
        found = self.say("WebDriver:ExecuteScript", script=script, args=[])
        self.say("Marionette:SetContext", value="content")
        return found

    def quit(self) -> None:
        self.say("Marionette:Quit", flags=["eForceQuit"])
        self.line.close()
        self.process.wait(timeout=30)


def _connected(port: int) -> socket.socket:
    for _ in range(300):
        try:
            return socket.create_connection(("127.0.0.1", port))
        except OSError:
            time.sleep(0.2)
    raise AssertionError("Firefox did not start")


BACK_LIST = """const {sessionHistory} = gBrowser.selectedBrowser.browsingContext;
    return Array.from({length: sessionHistory.count}, (_, at) => sessionHistory.getEntryAtIndex(at).URI.spec);"""
COOKIES = "return Services.cookies.cookies.map(one => one.host + ' ' + one.name);"


class NeutralPage(BaseHTTPRequestHandler):
    """The page outside that the exit leads to."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>Weer</title><h1>Weer</h1>")

    @override
    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def neutral_page() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), NeutralPage)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()


@contextmanager
def demo(neutral: str) -> Iterator[str]:
    """Serve the demo with *neutral* behind its exits; gives the start page of one school."""
    folder = Path(tempfile.mkdtemp()) / "demo"
    words = [sys.executable, "-m", "flask", "demo", "--port", "0", "--instance", str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            url = json.loads(process.stdout.readline())["student_urls"][0]
            with closing(sqlite3.connect(folder / "vertel.db")) as database:
                database.execute("UPDATE school SET exit_url = ?", (neutral,))
                database.commit()
            yield url
        finally:
            process.terminate()


def left_after_exit(url: str, *, has_script: bool) -> dict[str, object]:
    """Tell something, leave, and return what Firefox has left of it."""
    base = "{0.scheme}://{0.netloc}".format(urlsplit(url))
    profile = Path(tempfile.mkdtemp())
    firefox = Firefox(profile, has_script=has_script)
    firefox.say("WebDriver:Navigate", url=url)
    for selector in TAPS:
        firefox.tap(selector)
    firefox.say("WebDriver:ElementSendKeys", id=firefox.find("textarea"), text=SECRET)
    firefox.tap("form[data-step=story_me] button:not([name])")
    firefox.tap(".exit")
    found = {
        "ended at": firefox.say("WebDriver:GetCurrentURL"),
        "own pages behind Back": [one for one in firefox.privileged(BACK_LIST) if one.startswith(base)],
        "cookies": firefox.privileged(COOKIES),
    }
    if found["own pages behind Back"]:
        firefox.say("WebDriver:Back")
        time.sleep(2)
        shown = firefox.say("WebDriver:GetPageSource")
        found["Back shows the start page"] = 'data-step="begin"' in shown
        found["Back shows an answer"] = SECRET in shown
    firefox.quit()
    with closing(sqlite3.connect(profile / "places.sqlite")) as places:
        visited = places.execute("SELECT url, title FROM moz_places WHERE url LIKE ?", (f"{base}%",)).fetchall()
    found["visited pages"] = [(page.removeprefix(base), title) for page, title in visited]
    found["files that hold the words"] = [
        str(path.relative_to(profile))
        for path in profile.rglob("*")
        if path.is_file() and SECRET.encode() in path.read_bytes()
    ]
    shutil.rmtree(profile)
    return found


if __name__ == "__main__":
    with neutral_page() as neutral, demo(neutral) as school:
        for with_script in (True, False):
            print("with script" if with_script else "without script")
            for name, value in left_after_exit(school, has_script=with_script).items():
                print(f"  {name}: {value}")
