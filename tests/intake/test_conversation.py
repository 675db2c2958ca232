"""The open conversation: what stands first, read marks, the check-in, and the quiet things that can be done."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from app import clock, db
from app.cases.services import Along, reply
from app.schools.models import School
from tests.installations import Installation
from tests.intake import rows
from tests.intake.adviser import Adviser, adviser_of, case_id, sent_case
from tests.intake.conftest import NewStudent
from tests.intake.student import Student

STORY = "Ze lachen me elke dag uit in de pauze.\r\nOok online."
NOON = datetime(2026, 11, 24, 12, 7, 31, tzinfo=UTC)
CHECKIN = "Is er daarna iets vervelends gebeurd?"
DRAFT = "Ik was nog aan het typen."
DOINGS = ("", "thread", "withdraw", "restore", "extend", "end", "download", "since", "reprisal", "return")


@dataclass(frozen=True)
class Talking:
    """A student whose story was sent, in another browser, and his adviser."""

    digits: str
    student: Student
    adviser: Adviser

    def back(self) -> Student:
        return self.student.come_back(self.digits)

    def act(self, **fields: str) -> Student:
        """Press a button of the one form, which carries its hidden fields along."""
        form = next(form for form in self.student.page.forms if "thread" in form.hidden)
        name, value = next(iter(fields.items()))
        assert f'name="{name}" value="{value}"' in self.student.text
        self.student.post("/code", {**form.hidden, **fields})
        return self.student


@pytest.fixture
def talking(installation: Installation, new_student: NewStudent) -> Talking:
    return Talking(sent_case(installation, STORY), new_student(), adviser_of(installation))


def test_an_own_message_says_whether_it_was_read(talking: Talking) -> None:
    talking.back().write("Ben je er?")
    assert "Nog niet gelezen" in talking.student.text

    talking.adviser.read(case_id())
    talking.student.get("/code")

    assert "Gelezen door je vertrouwenspersoon" in talking.student.text
    assert "Nog niet gelezen" not in talking.student.text


def test_the_newest_messages_stand_open_above_the_field_and_all_else_is_folded(talking: Talking) -> None:
    talking.back()
    for number in range(5):
        talking.student.write(f"bericht {number}")

    text = talking.student.text

    older, now = text.index("<summary>Eerdere berichten"), text.index('id="now"')
    assert older < text.index("bericht 1") < now < text.index("bericht 2")
    assert text.index("bericht 4") < text.index("<textarea") < text.index("<summary>Wat je vertelde")
    assert text.index("<summary>Wat je vertelde") < text.index("Ze lachen me elke dag uit")


@pytest.mark.parametrize(("days", "is_asked"), [(2, False), (3, True), (10, True), (31, True)])
def test_some_days_after_an_answer_the_student_is_asked_what_happened_since(
    talking: Talking, days: int, *, is_asked: bool
) -> None:
    with clock.at(NOON):
        talking.adviser.answer(case_id())

    with clock.at(NOON + timedelta(days=days)):
        assert (CHECKIN in talking.back().text) is is_asked


def test_an_answered_check_in_is_asked_once_and_the_adviser_sees_it(talking: Talking) -> None:
    with clock.at(NOON):
        talking.adviser.answer(case_id())

    with clock.at(NOON + timedelta(days=4)):
        talking.back()
        talking.act(answer="fine")

        assert talking.student.statuses == [303, 200]
        assert "Je antwoord staat in je gesprek." in talking.student.text
        assert CHECKIN not in talking.student.text
    assert "er is daarna niets vervelends gebeurd" in talking.adviser.read(case_id())


def test_two_taps_on_a_check_in_are_one_answer(talking: Talking) -> None:
    with clock.at(NOON):
        talking.adviser.answer(case_id())
    with clock.at(NOON + timedelta(days=4)):
        talking.back()
        shown = talking.student.page
        talking.act(answer="fine")
        talking.student.page = shown
        talking.student.post("/code", {**talking.student.form_with("text").hidden, "answer": "fine"})

        assert talking.student.status == 200
    assert rows.message_count() == 2


def test_the_check_in_names_who_would_read_a_no(talking: Talking, installation: Installation) -> None:
    with clock.at(NOON):
        talking.adviser.answer(case_id())

    with clock.at(NOON + timedelta(days=4)):
        text = talking.back().text
        asked = text[text.index("<fieldset") : text.index("</fieldset>")]
        assert installation.internal.name in asked
        assert "dan vertellen we dat aan niemand" in asked
        assert "aan niemand verteld" in talking.act(answer="no_answer").text


def test_a_yes_tells_nobody_until_the_student_lets_it_be_known(talking: Talking, installation: Installation) -> None:
    with clock.at(NOON):
        talking.adviser.answer(case_id())

    with clock.at(NOON + timedelta(days=4)):
        talking.back()
        mails = rows.waiting_mails()
        shown = talking.act(answer="happened").text
        assert (rows.message_count(), rows.waiting_mails()) == (1, mails)
        offer = shown[shown.index("zonder wat") : shown.index('value="happened"')]
        assert installation.internal.name in offer

        talking.act(do="happened")

        assert "Je liet weten: er is iets vervelends gebeurd." in talking.student.text
        assert "door de leerling" not in talking.student.text
    assert "er is daarna iets vervelends gebeurd" in talking.adviser.read(case_id())


def test_a_check_in_that_says_yes_offers_the_questions_about_it(talking: Talking) -> None:
    with clock.at(NOON):
        talking.adviser.answer(case_id())

    with clock.at(NOON + timedelta(days=4)):
        talking.back()
        talking.act(answer="happened", text=DRAFT)
        assert f"\n{DRAFT}</textarea>" in talking.student.text
        talking.student.press("reprisal")

        assert talking.student.redirects == [talking.student.home]
        assert talking.student.step == "danger"
    assert rows.message_count() == 1


@pytest.mark.parametrize("fields", [{"answer": "whatever"}, {"do": "whatever"}])
def test_a_button_that_no_page_has_does_nothing_and_gives_the_words_back(
    talking: Talking, fields: dict[str, str]
) -> None:
    talking.back().post("/code", {**talking.student.form_with("text").hidden, **fields, "text": DRAFT})

    assert talking.student.status == 404
    assert DRAFT in talking.student.text
    assert rows.message_count() == 0


def test_what_stands_in_the_field_stays_there_when_another_button_is_tapped(talking: Talking) -> None:
    talking.back()
    talking.act(do="extend", text=DRAFT)

    assert f"\n{DRAFT}</textarea>" in talking.student.text
    assert rows.message_count() == 0


def test_what_is_withdrawn_leaves_every_desk_at_once_and_can_be_taken_back(talking: Talking) -> None:
    talking.back()
    assert "Twee weken lang kun je het terughalen" in talking.student.text

    talking.act(do="withdraw", text=DRAFT)

    assert "Je hebt dit ingetrokken." in talking.student.text
    assert 'name="text"' not in talking.student.text
    assert talking.adviser.case_ids() == set()
    talking.act(do="restore")
    assert "Je verhaal is terug." in talking.student.text
    assert f"\n{DRAFT}</textarea>" in talking.student.text
    assert talking.adviser.case_ids() == {case_id()}


def test_before_withdrawing_the_page_tells_whether_somebody_read_it(talking: Talking) -> None:
    assert "Nog niemand heeft het geopend." in talking.back().text

    talking.adviser.read(case_id())

    assert "Wie het las, weet het nog" in talking.student.get("/code").text


def test_a_message_written_in_another_tab_after_withdrawing_is_given_back(talking: Talking) -> None:
    talking.back()
    shown = talking.student.page
    talking.act(do="withdraw")

    talking.student.page = shown
    talking.student.write(DRAFT)

    assert talking.student.status == 409
    assert DRAFT in talking.student.text
    assert "Haal het eerst terug" in talking.student.text
    assert rows.message_count() == 0


def test_a_student_ends_the_conversation_and_opens_it_by_writing(talking: Talking) -> None:
    talking.back()
    talking.act(do="end")

    assert "Je hebt dit gesprek afgesloten." in talking.student.text
    assert "Je sloot dit gesprek af." in talking.student.text
    assert "door de leerling" not in talking.student.text
    assert "Afgesloten." in talking.student.text
    assert 'value="end"' not in talking.student.text
    assert "Afgesloten." not in talking.student.write("Toch nog iets.").text


def test_keeping_it_longer_says_until_which_day(talking: Talking) -> None:
    with clock.at(NOON + timedelta(days=7)):
        talking.back()
        talking.act(do="extend")

    assert "We bewaren dit gesprek nu tot en met dinsdag 1 juni 2027." in talking.student.text


def test_what_was_skipped_stands_neither_in_the_conversation_nor_in_the_download(student: Student) -> None:
    student.until("story_me").submit("story_me", STORY).submit("what", skip="1").press("enough")
    student.come_back(student.send())
    assert STORY in student.text
    assert "Overgeslagen" not in student.text

    assert "Overgeslagen" not in student.press("download").text


def test_the_download_holds_only_the_students_own_words_under_their_days(talking: Talking) -> None:
    with clock.at(NOON):
        talking.back().write("Vandaag weer.\r\n=1+1")
        talking.adviser.answer(case_id(), "Zullen we praten?")
        talking.student.get("/code").press("download")

    text, headers = talking.student.text, talking.student.headers

    assert talking.student.status == 200
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert headers["Content-Disposition"] == 'attachment; filename="tekst.txt"'
    assert headers["Cache-Control"] == "no-store"
    assert STORY in text
    assert "dinsdag 24 november 2026\r\nVandaag weer.\r\n=1+1" in text
    for foreign in ("Zullen we praten?", "Mira Zonneveld", "De Meeuw", talking.digits, "<"):
        assert foreign not in text


@pytest.mark.parametrize("do", DOINGS)
def test_what_is_done_in_a_conversation_that_was_closed_here_asks_for_the_code(talking: Talking, do: str) -> None:
    with clock.at(NOON):
        talking.back()

    with clock.at(NOON + timedelta(minutes=45)):
        fields = {**talking.student.form_with("text").hidden, "do": do, "text": DRAFT}
        talking.student.post("/code", fields)

    assert talking.student.status == 410
    assert "Vul je code opnieuw in" in talking.student.text
    assert DRAFT in talking.student.text
    assert rows.message_count() == 0


def test_leaving_asks_for_the_code_and_keeps_nothing_here(talking: Talking) -> None:
    talking.back().press("leave")

    assert talking.student.form_with("code")
    assert STORY not in talking.student.text


def test_a_school_that_closed_takes_no_new_talk_but_the_conversation_goes_on(
    talking: Talking, installation: Installation
) -> None:
    talking.back()
    form = talking.student.form_with("text").hidden
    with db.transaction() as session:
        session.execute(update(School).where(School.id == installation.school.id).values(is_open=False))

    assert 'value="since"' not in talking.student.get("/code").text
    talking.student.post("/code", {**form, "do": "reprisal"})
    assert talking.student.status == 409


def test_coming_back_counts_as_seen(talking: Talking) -> None:
    talking.adviser.answer(case_id())
    talking.back()

    assert rows.case().student_seen_through == 1


def send_card(talking: Talking, service: str, name: str) -> None:
    text = "Je kunt ook met anderen praten, bijvoorbeeld hier: %(service)s."
    part = {"card": "help.service", "text": text, "slots": {"service": name}, "help": service}
    with db.transaction() as session:
        reply(session, talking.adviser.desk, case_id(), "", Along([part]))


def test_a_card_that_an_adviser_sent_stands_whole_below_his_message_and_once(talking: Talking) -> None:
    send_card(talking, "kindertelefoon", "De Kindertelefoon")

    page = talking.back().text

    assert page.count('data-service="kindertelefoon"') == 1
    assert page.index("bijvoorbeeld hier:") < page.index('data-service="kindertelefoon"') < page.index('id="write"')
    assert 'href="tel:08000432"' in page


def test_of_a_sent_card_whose_service_is_gone_only_the_name_stays(talking: Talking) -> None:
    send_card(talking, "gone", "De Oude Lijn")

    page = talking.back().text

    assert "De Oude Lijn" in page
    assert 'data-service="gone"' not in page
