from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.gallery import create_gallery, settings_in

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return create_gallery(settings_in(tmp_path), csrf=False).test_client()


@pytest.mark.parametrize(
    "body",
    [b"answer=%FF", b"answer=\xff", b"answer=%ED%A0%80", b"answer=%C3", b"answer=a%00b", b"answer=\0", b"%FF=a"],
    ids=["byte", "raw byte", "lone surrogate", "half a letter", "NUL", "raw NUL", "name"],
)
def test_what_is_not_text_is_refused_and_not_replaced(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/answer", data=body, content_type=FORM)

    assert answer.status_code == 400
    assert "Dit kunnen we niet lezen" in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "text", ["é 👩‍👩‍👧 \u202eمرحبا", "a+b & c=d %", "regel\r\nregel\n", "a\u0000".strip("\0"), "\ufffd"]
)
def test_text_arrives_as_it_was_typed(client: FlaskClient, text: str) -> None:
    assert client.post("/answer", data={"answer": text}).text == text


def test_ten_thousand_emoji_fit(client: FlaskClient) -> None:
    assert client.post("/answer", data={"answer": "👋" * 10_000}).text == "👋" * 10_000


def test_a_megabyte_is_refused_with_a_way_on(client: FlaskClient) -> None:
    answer = client.post("/answer", data={"answer": "x" * 1_000_000})

    assert answer.status_code == 413
    assert "10.000 tekens" in answer.text


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "application/json", "text/plain", f"{FORM}; charset=utf-16"]
)
def test_only_plain_forms_are_read(client: FlaskClient, kind: str) -> None:
    assert client.post("/answer", data=b"answer=x", content_type=kind).status_code == 415


def test_a_hundred_thousand_fields_are_refused(client: FlaskClient) -> None:
    assert client.post("/answer", data=b"a&" * 90_000, content_type=FORM).status_code == 400


def test_a_form_without_a_body_reaches_its_view(client: FlaskClient) -> None:
    assert client.post("/answer").status_code == 200


@pytest.mark.parametrize("path", ["/?q=%FF", "/?q=%00", "/%00", "/?lang=%ED%A0%80"])
def test_an_address_that_is_not_text_is_refused(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400
