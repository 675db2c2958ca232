"""Secrets on paper: read back however they are typed, and every slip is found in its group."""

import pytest

from app.vault.errors import PaperLengthError, WrongGroupError
from app.vault.paper_codes import CHARACTERS_IN_GROUP, GROUPS, SECRET_BYTES, new_secret, parse, spell

SECRET = bytes(range(100, 117))


@pytest.mark.parametrize("secret", [bytes(SECRET_BYTES), b"\xff" * SECRET_BYTES, SECRET, None])
def test_a_secret_is_spelled_in_seven_groups_and_read_back(secret: bytes | None) -> None:
    secret = secret or new_secret()
    groups = spell(secret)

    assert [len(group) for group in groups] == [CHARACTERS_IN_GROUP] * GROUPS
    assert parse(" ".join(groups)) == secret


@pytest.mark.parametrize("between", ["", "-", "\n", " . "])
def test_capitals_and_what_stands_between_groups_do_not_matter(between: str) -> None:
    assert parse(between.join(spell(SECRET)).lower()) == SECRET


def test_every_wrong_character_is_found_in_its_group() -> None:
    groups = spell(SECRET)
    for index, group in enumerate(groups):
        for place in range(CHARACTERS_IN_GROUP):
            other = "2" if group[place] != "2" else "3"
            wrong = group[:place] + other + group[place + 1 :]

            with pytest.raises(WrongGroupError) as error:
                parse(" ".join((*groups[:index], wrong, *groups[index + 1 :])))

            assert error.value.group_index == index


def test_every_swap_of_neighbours_is_found() -> None:
    groups = spell(SECRET)
    for index, group in enumerate(groups):
        for place in range(CHARACTERS_IN_GROUP - 1):
            swapped = group[:place] + group[place + 1] + group[place] + group[place + 2 :]
            if swapped != group:
                with pytest.raises(WrongGroupError):
                    parse("".join((*groups[:index], swapped, *groups[index + 1 :])))


def test_two_groups_that_changed_places_are_found() -> None:
    first, second, *rest = spell(SECRET)

    with pytest.raises(WrongGroupError) as error:
        parse(" ".join((second, first, *rest)))

    assert error.value.group_index == 0


def test_a_group_that_is_too_short_is_named_when_groups_are_typed_apart() -> None:
    groups = spell(SECRET)

    with pytest.raises(WrongGroupError) as error:
        parse(" ".join((*groups[:3], groups[3][:-1], *groups[4:])))

    assert error.value.group_index == 3


@pytest.mark.parametrize("text", ["", "ABCDE", "A" * 36, "A" * 500, "een stuk of wat losse woorden"])
def test_a_text_of_another_length_is_refused(text: str) -> None:
    with pytest.raises(PaperLengthError):
        parse(text)


def test_characters_that_are_never_printed_are_refused_in_their_group() -> None:
    groups = spell(SECRET)

    with pytest.raises(WrongGroupError) as error:
        parse(" ".join((*groups[:6], "OOOOO")))

    assert error.value.group_index == 6


def test_a_number_that_no_secret_has_is_refused() -> None:
    checked = [f"ZZZZ{'23456789ABCDEFGHJKMNPQRSTUVWXYZ'[(30 * 10 + at) % 31]}" for at in range(GROUPS)]

    with pytest.raises(WrongGroupError):
        parse(" ".join(checked))
