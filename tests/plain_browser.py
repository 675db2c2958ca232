"""A small browser without scripts: forms, cookies and redirects over a plain socket, from any loopback address."""

import http.client
import re
from contextlib import closing
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pyotp


@dataclass
class SeenForm:
    """One form of a page: its step, its target and the fields that it carries."""

    step: str
    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[SeenForm] = []
        self.codes: dict[str, str] = {}
        self.case_ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.codes.update({name: value for name, value in values.items() if name.startswith("data-code")})
        if "data-case" in values:
            self.case_ids.append(values["data-case"])
        if tag == "form":
            self.forms.append(SeenForm(values.get("data-step", ""), values.get("action", "")))
        elif self.forms and "name" in values:
            self._field(tag, values)

    def _field(self, tag: str, values: dict[str, str]) -> None:
        form = self.forms[-1]
        form.names.add(values["name"])
        if tag == "button":
            form.buttons.append((values["name"], values.get("value", "")))
        elif values.get("type") == "hidden":
            form.hidden[values["name"]] = values.get("value", "")


class PlainBrowser:
    """Keeps cookies, follows redirects, remembers the last page."""

    def __init__(self, base: str, *, source: str = "127.0.0.1", agent: str = "plain") -> None:
        self.base, self.source, self.agent = base, source, agent
        self.cookies: dict[str, str] = {}
        self.url, self.status, self.text = base, 0, ""
        self.headers: dict[str, str] = {}
        self.page = _Reader()

    def get(self, path: str) -> "PlainBrowser":
        return self._request("GET", path)

    def post(self, path: str, fields: Any) -> "PlainBrowser":
        return self._request("POST", path, fields)

    def submit(self, step: str, answer: str | list[str] | None = None, **more: str) -> "PlainBrowser":
        form = next(form for form in self.page.forms if form.step == step)
        answers = answer if isinstance(answer, list) else [answer] if answer is not None else []
        fields = [*form.hidden.items(), *(("answer", one) for one in answers), *more.items()]
        return self.post(form.action or self.url, fields)

    @property
    def step(self) -> str:
        return next((form.step for form in self.page.forms if form.step), "")

    def _request(self, method: str, path: str, fields: Any = None) -> "PlainBrowser":
        url = urljoin(self.url, path)
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(
            parts.hostname or "", parts.port, timeout=60, source_address=(self.source, 0)
        )
        body = urlencode(fields) if fields is not None else None
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        with closing(connection):
            connection.request(method, target or "/", body, self._headers(body))
            with connection.getresponse() as response:
                self.text = response.read().decode()
        self._keep_cookies(response)
        location = response.getheader("Location")
        if response.status in (302, 303) and location and urlsplit(urljoin(url, location)).netloc == parts.netloc:
            self.url = url
            return self._request("GET", location)
        self.url, self.status = url, response.status
        self.headers = dict(response.getheaders())
        self.page = _Reader()
        self.page.feed(self.text)
        return self

    def _headers(self, body: str | None) -> dict[str, str]:
        made = {"User-Agent": self.agent, "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        return made if body is None else {**made, "Content-Type": "application/x-www-form-urlencoded"}

    def _keep_cookies(self, response: http.client.HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or []:
            found = re.match(r"([^=]+)=([^;]*)", line)
            assert found
            if found[2] and "Max-Age=0" not in line:
                self.cookies[found[1]] = found[2]
            else:
                self.cookies.pop(found[1], None)

    def sign_in(self, email: str, password: str, secret: str) -> "PlainBrowser":
        self.get("/staff/")
        form = next(form for form in self.page.forms if "password" in form.names)
        fields = {**form.hidden, "email": email, "password": password, "code": pyotp.TOTP(secret).now()}
        return self.post("/staff/", fields)


TALK: dict[str, str | list[str]] = {"danger": "not_now", "you": "me", "what": "mean", "kind_mean": ["left_out"]}


def answer_all(student: PlainBrowser, talk: dict[str, str | list[str]]) -> None:
    """Answer what *talk* names and skip the rest, until the review."""
    while student.step != "review":
        assert student.status == 200, student.text
        step = student.step
        if step in talk:
            student.submit(step, talk[step])
        else:
            student.submit(step, skip="1")
        assert student.step != step, student.text


def tell(student: PlainBrowser, slug: str, talk: dict[str, str | list[str]]) -> tuple[str, str]:
    """Tell and send a talk; return the code as words and digits."""
    student.get(f"/{slug}").submit("begin", "begin")
    answer_all(student, {**TALK, **talk})
    student.submit("review", "send")
    return student.page.codes["data-code-words"], student.page.codes["data-code-digits"]
