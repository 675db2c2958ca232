"""Speed of a search among 10,000 services in 20 languages against 100: `python -m tests.bench.referrals`."""

import hashlib
import sys
import time
import tracemalloc

from app.referrals.matching.ranking import Document, Index
from app.referrals.matching.words import tokens
from app.referrals.tables import stopwords, topics

SERVICES, FEW, LANGUAGES, ROUNDS = 10_000, 100, 20, 400
MOST_MS, MOST_RATIO, MOST_START = 20.0, 3.0, 2.0
QUESTIONS = (
    "pesten",
    "gepset",
    "kyberpesten",
    "ik word niet gepest maar mijn vriendin wel",
    "my father hits me and i am afraid at home",
    "أبي يضربني",
    "mn vriend slikt pilen en verkoopt ze ook op school, ik durf het niet te zeggen tegen de mentor",
)


def documents(count: int) -> list[Document]:
    """Return *count* services in 20 languages of 400 words each; one of them is what people type here."""
    typed = sorted({word for question in QUESTIONS for word in tokens(question)} - stopwords())
    made_up = [hashlib.sha256(str(at).encode()).hexdigest()[: 4 + at % 7] for at in range(LANGUAGES * 400)]
    return [_document(at, made_up, typed) for at in range(count)]


def _document(at: int, made_up: list[str], typed: list[str]) -> Document:
    words = [made_up[(at * 7919 + nth * 104_729) % len(made_up)] for nth in range(LANGUAGES * 3)]
    keywords = (typed[at % len(typed)], *words[:LANGUAGES])
    return Document(str(at), keywords, (" ".join(words[:3]),), " ".join(words))


def p95(index: Index) -> float:
    """Return the milliseconds within which 95 of 100 searches end."""
    taken: list[float] = []
    for round_ in range(ROUNDS):
        begin = time.perf_counter()
        index.ask(QUESTIONS[round_ % len(QUESTIONS)])
        taken.append((time.perf_counter() - begin) * 1000)
    return sorted(taken)[int(ROUNDS * 0.95)]


def main() -> int:
    """Print the figures; return 1 when one is over its bound."""
    few, many = documents(FEW), documents(SERVICES)
    small = Index(few, topics(), stopwords())
    begin = time.perf_counter()
    large = Index(many, topics(), stopwords())
    start = time.perf_counter() - begin
    slow, quick = p95(large), p95(small)
    tracemalloc.start()
    kept = Index(many, topics(), stopwords())
    memory = tracemalloc.get_traced_memory()[0] / 1e6
    del kept
    print(f"p95 {slow:.2f} ms with {SERVICES} services, {quick:.2f} ms with {FEW}: ratio {slow / quick:.2f}")
    print(f"index built in {start:.2f} s, {memory:.0f} MB")
    return int(slow > MOST_MS or slow / quick > MOST_RATIO or start > MOST_START)


if __name__ == "__main__":
    sys.exit(main())
