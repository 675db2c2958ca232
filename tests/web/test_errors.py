import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

SECRET = "wat-iemand-schreef"


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 410, 413, 415, 418, 422, 429, 500, 502, 503])
def test_every_error_has_a_kind_page_with_a_way_on(client: FlaskClient, status: int) -> None:
    answer = client.get(f"/fails/{status}")

    assert answer.status_code == status
    assert answer.text.count("<h1>") == 1
    assert "data-error" in answer.text
    assert '<a class="button" href="/">Naar het begin</a>' in answer.text
    assert 'href="/help"' in answer.text
    assert 'class="exit"' in answer.text


def test_the_page_is_in_the_readers_language(client: FlaskClient) -> None:
    assert '<html lang="ar" dir="rtl">' in client.get("/fails/404", headers={"Accept-Language": "ar"}).text


def test_the_way_back_is_the_page_one_came_from(client: FlaskClient) -> None:
    page = client.post("/answer", headers={"Referer": "http://localhost/duinrand?x=y"}).text

    assert '<a class="button" href="/duinrand">Ga terug</a>' in page


@pytest.mark.parametrize(
    "referrer", ["http://evil.example/x", "http://localhost//evil.example", "javascript:x", "http://["]
)
def test_the_way_back_never_leaves_the_site(client: FlaskClient, referrer: str) -> None:
    page = client.post("/answer", headers={"Referer": referrer}).text

    assert "://" not in page.split("<main")[1]
    assert 'href="//' not in page
    assert "javascript:" not in page


def test_staff_are_led_back_to_their_desk(client: FlaskClient) -> None:
    assert '<a class="button" href="/staff/">' in client.get("/staff/nothing").text


@pytest.mark.parametrize("status", [403, 404, 410, 500, 503])
def test_staff_are_not_told_to_scan_a_code_begin_a_talk_or_phone_a_help_line(client: FlaskClient, status: int) -> None:
    page = client.get(f"/staff/fails/{status}").text.split("<main")[1].split("</main>")[0]

    assert not [word for word in ("QR", "bellen", "vertellen", "/help", "antwoord") if word in page]


def test_a_feature_may_say_in_its_own_words_what_is_not_there(client: FlaskClient) -> None:
    assert "Deze school doet niet mee." in client.get("/fails/school").text


def test_words_of_the_framework_are_not_shown(client: FlaskClient) -> None:
    assert "evil" not in client.get("/", headers={"Host": "evil.example"}).text


@pytest.mark.parametrize(
    ("kind", "status", "seconds"), [("busy", 503, "20"), ("flood", 429, "30"), ("database", 503, "10")]
)
def test_who_must_wait_is_told_how_long(client: FlaskClient, kind: str, status: int, seconds: str) -> None:
    answer = client.get(f"/fails/{kind}")

    assert answer.status_code == status
    assert answer.headers["Retry-After"] == seconds
    assert f"over {seconds} seconden" in answer.text


def test_a_wrong_method_names_the_right_one(client: FlaskClient) -> None:
    answer = client.get("/answer")

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("kind", ["bug", "database"])
def test_a_log_tells_type_and_place_and_nothing_that_somebody_wrote(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client.get(f"/fails/{kind}?secret={SECRET}")

    assert answer.status_code in {500, 503}
    assert SECRET not in caplog.text + answer.text
    assert "Error at tests/web/gallery.py:" in caplog.text


def test_the_page_and_the_log_share_a_reference(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    page = client.get("/fails/bug").text

    reference = caplog.messages[-1].rsplit(" ", 1)[1]
    assert f"<bdi>{reference}</bdi>" in page


def test_a_test_sees_the_error_itself(gallery: Flask) -> None:
    gallery.testing = True

    with pytest.raises(ValueError, match="why"):
        gallery.test_client().get("/fails/bug?secret=why")


def test_a_session_that_cannot_be_read_is_a_new_one(client: FlaskClient) -> None:
    client.set_cookie("s", "forged")

    assert client.get("/fails/404").status_code == 404
