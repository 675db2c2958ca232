"""Whoever a report is about finds no trace of it, anywhere, in three months: neither he nor who reads no reports.

Two copies of one school live the same life (`worlds.py`, `lives.py`); in one of them six reports are about an adviser.
At five moments he, somebody of each other role and a visitor open every page that they may open, page on, search, and
try the addresses of what they cannot know. What they get must be the same in both worlds: status, headers and bytes,
apart from what `MASKED` names. So must the mail that they get, moment by moment.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.roles import Role
from app.cases.record_wording import KINDS
from app.notifications import services as mail
from app.notifications.rules import SHORTEST_DELAY
from tests.guards.lives import CHECKPOINTS, WRITTEN, live
from tests.guards.test_routes import ROUTES
from tests.guards.worlds import OTHER_ROLES, World, two_worlds

pytestmark = pytest.mark.xdist_group("worlds")

ACCUSED, READERS = "accused", ("other", "external", "deputy")
WATCHERS = (ACCUSED, *OTHER_ROLES, "visitor")
"""Who must find nothing."""
MASKED = (
    (re.compile(r'(name="csrf_token"[^>]*value=")[^"]+'), "a token against forged requests"),
    (re.compile(r'(data-passkey=")[^"]+'), "what a passkey signs, once"),
    (re.compile(r'(name="seed" type="hidden" value=")\w+'), "of which a code for a told report is made"),
    (re.compile(r"(^\w+=)[\w.\-]+(?=; .*HttpOnly)"), "the cookie of a session"),
)
"""All that is random on a page. Ids are numbered beside that, in the order in which they stand on it."""
ID = re.compile(r"\b(?:[0-9a-f]{16}){1,2}\b")
NEXT = re.compile(r'href="([^"]*[?&](?:amp;)?(?:after|before)=[^"]+)"(?! lang)')
PAGES = 3
"""So far he pages on."""
RANDOM = "/staff/recover/phone"
"""A new secret for an app, with a picture of it that is as long as it happens to be."""
UNKNOWN = {"case_id": "c" * 32, "request_id": "d" * 32, "note_id": "e" * 32, "step_id": "f" * 16}
"""Ids of nothing, as long as real ones."""
QUERIES = (
    *("/staff/cases?filters=open", "/staff/cases/views?show=urgent", "/staff/cases?topic=bullying"),
    *(f"/staff/cases?show={state}" for state in ("urgent", "unread", "overdue", "waiting", "reprisal", "closed")),
    *(f"/staff/audit?kind={kind}" for kind in KINDS),
)
SOUGHT = (*WRITTEN, "zeldzaam", "zwembad", "Wim Blok", "fietsen")
GETS = [(route.split()[1], roles) for route, roles in ROUTES.items() if route.startswith("GET")]
GUESSED = ("answered", "recovered")
"""At these checkpoints he tries addresses of what he cannot know."""
POSTED = {"text": "Hoi", "own": "Hoi", "outcome": "Klaar", "label": "Hoi", "kind": "watch", "about": "Hoi", "do": ""}
STORED = {
    "case": "id",
    **dict.fromkeys(("case_reader", "message", "case_record", "export_request"), "case_id"),
    "audit_note": "chain",
}
"""Where something of a case stands, by the column with its id."""


@dataclass(frozen=True)
class Answer:
    """What somebody gets, without what is random."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    raw: str = field(repr=False, compare=False)

    @classmethod
    def of(cls, response: TestResponse) -> "Answer":
        raw = response.get_data().decode("latin-1")
        headers = tuple(sorted((name, masked(value)) for name, value in response.headers if name != "Date"))
        if response.request.path == RANDOM:
            return cls(response.status_code, (), "", raw)
        return cls(response.status_code, headers, masked(raw), raw)


def masked(text: str) -> str:
    """Cover what is random; an id becomes its number in the order in which ids stand on the page."""
    for pattern, _what in MASKED:
        text = pattern.sub(r"\1-", text)
    known: dict[str, str] = {}
    return ID.sub(lambda found: known.setdefault(found[0], f"id-{len(known)}"), text)


Seen = dict[str, Answer]
"""What somebody got, by what he did."""


@dataclass
class Watched:
    """A world, and what was seen of it: by checkpoint and person."""

    world: World
    seen: dict[tuple[str, str], Seen] = field(default_factory=dict)
    guesses: dict[str, tuple[Seen, Seen]] = field(default_factory=dict)
    """By checkpoint what the accused got at the addresses of a case about him, and at the same ones of no case."""
    touched: list[str] = field(default_factory=list)
    """Checkpoints at which his guesses changed something."""

    def look(self, world: World, checkpoint: str) -> None:
        for who in WATCHERS:
            self.seen[checkpoint, who] = Walk(world, who).everything(checkpoint)
        for who in READERS:
            self.seen[checkpoint, who] = Walk(world, who).pages(["/staff/cases", "/staff/audit"])
        walk, before = Walk(world, ACCUSED), stored(world)
        if checkpoint in GUESSED:
            self.guesses[checkpoint] = walk.guesses(world.guessed), walk.guesses({})
        if stored(world) != before:
            self.touched.append(checkpoint)


