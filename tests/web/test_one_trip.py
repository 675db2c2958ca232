"""A form that the script sent gets its page at once; a plain form gets a redirect."""

import pytest
from flask import Flask, make_response, redirect, request
from flask.testing import FlaskClient
from werkzeug.wrappers import Response

from app.web import one_trip

FETCHED = {"Sec-Fetch-Dest": "empty", "Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
OUT = {"out": "https://weer.example/", "out-too": "//weer.example/"}


@pytest.fixture
def browser() -> FlaskClient:
    app = Flask("app")
    one_trip.init_app(app)

    @app.post("/go/<path:where>")
    def go(where: str) -> Response:
        answer = redirect(OUT.get(where, f"/{where}?a=1"), 303)
        answer.set_cookie("talk", "new")
        answer.set_cookie("seen", "twice")
        answer.delete_cookie("old")
        return answer

    @app.get("/<path:where>")
    def page(where: str) -> Response:
        told = (request.method, request.content_length, request.form.get("answer"), request.headers.get("Origin"))
        answer = make_response(f"{where} {request.query_string!r} {sorted(request.cookies.items())} {told}")
        answer.set_cookie("seen", "last")
        return answer

    @app.post("/refused")
    def refused() -> tuple[str, int]:
        return request.form["answer"], 422

    client = app.test_client()
    client.set_cookie("old", "1")
    client.set_cookie("kept", "a=b")
    return client


def test_what_the_script_sent_is_answered_with_the_page_it_leads_to(browser: FlaskClient) -> None:
    answer = browser.post("/go/vólgende", data={"answer": "x"}, headers=FETCHED)

    assert answer.status_code == 200
    cookies = [("kept", "a=b"), ("seen", "twice"), ("talk", "new")]
    assert answer.text == f"vólgende b'a=1' {cookies} {('GET', None, None, None)}"


def test_the_browser_gets_the_cookies_of_both_answers(browser: FlaskClient) -> None:
    browser.post("/go/next", headers=FETCHED)

    after = browser.get("/look").text
    assert "('talk', 'new')" in after
    assert "('seen', 'last')" in after
    assert "('old'" not in after


@pytest.mark.parametrize(
    "headers", [{}, {**FETCHED, "Sec-Fetch-Dest": "document"}, {**FETCHED, "Sec-Fetch-Site": "cross-site"}]
)
def test_a_plain_form_and_one_from_elsewhere_are_redirected(browser: FlaskClient, headers: dict[str, str]) -> None:
    answer = browser.post("/go/next", headers=headers)

    assert (answer.status_code, answer.location) == (303, "/next?a=1")


@pytest.mark.parametrize("where", OUT)
def test_the_way_to_another_site_is_left_to_the_browser(browser: FlaskClient, where: str) -> None:
    answer = browser.post(f"/go/{where}", headers=FETCHED)

    assert (answer.status_code, answer.location) == (303, OUT[where])


def test_a_refusal_passes_as_it_is(browser: FlaskClient) -> None:
    answer = browser.post("/refused", data={"answer": "x"}, headers=FETCHED)

    assert (answer.status_code, answer.text) == (422, "x")
