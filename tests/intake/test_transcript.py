"""How a talk looks as bubbles."""

import pytest
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined

from app.cases.wording import Labels
from app.flows.engine import replay, watch_key
from app.flows.model import PICTOGRAMS
from app.intake.transcript import Bubble, folded, fresh_bubbles, question_of
from tests.flows.talks import flow_set

MOST_BYTES = 250
"""Of one drawing: a page with seven of them must stay one of the first that fit in one round trip."""


def said(*ids: str) -> Bubble:
    return Bubble(who="vertel", text="Hier kun je terecht.", help_ids=ids)


def test_a_service_has_one_card_in_view_at_its_first_place() -> None:
    hidden, in_view = folded((said("113", "kindertelefoon"), said("csg", "kindertelefoon"), said()))

    assert hidden == ()
    assert [bubble.help_ids for bubble in in_view] == [("113", "kindertelefoon"), ("csg",), ()]


def test_help_for_a_changed_answer_stands_right_after_it() -> None:
    told = {"danger": ("not_now",), "you": ("me",), "story_me": ("x",), watch_key("story_me"): ("life",)}
    path = replay(flow_set("real"), "report", told)

    helped, limit = fresh_bubbles(path, "story_me")

    assert helped.help_ids[0] == "113"
    assert "belt niemand" in limit.text
    assert fresh_bubbles(path, "") == fresh_bubbles(path, "you") == ()


def test_a_question_says_why_it_is_asked_and_which_chips_have_a_drawing() -> None:
    path = replay(flow_set("real"), "report", {"danger": ("not_now",), "you": ("me",), "story_me": ("x",)})
    asked = path.find("what")
    assert asked is not None

    question = question_of(asked, Labels(places={}, people={}))

    assert question.why.startswith("Zo krijg je vragen en hulp")
    assert question.pictograms["home"] == "house"
    assert set(question.pictograms) <= set(question.options)


@pytest.mark.parametrize("name", PICTOGRAMS)
def test_each_drawing_is_small_and_hidden_from_who_listens(name: str) -> None:
    loader = PrefixLoader({prefix: PackageLoader(f"app.{prefix}") for prefix in ("web", "intake")})
    env = Environment(loader=loader, undefined=StrictUndefined, autoescape=True)
    page = env.from_string('{% from "web/pictograms.html" import pictogram %}{{ pictogram(name) }}')

    drawn = page.render(name=name)

    assert len(drawn.encode()) <= MOST_BYTES
    assert drawn.startswith("<svg ")
    assert drawn.endswith("</svg>")
    assert 'aria-hidden="true"' in drawn
    assert 'stroke="currentColor"' in drawn
