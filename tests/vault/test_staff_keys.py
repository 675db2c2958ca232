import dataclasses

import pytest

from app.vault.errors import DamagedError, WrongPasswordError
from app.vault.keys import KeyPair, new_key_pair
from app.vault.pepper import Pepper
from app.vault.staff_keys import lock, pretend, relock, unlock

PASSWORD = "vier regenlaarzen aan de lijn"
PERSON = "a" * 32

Calls = list[tuple[bytes, bytes]]


@pytest.fixture
def pair() -> KeyPair:
    return new_key_pair()


def test_the_password_opens_the_key_with_the_real_slow_hash(pair: KeyPair, pepper: Pepper) -> None:
    locked = lock(pair, PASSWORD, pepper, PERSON)

    assert unlock(locked, PASSWORD, pepper, PERSON) == pair


def test_a_wrong_password_does_not_open(pair: KeyPair, pepper: Pepper, hashed: Calls) -> None:
    locked = lock(pair, PASSWORD, pepper, PERSON)

    with pytest.raises(WrongPasswordError):
        unlock(locked, PASSWORD + ".", pepper, PERSON)


def test_unlocking_and_pretending_cost_one_slow_hash_each(pair: KeyPair, pepper: Pepper, hashed: Calls) -> None:
    locked = lock(pair, PASSWORD, pepper, PERSON)
    hashed.clear()

    unlock(locked, PASSWORD, pepper, PERSON)
    pretend(PASSWORD)

    assert [secret for secret, _ in hashed] == [PASSWORD.encode()] * 2
    assert {len(salt) for _, salt in hashed} == {16}


@pytest.mark.parametrize("field", ["public", "locked"])
def test_a_changed_row_is_damaged(pair: KeyPair, pepper: Pepper, hashed: Calls, field: str) -> None:
    locked = lock(pair, PASSWORD, pepper, PERSON)
    value = bytearray(getattr(locked, field))
    value[-1] ^= 1

    with pytest.raises(DamagedError):
        unlock(dataclasses.replace(locked, **{field: bytes(value)}), PASSWORD, pepper, PERSON)


def test_a_row_moved_to_another_person_does_not_open(pair: KeyPair, pepper: Pepper, hashed: Calls) -> None:
    locked = lock(pair, PASSWORD, pepper, PERSON)

    with pytest.raises(DamagedError):
        unlock(locked, PASSWORD, pepper, "b" * 32)


def test_a_stolen_row_does_not_open_without_the_pepper(pair: KeyPair, pepper: Pepper, hashed: Calls) -> None:
    locked = lock(pair, PASSWORD, pepper, PERSON)

    with pytest.raises(DamagedError):
        unlock(locked, PASSWORD, Pepper(bytes(32)), PERSON)


def test_the_same_password_typed_on_another_keyboard_opens(pair: KeyPair, pepper: Pepper, hashed: Calls) -> None:
    locked = lock(pair, "cafe\u0301 op de hoek \ufb01ets", pepper, PERSON)

    assert unlock(locked, "caf\u00e9 op de hoek fiets", pepper, PERSON) == pair


def test_an_overlong_password_costs_no_more_and_opens_nothing(pair: KeyPair, pepper: Pepper, hashed: Calls) -> None:
    locked = lock(pair, "x" * 256, pepper, PERSON)

    with pytest.raises(WrongPasswordError):
        unlock(locked, "x" * 100_000, pepper, PERSON)
    assert len(hashed[-1][0]) == 257


def test_a_password_with_half_a_character_is_just_wrong(pair: KeyPair, pepper: Pepper, hashed: Calls) -> None:
    locked = lock(pair, PASSWORD, pepper, PERSON)

    with pytest.raises(WrongPasswordError):
        unlock(locked, "\ud800", pepper, PERSON)


def test_a_new_password_opens_the_same_key_and_the_old_one_nothing(
    pair: KeyPair, pepper: Pepper, hashed: Calls
) -> None:
    locked = lock(pair, PASSWORD, pepper, PERSON)

    relocked = relock(locked, PASSWORD, "drie paraplu's in de zon", pepper, PERSON)

    assert unlock(relocked, "drie paraplu's in de zon", pepper, PERSON) == pair
    assert relocked.salt != locked.salt
    with pytest.raises(WrongPasswordError):
        unlock(relocked, PASSWORD, pepper, PERSON)


def test_a_password_is_changed_only_by_who_knows_it(pair: KeyPair, pepper: Pepper, hashed: Calls) -> None:
    locked = lock(pair, PASSWORD, pepper, PERSON)

    with pytest.raises(WrongPasswordError):
        relock(locked, "another", "drie paraplu's in de zon", pepper, PERSON)


def test_a_locked_key_shows_neither_key_nor_verifier(pair: KeyPair, pepper: Pepper, hashed: Calls) -> None:
    locked = lock(pair, PASSWORD, pepper, PERSON)

    assert repr(locked.verifier) not in repr(locked)
    assert repr(locked.locked) not in repr(locked)
