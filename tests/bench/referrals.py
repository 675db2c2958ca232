"""Speed of a search among 10,000 services in 20 languages against 100: `python -m tests.bench.referrals`."""

import hashlib
import sys
import time
import tracemalloc
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from app.referrals.choosing import Asking, index_of, searched
from app.referrals.entries import ALWAYS, Entry
from app.referrals.matching.danger import heard
from app.referrals.matching.words import tokens
from app.referrals.sheet import PACKAGED, read_sheet
from app.referrals.tables import stopwords, topics

SERVICES, FEW, LANGUAGES, ROUNDS = 10_000, 100, 20, 400
MOST_MS, MOST_RATIO, MOST_START = 20.0, 3.0, 2.0
LETTERS = str.maketrans("0123456789", "klmnoprstu")
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
QUESTIONS = (
    "pesten",
    "gepset",
    "kyberpesten",
    "ik word niet gepest maar mijn vriendin wel",
    "my father hits me and i am afraid at home",
    "أبي يضربني",
    "mn vriend van 15 slikt pilen en verkoopt ze ook op school in escamp, ik durf het niet te zeggen tegen de mentor",
)


def services(count: int) -> dict[str, Entry]:
    """Return *count* services with keywords and texts in 20 languages; one of the words is what people type here."""
    typed = sorted({word for question in QUESTIONS for word in tokens(question)} - stopwords())
    made_up = [_made_up(at) for at in range(LANGUAGES * 400)]
    like = read_sheet(PACKAGED)[0]
    return {str(at): _service(like, at, made_up, typed) for at in range(count)}


def _made_up(at: int) -> str:
    """Return a word of 4 to 10 letters."""
    return hashlib.sha256(str(at).encode()).hexdigest().translate(LETTERS)[: 4 + at % 7]


def _service(like: Entry, at: int, made_up: list[str], typed: list[str]) -> Entry:
    words = [made_up[(at * 7919 + nth * 104_729) % len(made_up)] for nth in range(LANGUAGES * 3)]
    return replace(
        like,
        id=str(at),
        name_nl=" ".join(words[:3]),
        name_en=" ".join(words[1:4]),
        what_they_do_nl=" ".join(words[: LANGUAGES * 2]),
        what_they_do_en=" ".join(words[LANGUAGES:]),
        keywords_nl=typed[at % len(typed)],
        keywords={str(nth): (word,) for nth, word in enumerate(words[:LANGUAGES])},
        phone_hours=ALWAYS,
        districts=("Escamp",),
    )


def p95(known: Mapping[str, Entry]) -> float:
    """Return the milliseconds within which 95 of 100 searches end."""
    taken: list[float] = []
    for round_ in range(ROUNDS):
        begin = time.perf_counter()
        searched(known, Asking(QUESTIONS[round_ % len(QUESTIONS)], now=NOW))
        taken.append((time.perf_counter() - begin) * 1000)
    return sorted(taken)[int(ROUNDS * 0.95)]


def started(known: Mapping[str, Entry]) -> float:
    """Return the seconds until the first search among *known* services can be answered."""
    begin = time.perf_counter()
    index_of(known)
    return time.perf_counter() - begin


def main() -> int:
    """Print the figures; return 1 when one is over its bound."""
    begin = time.perf_counter()
    topics()
    heard("pesten")
    tables = time.perf_counter() - begin
    few, many = services(FEW), services(SERVICES)
    started(few)
    start = started(many)
    slow, quick = p95(many), p95(few)
    tracemalloc.start()
    started(dict(many))
    memory = tracemalloc.get_traced_memory()[0] / 1e6
    print(f"p95 {slow:.2f} ms with {SERVICES} services, {quick:.2f} ms with {FEW}: ratio {slow / quick:.2f}")
    print(f"topics and lists read in {tables:.2f} s, index built in {start:.2f} s, {memory:.0f} MB")
    return int(slow > MOST_MS or slow / quick > MOST_RATIO or start > MOST_START)


if __name__ == "__main__":
    sys.exit(main())
