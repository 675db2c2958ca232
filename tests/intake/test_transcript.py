"""How a talk looks as bubbles."""

from app.flows.engine import replay, watch_key
from app.intake.transcript import Bubble, folded, fresh_bubbles
from tests.flows.talks import flow_set


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
