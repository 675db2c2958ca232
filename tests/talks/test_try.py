"""Walking through the talk without telling anything."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest

from app.flows.engine import outcome, replay
from app.flows.loader import load_flows
from app.flows.transcript_runs import run
from app.flows.transcripts import read_transcripts
from app.flows.watching import load_lists
from app.settings import ROOT
from app.talks.preview_answers import (
    MOST_PAIRS,
    SAMPLES,
    TEXT,
    Ground,
    answers_of,
    as_test,
    given_of,
    pairs_of,
    read_pairs,
    receivers,
)
from tests.talks.conftest import SHOWN, Shown

WHOLE = {
    "danger": ("not_now",),
    "what": ("bullying", "weapon"),
    "weapon_seen": ("seen",),
    "story": ("life",),
    "emergency.next": ("go_on",),
    "when": ("_yesterday",),
    "where": ("gang", "_elsewhere"),
    "who": ("staff",),
    "conflict": ("anna",),
    "wish": ("_skip",),
}


@pytest.fixture(scope="module")
def ground() -> Ground:
    return Ground(load_flows(SHOWN), load_lists(SHOWN / "watch"), {"gang": "Gang"}, date(2026, 11, 22))


def address(given: dict[str, tuple[str, ...]], **more: str) -> str:
    return f"/try?{urlencode([*(('a', pair) for pair in pairs_of(given)), *more.items()])}"


def until(step_id: str) -> dict[str, tuple[str, ...]]:
    ids = list(WHOLE)
    return {name: WHOLE[name] for name in ids[: ids.index(step_id)]}


def asked(page: str) -> str:
    return re.findall(r'<form action="[^"]*" data-step="([^"]+)"', page)[0]


def test_what_stands_in_an_address_reads_back() -> None:
    assert read_pairs(pairs_of(WHOLE)) == WHOLE


def test_what_has_no_form_is_left_out_and_there_is_an_end_to_it() -> None:
    assert read_pairs(["", "x", "a:1", "a:1", "a:2"]) == {"a": ("1", "2")}
    assert len(read_pairs(f"s{number}:x" for number in range(MOST_PAIRS * 2))) == MOST_PAIRS


@pytest.mark.parametrize(
    "pair",
    ["danger:nothing", "danger:_skip", "nothing:x", "elsewhere.next:x", "story:eigen woorden", "when:2020-01-01"],
)
def test_what_answers_nothing_does_not_count(ground: Ground, pair: str) -> None:
    assert answers_of(read_pairs([pair]), ground) == {}


def test_a_sentence_stands_for_own_words_and_the_lists_look_at_it(ground: Ground) -> None:
    answers = answers_of({"story": ("life",)}, ground)

    assert answers == {"story": (SAMPLES["life"],), "story._watch": ("life",)}
    assert answers_of({"story": (TEXT,)}, ground)["story._watch"] == ()
    assert answers_of({"story": ("_skip",)}, ground)["story"] == ("_skip",)


def test_every_topic_that_is_watched_has_a_sentence_that_touches_it() -> None:
    lists = load_lists(ROOT / "flows/watch")

    for topic in {found.topic for found in lists.lists}:
        assert lists.topics_in(SAMPLES[topic], (topic,)) == (topic,)
        assert lists.topics_in(SAMPLES[TEXT], (topic,)) == ()


def test_answers_turn_back_into_codes(ground: Ground) -> None:
    assert given_of(answers_of(WHOLE, ground), ground) == WHOLE


def test_answers_of_others_become_codes_that_can_be_chosen(ground: Ground) -> None:
    answers = {
        "story": ("...",),
        "when": ("2026-11-01", "2026-11-22"),
        "where": ("yard",),
        "conflict": ("somebody",),
        "nothing": ("x",),
    }

    given = given_of(answers, ground)

    assert given == {"story": (TEXT,), "when": ("_longer_ago",), "where": ("_elsewhere",), "conflict": ("anna",)}


def test_a_finished_try_out_becomes_a_test_that_passes(ground: Ground) -> None:
    answers = answers_of(WHOLE, ground)
    path, came = replay(ground.flows, "report", answers), outcome(ground.flows, "report", answers)

    text = as_test("een mes", path, WHOLE, came)

    (found,) = read_transcripts("tests/tried.yaml", text.encode())
    assert run(found, {"current": ground.flows}, ground.lists) == outcome(
        ground.flows, "report", {**answers, "where": ("gym", "_elsewhere")}
    )


def test_who_would_receive_it_leaves_out_whom_it_is_about(ground: Ground) -> None:
    def received(**more: tuple[str, ...]) -> tuple[str, ...]:
        return receivers(outcome(ground.flows, "report", answers_of({**WHOLE, **more}, ground)))

    assert received() == ("external",)
    assert received(conflict=("_nobody",)) == ("internal",)
    assert received(conflict=("anna", "bram")) == ()


def test_a_try_out_begins_with_the_first_question(shown: Shown) -> None:
    page = shown.read("/try")

    assert asked(page) == "danger"
    assert "Fijn dat je er bent." in page


@pytest.mark.parametrize("step_id", list(WHOLE))
def test_each_answer_leads_to_the_next_question(shown: Shown, step_id: str) -> None:
    assert asked(shown.read(address(until(step_id)))) == step_id


def test_the_end_says_what_comes_of_it(shown: Shown) -> None:
    page = shown.read(address(WHOLE))

    found = dict(re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", page[page.index("data-ending") :]))
    assert found == {
        "Onderwerp": "Wapens",
        "Spoed": "Dringend",
        "Wie het leest": "vertrouwenspersoon van buiten de school",
        "In eigen woorden klinkt": "niet meer willen leven",
        "Hulp onderweg": "Nu hulp",
        "Hulp aan het eind (kaarten)": "113, kindertelefoon",
    }
    assert "Dank je wel dat je dit vertelt." in page
    assert "- test: " in page
    assert "weapon_seen: seen" in page


def test_nobody_who_may_read_it_is_said(shown: Shown) -> None:
    page = shown.read(address({**WHOLE, "conflict": ("anna", "bram")}))

    assert "Niemand: over iedereen die het kan lezen, gaat het." in page


def test_a_form_without_a_choice_skips_where_that_may_be(shown: Shown) -> None:
    assert asked(shown.read(address(until("where"), asked="where"))) == "who"


def test_a_form_without_a_choice_is_an_error_where_an_answer_is_needed(shown: Shown) -> None:
    page = shown.read(address(until("what"), asked="what"))

    assert asked(page) == "what"
    assert 'href="#asked"' in page
    assert "<title>Fout: " in page


def test_an_answer_can_be_taken_back_and_the_later_ones_stay(shown: Shown) -> None:
    page = shown.read(address(until("wish")))

    back = next(link for link in re.findall(r'href="(/staff/talk/try\?[^"]*)"', page) if "danger" not in link)
    changed = shown.read(back.removeprefix("/staff/talk").replace("&amp;", "&"))
    assert asked(changed) == "danger"
    assert 'value="who:staff"' in changed


def test_the_rest_can_be_skipped_once_nothing_must_be_answered(shown: Shown) -> None:
    assert "Sla de rest over" not in shown.read(address(until("what")))
    page = shown.read(address(until("story")))

    (href,) = re.findall(r'href="([^"]*)" data-rest', page)
    assert "data-ending" in shown.read(href.removeprefix("/staff/talk").replace("&amp;", "&"))


def test_the_language_of_the_talk_goes_along(shown: Shown) -> None:
    page = shown.read(address(until("what"), **{"in": "ar"}))

    assert '<input type="hidden" name="in" value="ar">' in page
    assert page.count('<input type="hidden" name="a" value="danger:not_now">') == 2


def test_nothing_that_was_typed_in_the_address_comes_back(shown: Shown) -> None:
    page = shown.read("/try?a=story:Jantje&a=Jantje:x&a=danger:Jantje")

    assert "Jantje" not in page[page.index("<main") : page.index("</main")]
