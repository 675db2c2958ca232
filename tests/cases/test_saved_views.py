import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.cases.filters import Filters
from app.cases.models import SavedViews
from app.cases.saved_views import MOST_VIEWS, Saved, TooManyViewsError, delete_view, save_view, saved_views
from tests.cases.conftest import SignIn
from tests.cases.factories import Adviser, desk_of, new_adviser, new_case, new_school
from tests.cases.test_reading import flipped

URGENT = Filters(states=frozenset({"urgent"}), topic="bullying")


def test_a_view_comes_back_as_it_was_kept_and_opens_for_its_reader_alone(session: Session) -> None:
    school = new_school(session)
    one, other = new_adviser(session, school), new_adviser(session, school)
    save_view(session, desk_of(one, school), "Eerst  dit", URGENT, "vuurtoren")

    (view,) = saved_views(session, desk_of(one, school)).views

    assert (view.name, view.filters, view.words) == ("Eerst dit", URGENT, "vuurtoren")
    assert saved_views(session, desk_of(other, school)) == Saved()
    assert b"vuurtoren" not in session.scalars(select(SavedViews.sealed)).one()


def test_a_view_of_the_same_name_is_replaced_and_one_more_than_fits_is_refused(session: Session) -> None:
    school = new_school(session)
    desk = desk_of(new_adviser(session, school), school)
    for number in range(MOST_VIEWS):
        save_view(session, desk, f"Lijst {number}", Filters(), "")

    save_view(session, desk, "LIJST 3", URGENT, "")
    with pytest.raises(TooManyViewsError):
        save_view(session, desk, "Nog een", URGENT, "")

    views = saved_views(session, desk).views
    assert len(views) == MOST_VIEWS
    assert views[-1].filters == URGENT


def test_damaged_views_say_so_and_the_next_one_begins_anew(session: Session) -> None:
    school = new_school(session)
    desk = desk_of(new_adviser(session, school), school)
    save_view(session, desk, "Oud", URGENT, "")
    row = session.scalars(select(SavedViews)).one()
    row.sealed = flipped(row.sealed)
    session.flush()

    assert saved_views(session, desk) == Saved(is_damaged=True)
    save_view(session, desk, "Nieuw", URGENT, "")
    assert [view.name for view in saved_views(session, desk).views] == ["Nieuw"]


def test_deleting_twice_is_once(session: Session) -> None:
    school = new_school(session)
    desk = desk_of(new_adviser(session, school), school)
    save_view(session, desk, "Weg", URGENT, "")
    (view,) = saved_views(session, desk).views

    for _ in range(2):
        delete_view(session, desk, view.id)

    assert saved_views(session, desk).views == ()


@pytest.fixture
def adviser(database: db.Database) -> Adviser:
    with database.writer.begin() as session:
        school = new_school(session)
        made = new_adviser(session, school)
        new_case(session, school, made)
    return made


def test_a_view_without_words_is_a_link_and_one_with_words_a_form(adviser: Adviser, sign_in: SignIn) -> None:
    client = sign_in(adviser)
    for name, words in (("Dringend", ""), ("Kluisjes", "kluisjes")):
        answer = client.post("/staff/cases/views", data={"name": name, "words": words, "show": "urgent"})
        assert answer.status_code == 303
        assert "kluisjes" not in answer.location

    page = client.get("/staff/cases").text

    assert '<a class="button button--quiet" href="/staff/cases?show=urgent"><bdi>Dringend</bdi></a>' in page
    assert '<input type="hidden" name="words" value="kluisjes">' in page
    assert client.get("/staff/cases/views").text.count("data-view=") == 2


def test_a_view_without_a_name_and_one_too_many_are_explained(adviser: Adviser, sign_in: SignIn) -> None:
    client = sign_in(adviser)

    nameless = client.post("/staff/cases/views", data={"name": " ", "show": "urgent"})
    for number in range(MOST_VIEWS):
        client.post("/staff/cases/views", data={"name": f"Lijst {number}"})
    full = client.post("/staff/cases/views", data={"name": "Nog een"})

    assert (nameless.status_code, full.status_code) == (422, 409)
    assert 'name="show" value="urgent"' in nameless.text
    assert "Je bewaart al 12 weergaven" in full.text


def test_a_view_is_deleted_on_its_page(adviser: Adviser, sign_in: SignIn) -> None:
    client = sign_in(adviser)
    client.post("/staff/cases/views", data={"name": "Weg", "show": "urgent"})
    view_id = client.get("/staff/cases/views").text.split('data-view="')[1].split('"')[0]

    assert client.post(f"/staff/cases/views/{view_id}/delete").status_code == 303
    assert "Je hebt geen weergaven bewaard" in client.get("/staff/cases/views").text
