import pytest

from app.cases.envelopes import STUDENT, CaseRef, open_value, place_of_message, seal_value, unwrap_key, wrap_key
from app.vault.keys import new_key_pair
from app.vault.sealing import new_key

REF = CaseRef("a" * 32, "b" * 32)
PLACE = place_of_message(2, "student")


def test_a_value_opens_where_it_was_sealed() -> None:
    key = new_key()
    assert open_value(key, seal_value(key, {"text": "é\r\n\u200f"}, REF, *PLACE), REF, *PLACE) == {
        "text": "é\r\n\u200f"
    }


@pytest.mark.parametrize(
    ("ref", "place"),
    [
        (CaseRef("c" * 32, "b" * 32), PLACE),
        (CaseRef("a" * 32, "c" * 32), PLACE),
        (REF, place_of_message(3, "student")),
        (REF, place_of_message(2, "adviser")),
        (REF, ("report",)),
    ],
    ids=["school", "case", "number", "direction", "kind"],
)
def test_a_value_opens_nowhere_else(ref: CaseRef, place: tuple[str, ...]) -> None:
    key = new_key()
    assert open_value(key, seal_value(key, "x", REF, *PLACE), ref, *place) is None


def test_any_flipped_bit_is_seen() -> None:
    key = new_key()
    blob = seal_value(key, "x", REF, *PLACE)
    for position in (0, 1, 12, 13, len(blob) // 2, len(blob) - 1):
        flipped = bytearray(blob)
        flipped[position] ^= 1
        assert open_value(key, bytes(flipped), REF, *PLACE) is None


def test_nothing_opens_without_a_key() -> None:
    assert open_value(None, seal_value(new_key(), "x", REF, *PLACE), REF, *PLACE) is None


@pytest.mark.parametrize("kind_and_holder", [("notes", "d" * 32), ("dialog", "e" * 32), ("dialog", STUDENT)])
def test_a_wrap_opens_only_as_the_key_and_for_the_holder_it_was_made_for(kind_and_holder: tuple[str, str]) -> None:
    pair, key = new_key_pair(), new_key()
    wrapped = wrap_key(key, pair.public, REF, "dialog", "d" * 32)
    kind, holder = kind_and_holder

    assert unwrap_key(wrapped, pair, REF, "d" * 32) == key
    assert unwrap_key(wrapped, pair, REF, holder, kind) is None  # type: ignore[arg-type]  # parametrised
