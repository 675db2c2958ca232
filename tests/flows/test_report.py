"""The project's own talk: emergency, change of mind, readers, categories, and what is said when."""

import re
from itertools import product

import pytest

from app.flows.engine import Answers, Outcome, Path, outcome, replay, skip_rest, watch_key
from tests.flows.talks import flow_set

TOLD: Answers = {"danger": ("not_now",), "you": ("me",), "story_me": ("Het gebeurt in de pauze.",)}
STORIES = {"me": "story_me", "someone_else": "story_other", "part_of": "story_part", "_skip": "story"}
LAW = ("duty", "duty_choice")


def _path(**answers: tuple[str, ...]) -> Path:
    """Replay what was told, the rest skipped."""
    told = skip_rest(flow_set("real"), "report", {**TOLD, **answers})
    assert told is not None, "a required question is open"
    return replay(flow_set("real"), "report", told)


def _outcome(**answers: tuple[str, ...]) -> Outcome:
    return outcome(flow_set("real"), "report", _path(**answers).answers)


def _ids(path: Path) -> list[str]:
    return [each.id for each in path.steps]


def test_danger_now_shows_help_at_once_and_lets_the_talk_go_on() -> None:
    path = replay(flow_set("real"), "report", {**TOLD, "danger": ("right_now",)})

    assert path.current is not None
    assert path.current.id == "emergency.next"
    shown = [card for each in path.steps for card in each.step.help]
    assert shown == ["112", "113", "kindertelefoon", "veilig-thuis"]
    assert _outcome(danger=("right_now",)).flags == {"emergency"}


def test_only_the_question_about_danger_must_be_answered() -> None:
    steps = [step for flow in flow_set("real").flows.values() for step in flow.steps.values()]

    assert {step.id for step in steps if step.required} == {"danger"}


def test_each_question_that_asks_for_more_than_a_tap_of_help_says_why() -> None:
    questions = [(flow.id, step) for flow in flow_set("real").flows.values() for step in flow.steps.values()]

    silent = [f"{flow} > {step.id}" for flow, step in questions if step.is_question and not step.why]
    assert silent == ["emergency > next"]


def test_no_reason_says_that_an_answer_is_a_must_or_stays_with_one_person() -> None:
    reasons = [step.why for flow in flow_set("real").flows.values() for step in flow.steps.values() if step.why]

    assert not [text for text in reasons if re.search(r"\b(?:verplicht|moet je|nooit|veilig voor)\b", text)]


@pytest.mark.parametrize("step_id", ["danger", "what", "who", "wish"])
def test_all_that_a_newcomer_may_choose_by_its_drawing_has_another_one(step_id: str) -> None:
    step = flow_set("real").flows["report"].steps[step_id]

    assert set(step.pictograms) == set(step.offered)
    assert len(set(step.pictograms.values())) == len(step.pictograms)


@pytest.mark.parametrize(("you", "story"), STORIES.items())
def test_two_answers_and_own_words_are_a_report_with_a_reader(you: str, story: str) -> None:
    told = {"danger": ("not_now",), "you": (you,), story: ("Iets.",)}

    answers = skip_rest(flow_set("real"), "report", told)

    assert answers is not None
    assert outcome(flow_set("real"), "report", answers).to == ("internal", "external")


@pytest.mark.parametrize(("you", "story"), STORIES.items())
def test_who_saw_it_or_took_part_is_asked_in_other_words(you: str, story: str) -> None:
    asked = [step for step in _ids(_path(you=(you,), **{story: ("Iets.",)})) if step in STORIES.values()]

    assert asked == [story]


def test_no_branch_takes_more_than_twelve_taps_and_one_typed_field() -> None:
    flow = flow_set("real").flows["report"]
    longest = 0
    for you, what, who in product(STORIES, flow.steps["what"].chips, ("student", "staff", "_unsure")):
        path = _path(you=(you,), what=(what,), who=(who,), conflict=("_nobody",))
        texts = [each for each in path.questions if each.step.kind == "text"]
        taps = sum(2 if each.step.many else 1 for each in path.questions)
        longest = max(longest, taps)
        assert len(texts) == 1
    assert longest == 12


def test_a_change_of_mind_about_staff_takes_the_exclusion_back() -> None:
    staff = {"who": ("staff",), "conflict": ("anna",)}

    assert _outcome(**staff).excluded == {"anna"}
    changed = {**staff, "who": ("student",)}
    assert _outcome(**changed).excluded == frozenset()
    assert "conflict" not in _path(**changed).answers
    assert _outcome(who=("staff",), conflict=("_nobody",)).excluded == frozenset()


@pytest.mark.parametrize("you", STORIES)
def test_what_the_law_makes_an_adviser_do_is_said_before_the_own_words(you: str) -> None:
    told = _ids(_path(you=(you,)))

    assert [step for step in told if step in LAW or step in STORIES.values()] == [*LAW, STORIES[you]]


