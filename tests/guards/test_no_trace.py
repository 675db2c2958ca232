"""Whoever a report is about finds no trace of it, anywhere, in three months: neither he nor who reads no reports.

Two copies of one school live the same life (`worlds.py`, `lives.py`); in one of them six reports are about an adviser.
At five moments he, somebody of each other role and a visitor open every page that they may open, page on, search, and
try the addresses of what they cannot know. What they get must be the same in both worlds: status, headers and bytes,
apart from what `MASKED` names. So must the mail that they get, moment by moment.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.roles import Role
from app.notifications import services as mail
from app.notifications.rules import SHORTEST_DELAY
from tests.guards import lives
from tests.guards.lives import CHECKPOINTS, SECRET, WRITTEN, live
from tests.guards.test_routes import ROUTES
from tests.guards.worlds import OTHER_ROLES, World, two_worlds

pytestmark = pytest.mark.xdist_group("worlds")

ACCUSED, READERS = "accused", ("other", "external", "deputy")
WATCHERS = (ACCUSED, *OTHER_ROLES, "visitor")
"""Who must find nothing."""
MASKED = (
    (re.compile(r'(name="csrf_token"[^>]*value=")[^"]+'), "a token against forged requests"),
    (re.compile(r'(data-passkey=")[^"]+'), "what a passkey signs, once"),
    (re.compile(r"((?:session|__Host-\w+|staff|\w+)=)[\w.\-]+(?=; .*HttpOnly)"), "the cookie of a session"),
)
"""All that is random on a page; each stays as long as it is. Beside these, ids are numbered in their order on a page."""
ID = re.compile(r"\b[0-9a-f]{32}\b")
NEXT = re.compile(r'href="([^"]*[?&](?:amp;)?(?:after|before)=[^"]+)"')
UNKNOWN = "0123456789abcdef" * 2
QUERIES = (
    *("/staff/cases?filters=open", "/staff/cases/views?show=urgent", "/staff/cases?topic=bullying"),
    *(f"/staff/cases?show={state}" for state in ("urgent", "unread", "overdue", "waiting", "reprisal", "closed")),
    *(f"/staff/audit?kind={kind}" for kind in ("case", "cases", "key", "export", "people", "school")),
)
SOUGHT = (*WRITTEN, "zeldzaam", "zwembad", "Wim Blok", "fietsen")
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
        headers = tuple(sorted((name, masked(value)) for name, value in response.headers))
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
    """By checkpoint what the accused got at the addresses of hidden cases, and at the same ones of an unknown case."""
    touched: list[str] = field(default_factory=list)
    """Checkpoints at which his guesses changed something."""

    def look(self, world: World, checkpoint: str) -> None:
        for who in WATCHERS:
            self.seen[checkpoint, who] = Walk(world, who).everything(checkpoint)
        for who in READERS:
            self.seen[checkpoint, who] = Walk(world, who).pages(["/staff/cases", "/staff/audit"])
        before = stored(world)
        guesser = Walk(world, ACCUSED)
        self.guesses[checkpoint] = guesser.guesses(), guesser.guesses(nobody_knows=True)
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

    def guesses(self, *, nobody_knows: bool = False) -> Seen:
        """Try every address of each case about the accused, and with its id every place of a paging on."""
        seen: Seen = {}
        for number, case_id in enumerate(self.world.hidden or [UNKNOWN]):
            values = {"case_id": case_id, **_ids_within(self.world, case_id)}
            for route in ROUTES if not nobody_knows else ROUTES:
                method, rule = route.split()
                if "<case_id>" not in rule:
                    continue
                filled = re.sub(r"<(\w+)>", lambda place: UNKNOWN if nobody_knows else values[place[1]], rule)
                data = {**POSTED, "csrf_token": self._token()} if method == "POST" else None
                seen[f"{number} {route}"] = Answer.of(self.browser.open(filled, method=method, data=data))
            last = UNKNOWN if nobody_knows else values["note_id"]
            seen[f"{number} record"] = Answer.of(self.browser.get(f"/staff/audit?after={last}"))
        return seen

    def _addresses(self) -> list[str]:
        role = Role.ADVISER if self.who == ACCUSED else OTHER_ROLES.get(self.who)
        rules = [
            route.split()[1]
            for route, roles in ROUTES.items()
            if route.startswith("GET") and (roles is None or role in roles)
        ]
        filled = [address for rule in rules for address in self._filled(rule)]
        return filled + list(QUERIES) if self.who == ACCUSED else filled

    def _filled(self, rule: str) -> list[str]:
        values = {"slug": self.world.school.slug, "flow": "report", "step": "danger", "name": "vertel.js"}
        cases = self._cases() if "<case_id>" in rule else [""]
        return [
            re.sub(r"<(\w+)>", lambda place: {**values, "case_id": case_id}.get(place[1], UNKNOWN), rule)
            for case_id in cases
        ]

    def _cases(self) -> list[str]:
        """The first report of somebody who told more since, another one, and the newest that he reads."""
        query = (
            'SELECT id FROM "case" JOIN case_reader ON case_id = id WHERE person_id = :person ORDER BY reported_on, id'
        )
        own = self.world.values(query, person=self.world.people[ACCUSED].person_id)
        return [own[0], own[-2], own[-1]]

    def _page_on(self, address: str) -> None:
        for page in range(5):
            answer = Answer.of(self.browser.get(address))
            self.seen[f"{_named(address)} page {page}"] = answer
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
        answer = self.browser.post(path, data={**data, "csrf_token": self._token()})
        self.seen[f"POST {path} {what}"] = Answer.of(answer)

    def _token(self) -> str:
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.browser.get("/staff/account").text)
        assert found
        return found[1]


def _named(address: str) -> str:
    return ID.sub("id", address)


def _ids_within(world: World, case_id: str) -> Mapping[str, str]:
    """Ids that stand in a case, for addresses that name one."""
    found = {
        "request_id": world.values("SELECT id FROM export_request WHERE case_id = :id", id=case_id),
        "note_id": world.values("SELECT id FROM audit_note WHERE chain = :id", id=case_id),
        "step_id": world.values(
            "SELECT detail FROM audit_note WHERE chain = :id AND what = 'case.step_planned'", id=case_id
        ),
    }
    return {name: ids[0] if ids else UNKNOWN for name, ids in found.items()}


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


@pytest.mark.parametrize("checkpoint", CHECKPOINTS)
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
    assert worlds[1].world.hidden[0] in within.raw


def mails_of(world: World, people: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Moment, recipient and mail, without the random number of each."""
    return [
        (str(moment), recipient, re.sub(r"(?<=Message-ID: <)\w+", "", raw.decode()))
        for moment, recipient, raw in world.mails
        if recipient.partition("@")[0] in people
    ]
