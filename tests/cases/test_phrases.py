"""Sentences that an adviser sends in the student's own language."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import db
from app.cases import services
from app.cases.correspondence import read_conversation
from app.cases.phrase_sending import MOST_LINES, Draft, draft_of
from app.cases.phrases import phrase_book
from app.cases.reading import Message
from app.i18n import catalogues
from app.i18n.translate import using
from app.referrals.services import import_entries
from app.referrals.sheet import PACKAGED, read_sheet
from tests.cases.conftest import SignIn
from tests.cases.factories import desk_of, new_adviser, new_case, new_school
from tests.i18n.conftest import WriteCatalogue, write_catalogue

__all__ = ["write_catalogue"]

MEET = "Kun je op %(day)s, %(part)s? De plek is: %(place)s."
ARABIC = """\
msgid "Kun je op %(day)s, %(part)s? De plek is: %(place)s."
msgstr "هل يمكنك الحضور يوم %(day)s، %(part)s؟ المكان: %(place)s."

msgid "in de grote pauze"
msgstr "في الاستراحة الكبيرة"

msgid "Bij de kluisjes"
msgstr "عند الخزائن"
"""
FILLED = {"card-0": "meet.propose", "blank-0-day": "2026-11-26", "blank-0-part": "lunch", "blank-0-place": "kluisjes"}


def plain(text: str) -> str:
    """Without the signs that keep the direction of a blank."""
    return re.sub("[\u2068\u2069]", "", text)


@pytest.fixture
def speaks_arabic(write_catalogue: WriteCatalogue) -> None:
    catalogues.load(write_catalogue("ar", ARABIC).parents[2])


@pytest.fixture
def inside_the_desk(desk_app: Flask) -> Iterator[None]:
    """The book belongs to an app."""
    with desk_app.app_context():
        yield


class Talk:
    """An adviser who is signed in, and a student who told it in *language*."""

    def __init__(self, database: db.Database, sign_in: SignIn, language: str) -> None:
        self.database = database
        with database.writer.begin() as session:
            school = new_school(session)
            adviser = new_adviser(session, school)
            self.opened = new_case(session, school, adviser, language=language)
            self.desk = desk_of(adviser, school)
        self.client: FlaskClient = sign_in(adviser)
        self.url = f"/staff/cases/{self.opened.case_id}"

    def post(self, **data: str) -> str:
        answer = self.client.post(f"{self.url}/reply", data={"text": "", **data})
        assert answer.status_code in {200, 303}
        return answer.text

    def read(self, language: str) -> Message:
        with self.database.reader() as session, using(language):
            return read_conversation(session, self.opened.access).messages[-1]


@pytest.fixture
def talk(database: db.Database, sign_in: SignIn) -> Talk:
    return Talk(database, sign_in, "ar")


def field_names(page: str) -> set[str]:
    return set(re.findall(r'name="((?:card|blank)-[^"]+)"', page))


def test_a_tap_adds_a_sentence_with_its_blanks_and_stores_nothing(talk: Talk) -> None:
    page = talk.post(do="add:meet.propose", text="mijn eigen woorden")

    assert field_names(page) == set(FILLED)
    assert "mijn eigen woorden" in page
    assert page.count('data-line="meet.propose"') == 1
    with talk.database.reader() as session:
        assert read_conversation(session, talk.opened.access).messages == ()


def test_a_draft_goes_on_without_opening_the_case_again(talk: Talk) -> None:
    talk.client.get(talk.url)
    talk.post(do="add:meet.propose")
    talk.post(do="show", **FILLED)

    page = talk.client.get(f"{talk.url}/notes").text

    assert page.count("opende de melding") == 1


@pytest.mark.usefixtures("speaks_arabic")
def test_the_student_reads_the_sentence_in_his_language_and_the_adviser_in_dutch(talk: Talk) -> None:
    talk.post(**FILLED)

    theirs, ours = talk.read("ar"), talk.read("nl")

    assert (
        plain(theirs.text) == "هل يمكنك الحضور يوم الخميس، 26 نوفمبر 2026، في الاستراحة الكبيرة؟ المكان: عند الخزائن."
    )
    assert [(piece.language, piece.direction) for piece in theirs.pieces] == [("ar", "rtl")]
    assert plain(ours.text) == "Kun je op donderdag 26 november 2026, in de grote pauze? De plek is: Bij de kluisjes."
    assert [(piece.language, piece.direction) for piece in ours.pieces] == [("nl", "ltr")]


@pytest.mark.usefixtures("speaks_arabic")
def test_the_preview_stands_in_the_students_language_beside_the_dutch(talk: Talk) -> None:
    page = plain(talk.post(do="show", **FILLED))
    preview = page[page.index("data-preview") :]

    assert '<p class="text" dir="rtl" lang="ar">هل يمكنك الحضور' in preview
    assert "العربية" in preview
    assert "nog niet vertaald" not in page
    assert "Kun je op donderdag 26 november 2026, in de grote pauze?" in page[: page.index("data-preview")]


def test_a_sentence_without_a_translation_is_read_in_dutch_and_says_so_beforehand(talk: Talk, tmp_path: Path) -> None:
    catalogues.load(tmp_path)  # None.
    page = talk.post(do="add:contact.read")
    assert "nog niet vertaald" in page

    talk.post(**{"card-0": "contact.read"})

    (piece,) = talk.read("ar").pieces
    assert (piece.text, piece.language) == ("Dank je wel dat je dit vertelt. Ik heb alles gelezen.", "nl")


def test_every_blank_keeps_its_own_direction(talk: Talk) -> None:
    talk.post(**FILLED)
    assert talk.read("nl").text.count("\u2068") == talk.read("nl").text.count("\u2069") == 3


def test_typed_words_follow_the_sentences_in_a_piece_of_their_own(talk: Talk) -> None:
    talk.post(**{"card-0": "contact.read", "card-1": "contact.serious", "text": "Groet, Noor"})

    message = talk.read("nl")

    assert [(piece.text, piece.direction) for piece in message.pieces] == [
        ("Dank je wel dat je dit vertelt. Ik heb alles gelezen. Ik neem serieus wat je schrijft.", "ltr"),
        ("Groet, Noor", "auto"),
    ]
    assert message.text.endswith("schrijft.\n\nGroet, Noor")


@pytest.mark.parametrize(
    "changes",
    [
        {"blank-0-day": ""},
        {"blank-0-day": "2026-02-30"},
        {"blank-0-day": "morgen"},
        {"blank-0-part": "midnight"},
        {"blank-0-place": ""},
    ],
)
def test_a_blank_that_is_not_filled_sends_nothing_and_keeps_all(talk: Talk, changes: Mapping[str, str]) -> None:
    answer = talk.client.post(f"{talk.url}/reply", data={**FILLED, **changes, "text": "en dit"})

    (blank,) = changes
    assert answer.status_code == 422
    assert f'href="#{blank}"' in answer.text
    assert "en dit" in answer.text
    assert field_names(answer.text) == set(FILLED)
    with talk.database.reader() as session:
        assert read_conversation(session, talk.opened.access).messages == ()


def test_names_and_help_can_fill_a_blank(talk: Talk) -> None:
    page = talk.post(do="add:contact.who_i_am")
    assert '<option value="Noor de Wit">Noor de Wit</option>' in page

    talk.post(**{"card-0": "contact.who_i_am", "blank-0-person": "Noor de Wit"})

    assert plain(talk.read("nl").text) == "Ik ben Noor de Wit. Ik ben vertrouwenspersoon voor jouw school."


def test_a_message_stays_readable_when_its_sentence_is_gone_from_the_book(talk: Talk) -> None:
    part = {"card": "gone.away", "text": "Tot %(day)s!", "slots": {"day": "2026-11-26"}}
    with talk.database.writer.begin() as session:
        services.reply(session, talk.desk, talk.opened.case_id, "", services.Along([part]))

    assert plain(talk.read("nl").text) == "Tot donderdag 26 november 2026!"


@pytest.mark.usefixtures("inside_the_desk")
def test_sentences_move_and_go() -> None:
    book = phrase_book()
    draft = Draft().after("add:contact.read", book).after("add:safe.now", book).after("add:next.busy", book)

    def order(changed: Draft) -> list[str]:
        return [line.phrase.id for line in changed.lines]

    assert order(draft.after("up:1", book)) == ["safe.now", "contact.read", "next.busy"]
    assert order(draft.after("down:1", book)) == ["contact.read", "next.busy", "safe.now"]
    assert order(draft.after("remove:0", book)) == ["safe.now", "next.busy"]
    assert order(draft.after("up:0", book)) == order(draft.after("down:2", book)) == order(draft)


@pytest.mark.usefixtures("inside_the_desk")
@pytest.mark.parametrize(
    "deed", ["add:none", "add:", "up:9", "remove:-1", "remove:x", "remove:²", "up:" + "9" * 5000, ""]
)
def test_a_foreign_deed_changes_nothing(deed: str) -> None:
    draft = Draft().after("add:contact.read", phrase_book())
    assert draft.after(deed, phrase_book()) == draft


@pytest.mark.usefixtures("inside_the_desk")
def test_a_draft_does_not_grow_without_end() -> None:
    draft = Draft()
    for _ in range(MOST_LINES + 3):
        draft = draft.after("add:contact.read", phrase_book())
    assert len(draft.lines) == MOST_LINES
    form = {f"card-{place}": "contact.read" for place in range(MOST_LINES + 3)}
    assert len(draft_of(form, phrase_book()).lines) == MOST_LINES


@pytest.fixture
def social_map(talk: Talk) -> None:
    with talk.database.writer.begin() as session:
        import_entries(session, read_sheet(PACKAGED))


@pytest.mark.usefixtures("social_map")
def test_sending_a_card_brings_its_sentence_with_the_service_chosen_and_keeps_what_was_typed(talk: Talk) -> None:
    assert 'value="card:kindertelefoon"' in talk.client.get(talk.url).text

    page = talk.post(do="card:helpwanted", text="Dit past goed bij je.")

    assert field_names(page) == {"card-0", "blank-0-service"}
    assert '<option value="helpwanted" selected>Helpwanted (Offlimits)</option>' in page
    assert "Dit past goed bij je." in page


@pytest.mark.usefixtures("social_map")
def test_a_message_with_a_card_names_it_for_the_student(talk: Talk) -> None:
    talk.post(**{"card-0": "help.service", "blank-0-service": "helpwanted", "text": "Dit past goed bij je."})

    message = talk.read("nl")

    assert message.help_ids == ("helpwanted",)
    assert "Helpwanted (Offlimits)" in plain(message.text)
    assert message.text.endswith("Dit past goed bij je.")


@pytest.mark.usefixtures("social_map")
def test_a_service_that_does_not_exist_is_not_sent(talk: Talk) -> None:
    answer = talk.client.post(f"{talk.url}/reply", data={"card-0": "help.service", "blank-0-service": "nobody"})

    assert answer.status_code == 422
    with talk.database.reader() as session:
        assert read_conversation(session, talk.opened.access).messages == ()


@pytest.mark.usefixtures("social_map")
def test_other_help_can_be_sought_beside_a_draft(talk: Talk) -> None:
    page = talk.post(do="find", sought="drugs", text="nog niet klaar")

    assert 'value="card:drugsinfo"' in page
    assert "nog niet klaar" in page
    assert 'value="drugs"' in page


@pytest.mark.usefixtures("social_map")
def test_a_closed_case_offers_no_card_to_send(talk: Talk) -> None:
    with talk.database.writer.begin() as session:
        services.close_case(session, talk.desk, talk.opened.case_id, "Het is klaar.")

    page = talk.client.get(talk.url).text

    assert 'data-service="kindertelefoon"' in page
    assert "card:" not in page
