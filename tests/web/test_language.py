import pytest
from flask.testing import FlaskClient

from app.i18n import languages
from app.i18n.translate import current


@pytest.mark.parametrize(
    ("wish", "tag"), [("ar-MA,nl;q=0.5", "ar"), ("xx, en-US;q=0.7, nl;q=0.5", "en"), ("", "nl"), ("\x7f;;q=", "nl")]
)
def test_a_browser_gets_the_first_language_it_wishes_that_is_offered(client: FlaskClient, wish: str, tag: str) -> None:
    page = client.get("/", headers={"Accept-Language": wish}).text

    assert f'<html lang="{tag}"' in page


def test_arabic_pages_run_from_right_to_left(client: FlaskClient) -> None:
    assert '<html lang="ar" dir="rtl">' in client.get("/?lang=ar").text


def test_a_first_look_leaves_no_cookie(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/", headers={"Accept-Language": "ar"}).headers


def test_a_language_that_was_asked_for_stays(client: FlaskClient) -> None:
    client.get("/?lang=ar")

    assert '<html lang="ar"' in client.get("/", headers={"Accept-Language": "en"}).text


def test_a_language_that_is_not_offered_is_not_kept(client: FlaskClient) -> None:
    answer = client.get("/?lang=tr")

    assert '<html lang="nl"' in answer.text
    assert "Set-Cookie" not in answer.headers


def test_the_language_ends_with_the_request(client: FlaskClient) -> None:
    client.get("/?lang=ar")

    assert current().tag == "nl"


def test_answers_say_that_they_depend_on_language_and_cookie(client: FlaskClient) -> None:
    vary = client.get("/").vary

    assert {"Accept-Language", "Cookie", "Accept-Encoding"} <= set(vary)


def test_language_links_name_themselves_and_mark_the_present_one(client: FlaskClient) -> None:
    page = client.get("/?lang=ar").text

    assert '<a href="/?lang=nl" lang="nl" dir="ltr" hreflang="nl">Nederlands</a>' in page
    assert 'hreflang="ar" aria-current="true">العربية</a>' in page


def test_easy_dutch_is_for_students_only_and_a_page_in_it_is_in_dutch(client: FlaskClient) -> None:
    languages.offer(("nl-easy", "en"))

    easy = client.get("/?lang=nl-easy").text

    assert '<html lang="nl" dir="ltr">' in easy
    assert 'lang="nl" dir="ltr" hreflang="nl" aria-current="true">Makkelijk Nederlands</a>' in easy
    assert 'hreflang="nl">Nederlands</a>' in easy
    assert "Makkelijk" not in client.get("/staff/desk?lang=nl-easy").text


def test_language_links_on_the_desk_keep_the_query(client: FlaskClient) -> None:
    page = client.get("/staff/desk?page=2&lang=nl&q=a%26b").text

    assert 'href="/staff/desk?page=2&amp;q=a%26b&amp;lang=ar"' in page


def test_language_links_on_a_students_page_repeat_nothing_that_a_link_brought(client: FlaskClient) -> None:
    page = client.get("/?school=guess&x=guess").text

    assert "guess" not in page
    assert 'href="/?school=duinrand&amp;lang=ar"' in page


def test_a_language_link_cannot_lead_to_another_site(client: FlaskClient) -> None:
    page = client.get("/%2F%2Fevil.example/x").text

    assert "//evil" not in page


def test_help_and_code_links_carry_the_school(client: FlaskClient) -> None:
    page = client.get("/").text

    assert 'href="/help?school=duinrand"' in page
    assert 'href="/code?school=duinrand"' in page
