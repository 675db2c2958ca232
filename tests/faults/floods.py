"""A flood of one and the same text, and a class that tells at that moment, all from one address."""

import http.client
import re
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from sqlalchemy import Engine, func, select

from app.cases.models import Case
from app.intake.lanes import HASTE_SECONDS
from tests.plain_browser import TALK, PlainBrowser, answer_all
from tests.servers import GRANIAN

FLOOD = "Iedereen in deze klas is stom en wij gaan door tot de site stuk is."
POSTS_A_MINUTE = 500
AT_ONCE = 8
MOST_TRIES = 20
OPTIONS = (*GRANIAN, "--blocking-threads", "32")
FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}
"""Thirty-two threads would else each keep what they freed; docs/operations.md asks for it."""
STORIES = """\
Ze gooien na gym mijn kleren in de douche.
Mijn beste vriendin praat sinds dinsdag niet meer met me.
In de app staat een foto van mij die ik nooit heb gestuurd.
De conciërge noemt mij altijd bij een andere naam.
Elke ochtend trapt iemand tegen mijn fiets.
Drie jongens wachten me op bij de bushalte.
Er wordt gelachen zodra ik een vraag stel bij wiskunde.
Iemand uit de vierde wil geld van mijn broertje.
Ik mag van niemand meer aan tafel zitten in de kantine.
Op mijn kluisje staat een scheldwoord over mijn geloof.
Tijdens Frans schiet hij met elastiekjes naar mijn nek.
Zij vertelt overal dat ik gestolen heb, maar dat is niet zo.
Ik ben bang om naar het toilet op de derde te gaan.
Mijn stiefvader schreeuwt en daarom slaap ik slecht.
Een meisje uit onze groep snijdt zichzelf, denk ik.
Ze doen mijn stem na als ik voorlees.
Hij stuurt midden in de nacht berichten en stopt niet.
Mijn hoofddoek werd op het plein afgetrokken.
Onze mentor ziet het wel maar draait zich om.
Ik moest een filmpje maken, anders kreeg ik klappen.
Er zit sinds kort een mes in zijn jaszak.
Bij het groepswerk word ik altijd als laatste gekozen.
Mijn tekening hing verscheurd aan het bord.
Ze zeggen dat jongens zoals ik niet normaal zijn.
Op schoolkamp hebben ze mij buitengesloten.
De trainer komt te dichtbij als hij iets uitlegt.
Iemand heeft met mijn account rare dingen geplaatst.
Ik eet nu altijd alleen achter de gymzaal.
Mijn neefje van twaalf wordt in de brugklas bedreigd.
Er gaat een lijst rond met wie het lelijkst is.
""".splitlines()
"""What each of a class tells, none like another."""
CLASS = len(STORIES)


@dataclass
class Flood:
    """What became of the posts of a flood."""

    statuses: list[int] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """Pages that did not take a text."""
    seconds: float = 0

    @property
    def a_minute(self) -> float:
        return len(self.statuses) / self.seconds * 60


class _Machine:
    """Sends the flood's text over one connection with as few requests as there can be."""

    def __init__(self, url: str, slug: str) -> None:
        parts = urlsplit(url)
        self.path, self.cookie = f"/{slug}", ""
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)

    def send(self) -> tuple[int, str]:
        """Return the status and the page of the last post; a post that comes too soon is tried again."""
        with closing(self.connection):
            self._insist(f"{self.path}/begin", {})
            token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self._ask("GET", self.path)[1])
            assert token
            for step, answer in {"danger": "not_now", "you": "me", "story_me": FLOOD}.items():
                self._insist(self.path, {"csrf_token": token[1], "step": step, "answer": answer})
            self._insist(self.path, {"csrf_token": token[1], "step": "what", "answer": "mean", "do": "enough"})
            return self._insist(self.path, {"csrf_token": token[1], "step": "review", "answer": "send"})

    def _insist(self, path: str, fields: dict[str, str]) -> tuple[int, str]:
        tries = (self._ask("POST", path, fields) for _ in range(MOST_TRIES))
        return next((answer for answer in tries if answer[0] != 503), (503, ""))

    def _ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request(method, path, urlencode(fields) if fields is not None else None, headers)
        answer = self.connection.getresponse()
        self.cookie = (answer.getheader("Set-Cookie") or self.cookie).partition(";")[0]
        return answer.status, answer.read().decode()


@contextmanager
def flooding(url: str, slug: str) -> Iterator[Flood]:
    """Send POSTS_A_MINUTE talks a minute while the block runs."""
    flood, over, began = Flood(), threading.Event(), time.monotonic()
    turns = iter(range(1_000_000))

    def work(_number: int) -> None:
        while not over.is_set():
            wait = began + next(turns) * 60 / POSTS_A_MINUTE - time.monotonic()
            if over.wait(max(0, wait)):
                return
            status, page = _Machine(url, slug).send()
            flood.statuses.append(status)
            if status != 303:
                flood.refused.append(page)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        working = [pool.submit(work, number) for number in range(AT_ONCE)]
        try:
            yield flood
        finally:
            flood.seconds = time.monotonic() - began
            over.set()
            for each in working:
                each.result()


@dataclass(frozen=True)
class Tapped:
    """One student of the class after the tap on Send."""

    student: PlainBrowser
    seconds: float

    @property
    def is_sent(self) -> bool:
        return has_sent(self.student)


def told(url: str, slug: str, story: str) -> PlainBrowser:
    """Return somebody who told the story and has the review before him."""
    student = PlainBrowser(url)
    student.get(f"/{slug}").submit("begin", "begin")
    answer_all(student, {**TALK, "story_me": story})
    return student


def a_class(url: str, slug: str) -> list[PlainBrowser]:
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda story: told(url, slug, story), STORIES))


def all_tap(students: Sequence[PlainBrowser]) -> list[Tapped]:
    """Let all tap Send at the same moment."""
    ready = threading.Barrier(len(students))

    def tap(student: PlainBrowser) -> Tapped:
        ready.wait()
        began = time.monotonic()
        student.submit("review", "send")
        return Tapped(_patient(student), time.monotonic() - began)

    with ThreadPoolExecutor(len(students)) as pool:
        return list(pool.map(tap, students))


def _patient(student: PlainBrowser) -> PlainBrowser:
    """Tap again as long as the page says that it is busy and keeps everything."""
    for _ in range(MOST_TRIES):
        if has_sent(student):
            break
        student.submit("review", "send") if student.step == "review" else student.get(student.url)
    return student


def has_sent(student: PlainBrowser) -> bool:
    """Tell whether the page says that it was sent, with the code or with one that is coming."""
    return "data-code-digits" in student.page.codes or student.step == "code"


def wait_like_people(since: float) -> None:
    """Wait until nobody of the class told in haste; the beginning of a talk is known to ten seconds."""
    time.sleep(max(0, since + HASTE_SECONDS + 1 - time.monotonic()))


def lanes(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        found = connection.execute(select(Case.lane, func.count().label("number")).group_by(Case.lane)).all()
    return {row.lane: row.number for row in found}


def peak_mib(group: int) -> float:
    """Return the most memory that any process of a process group ever held: the one that serves."""
    peaks = [0]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            status = (folder / "status").read_text()
        except OSError:
            continue
        found = re.search(r"VmHWM:\s+(\d+)", status)
        if int(fields[2]) == group and found:
            peaks.append(int(found[1]))
    return max(peaks) / 1024
