from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.gallery import create_gallery, settings_in


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return create_gallery(settings_in(tmp_path), csrf=False).test_client()


def test_a_single_field_may_not_be_repeated(client: FlaskClient) -> None:
    answer = client.post("/answer", data={"answer": ["a", "b"]})

    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers


def test_a_field_for_several_answers_may_be_repeated(client: FlaskClient) -> None:
    assert client.post("/answer", data={"several": ["a", "b"], "answer": "c"}).text == "c"


@pytest.mark.parametrize("token", ["", "stolen", None])
def test_a_form_without_its_token_is_told_that_nothing_was_lost(gallery: Flask, token: str | None) -> None:
    data = {"answer": "x"} | ({} if token is None else {"csrf_token": token})

    answer = gallery.test_client().post("/answer", data=data)

    assert answer.status_code == 400
    assert "Er is niets verloren" in answer.text


def test_a_token_of_somebody_else_is_refused(gallery: Flask) -> None:
    stolen = gallery.test_client().get("/token").text

    assert gallery.test_client().post("/answer", data={"answer": "x", "csrf_token": stolen}).status_code == 400
