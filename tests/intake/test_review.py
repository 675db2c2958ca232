"""The review: who reads it, when it reaches them, what could be guessed, and what one tap changes."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app import clock, db
from app.intake import tabs
from app.settings import Settings
from tests.installations import Installation
from tests.intake import rows
from tests.intake.conftest import NewStudent
from tests.intake.student import Student

GUESSABLE = "Ik zit in klas 3B en om 10:20 in de gang was het weer raak."
TUESDAY_MORNING = datetime(2026, 11, 24, 9, 7, tzinfo=UTC)
TUESDAY_EVENING = datetime(2026, 11, 24, 18, 7, tzinfo=UTC)


@pytest.fixture
def waiting(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports wait for a window, as everywhere but in the demo."""
    settings: Settings = installation.app.config["SETTINGS"]
    monkeypatch.setitem(installation.app.config, "SETTINGS", replace(settings, deliver_at_once=False))


def test_the_review_says_of_each_reader_what_the_law_makes_him_do(student: Student, installation: Installation) -> None:
    student.tell()

    internal, external = (student.text.split(one.name, 1)[1] for one in (installation.internal, installation.external))
    assert "van de wet aan het bestuur" in internal.split("</li>", 1)[0]
    assert "Werkt niet bij jouw school" in external.split("</li>", 1)[0]


def test_who_is_struck_out_gets_no_key_and_is_no_part_of_the_report(
    student: Student, installation: Installation
) -> None:
    student.tell().strike(installation.internal.id)

    assert f"{installation.internal.name} leest dit niet." in student.text
    student.send()

    assert rows.reader_ids() == {installation.external.id}


def test_a_draft_that_was_sent_forgets_who_was_struck_out(student: Student, installation: Installation) -> None:
    student.tell().strike(installation.internal.id).send()

    with student.client.session_transaction() as cookie, db.reading() as session:
        state = tabs.held(session, cookie["talks"][student.slug], "talk")

    assert installation.internal.id not in str(state)


def test_who_is_put_back_reads_it_again(student: Student, installation: Installation) -> None:
    student.tell().strike(installation.internal.id).strike(installation.internal.id, "unstrike")

    student.send()

    assert rows.reader_ids() == {installation.internal.id, installation.external.id}


def test_striking_out_everybody_shows_help_outside_and_a_way_back(student: Student, installation: Installation) -> None:
    student.tell().strike(installation.internal.id).strike(installation.external.id)

    assert 'data-service="vertrouwensinspecteur"' in student.text
    assert not any(form.step == "review" for form in student.page.forms)
    student.strike(installation.external.id, "unstrike").send()

    assert rows.reader_ids() == {installation.external.id}


@pytest.mark.parametrize("do", ["strike", "unstrike"])
@pytest.mark.parametrize("person", ["", "nobody", "manager"])
def test_only_somebody_who_reads_can_be_struck_out(
    student: Student, installation: Installation, do: str, person: str
) -> None:
    student.tell()
    named = installation.manager.id if person == "manager" else person

    student.post(student.home, [*student.fields("review"), ("do", do), ("person", named)])
    student.send()

    assert rows.reader_ids() == {installation.internal.id, installation.external.id}


def test_a_double_tap_strikes_out_once(student: Student, installation: Installation) -> None:
    student.tell()
    fields = [*student.fields("review"), ("do", "strike"), ("person", installation.internal.id)]

    for _ in range(2):
        student.post(student.home, fields)
    student.strike(installation.internal.id, "unstrike")

    assert f"{installation.internal.name} leest dit niet." not in student.text


def test_somebody_whom_it_is_about_is_not_offered_to_be_put_back(student: Student, installation: Installation) -> None:
    student.tell(who="staff", conflict="_nobody").strike(installation.external.id)

    student.press("change", "conflict").submit("conflict", installation.external.id)

    assert (student.step, "unstrike" in student.text) == ("review", False)


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize(
    ("moment", "told"),
    [(TUESDAY_MORNING, "Je verhaal komt vandaag om 14 uur"), (TUESDAY_EVENING, "Je verhaal komt morgen om 8 uur")],
)
def test_the_start_and_the_review_say_when_it_reaches_them(student: Student, moment: datetime, told: str) -> None:
    with clock.at(moment):
        assert told in student.get(student.home).text
        assert told in student.tell().text


@pytest.mark.usefixtures("waiting")
def test_what_is_urgent_is_not_said_to_wait(student: Student) -> None:
    student.tell(what="risky", kind_risky=["weapon"])

    assert "Dit is dringend. Het staat meteen klaar" in student.text
    assert "om 8 uur" not in student.text


def test_where_nothing_waits_the_page_says_so(student: Student) -> None:
    assert "Je verhaal komt meteen bij hen binnen." in student.tell().text


def proposals(student: Student) -> list[dict[str, str]]:
    return [form.hidden for form in student.page.forms if ("do", "blur") in form.buttons]


