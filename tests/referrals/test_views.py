"""The help page as a browser gets it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import db
from app.referrals.services import import_entries
from app.referrals.sheet import PACKAGED, read_sheet


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    with site.app_context(), db.transaction() as session:
        import_entries(session, read_sheet(PACKAGED))
    return site.test_client()


def services(page: str) -> list[str]:
    return re.findall(r'data-service="([^"]+)"', page)


def test_anybody_may_open_the_help_page(site: Flask) -> None:
    assert site.view_functions["referrals.show_help"].allowed_roles is None  # type: ignore[attr-defined]


def test_a_question_shows_its_cards_with_numbers_to_tap(client: FlaskClient) -> None:
    page = client.get("/help?q=zelfmoord").text

    assert services(page)[0] == "113"
    assert 'href="tel:113"' in page


def test_the_page_without_a_question_shows_the_first_helpers(client: FlaskClient) -> None:
    assert services(client.get("/help").text)[0] == "kindertelefoon"


def test_a_question_without_an_answer_says_so_and_shows_the_first_helpers(client: FlaskClient) -> None:
    page = client.get("/help?q=xqzv").text

    assert "We vonden niets" in page
    assert "kindertelefoon" in services(page)


def test_what_was_asked_is_shown_as_text_and_never_as_markup(client: FlaskClient) -> None:
    page = client.get("/help", query_string={"q": '"><script>pesten</script>'}).text

    assert "<script>pesten" not in page
    assert "kindertelefoon" in services(page)


def test_help_for_school_and_parents_stands_apart_under_its_own_heading(client: FlaskClient) -> None:
    page = client.get("/help?q=pesten").text

    assert page.index('data-service="kindertelefoon"') < page.index("Voor school of ouders") < page.index('"ssv"')


@pytest.mark.parametrize("question", ["", "%20", "a" * 5000, "%D8%AA%D9%86%D9%85%D8%B1", "q&q=b"])
def test_odd_questions_get_a_full_page(client: FlaskClient, question: str) -> None:
    answer = client.get(f"/help?q={question}")

    assert answer.status_code == 200
    assert services(answer.text)


def test_the_school_goes_along_with_a_question(client: FlaskClient) -> None:
    page = client.get("/help?school=de-populier").text

    assert 'name="school" value="de-populier"' in page
    assert "/code?school=de-populier" in page


def test_a_school_that_is_no_slug_is_left_out(client: FlaskClient) -> None:
    assert "evil" not in client.get("/help?school=//evil%22").text.replace("lang=", "").split("<main")[1]


def test_before_the_first_import_the_page_still_opens(site: Flask) -> None:
    assert site.test_client().get("/help?q=pesten").status_code == 200


def test_links_to_other_sites_tell_them_nothing(client: FlaskClient) -> None:
    links = re.findall(r'<a [^>]*href="https?://[^>]*>', client.get("/help?q=pesten").text)

    assert links
    assert all('rel="noopener noreferrer nofollow"' in link for link in links)


def test_who_to_call_in_danger_stands_above_all_but_not_twice(client: FlaskClient) -> None:
    page = client.get("/help?q=verdrietig").text
    assert page.index('href="tel:112"') < page.index('href="tel:113"') < page.index('name="q"')

    assert client.get("/help?q=ze+staan+nu+met+een+mes+voor+de+deur").text.count('href="tel:112"') == 1


def test_the_district_of_the_school_goes_along_with_a_question_and_a_suggestion(client: FlaskClient) -> None:
    page = client.get("/help?school=de-populier&district=Escamp").text

    assert 'name="district" value="Escamp"' in page
    assert "q=pesten&amp;school=de-populier&amp;district=Escamp" in page
    assert "Nowhere" not in client.get("/help?district=Nowhere").text.split("<main")[1]


def test_what_one_wants_to_know_of_a_card_folds_away(client: FlaskClient) -> None:
    card = client.get("/help?q=kindertelefoon").text.split('data-service="kindertelefoon"')[1].split("</article>")[0]
    before, folded = card.split("<details")

    assert 'href="tel:08000432"' in before
    assert before.index("Chatten") < before.index("tel:") < before.index("typen")
    assert "Wat je kunt zeggen" in folded
    assert "bellijst" in folded


def test_the_help_page_says_what_is_kept_and_leads_back_to_the_talk(client: FlaskClient) -> None:
    page = client.get("/help?school=de-populier").text

    assert "We bewaren niet wat je typt" in page
    assert 'href="/de-populier"' in page
