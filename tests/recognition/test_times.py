import pytest

from app.recognition.times import month_name, number_of, part_of_day
from tests.recognition.golden_tables import released_packs

NL, EN = released_packs().packs


@pytest.mark.parametrize(
    ("groups", "part"),
    [
        ({"hour": "0"}, "in de nacht"),
        ({"hour": "00", "minute": "30"}, "in de nacht"),
        ({"hour": "07", "minute": "30"}, "in de ochtend"),
        ({"hour": "7"}, "ergens op de dag"),
        ({"hour": "acht"}, "in de ochtend"),
        ({"hour": "12"}, "in de middag"),
        ({"hour": "17"}, "in de middag"),
        ({"hour": "18"}, "in de avond"),
        ({"hour": "24"}, "in de avond"),
        ({"hour": "25"}, None),
        ({"hour": "9", "minute": "60"}, None),
        ({"hour": "leeg"}, None),
        ({"next": "drie"}, "in de middag"),
        ({"next": "acht"}, "ergens op de dag"),
        ({"next": "één"}, "in de middag"),
        ({"hour": "elf", "said": "’s avonds"}, "in de avond"),
        ({"hour": "9", "until": "11"}, "in de ochtend"),
        ({"hour": "9", "until": "14"}, "ergens op de dag"),
        ({"hour": "9", "until": "99"}, "ergens op de dag"),
        ({"lesson": "4e"}, "in de ochtend"),
        ({"lesson": "vijfde"}, "in de middag"),
        ({"lesson": "0e"}, None),
        ({"lesson": "elfde"}, None),
    ],
)
def test_a_time_is_said_as_a_part_of_the_day(groups: dict[str, str | None], part: str | None) -> None:
    assert part_of_day(groups, NL) == part


@pytest.mark.parametrize(
    ("hour", "said", "part"),
    [
        ("12", "am", "at night"),
        ("12", "PM", "in the afternoon"),
        ("3", "p.m.", "in the afternoon"),
        ("9", "am", "in the morning"),
    ],
)
def test_am_and_pm_count(hour: str, said: str, part: str) -> None:
    assert part_of_day({"hour": hour, "said": said}, EN) == part


@pytest.mark.parametrize(
    ("groups", "name"),
    [
        ({"day": "3", "month": "11"}, "november"),
        ({"month": "mrt."}, "maart"),
        ({"day": "0", "month": "11"}, None),
        ({"day": "32", "month": "11"}, None),
        ({"day": "3", "month": "13"}, None),
        ({"day": "3"}, None),
    ],
)
def test_a_date_is_said_as_its_month(groups: dict[str, str | None], name: str | None) -> None:
    assert month_name(groups, NL) == name


def test_digits_of_any_script_are_numbers() -> None:
    assert number_of("١٢", {}) == 12
