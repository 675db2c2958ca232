import pytest
from flask import Flask

OURS = "http://localhost"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://www.localhost"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:81"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://["},
        {"Origin": ""},
    ],
)
def test_what_another_site_sends_is_refused(gallery: Flask, headers: dict[str, str]) -> None:
    answer = gallery.test_client().post("/answer", data={"answer": "x"}, headers=headers)

    assert answer.status_code == 403
    assert "Een andere site stuurde dit" in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-origin", "Origin": OURS}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}],
)
def test_what_our_own_page_sends_is_read(gallery: Flask, headers: dict[str, str]) -> None:
    client = gallery.test_client()
    token = client.get("/token").text

    answer = client.post("/answer", data={"answer": "x", "csrf_token": token}, headers=headers)

    assert (answer.status_code, answer.text) == (200, "x")


def test_a_link_from_another_site_may_open_a_page(gallery: Flask) -> None:
    assert gallery.test_client().get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_a_host_that_is_not_ours_is_refused(gallery: Flask) -> None:
    assert gallery.test_client().get("/", headers={"Host": "evil.example"}).status_code == 400
