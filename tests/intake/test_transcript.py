"""How a talk looks as bubbles."""

from app.intake.transcript import Bubble, folded


def said(*ids: str) -> Bubble:
    return Bubble(who="vertel", text="Hier kun je terecht.", help_ids=ids)


def test_a_service_has_one_card_in_view_at_its_first_place() -> None:
    hidden, in_view = folded((said("113", "kindertelefoon"), said("csg", "kindertelefoon"), said()))

    assert hidden == ()
    assert [bubble.help_ids for bubble in in_view] == [("113", "kindertelefoon"), ("csg",), ()]
