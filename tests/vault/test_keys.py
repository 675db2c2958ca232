import pytest

from app.vault.errors import DamagedError, UnknownSuiteError
from app.vault.keys import KeyPair, key_pair_of, new_key_pair, unwrap, wrap
from app.vault.sealing import Context, new_key

HERE = Context("case-key", "school-1", "case-1", "reader-1")


def test_a_wrapped_key_opens_for_its_holder() -> None:
    key, pair = new_key(), new_key_pair()

    wrapped = wrap(key, pair.public, HERE)

    assert unwrap(wrapped, pair, HERE) == key
    assert (wrapped[0], len(wrapped)) == (1, 81)


def test_a_wrapped_key_opens_for_nobody_else() -> None:
    wrapped = wrap(new_key(), new_key_pair().public, HERE)

    with pytest.raises(DamagedError):
        unwrap(wrapped, new_key_pair(), HERE)


def test_a_moved_wrap_does_not_open() -> None:
    pair = new_key_pair()
    wrapped = wrap(new_key(), pair.public, HERE)

    with pytest.raises(DamagedError):
        unwrap(wrapped, pair, Context("case-key", "school-1", "case-2", "reader-1"))


@pytest.mark.parametrize("place", [1, 33, 80])
def test_a_changed_wrap_does_not_open(place: int) -> None:
    pair = new_key_pair()
    wrapped = bytearray(wrap(new_key(), pair.public, HERE))
    wrapped[place] ^= 1

    with pytest.raises(DamagedError):
        unwrap(bytes(wrapped), pair, HERE)


@pytest.mark.parametrize("length", [0, 1, 20, 33, 80])
def test_a_cut_wrap_does_not_open(length: int) -> None:
    pair = new_key_pair()
    wrapped = wrap(new_key(), pair.public, HERE)

    with pytest.raises(DamagedError):
        unwrap(wrapped[:length], pair, HERE)


def test_a_wrap_of_an_unknown_suite_is_named_so() -> None:
    pair = new_key_pair()

    with pytest.raises(UnknownSuiteError):
        unwrap(b"\x02" + wrap(new_key(), pair.public, HERE)[1:], pair, HERE)


@pytest.mark.parametrize("public", [b"", b"short", bytes(32)])
def test_nothing_is_wrapped_to_a_key_that_is_none(public: bytes) -> None:
    with pytest.raises(DamagedError):
        wrap(new_key(), public, HERE)


def test_a_pair_follows_from_its_private_half() -> None:
    pair = new_key_pair()

    assert key_pair_of(pair.private) == pair


def test_a_pair_does_not_show_its_private_half() -> None:
    pair = KeyPair(public=b"open", private=b"closed")

    assert "closed" not in repr(pair)