def test_what_could_be_guessed_stands_in_its_context_with_a_vaguer_proposal(student: Student) -> None:
    student.tell(story_me=GUESSABLE)

    assert "Kan iemand raden dat jij het bent?" in student.text
    assert "<strong>klas 3B</strong>" in student.text or "<strong>3B</strong>" in student.text
    assert "Maak er “" in student.text
    assert proposals(student)


def test_one_tap_takes_a_proposal_over_in_the_draft_and_nowhere_else(student: Student) -> None:
    student.tell(story_me=GUESSABLE)
    before = len(proposals(student))

    student.press("blur")

    assert student.step == "review"
    assert GUESSABLE not in student.text
    assert len(proposals(student)) < before


def test_leaving_it_as_it_is_sends_it_as_it_is(student: Student) -> None:
    digits = student.tell(story_me=GUESSABLE).send()

    assert GUESSABLE in student.come_back(digits).text


def test_a_stale_page_makes_no_text_vaguer(student: Student) -> None:
    student.tell(story_me=GUESSABLE)
    stale = proposals(student)[0]
    changed = f"Eergisteren. {GUESSABLE}"
    student.press("change", "story_me").submit("story_me", changed)

    student.post(student.home, {**stale, "do": "blur"})

    assert (student.status, student.step) == (200, "review")
    assert changed in student.text


@pytest.mark.parametrize("wrong", [{"mark": "0" * 16}, {"step": "who"}, {"step": "nowhere"}, {"step": "story_other"}])
def test_a_proposal_that_was_never_made_changes_nothing(student: Student, wrong: dict[str, str]) -> None:
    student.tell(story_me=GUESSABLE)

    student.post(student.home, {**proposals(student)[0], **wrong, "do": "blur"})

    assert (student.status, student.step) == (200, "review")
    assert GUESSABLE in student.text


def test_a_proposal_for_which_there_is_no_room_changes_nothing(student: Student) -> None:
    text = "Ik zit in klas 3B. " + "Ze lachen me uit. " * 1000
    student.tell(story_me=text[:10_000])

    student.press("blur")

    assert (student.status, student.step) == (200, "review")
    assert "Ik zit in klas 3B." in student.text


def test_a_text_that_was_sent_is_not_made_vaguer(student: Student) -> None:
    student.tell(story_me=GUESSABLE)
    stale = proposals(student)[0]
    digits = student.send()

    assert student.post(student.home, {**stale, "do": "blur"}).digits == digits


def test_the_name_of_a_reader_offers_to_let_him_not_read_it(student: Student, installation: Installation) -> None:
    student.tell(story_me=f"Ik durf dit niet aan {installation.internal.name} te vertellen.")
    offered = f"Laat {installation.internal.name} dit niet lezen"
    assert offered in student.text

    student.strike(installation.internal.id)

    assert offered not in student.text


def test_at_most_six_are_shown_and_the_rest_is_counted(student: Student) -> None:
    times = ", ".join(f"om 1{number}:2{number}" for number in range(8))

    student.tell(story_me=f"Het gebeurde {times} uur.")

    assert len(proposals(student)) == 6
    assert re.search(r"En nog \d+ plek", student.text)


def test_a_text_in_which_nothing_stands_out_gets_one_calm_line(student: Student) -> None:
    student.tell(story_me="Ze lachen me uit.")

    assert "In je tekst viel ons niets op." in student.text
    assert "blur" not in student.text


def test_without_own_words_nothing_is_said_about_guessing(student: Student) -> None:
    assert "Kan iemand raden" not in student.tell().text


def test_a_text_that_left_the_path_is_not_looked_at(student: Student) -> None:
    student.tell(story_me=GUESSABLE)

    student.press("change", "you").submit("you", "someone_else").submit("story_other", "Ze lachen haar uit.")
    student.tell()

    assert "In je tekst viel ons niets op." in student.text


def test_nothing_of_the_check_is_stored(new_student: NewStudent) -> None:
    student = new_student().tell(story_me=GUESSABLE)
    marks = [form["mark"] for form in proposals(student)]

    stored = rows.everything_stored()

    assert marks
    for trace in (*marks, "klas 3B"):
        assert trace.encode() not in stored


def test_words_of_danger_that_come_in_by_a_change_show_help_on_the_review(
    student: Student, installation: Installation
) -> None:
    student.tell(story_me="Ze lachen me uit.").press("change", "story_me")
    assert 'data-service="113"' not in student.text

    student.answer("story_me", "Ik wil niet meer leven.")

    assert student.step == "review"
    assert 'data-service="113"' in student.text
    student.strike(installation.internal.id)
    assert 'data-service="113"' not in student.text


def test_whom_it_was_about_does_not_come_back_unseen(student: Student, installation: Installation) -> None:
    student.tell(story_me="Het was een les.", who="staff", conflict=installation.internal.id)
    assert installation.internal.name not in student.text.partition('id="readers"')[2]

    student.press("change", "who").answer("who", "student")
    student.until("review", {"who": "student"})

    assert f"{installation.internal.name} leest dit niet." in student.text
