"""Conditions as Dutch sentences."""

from typing import Any

import pytest

from app.flows.sentences import chip_text, plain, sentence
from tests.flows.talks import flow_set

MAIN = flow_set("told").flows["main"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (None, "altijd"),
        ({}, "altijd"),
        ({"what": "mean"}, 'alleen als bij "Waar gaat het over?" is gekozen: Pesten'),
        ({"what": ["mean", "knife"]}, 'alleen als bij "Waar gaat het over?" is gekozen: Pesten of Een mes'),
        ({"what": {"all": ["mean", "knife"]}}, 'alleen als bij "Waar gaat het over?" is gekozen: Pesten en Een mes'),
        ({"seen": "saw"}, 'alleen als bij "Wat past erbij?" (seen) is gekozen: Gezien'),
        ({"danger": "_unsure"}, 'alleen als bij "Is er gevaar?" is gekozen: weet ik niet'),
        ({"when": {"within_days": 7}}, 'alleen als bij "Wanneer?" is een dag gekozen van hooguit 7 dagen geleden'),
        ({"answered": ["who", "when"]}, 'alleen als "Wie?" is beantwoord, en "Wanneer?" is beantwoord'),
        ({"watch": ["fear", "life"]}, "alleen als de eigen woorden raken aan: fear of life"),
        ({"category": "weapon", "urgency": "now"}, "alleen als het onderwerp is: weapon, en de haast is: now"),
        (
            {"none": [{"danger": "past"}, {"spot": "_elsewhere"}]},
            'alleen als niet bij "Is er gevaar?" is gekozen: Nee, en niet bij "Waar?" is gekozen: ergens anders',
        ),
        (
            {"any": [{"watch": "fear"}, {"answered": ["who", "when"]}]},
            'alleen als de eigen woorden raken aan: fear, of ("Wie?" is beantwoord, en "Wanneer?" is beantwoord)',
        ),
        (
            {"all": [{"watch": "fear"}, {"none": [{"any": [{"answered": "who"}, {"answered": "when"}]}]}]},
            'alleen als de eigen woorden raken aan: fear, en niet ("Wie?" is beantwoord, of "Wanneer?" is beantwoord)',
        ),
    ],
)
def test_a_condition_reads_as_a_sentence(condition: dict[str, Any] | None, expected: str) -> None:
    assert sentence(condition, MAIN) == expected


def test_a_context_is_not_read_out() -> None:
    assert plain("a room\x04Wat?") == "Wat?"
    assert plain("Wat?") == "Wat?"


def test_a_code_without_a_text_stays_a_code() -> None:
    assert chip_text(MAIN.steps["spot"], "gym") == "gym"
