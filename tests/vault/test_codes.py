import itertools
from collections.abc import Iterator, Sequence
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vault.codes import Code, damm, derive, new_code, parse_code, reads_back
from app.vault.errors import CodeError, CodeLengthError, UnknownWordError, WrongCheckError
from app.vault.keys import key_pair_of
from app.vault.pepper import Pepper
from app.vault.words import word_list
from tests.vault.conftest import fast_hash


def coded(fifteen: int) -> Code:
    return Code(fifteen * 10 + damm(f"{fifteen:015}"))


codes = st.integers(0, 10**15 - 1).map(coded)
spellable = codes.filter(reads_back)
CODE = coded(412_345_678_901_234)
DIGITS = CODE.digits.replace(" ", "")


@given(codes)
def test_digits_come_back_as_the_same_code(code: Code) -> None:
    assert parse_code(code.digits) == code


@given(spellable, st.sampled_from(["nl", "en", "ar"]))
def test_words_of_either_list_come_back_as_the_same_code(code: Code, tag: str) -> None:
    assert parse_code(" ".join(code.words(tag))) == code


@given(spellable, st.sampled_from(["nl", "en"]))
def test_four_letters_of_each_word_are_enough(code: Code, tag: str) -> None:
    assert parse_code(" ".join(word[:4] for word in code.words(tag))) == code


@given(codes, st.integers(0, 15), st.integers(1, 9))
def test_every_single_wrong_digit_is_caught(code: Code, place: int, shift: int) -> None:
    digits = list(code.digits.replace(" ", ""))
    digits[place] = str((int(digits[place]) + shift) % 10)

    with pytest.raises(WrongCheckError):
        parse_code("".join(digits))


@given(codes, st.integers(0, 14))
def test_every_swap_of_unlike_neighbours_is_caught(code: Code, place: int) -> None:
    digits = list(code.digits.replace(" ", ""))
    swapped = [*digits[:place], digits[place + 1], digits[place], *digits[place + 2 :]]

    if swapped != digits:
        with pytest.raises(WrongCheckError):
            parse_code("".join(swapped))


def test_most_wrong_and_swapped_words_are_caught() -> None:
    caught = 0
    for n in range(300):
        words = list(coded((n + 1) * 3_330_000_000_007 % 10**15).words("nl"))
        if n % 2:
            words[1], words[3] = words[3], words[1]
        else:
            words[2] = word_list("nl").words[n * 6]
        try:
            parse_code(" ".join(words))
        except WrongCheckError:
            caught += 1

    assert caught > 240


@pytest.mark.parametrize(
    "typed",
    [
        CODE.digits,
        DIGITS,
        "-".join(DIGITS),
        f"  code: {CODE.digits}.\n",
        "\u200f" + CODE.digits + "\u200f",
        DIGITS.translate({ord("0") + n: 0x0660 + n for n in range(10)}),
        DIGITS.translate({ord("0") + n: 0x06F0 + n for n in range(10)}),
        DIGITS.translate({ord("0") + n: 0x0966 + n for n in range(10)}),
        DIGITS.translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
    ],
)
def test_digits_are_read_as_people_and_keyboards_write_them(typed: str) -> None:
    assert parse_code(typed) == CODE


@pytest.mark.parametrize(
    "typed",
    [
        ", ".join(CODE.words("nl")),
        "\n".join(CODE.words("nl")).upper(),
        "-".join(word.title() for word in CODE.words("en")),
        " ".join(f"{n}. {word}" for n, word in enumerate(CODE.words("en"), 1)),
        " ".join(word[0] + "\u0301" + word[1:] for word in CODE.words("nl")),
        " ".join(word[:2] + "\u00ad" + word[2:] for word in CODE.words("nl")),
        "\u2067" + " · ".join(CODE.words("nl")) + "\u2069",
    ],
)
def test_words_are_read_as_people_and_keyboards_write_them(typed: str) -> None:
    assert parse_code(typed) == CODE


def test_a_code_with_one_slip_is_read() -> None:
    words = list(CODE.words("nl"))
    words[2] = words[2] + "x"

    assert parse_code(" ".join(words)) == CODE


def test_an_unknown_word_is_pointed_out_with_likely_words() -> None:
    words = list(CODE.words("nl"))
    meant = words[2]
    words[2] = meant[:4] + "qqq"

    with pytest.raises(UnknownWordError) as error:
        parse_code(" ".join(words))

    assert error.value.word_index == 2
    assert error.value.suggestions[0] == meant