def test_the_law_is_said_again_where_it_matters() -> None:
    assert "duty_internal" in _ids(_path(what=("touched",), who=("staff",)))
    assert "duty_internal" not in _ids(_path(what=("touched",), who=("student",)))
    assert "duty_internal" not in _ids(_path(what=("mean",), who=("staff",)))


def test_a_report_about_an_adult_of_the_school_goes_outside_first() -> None:
    found = _outcome(who=("staff",))

    assert (found.to, found.else_to) == (("external",), ("internal",))


@pytest.mark.parametrize("who", ["_skip", "_unsure"])
def test_sexual_and_nobody_named_goes_outside_first(who: str) -> None:
    assert _outcome(what=("touched",), who=(who,)).to == ("external",)
    assert _outcome(**{watch_key("story_me"): ("sexual",)}, who=(who,)).to == ("external",)
    assert _outcome(what=("touched",), who=("student",)).to == ("internal", "external")


@pytest.mark.parametrize(
    ("answers", "categories"),
    [
        ({}, ("unsorted",)),
        ({"what": ("mean",)}, ("bullying",)),
        ({"what": ("mean",), "kind_mean": ("online", "origin")}, ("bullying", "discrimination", "online")),
        ({"what": ("mean",), "kind_mean": ("followed", "threat")}, ("threat", "intimidation")),
        ({"what": ("hurt",), "kind_hurt": ("hit", "weapon")}, ("weapon", "violence")),
        ({"what": ("hurt",)}, ("violence",)),
        ({"what": ("touched",), "kind_touched": ("pictures",)}, ("sexual", "online")),
        ({"what": ("things",), "kind_things": ("stolen", "fire")}, ("theft", "vandalism")),
        ({"what": ("risky",), "kind_risky": ("afraid",)}, ("fear",)),
        ({"what": ("mean",), watch_key("story_me"): ("sexual",)}, ("sexual", "bullying")),
        ({"what": ("risky",), "kind_risky": ("drugs", "asked")}, ("recruited", "drugs")),
        ({"what": ("home",)}, ("home",)),
        ({"what": ("other",)}, ("other",)),
    ],
)
def test_the_gravest_category_comes_first(answers: dict[str, tuple[str, ...]], categories: tuple[str, ...]) -> None:
    assert _outcome(**answers).categories == categories


@pytest.mark.parametrize(
    ("answers", "urgency"),
    [
        ({}, "soon"),
        ({"danger": ("right_now",)}, "now"),
        ({"danger": ("_unsure",)}, "now"),
        ({"what": ("home",)}, "now"),
        ({"what": ("risky",), "kind_risky": ("afraid",)}, "now"),
        ({"what": ("risky",), "kind_risky": ("asked",)}, "soon"),
        ({"what": ("risky",), "kind_risky": ("weapon",)}, "now"),
        ({"what": ("touched",), "when": ("2026-11-20", "2026-11-22")}, "now"),
        ({"what": ("touched",), "when": ("_longer_ago", "2026-11-22")}, "soon"),
        ({"what": ("touched",), "kind_touched": ("forced",)}, "now"),
        ({watch_key("story_me"): ("life",)}, "now"),
        ({watch_key("story_me"): ("home",)}, "now"),
        ({watch_key("story_me"): ("sexual",)}, "soon"),
    ],
)
def test_urgency_follows_danger_weapons_fresh_abuse_and_words(
    answers: dict[str, tuple[str, ...]], urgency: str
) -> None:
    assert _outcome(**answers).urgency == urgency


@pytest.mark.parametrize("topic", ["life", "threat", "sexual", "home"])
def test_words_of_danger_open_help_right_after_them_and_ask_nothing(topic: str) -> None:
    path = _path(**{watch_key("story_me"): (topic,)})

    met = _ids(path)
    opened = [each for each in path.steps if each.id.startswith(f"crisis_{topic}.")]
    assert met[met.index("story_me") + 1] == opened[0].id
    assert opened[0].step.help
    assert not any(each.step.is_question for each in opened)


def test_doubt_and_home_show_cards_and_taking_part_is_no_confession() -> None:
    told = _ids(_path(danger=("_unsure",), what=("home",), you=("part_of",)))

    assert {"maybe_danger", "home_help", "part_thanks"} <= set(told)
    assert "knife_help" in _ids(_path(what=("risky",), kind_risky=("afraid",)))
    assert "recruited_help" in _ids(_path(what=("risky",), kind_risky=("made_to",)))


def test_nobody_is_asked_what_he_himself_did() -> None:
    part = flow_set("real").flows["report"].steps["story_part"]

    assert "hoeft niet te zeggen wat jij" in part.hint
