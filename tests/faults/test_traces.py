"""The search itself must be able to find something."""

import base64
from pathlib import Path

import pytest

from tests.faults.traces import forms_of_address, forms_of_code, forms_of_cookies, forms_of_text, hits

SECRET = "kwartelzang onder de brug"


@pytest.mark.parametrize(
    "content",
    [
        f"... {SECRET} ...".encode(),
        SECRET.encode("utf-16"),
        b"answer=kwartelzang+onder+de+brug&skip=",
        b"answer=kwartelzang%20onder%20de%20brug",
        SECRET.encode().hex().encode(),
        *(base64.b64encode(b"abc"[:before] + SECRET.encode() + b"xyz") for before in range(4)),
    ],
)
def test_a_text_is_found_in_every_form(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(b"\0" * 100 + content)

    assert hits([tmp_path], {"sentence": forms_of_text(SECRET)}) == [("sentence", "file")]


def test_an_address_is_found_packed(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\x01\x7f\x00\x00\x4d\x01")

    assert hits([tmp_path], {"address": forms_of_address("127.0.0.77")})


@pytest.mark.parametrize("content", ["1234 5678 9012 3456", "boom-vis-huis-maan-ster", "boom, vis, huis, maan, ster"])
def test_a_code_is_found_as_digits_and_as_words(tmp_path: Path, content: str) -> None:
    (tmp_path / "file").write_text(content)

    assert hits([tmp_path], {"code": forms_of_code("1234567890123456", "boom vis huis maan ster")})


def test_the_token_inside_a_cookie_is_found(tmp_path: Path) -> None:
    token = "T" * 43
    cookie = base64.urlsafe_b64encode(b'{"talks":{"school":"%s"}}' % token.encode()).decode().rstrip("=") + ".x.y"
    (tmp_path / "file").write_text(token)

    assert hits([tmp_path], {"cookie": forms_of_cookies([cookie])})
