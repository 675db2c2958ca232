"""A student with a browser: the forms of the pages as they are, on Flask's test client."""

from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from flask import Flask, g
from typing_extensions import override
from werkzeug.test import TestResponse

from tests.plain_browser import TALK, PlainBrowser, SeenForm

BASE = "http://localhost"
FORM = "application/x-www-form-urlencoded"
Fields = list[tuple[str, str]]


class Student(PlainBrowser):
    """Reads pages and sends their forms; `statuses` are those of the last request, redirects included."""

    def __init__(self, app: Flask, slug: str, *, language: str = "nl") -> None:
        super().__init__(BASE)
        self.app, self.slug, self.language = app, slug, language
        self.client = app.test_client()
        self.statuses: list[int] = []
        self.redirects: list[str] = []

    @property
    def home(self) -> str:
        return f"/{self.slug}"

    def begin(self) -> "Student":
        """Open the talk, a new one unless this browser holds one."""
        self.get(self.home)
        if self.step == "begin":
            self.submit("begin", "begin")
        return self

    def until(self, step: str, talk: dict[str, str | list[str]] | None = None) -> "Student":
        """Begin and answer until *step* is open, skipping what neither *talk* nor TALK names."""
        self.begin()
        answers = {**TALK, **(talk or {})}
        while self.step not in (step, "review", ""):
            asked = self.step
            self.answer(asked, answers.get(asked))
            assert (self.status, self.step != asked) == (200, True), self.text
            assert self.step != "begin", "the talk is gone"
        return self

    def answer(self, step: str, answer: str | list[str] | None) -> "Student":
        self.submit(step, answer) if answer is not None else self.submit(step, skip="1")
        return self

    def tell(self, **talk: str | list[str]) -> "Student":
        """Tell a talk up to the review, which has nothing to send when nobody is left to read it."""
        return self.until("review", talk)

    def send(self) -> str:
        """Send from the review and return the code as digits."""
        self.submit("review", "send")
        return self.digits

    def pause(self, *answers: str) -> str:
        """Put the talk away with what stands in the open question and return the code as digits."""
        step = next((form for form in self.page.forms if form.step), self.page.forms[0])
        self.post(self.home, [*step.hidden.items(), *(("answer", one) for one in answers), ("do", "pause")])
        return self.digits

    def press(self, do: str, step: str = "") -> "Student":
        """Press the first button called *do*, for *step* where more than one page part has it."""
        form = next(
            form
            for form in self.page.forms
            if ("do", do) in form.buttons and (not step or form.hidden.get("step") == step)
        )
        self.post(form.action or self.url, [*form.hidden.items(), ("do", do)])
        return self

    def strike(self, person_id: str, do: str = "strike") -> "Student":
        """Press the button about that person on the review."""
        self.get(self.home)
        form = next(
            form for form in self.page.forms if ("do", do) in form.buttons and form.hidden.get("person") == person_id
        )
        self.post(self.home, [*form.hidden.items(), ("do", do)])
        return self

    def fields(self, step: str) -> Fields:
        """Return what the form of *step* carries by itself."""
        return list(self.form(step).hidden.items())

    def form(self, step: str) -> SeenForm:
        return next(form for form in self.page.forms if form.step == step)

    def form_with(self, field: str) -> SeenForm:
        return next(form for form in self.page.forms if field in form.names)

    def come_back(self, code: str, school: str | None = None) -> "Student":
        self.get(f"/code?school={self.slug if school is None else school}")
        form = self.form_with("code")
        self.post("/code", {**form.hidden, "code": code})
        return self

    def write(self, text: str) -> "Student":
        form = self.form_with("text")
        self.post("/code", {**form.hidden, "text": text})
        return self

    @property
    def digits(self) -> str:
        return self.page.codes["data-code-digits"]

    @property
    def words(self) -> str:
        return self.page.codes["data-code-words"]

    @property
    def cookies_set(self) -> list[str]:
        return [cookie.key for cookie in self.client._cookies.values()]

    def once(self, method: str, path: str, body: bytes | str | None = None, **headers: str) -> TestResponse:
        """Send one request as it is and follow nothing."""
        named = {"Accept-Language": self.language, **{name.replace("_", "-"): value for name, value in headers.items()}}
        with self.app.app_context():  # Each request has its own `g`, as outside tests.
            assert not vars(g)
            return self.client.open(
                path, method=method, data=body, headers=named, content_type=FORM if body is not None else None
            )

    @override
    def _request(self, method: str, path: str, fields: Any = None) -> "Student":
        self.statuses, self.redirects = [], []
        url = urljoin(BASE + urlsplit(self.url).path, path)
        answer = self.once(method, url, None if fields is None else urlencode(fields))
        self.statuses.append(answer.status_code)
        while answer.status_code == 303:
            url = urljoin(url, answer.headers["Location"])
            self.redirects.append(url.removeprefix(BASE))
            if not url.startswith(BASE):
                break
            answer = self.once("GET", url)
            self.statuses.append(answer.status_code)
        self.url, self.status, self.text = url, answer.status_code, answer.get_data(as_text=True)
        self.headers = dict(answer.headers)
        self.page = type(self.page)()
        self.page.feed(self.text)
        return self


def arabic(digits: str) -> str:
    """Return *digits* as an Arabic keyboard types them."""
    return "".join(chr(0x660 + int(digit)) for digit in digits)
