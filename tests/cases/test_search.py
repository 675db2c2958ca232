"""Search over everything that a reader may read."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.cases import search as searching
from app.cases import services
from app.cases.correspondence import write
from app.cases.filters import Filters
from app.cases.labels import add_label, remove_label
from app.cases.models import Message
from app.cases.notes import write_note, write_own_note
from app.cases.search import Found, search
from app.cases.words_sought import excerpt, fold, holds_all, terms_of
from tests.cases.conftest import SignIn
from tests.cases.factories import Adviser, Opened, desk_of, new_adviser, new_case, new_school
from tests.cases.test_reading import flipped


def found(session: Session, adviser: Adviser, school: str, words: str, filters: Filters | None = None) -> Found:
    return search(session, desk_of(adviser, school), terms_of(words), filters or Filters())


def full_case(session: Session) -> tuple[str, Adviser, Opened]:
    """A case with a text of every sort."""
    school = new_school(session)
    adviser = new_adviser(session, school)
    new_case(session, school, adviser, answers={"story": ("Iets heel anders.",)})
    case, desk = new_case(session, school, adviser), desk_of(adviser, school)
    write(session, case.access, "Het gebeurde bij de Vuurtoren.")
    services.reply(session, desk, case.case_id, "Dank voor je moed.")
    write_note(session, desk, case.case_id, "Conciërge zag het.")
    write_own_note(session, desk, case.case_id, "Ik twijfel nog.")
    add_label(session, desk, case.case_id, "kluisjes")
    session.flush()
    return school, adviser, case


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("wachten", "Onderwerp"),
        ("twijfel Nare woorden", "Wat de leerling vertelde"),
        ("vuurtoren", "Bericht van de leerling"),
        ("moed", "Bericht van Noor de Wit"),
        ("concierge", "Gedeelde notitie"),
        ("twijfel", "Eigen notitie"),
        ("KLUISJES", "Label"),
        ("kluisjes vuurtoren twijfel", "Bericht van de leerling"),
        ('"bij de vuurtoren"', "Bericht van de leerling"),
    ],
)
def test_it_finds_every_sort_of_text_and_says_where_it_stands(session: Session, words: str, place: str) -> None:
    school, adviser, case = full_case(session)

    (hit,) = found(session, adviser, school, words).hits

    assert hit.case.id == case.case_id
    assert hit.pieces[0].place.startswith(place)


@pytest.mark.parametrize("words", ["vuurtoren fregat", '"vuurtoren de bij"', "not_now"])
def test_every_word_must_be_in_the_case(session: Session, words: str) -> None:
    school, adviser, _ = full_case(session)

    assert found(session, adviser, school, words) == Found()


def test_it_searches_what_he_may_read_only(session: Session) -> None:
    school, adviser, _ = full_case(session)
    other = new_adviser(session, school, kind="external")
    new_case(session, school, adviser, other, answers={"story": ("Bij de vuurtoren.",)})

    assert len(found(session, other, school, "vuurtoren").hits) == 1
    assert found(session, other, school, "twijfel").hits == ()
    assert len(found(session, adviser, school, "vuurtoren").hits) == 2


def test_an_own_note_of_another_reader_is_no_hit(session: Session) -> None:
    school = new_school(session)
    one, other = new_adviser(session, school), new_adviser(session, school, kind="external")
    case = new_case(session, school, one, other)
    write_own_note(session, desk_of(one, school), case.case_id, "Ik twijfel nog.")

    assert found(session, other, school, "twijfel").hits == ()


def test_a_label_that_was_taken_away_is_no_hit(session: Session) -> None:
    school, adviser, case = full_case(session)
    remove_label(session, desk_of(adviser, school), case.case_id, "kluisjes")

    assert found(session, adviser, school, "kluisjes").hits == ()


def test_filters_narrow_a_search(session: Session) -> None:
    school, adviser, _ = full_case(session)

    assert len(found(session, adviser, school, "vuurtoren", Filters(topic="bullying")).hits) == 1
    assert found(session, adviser, school, "vuurtoren", Filters(states=frozenset({"urgent"}))).hits == ()


def test_it_stops_at_a_number_of_cases_and_says_so(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_CASES", 2)
    school = new_school(session)
    adviser = new_adviser(session, school)
    for _ in range(3):
        new_case(session, school, adviser)

    result = found(session, adviser, school, "fietsen")

    assert (len(result.hits), result.is_cut) == (2, True)


def test_a_damaged_message_hides_no_other(session: Session) -> None:
    school, adviser, case = full_case(session)
    row = session.scalars(select(Message).where(Message.seq == 1)).one()
    row.blob = flipped(row.blob)
    session.flush()

    assert found(session, adviser, school, "vuurtoren").hits == ()
    assert [hit.case.id for hit in found(session, adviser, school, "moed").hits] == [case.case_id]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("CAFÉ", "cafe"),
        ("İzmir", "izmir"),
        ("مُحَمَّد", "محمد"),
        ("’s Nachts, ÉÉN", "'s nachts, een"),
        ("Ñandú🙂", "nandu🙂"),
    ],
)
def test_capitals_and_accents_do_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(text + "ł") == fold(text) + "ł"


def test_an_excerpt_shows_the_word_as_it_was_typed() -> None:
    piece = excerpt("lang " * 40 + "Het was bij\nCAFÉ De Zon en " + "nog meer " * 30, ["cafe"])

    assert piece
    assert piece.word == "CAFÉ"
    assert piece.before.startswith("…")
    assert piece.before.endswith("Het was bij ")
    assert piece.after.startswith(" De Zon")
    assert piece.after.endswith("…")


def test_a_phrase_runs_over_the_end_of_a_line_but_not_of_a_text() -> None:
    assert holds_all(["bij de\n fietsen"], ["de fietsen"])
    assert not holds_all(["bij de", "fietsen"], ["de fietsen"])


class TestPage:
    def test_a_word_is_marked_in_the_direction_of_its_text_and_nothing_is_markup(
        self, database: db.Database, sign_in: SignIn
    ) -> None:
        with database.writer.begin() as session:
            school = new_school(session)
            adviser = new_adviser(session, school)
            case = new_case(session, school, adviser)
            write(session, case.access, "<b>vet</b> en vuurtoren")

        answer = sign_in(adviser).post("/staff/cases/search", data={"words": "Vuurtoren"})

        assert answer.status_code == 200
        assert 'dir="auto" lang="nl">&lt;b&gt;vet&lt;/b&gt; en <mark>vuurtoren</mark>' in answer.text
        assert 'value="Vuurtoren"' in answer.text
        assert "no-store" in answer.headers["Cache-Control"]

    @pytest.mark.parametrize("words", ["", "a", '""', "x" * 201])
    def test_what_would_find_everything_is_refused(self, database: db.Database, sign_in: SignIn, words: str) -> None:
        with database.writer.begin() as session:
            adviser = new_adviser(session, new_school(session))

        answer = sign_in(adviser).post("/staff/cases/search", data={"words": words})

        assert answer.status_code == 422
        assert 'href="#words"' in answer.text

    def test_a_second_search_at_the_same_time_waits_and_then_says_so(
        self, database: db.Database, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(searching, "_PATIENCE_SECONDS", 0.01)
        with database.writer.begin() as session:
            adviser = new_adviser(session, new_school(session))
        client = sign_in(adviser)

        with searching._turn:
            answer = client.post("/staff/cases/search", data={"words": "vuurtoren"})

        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
        assert "zoekt op dit moment iemand anders" in answer.text
        assert 'value="vuurtoren"' in answer.text
        assert client.post("/staff/cases/search", data={"words": "vuurtoren"}).status_code == 200

    def test_a_search_leaves_no_word_in_an_address(self, database: db.Database, sign_in: SignIn) -> None:
        with database.writer.begin() as session:
            _school, adviser, _case = full_case(session)

        page = sign_in(adviser).post("/staff/cases/search", data={"words": "zeehond", "show": "urgent"}).text

        assert "zeehond" in page
        assert not [part for part in page.split('href="')[1:] if "zeehond" in part.split('"')[0]]
