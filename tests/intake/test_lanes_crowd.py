"""What one process remembers of a crowd: alike texts and posts of one source, unreadable, bounded and for a day."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from app import clock
from app.intake import crowd
from app.intake.crowd import Crowd, network_of, pieces_of
from app.intake.lanes import MOST_POSTS_A_MINUTE

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
FLOOD = "Iedereen in deze klas is stom en wij gaan door tot de site stuk is."
STORIES = (
    "Ze lachen me elke dag uit in de pauze.",
    "Mijn mentor schreeuwt tegen een jongen in mijn klas.",
    "Iemand heeft een foto van mij rondgestuurd.",
    "Ik durf niet meer alleen naar de fietsenstalling.",
)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def seen() -> Crowd:
    return Crowd()


def alike(seen: Crowd, talk: str, text: str, school: str = "school") -> int:
    return seen.alike(school, talk, pieces_of(text))


def test_a_flood_of_one_text_is_counted_and_so_is_one_with_a_number_in_it(seen: Crowd) -> None:
    assert [alike(seen, str(number), FLOOD) for number in range(5)] == [0, 1, 2, 3, 4]
    assert alike(seen, "other", f"{FLOOD} 12".upper()) == 5


def test_different_stories_are_not_alike(seen: Crowd) -> None:
    assert [alike(seen, str(number), text) for number, text in enumerate(STORIES)] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ik word gepest in de kantine", "ik word gepest op het plein"),
        ("Ik word elke dag uitgelachen", "Mijn vriendin wordt elke dag uitgescholden"),
        ("ik word gepest", "ik word gepest door iemand uit de tweede"),
    ],
)
def test_the_same_topic_in_other_words_is_not_alike(seen: Crowd, one: str, other: str) -> None:
    alike(seen, "one", one)

    assert alike(seen, "other", other) == 0


@pytest.mark.parametrize("text", ["hoi", "😡😡😡", "سلام", "ገና"])
def test_short_texts_in_any_script_are_compared_too(seen: Crowd, text: str) -> None:
    alike(seen, "one", text)

    assert alike(seen, "other", text) == 1


def test_a_text_without_letters_has_no_pieces_and_is_like_nothing(seen: Crowd) -> None:
    alike(seen, "one", " \n ")

    assert alike(seen, "other", " \n ") == 0


def test_asking_again_for_one_talk_does_not_count_it_twice(seen: Crowd) -> None:
    counted = {alike(seen, "talk", FLOOD) for _ in range(5)}

    assert counted == {0}
    assert alike(seen, "other", FLOOD) == 1


def test_another_school_knows_nothing_of_it(seen: Crowd) -> None:
    alike(seen, "one", FLOOD, "first")

    assert alike(seen, "other", FLOOD, "second") == 0


def test_after_an_hour_a_text_is_forgotten(seen: Crowd) -> None:
    alike(seen, "one", FLOOD)

    with clock.at(NOON + timedelta(minutes=61)):
        assert alike(seen, "other", FLOOD) == 0


def test_a_new_day_begins_with_a_new_key_and_nothing(seen: Crowd) -> None:
    before = seen._today()
    alike(seen, "one", FLOOD)

    with clock.at(datetime(2026, 11, 24, 23, 0, 1, tzinfo=UTC)):  # One second past midnight at school.
        after = seen._today()

    assert before.mark("school") != after.mark("school")
    assert not after.texts._groups


def test_nothing_readable_is_remembered(seen: Crowd) -> None:
    alike(seen, "talk-id-1", FLOOD, "school-id-1")
    seen.is_bursting("203.0.113.77", "talk-id-1")

    held = repr(vars(seen._today().texts)) + repr(vars(seen._today().posts))

    for trace in ("203.0", "talk-id", "school-id", "klas", "stom"):
        assert trace not in held


def test_a_class_does_not_burst_and_a_machine_does(seen: Crowd) -> None:
    bursting = [seen.is_bursting("203.0.113.7", str(number)) for number in range(MOST_POSTS_A_MINUTE + 2)]

    assert bursting == [False] * MOST_POSTS_A_MINUTE + [True, True]


def test_a_minute_later_a_source_is_calm_again(seen: Crowd) -> None:
    for number in range(MOST_POSTS_A_MINUTE + 5):
        seen.is_bursting("203.0.113.7", str(number))

    with clock.at(NOON + timedelta(seconds=61)):
        assert not seen.is_bursting("203.0.113.7", "later")


def test_a_talk_that_is_tapped_often_is_one_post(seen: Crowd) -> None:
    assert not any(seen.is_bursting("203.0.113.7", "one talk") for _ in range(200))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("203.0.113.7", "203.0.113.250"),
        ("2001:db8:1:2::3", "2001:db8:1:ffff::9"),
        ("::ffff:203.0.113.7", "203.0.113.8"),
        ("", "not an address"),
    ],
)
def test_a_network_is_one_source(one: str, other: str) -> None:
    assert network_of(one) == network_of(other)


@pytest.mark.parametrize(("one", "other"), [("203.0.113.7", "203.0.114.7"), ("2001:db8:1::1", "2001:db8:2::1")])
def test_another_network_is_another_source(one: str, other: str) -> None:
    assert network_of(one) != network_of(other)


def test_an_attack_fills_only_so_much_memory(seen: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "SCHOOLS", 3)
    monkeypatch.setattr(crowd, "TEXTS_A_SCHOOL", 10)
    monkeypatch.setattr(crowd, "SOURCES", 5)

    for number in range(50):
        alike(seen, str(number), f"{FLOOD} {number}", school=f"school {number % 7}")
        seen.is_bursting(f"10.0.{number}.1", str(number))

    today = seen._today()
    assert [len(today.texts._groups), len(today.posts._groups)] == [3, 5]
    assert max(len(came) for came in today.texts._groups.values()) <= 10


def test_thirty_threads_lose_no_count(seen: Crowd) -> None:
    with ThreadPoolExecutor(30) as pool:
        counted = list(pool.map(lambda number: alike(seen, str(number), FLOOD), range(120)))

    assert sorted(counted) == list(range(120))
