"""A talk on its way to the desk: what it shows, what is counted, and what the poster and the brake change."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app import clock, db
from app.accounts.weekly import word_of
from app.flows.engine import skip_rest
from app.intake import brake, budgets, judging
from app.intake.judging import Judged, TooLongNowError, judge
from app.intake.lanes import CALM_HOUR, LONG_CHARACTERS, MOST_A_DAY
from app.intake.running import Running, new_talk, resume
from tests.installations import Installation
from tests.intake.conftest import NewStudent

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
FLOOD = "Iedereen in deze klas is stom en wij gaan door tot de site stuk is."
STORY = "Ze wachten me op bij de fietsen en pakken mijn tas af."
Tell = Callable[..., Running]


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def tell(installation: Installation) -> Tell:
    """A talk that began half a minute ago, with the story and other answers."""

    def told(story: str = "", seconds: int = 30, **answers: str) -> Running:
        with db.transaction() as session, clock.at(NOON - timedelta(seconds=seconds)):
            running = new_talk(session, installation.school.id)
        first = {"danger": ("not_now",), "you": ("me",), "what": ("mean",)}
        typed = {"story_me": (story,)} if story else {}
        given = {**first, **typed, **{step: (code,) for step, code in answers.items()}}
        rest = skip_rest(running.flows, running.talk.flow_id, given)
        assert rest is not None
        return replace(running, talk=replace(running.talk, answers=rest))

    return told


def judged(installation: Installation, running: Running, ticket: str = "") -> Judged:
    with db.transaction() as session:
        return judge(session, running, installation.school, ticket)


def flood(installation: Installation, tell: Tell, talks: int = CALM_HOUR, story: str = FLOOD) -> None:
    for _ in range(talks):
        judged(installation, tell(story))


def test_a_story_is_normal_and_shows_nothing(installation: Installation, tell: Tell) -> None:
    assert judged(installation, tell(STORY)) == Judged("normal", {})


def test_in_a_flood_what_says_the_same_is_folded_and_a_story_of_its_own_is_not(
    installation: Installation, tell: Tell
) -> None:
    flood(installation, tell)

    assert judged(installation, tell(FLOOD)) == Judged("folded", {"alike": CALM_HOUR})
    assert judged(installation, tell(STORY)) == Judged("normal", {})


def test_without_words_the_same_answers_say_the_same(installation: Installation, tell: Tell) -> None:
    flood(installation, tell, story="")

    assert judged(installation, tell()).lane == "folded"
    assert judged(installation, tell(you="someone_else")).lane == "normal"


def test_what_was_told_in_no_time_is_folded_in_a_flood_only(installation: Installation, tell: Tell) -> None:
    assert judged(installation, tell(STORY, seconds=9)) == Judged("normal", {"fast": 1})

    flood(installation, tell)

    assert judged(installation, tell("Iets heel anders dan de rest.", seconds=9)) == Judged("folded", {"fast": 1})


def test_a_talk_of_a_version_that_knew_no_beginning_is_not_fast(installation: Installation, tell: Tell) -> None:
    running = tell(STORY)

    assert judged(installation, replace(running, talk=replace(running.talk, began=0))).signals == {}


def test_an_urgent_story_does_not_sink_in_a_flood_for_being_told_fast(installation: Installation, tell: Tell) -> None:
    flood(installation, tell)

    assert judged(installation, tell("Hij staat hier nu voor me.", seconds=9, danger="_unsure")).lane == "normal"


@pytest.mark.parametrize("lift", [{"has_poster": True}, {"parent": {"case_id": "one"}}])
def test_the_poster_and_an_earlier_report_lift_what_was_only_fast(
    installation: Installation, tell: Tell, lift: dict[str, Any]
) -> None:
    flood(installation, tell)
    running = tell(STORY, seconds=9)

    assert judged(installation, replace(running, talk=replace(running.talk, **lift))).lane == "normal"


def test_judging_one_talk_again_after_a_transaction_that_failed_counts_it_once(
    installation: Installation, tell: Tell
) -> None:
    running = tell(FLOOD)
    for _ in range(CALM_HOUR + 5):
        with pytest.raises(RuntimeError), db.transaction() as session:
            judge(session, running, installation.school)
            raise RuntimeError

    assert judged(installation, running) == Judged("normal", {})
    with db.transaction() as session:
        assert budgets.count(session, installation.school.id) == 1


@pytest.mark.parametrize("is_good", [True, False])
def test_with_the_brake_on_only_a_good_ticket_keeps_a_story_normal(
    installation: Installation, tell: Tell, monkeypatch: pytest.MonkeyPatch, *, is_good: bool
) -> None:
    settings = installation.app.config["SETTINGS"]
    monkeypatch.setitem(installation.app.config, "SETTINGS", replace(settings, brake=True))
    monkeypatch.setattr(brake, "spend", lambda _session, _ticket: is_good)

    assert judged(installation, tell(STORY), "ticket").lane == ("normal" if is_good else "folded")


def test_on_a_flooded_day_a_long_story_is_asked_to_be_shorter_and_nothing_is_counted(
    installation: Installation, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budgets, "sent_on", lambda *_asked: MOST_A_DAY)
    long = tell("Lang verhaal. " * (LONG_CHARACTERS // 10))

    with pytest.raises(TooLongNowError):
        judged(installation, long)

    assert judged(installation, tell(STORY)).lane == "normal"
    with db.transaction() as session:
        assert budgets.count(session, installation.school.id) == 1


def test_the_link_of_a_poster_is_remembered_by_the_talk_and_another_word_is_not(
    installation: Installation, new_student: NewStudent
) -> None:
    word = word_of(installation.school.id, clock.today())

    kept = []
    for typed in (word, "onzin"):
        student = new_student()
        student.get(f"{student.home}?p={typed}").submit("begin", "begin")
        with student.client.session_transaction() as cookie, db.reading() as session:
            token = cookie["talks"][student.slug]
            kept.append(resume(session, token, installation.school.id).talk.has_poster)

    assert kept == [True, False]


def test_no_address_is_needed(installation: Installation) -> None:
    assert judging._address() == ""