def test_a_word_like_no_other_has_no_suggestions() -> None:
    words = [*CODE.words("en")[:4], "qqqqqqqqqqqq"]

    with pytest.raises(UnknownWordError) as error:
        parse_code(" ".join(words))

    assert (error.value.word_index, error.value.suggestions) == (4, ())


def codes_in_words_of_both_lists() -> Iterator[tuple[Code, bool]]:
    """Yield codes whose English words are Dutch words too, and whether those make a Dutch code."""
    english, dutch = word_list("en").words, word_list("nl").words
    shared = [word for word in dutch if word in english]
    for chosen in itertools.product(shared[:6], repeat=5):
        with suppress(WrongCheckError):
            yield Code(numbered(chosen, english)), is_code(numbered(chosen, dutch))


def numbered(words: Sequence[str], source: Sequence[str]) -> int:
    value = 0
    for word in words:
        value = value * 2048 + source.index(word)
    return value


def is_code(number: int) -> bool:
    try:
        Code(number)
    except WrongCheckError:
        return False
    return True


def test_words_that_two_lists_know_are_read_in_the_list_whose_check_is_right() -> None:
    code = next(code for code, is_dutch in codes_in_words_of_both_lists() if not is_dutch)

    assert parse_code(" ".join(code.words("en"))) == code


def test_a_code_whose_words_read_as_another_is_never_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    ambiguous = next(code for code, is_dutch in codes_in_words_of_both_lists() if is_dutch)
    drawn = iter([ambiguous.number // 10, CODE.number // 10])
    monkeypatch.setattr("secrets.randbelow", lambda _: next(drawn))

    assert new_code() == CODE


@pytest.mark.parametrize(
    "typed", ["", "   ", "1234", DIGITS + "1", DIGITS[:-1], "tijger lepel", "a b c d e f", "🐯", "1" * 401]
)
def test_anything_but_16_digits_or_5_words_is_told_so(typed: str) -> None:
    with pytest.raises(CodeLengthError):
        parse_code(typed)


def test_five_words_beyond_the_largest_number_are_wrong() -> None:
    last = word_list("nl").words[-1]

    with pytest.raises(WrongCheckError):
        parse_code(" ".join([last] * 5))


@pytest.mark.parametrize("number", [-1, 10**16, 1])
def test_a_number_that_is_no_code_makes_none(number: int) -> None:
    with pytest.raises(WrongCheckError):
        Code(number)


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_a_code_error(text: str) -> None:
    with suppress(CodeError):
        parse_code(text)


def test_nothing_that_shows_a_code_or_its_keys_shows_them_by_chance(pepper: Pepper, hashed: list[object]) -> None:
    keys = derive(CODE, pepper, "school-1")

    assert repr(CODE) == "Code()"
    assert repr(keys.pair.private) not in repr(keys)


def test_no_error_says_what_was_typed() -> None:
    words = [*CODE.words("en")[:4], "qqqqqqqqqqqq"]

    with pytest.raises(UnknownWordError) as error:
        parse_code(" ".join(words))

    assert "qqq" not in str(error.value)
    assert "qqq" not in repr(error.value)
    assert error.value.__cause__ is None


def test_new_codes_differ() -> None:
    assert len({new_code() for _ in range(50)}) == 50


def test_one_slow_hash_gives_lookup_and_keys(pepper: Pepper, hashed: list[tuple[bytes, bytes]]) -> None:
    keys = derive(CODE, pepper, "school-1")

    assert hashed == [(CODE.number.to_bytes(8, "big"), pepper.mac("receipt", "school-1")[:16])]
    assert len(keys.lookup) == 16
    assert key_pair_of(keys.pair.private) == keys.pair
    assert keys.lookup not in fast_hash(*hashed[0], 32)


def test_a_code_opens_something_else_at_another_school_or_installation(pepper: Pepper, hashed: list[object]) -> None:
    lookups = {
        derive(CODE, pepper, "school-1").lookup,
        derive(CODE, pepper, "school-2").lookup,
        derive(CODE, Pepper(bytes(32)), "school-1").lookup,
        derive(coded(7), pepper, "school-1").lookup,
    }

    assert len(lookups) == 4
    assert derive(CODE, pepper, "school-1") == derive(CODE, pepper, "school-1")
