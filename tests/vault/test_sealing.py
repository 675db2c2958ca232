import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vault.errors import DamagedError, UnknownSuiteError
from app.vault.sealing import Context, canonical, derive_key, new_key, seal, unseal

HERE = Context("message", "school-1", "case-1", "1")
KEY = bytes(range(32))
OVERHEAD = 1 + 12 + 16


@given(st.binary(max_size=3000))
def test_what_is_sealed_comes_back_to_the_byte(plaintext: bytes) -> None:
    assert unseal(KEY, seal(KEY, plaintext, HERE), HERE) == plaintext


def test_zeros_at_the_end_are_not_taken_for_padding() -> None:
    assert unseal(KEY, seal(KEY, b"text\0\0", HERE), HERE) == b"text\0\0"


@pytest.mark.parametrize(
    ("length", "bucket"),
    [
        (0, 1024),
        (1020, 1024),
        (1021, 4096),
        (4092, 4096),
        (4093, 16384),
        (16381, 65536),
        (65533, 131072),
        (131069, 196608),
    ],
)
def test_a_blob_shows_only_the_bucket_of_its_length(length: int, bucket: int) -> None:
    blob = seal(KEY, b"a" * length, HERE)

    assert len(blob) == bucket + OVERHEAD
    assert len(unseal(KEY, blob, HERE)) == length


def test_the_same_text_never_gives_the_same_blob() -> None:
    assert seal(KEY, b"text", HERE) != seal(KEY, b"text", HERE)


def test_a_blob_begins_with_its_suite() -> None:
    assert seal(KEY, b"text", HERE)[0] == 1


def test_another_key_does_not_open() -> None:
    with pytest.raises(DamagedError):
        unseal(new_key(), seal(KEY, b"text", HERE), HERE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        Context("note", "school-1", "case-1", "1"),
        Context("message", "school-2", "case-1", "1"),
        Context("message", "school-1", "case-1", "2"),
        Context("message", "school-1", "case-1"),
        Context("message", "school-1", "case-11"),
        Context("message", "school-1case-1", "", "1"),
    ],
)
def test_a_moved_blob_does_not_open(elsewhere: Context) -> None:
    with pytest.raises(DamagedError):
        unseal(KEY, seal(KEY, b"text", HERE), elsewhere)


@given(st.integers(0, 1024 + OVERHEAD - 1), st.integers(0, 7))
def test_a_flipped_bit_is_noticed_wherever_it_is(place: int, bit: int) -> None:
    blob = bytearray(seal(KEY, b"text", HERE))
    blob[place] ^= 1 << bit

    with pytest.raises(DamagedError):
        unseal(KEY, bytes(blob), HERE)


@pytest.mark.parametrize("length", [0, 1, 5, 13, 28, 500])
def test_a_cut_blob_is_damaged(length: int) -> None:
    with pytest.raises(DamagedError):
        unseal(KEY, seal(KEY, b"text", HERE)[:length], HERE)


def test_a_blob_of_an_unknown_suite_is_named_so() -> None:
    with pytest.raises(UnknownSuiteError):
        unseal(KEY, b"\x02" + seal(KEY, b"text", HERE)[1:], HERE)


@given(st.lists(st.text()), st.lists(st.text()))
def test_different_parts_never_give_the_same_bytes(one: list[str], other: list[str]) -> None:
    assert (canonical(*one) == canonical(*other)) == (one == other)


def test_keys_of_different_purposes_contexts_and_salts_differ() -> None:
    keys = {
        derive_key(KEY, "a"),
        derive_key(KEY, "b"),
        derive_key(KEY, "a", b"here"),
        derive_key(KEY, "a", salt=b"salt"),
        derive_key(bytes(32), "a"),
    }

    assert len(keys) == 5
    assert derive_key(KEY, "a", length=16) == derive_key(KEY, "a")[:16]


def test_a_context_does_not_depend_on_what_a_text_holds() -> None:
    assert Context("a", "\ud800") != Context("a", "?")


def test_a_narrower_place_is_the_same_however_it_is_named() -> None:
    assert Context("case", "school", "id").within("message", "3") == Context("case", "school", "id", "message", "3")
