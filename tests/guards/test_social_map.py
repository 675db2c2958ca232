"""Every service that a talk or the code names exists, and where a number is expected a person has verified it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.flows.loader import load_flows
from app.referrals.sheet import PACKAGED, read_sheet

ROOT = Path(__file__).parent.parent.parent
SERVICES = {entry.id: entry for entry in read_sheet(PACKAGED)}
FLOWS = load_flows(ROOT / "flows").flows
MUST_HAVE_A_NUMBER = {"112", "113", "kindertelefoon", "veilig-thuis", "csg", "vertrouwensinspecteur"}


def named_in_code() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Constants of the code that list services: tuples of texts of which at least one is a service's id."""
    for path in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
                texts = tuple(one.value for one in node.value.elts if isinstance(one, ast.Constant))
                if set(texts) & set(SERVICES):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", tuple(str(text) for text in texts)


@pytest.mark.parametrize(("place", "ids"), list(named_in_code()))
def test_the_code_names_only_services_that_exist(place: str, ids: tuple[str, ...]) -> None:
    assert set(ids) <= set(SERVICES)


@pytest.mark.parametrize("step", [step for flow in FLOWS.values() for step in flow.steps.values() if step.help])
def test_a_talk_names_only_services_that_exist(step: object) -> None:
    assert set(getattr(step, "help")) <= set(SERVICES)  # noqa: B009 -- the ids of a step


def test_the_code_names_services_in_more_than_one_place() -> None:
    assert len(list(named_in_code())) >= 3


def test_each_emergency_step_shows_a_number_that_a_person_verified() -> None:
    named = [step.help for step in FLOWS["emergency"].steps.values() if step.help]

    assert named
    for ids in named:
        assert any(SERVICES[one].phone and SERVICES[one].verified for one in ids), ids


@pytest.mark.parametrize("one", sorted(MUST_HAVE_A_NUMBER))
def test_the_numbers_that_matter_most_are_verified(one: str) -> None:
    assert SERVICES[one].phone
    assert SERVICES[one].verified
