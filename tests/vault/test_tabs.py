import re

from app.vault.tabs import new_token, token_id, token_key


def test_a_token_has_43_characters_that_are_safe_in_a_cookie() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", new_token())
    assert new_token() != new_token()


def test_id_and_key_depend_on_token_and_purpose_and_not_on_each_other() -> None:
    token, other = new_token(), new_token()

    values = [token_id(token, "talk"), token_key(token, "talk"), token_id(token, "visit"), token_key(token, "visit")]
    values += [token_id(other, "talk"), token_key(other, "talk")]

    assert len(set(values)) == 6
    assert {len(value) for value in values} == {32}


def test_a_token_gives_the_same_id_and_key_again() -> None:
    assert token_id("token", "talk") == token_id("token", "talk")
    assert token_key("token", "talk") == token_key("token", "talk")


def test_a_forged_cookie_is_just_an_unknown_token() -> None:
    assert len(token_id("\ud800 " * 50, "talk")) == 32
    assert len(token_key("", "talk")) == 32
