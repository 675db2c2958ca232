"""The exit: what a person asks for happens at once, and nothing else can ask for it."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from app import db
from app.intake import services
from app.schools.models import School
from tests.installations import Installation
from tests.intake import rows
from tests.intake.student import Student

NAVIGATION = {"Sec_Fetch_Mode": "navigate"}


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_the_exit_deletes_the_talk_and_the_cookie(student: Student, site: str) -> None:
    student.tell()

    answer = student.once("GET", "/w", Sec_Fetch_Site=site, **NAVIGATION)

    assert answer.status_code == 303
    assert answer.headers["Location"] == "https://www.knmi.nl/"
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert rows.tabs() == []
    assert student.cookies_set == []
    assert student.get(student.home).step == "begin"


def test_an_old_browser_that_says_nothing_of_itself_can_leave_too(student: Student) -> None:
    student.tell()

    student.once("GET", "/w")

    assert rows.tabs() == []


NOT_MEANT = {
    "an image of another site": {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"},
    "a link on another site": {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"},
    "a neighbour on the domain": {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "navigate"},
    "an image of our own": {"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "no-cors"},
    "a frame": {"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"},
    "a prefetch": {"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "navigate", "Sec_Purpose": "prefetch;prerender"},
    "an old prefetch": {"Purpose": "prefetch"},
}


@pytest.mark.parametrize("headers", NOT_MEANT.values(), ids=NOT_MEANT.keys())
def test_what_no_person_asked_for_ends_no_talk(student: Student, headers: dict[str, str]) -> None:
    student.until("what")

    answer = student.once("GET", "/w", **headers)

    assert answer.status_code == 303
    assert "Clear-Site-Data" not in answer.headers
    assert student.get(student.home).step == "what"


def test_the_exit_closes_a_conversation_too(student: Student) -> None:
    digits = student.tell().send()
    student.come_back(digits)
    assert len(rows.tabs()) == 2

    student.once("GET", "/w", Sec_Fetch_Site="same-origin", **NAVIGATION)

    assert rows.tabs() == []
    assert student.get("/code").form_with("code")


def test_what_was_sent_stays_sent_after_the_exit(student: Student) -> None:
    digits = student.tell().send()

    student.once("GET", "/w")

    assert student.come_back(digits).redirects == ["/code"]


def choose_exit(installation: Installation) -> None:
    with db.transaction() as session:
        changed = update(School).where(School.id == installation.school.id)
        session.execute(changed.values(exit_url="https://rooster.example/"))


def test_a_school_chooses_where_its_exit_leads(student: Student, installation: Installation) -> None:
    choose_exit(installation)
    student.begin()

    assert student.once("GET", "/w").headers["Location"] == "https://rooster.example/"


def test_the_exit_of_a_conversation_leads_where_its_school_says(student: Student, installation: Installation) -> None:
    choose_exit(installation)
    digits = student.tell().send()
    student.once("GET", "/w")
    student.come_back(digits)

    assert student.once("GET", "/w").headers["Location"] == "https://rooster.example/"


@pytest.mark.parametrize("page", ["/{slug}", "/{slug}?lang=en", "/help?school={slug}", "/code?school={slug}"])
def test_before_a_talk_the_exit_leads_where_the_school_of_the_page_says(
    student: Student, installation: Installation, page: str
) -> None:
    choose_exit(installation)
    left = "http://localhost" + page.format(slug=installation.school.slug)

    assert student.once("GET", "/w", Referer=left).headers["Location"] == "https://rooster.example/"
    assert student.cookies_set == []


@pytest.mark.parametrize(
    "left", ["", "http://localhost/", "http://localhost/help", "http://[", "https://evil.example/{slug}", "/{slug}"]
)
def test_a_page_that_names_no_school_leads_to_the_neutral_page_of_the_site(
    student: Student, installation: Installation, left: str
) -> None:
    choose_exit(installation)

    answer = student.once("GET", "/w", Referer=left.format(slug=installation.school.slug))

    assert (answer.status_code, answer.headers["Location"]) == (303, "https://www.knmi.nl/")


def test_the_exit_expires_the_cookie_by_name_and_the_language_with_it(student: Student) -> None:
    student.language = "en"
    student.begin()
    student.get(f"{student.home}?lang=nl")

    answer = student.once("GET", "/w")

    assert answer.headers.getlist("Set-Cookie") == [
        "s=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; HttpOnly; Path=/; SameSite=Lax"
    ]
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'lang="en"' in student.get(student.home).text.split("<head>")[0]


def test_a_cookie_that_we_cannot_read_is_expired_too(student: Student) -> None:
    student.client.set_cookie("s", "from-another-time")

    student.once("GET", "/w")

    assert student.cookies_set == []


def test_the_exit_of_the_student_leaves_the_adviser_signed_in(student: Student) -> None:
    student.client.set_cookie("d", "of an adviser")

    answer = student.once("GET", "/w")

    assert student.cookies_set == ["d"]
    assert "cookies" not in answer.headers["Clear-Site-Data"]


def test_the_exit_works_while_the_database_does_not(student: Student, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_args: object) -> None:
        raise OperationalError("DELETE", {}, Exception("database is locked"))

    student.tell()
    monkeypatch.setattr(services, "leave", locked)
    answer = student.once("GET", "/w")

    assert (answer.status_code, answer.headers["Location"]) == (303, "https://www.knmi.nl/")
    assert student.cookies_set == []


def test_the_exit_can_only_be_asked_for_not_posted(student: Student) -> None:
    student.until("what")
    form = student.fields("what")

    student.post("/w", form)

    assert student.status == 404
    assert student.get(student.home).step == "what"
