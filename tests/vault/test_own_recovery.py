"""A staff key under a secret on paper."""

import pytest

from app.vault.errors import DamagedError
from app.vault.keys import new_key_pair
from app.vault.own_recovery import is_typed_back, lock_on_paper, open_draft, open_from_paper, seal_draft
from app.vault.paper_codes import new_secret, spell

ME, OTHER = "a" * 32, "b" * 32


def test_the_secret_on_paper_opens_the_key_without_anything_of_the_host() -> None:
    pair, secret = new_key_pair(), new_secret()

    assert open_from_paper(secret, lock_on_paper(secret, pair, ME), pair.public, ME) == pair


def test_another_secret_person_or_key_opens_nothing() -> None:
    pair, secret = new_key_pair(), new_secret()
    locked = lock_on_paper(secret, pair, ME)

    assert open_from_paper(new_secret(), locked, pair.public, ME) is None
    assert open_from_paper(secret, locked, pair.public, OTHER) is None
    assert open_from_paper(secret, locked, new_key_pair().public, ME) is None
    assert open_from_paper(secret, None, pair.public, ME) is None


def test_the_lock_shows_neither_secret_nor_key() -> None:
    pair, secret = new_key_pair(), new_secret()
    locked = lock_on_paper(secret, pair, ME)

    assert secret not in locked
    assert pair.private not in locked


def test_a_draft_opens_only_where_it_was_made() -> None:
    key, secret = b"k" * 32, new_secret()
    draft = seal_draft(key, secret, "here")

    assert open_draft(key, draft, "here") == secret
    with pytest.raises(DamagedError):
        open_draft(key, draft, "there")


def test_a_group_is_typed_back_in_any_case_and_no_other_group_passes() -> None:
    secret = new_secret()
    groups = spell(secret)

    assert is_typed_back(secret, 2, f" {groups[2].lower()} ")
    assert not is_typed_back(secret, 2, groups[3])
    assert not is_typed_back(secret, 2, "")
