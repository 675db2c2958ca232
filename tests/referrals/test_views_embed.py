"""The help page for a frame on a school's own site."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import db
from app.referrals.services import import_entries
from app.referrals.sheet import PACKAGED, read_sheet
from app.referrals.views_embed import MOST_CARDS, pages

EMBED = "/help/embed"


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    site.register_blueprint(pages)
    with site.app_context(), db.transaction() as session:
        import_entries(session, read_sheet(PACKAGED))
    return site.test_client()


def services(page: str) -> list[str]:
    return re.findall(r'data-service="([^"]+)"', page)


def test_a_question_shows_a_few_cards(client: FlaskClient) -> None:
    page = client.get(f"{EMBED}?q=zelfmoord").text

    assert services(page)[0] == "113"
    assert len(services(page)) <= MOST_CARDS


def test_without_a_question_stand_the_first_helpers(client: FlaskClient) -> None:
    assert services(client.get(EMBED).text)[0] == "kindertelefoon"


def test_only_this_page_may_stand_in_a_frame(client: FlaskClient) -> None:
    framed, help_page = client.get(EMBED).headers, client.get("/help").headers

    assert "X-Frame-Options" not in framed
    assert framed["Content-Security-Policy"].endswith("frame-ancestors https:")
    assert "script-src 'none'" in framed["Content-Security-Policy"]
    assert help_page["X-Frame-Options"] == "DENY"
    assert help_page["Content-Security-Policy"].endswith("frame-ancestors 'none'")


def test_a_refusal_at_its_address_may_not_stand_in_a_frame(client: FlaskClient) -> None:
    answer = client.post(EMBED)

    assert answer.status_code != 200
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("query", ["", "?lang=ar", "?q=pesten&lang=en&school=de-populier"])
def test_it_leaves_no_cookie_and_holds_no_script(client: FlaskClient, query: str) -> None:
    answer = client.get(EMBED + query)

    assert "Set-Cookie" not in answer.headers
    assert "<script" not in answer.text


def test_the_language_and_the_school_go_along_with_every_link_that_stays(client: FlaskClient) -> None:
    page = client.get(f"{EMBED}?lang=nl&school=de-populier").text

    assert 'name="lang" value="nl"' in page
    assert 'name="school" value="de-populier"' in page
    stays = re.findall(r'<a [^>]*?href="(/help/embed[^"]*)"', page)
    assert stays
    assert all("lang=" in href and "school=de-populier" in href for href in stays)


def test_the_way_to_tell_leads_to_the_school_in_a_page_of_its_own(client: FlaskClient) -> None:
    page = client.get(f"{EMBED}?school=de-populier").text

    assert '<base target="_blank">' in page
    assert re.search(r'href="/de-populier"\s+rel="noopener noreferrer nofollow"', page)
    assert "Vertel het hier" not in client.get(EMBED).text
    assert "evil" not in client.get(f"{EMBED}?school=//evil").text.split("<form")[0].split("</nav>")[-1]


def test_every_link_elsewhere_tells_nothing(client: FlaskClient) -> None:
    links = re.findall(r'<a [^>]*href="https?://[^>]*>', client.get(f"{EMBED}?q=pesten").text)

    assert links
    assert all('rel="noopener noreferrer nofollow"' in link for link in links)


@pytest.mark.parametrize("question", ["", "%20", "a" * 5000, '"><script>', "تنمر", "😀", "xqzv"])
def test_odd_questions_get_a_full_page(client: FlaskClient, question: str) -> None:
    answer = client.get(f"{EMBED}?q={question}")

    assert answer.status_code == 200
    assert services(answer.text)
    assert "<script" not in answer.text