@dataclass
class Walk:
    """Somebody who has just signed in, and looks everywhere."""

    world: World
    who: str
    browser: FlaskClient = field(init=False)
    seen: Seen = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.browser = self.world.browser(self.who)

    def everything(self, checkpoint: str) -> Seen:
        if checkpoint == "recovered" and self.who == ACCUSED:
            self._bring_back()
        self.pages(self._addresses())
        if self.who == ACCUSED:
            for words in SOUGHT:
                self._post("/staff/cases/search", words, words=words)
        return self.seen

    def pages(self, addresses: list[str]) -> Seen:
        for address in addresses:
            self._page_on(address)
        return self.seen

    def guesses(self, known: Mapping[str, str]) -> Seen:
        """Try every address of a case with *known* ids; each that is not known is one of nothing."""
        values, seen = {**UNKNOWN, **known}, {}
        for route in ROUTES:
            method, rule = route.split()
            data = {**POSTED, "csrf_token": self._token} if method == "POST" else None
            if "<case_id>" in rule:
                seen[route] = Answer.of(self.browser.open(filled(rule, values), method=method, data=data))
        seen["paging"] = Answer.of(self.browser.get(f"/staff/audit?after={values['note_id']}"))
        return seen

    def _addresses(self) -> list[str]:
        role = Role.ADVISER if self.who == ACCUSED else OTHER_ROLES.get(self.who)
        wanted = [rule for rule, roles in GETS if (role in roles if roles else role is None)]
        values = {"slug": self.world.school.slug, "flow": "report", "step": "danger", "service_id": "kindertelefoon"}
        found = [
            filled(rule, {**values, "case_id": case_id})
            for rule in wanted
            for case_id in (self._cases() if "<case_id>" in rule else [""])
        ]
        return found + list(QUERIES) if self.who == ACCUSED else found

    def _cases(self) -> list[str]:
        """The first report of somebody who told more since, another one, and the newest that he reads."""
        query = (
            'SELECT id FROM "case" JOIN case_reader ON case_id = id WHERE person_id = :person ORDER BY reported_on, id'
        )
        own = self.world.values(query, person=self.world.people[ACCUSED].person_id)
        return [own[0], own[-2], own[-1]]

    def _page_on(self, address: str) -> None:
        for page in range(PAGES):
            answer = Answer.of(self.browser.get(address))
            self.seen[f"{ID.sub('id', address)} page {page}"] = answer
            found = NEXT.search(answer.raw)
            if not found:
                return
            address = found[1].replace("&amp;", "&")

    def _bring_back(self) -> None:
        person = self.world.people["other"].person_id
        first, second = self.world.halves
        self.pages(["/staff/keys/rewrap"])
        self._post("/staff/keys/recover", "", first=first, second=second, person=person)

    def _post(self, path: str, what: str, **data: str) -> None:
        answer = self.browser.post(path, data={**data, "csrf_token": self._token})
        self.seen[f"POST {path} {what}"] = Answer.of(answer)

    @cached_property
    def _token(self) -> str:
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.browser.get("/staff/account").text)
        assert found
        return found[1]


def filled(rule: str, values: Mapping[str, str]) -> str:
    """Fill the places of an address such as `/staff/cases/<case_id>`."""
    return re.sub(r"<(\w+)>", lambda place: values.get(place[1], "0" * 32), rule)


def stored(world: World) -> list[str]:
    """Everything that the database holds of the cases about the accused."""
    return [
        row
        for table, column in STORED.items()
        for case_id in world.hidden
        for row in world.rows(table, column, case_id)
    ]


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Watched, Watched]]:
    """Both worlds after three months: without, and with reports about the accused."""
    with pytest.MonkeyPatch.context() as patch, two_worlds(tmp_path_factory.mktemp("worlds")) as made:
        patch.setattr(mail, "delay", lambda _fraction: SHORTEST_DELAY)
        without, within = (Watched(world) for world in made)
        for watched in (without, within):
            live(watched.world, watched.look)
        yield without, within


Worlds = tuple[Watched, Watched]


@pytest.mark.parametrize("checkpoint", CHECKPOINTS)
@pytest.mark.parametrize("who", WATCHERS)
def test_every_page_is_the_same_in_both_worlds(worlds: Worlds, who: str, checkpoint: str) -> None:
    without, within = (watched.seen[checkpoint, who] for watched in worlds)

    assert without.keys() == within.keys()
    assert [what for what in without if without[what] != within[what]] == []


@pytest.mark.parametrize("checkpoint", CHECKPOINTS)
def test_no_page_holds_an_id_or_a_word_of_it(worlds: Worlds, checkpoint: str) -> None:
    hidden = worlds[1].world.hidden

    for who in WATCHERS:
        for what, answer in worlds[1].seen[checkpoint, who].items():
            assert not [case_id for case_id in hidden if case_id in answer.raw], what


@pytest.mark.parametrize("checkpoint", GUESSED)
def test_its_addresses_are_those_of_nothing(worlds: Worlds, checkpoint: str) -> None:
    guessed, unknown = worlds[1].guesses[checkpoint]

    assert {answer.status for answer in guessed.values()} == {404}
    assert [what for what in guessed if guessed[what] != unknown[what]] == []


def test_guessing_changes_nothing(worlds: Worlds) -> None:
    assert worlds[1].touched == []


def test_he_gets_the_same_mail_at_the_same_moments(worlds: Worlds) -> None:
    without, within = (sorted(mails_of(watched.world, WATCHERS)) for watched in worlds)

    assert without == within
    assert any(ACCUSED in recipient for _moment, recipient, _mail in without)


@pytest.mark.parametrize("checkpoint", CHECKPOINTS[:-1])
@pytest.mark.parametrize("who", ["other", "external"])
def test_its_readers_do_find_it(worlds: Worlds, who: str, checkpoint: str) -> None:
    without, within = (watched.seen[checkpoint, who]["/staff/cases page 0"] for watched in worlds)

    assert without != within
    assert any(case_id in within.raw for case_id in worlds[1].world.hidden)


def mails_of(world: World, people: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Moment, recipient and mail, without the random number of each."""
    return [
        (str(moment), recipient, re.sub(r"(?<=Message-ID: <)\w+", "", raw.decode()))
        for moment, recipient, raw in world.mails
        if recipient.partition("@")[0] in people
    ]
