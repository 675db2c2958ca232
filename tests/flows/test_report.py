"""The project's own talk: emergency, change of mind, readers, categories, and what is said when."""

import pytest

from app.flows.engine import Answers, Outcome, Path, outcome, replay
from tests.flows.talks import flow_set

SHORTEST: Answers = {
    "danger": ("not_now",),
    "what": ("bullying",),
    "about_whom": ("_skip",),
    "when": ("_skip",),
    "where": ("_skip",),
    "who": ("_skip",),
    "conflict": ("_skip",),
    "story": ("_skip",),
    "wish": ("_skip",),
    "reader": ("internal",),
}


def _path(**answers: tuple[str, ...]) -> Path:
    return replay(flow_set("real"), "report", {**SHORTEST, **answers})


def _outcome(**answers: tuple[str, ...]) -> Outcome:
    return outcome(flow_set("real"), "report", {**SHORTEST, **answers})


def _ids(path: Path) -> list[str]:
    return [each.id for each in path.steps]


def test_danger_now_shows_help_at_once_and_lets_the_talk_go_on() -> None:
    path = _path(danger=("right_now",))

    assert path.current is not None
    assert path.current.id == "emergency.next"
    shown = [card for each in path.steps for card in each.step.help]
    assert shown == ["112", "113", "kindertelefoon", "veilig-thuis"]
    for choice in ("asked_help", "go_on", "_skip"):
        assert (
            replay(
                flow_set("real"), "report", {**SHORTEST, "danger": ("right_now",), "emergency.next": (choice,)}
            ).current
            is None
        )
    assert outcome(flow_set("real"), "report", path.answers).flags == {"emergency"}


def test_nothing_in_the_emergency_must_be_answered() -> None:
    assert not any(step.required for step in flow_set("real").flows["emergency"].steps.values())


def test_three_answers_and_skips_are_enough() -> None:
    path = _path()

    assert path.current is None
    assert [each.id for each in path.questions if each.step.required] == ["danger", "what", "reader"]
    questions = [step for step in flow_set("real").flows["report"].steps.values() if step.is_question]
    assert len(questions) <= 12


def test_a_change_of_mind_about_staff_takes_the_exclusion_back() -> None:
    staff = {"who": ("staff",), "conflict": ("anna",)}

    assert _outcome(**staff).excluded == {"anna"}
    changed = {**staff, "who": ("student",)}
    assert _outcome(**changed).excluded == frozenset()
    assert "conflict" not in _path(**changed).answers
    assert "_nobody" not in _outcome(who=("staff",), conflict=("_nobody", "anna")).excluded


def test_what_the_law_makes_an_adviser_do_is_said_before_the_own_words() -> None:
    told = _ids(_path(who=("staff", "student"), what=("sexual", "other")))

    assert told.index("duty_internal") < told.index("duty_external") < told.index("story")
    assert "duty_internal" not in _ids(_path(who=("student",), what=("sexual",)))
    assert "duty_internal" not in _ids(_path(who=("staff",), what=("bullying",)))


@pytest.mark.parametrize(
    ("reader", "to", "else_to"),
    [
        ("internal", ("internal",), ("external",)),
        ("external", ("external",), ("internal",)),
        ("both", ("internal", "external"), ("external",)),
    ],
)
def test_the_chosen_readers_receive_it(reader: str, to: tuple[str, ...], else_to: tuple[str, ...]) -> None:
    found = _outcome(reader=(reader,))

    assert (found.to, found.else_to) == (to, else_to)


def test_every_topic_has_its_category_and_the_gravest_comes_first() -> None:
    topics = flow_set("real").flows["report"].steps["what"].chips

    for code in topics:
        assert _outcome(what=(code,)).categories == (code,)
    assert _outcome(what=tuple(topics)).categories == (
        *("weapon", "sexual", "violence", "threat", "home", "intimidation", "recruited", "bullying"),
        *("discrimination", "online", "drugs", "theft", "vandalism", "other"),
    )


@pytest.mark.parametrize(
    ("answers", "urgency"),
    [
        ({}, "soon"),
        ({"danger": ("right_now",)}, "now"),
        ({"what": ("weapon",)}, "now"),
        ({"what": ("sexual",), "when": ("today",)}, "now"),
        ({"what": ("sexual",), "when": ("longer_ago",)}, "soon"),
        ({"danger": ("_unsure",)}, "soon"),
    ],
)
def test_urgency_follows_danger_weapons_and_fresh_abuse(answers: dict[str, tuple[str, ...]], urgency: str) -> None:
    assert _outcome(**{"emergency.next": ("_skip",), **answers}).urgency == urgency


def test_doubt_and_home_show_cards_and_taking_part_is_no_confession() -> None:
    told = _ids(_path(danger=("_unsure",), what=("home",), about_whom=("part_of",)))

    assert {"maybe_danger", "home_help", "part_of_thanks"} <= set(told)
