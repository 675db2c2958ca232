"""Words that may mean danger: help at once, in the talk and in the conversation, and nothing that holds anybody up."""

from app import db
from app.intake import sending, tabs
from tests.intake import rows
from tests.intake.student import Student

DARK = "Ik wil niet meer leven."
CALM = "Ze lachen me uit."


def test_words_that_may_mean_danger_show_who_to_call_at_once(student: Student) -> None:
    student.until("story_me").submit("story_me", DARK)

    assert 'data-service="113"' in student.text
    assert student.status == 200


def test_other_words_do_not(student: Student) -> None:
    student.until("story_me").submit("story_me", CALM)

    assert (student.step, "data-service" in student.text) == ("what", False)


def test_the_report_names_the_topic_and_is_urgent(student: Student, sent: list[sending.NewReport]) -> None:
    student.tell(story_me=DARK).send()

    assert (sent[0].watch, sent[0].urgent) == (("life",), True)
    assert sent[0].answers["story_me._watch"] == ("life",)


def test_a_text_that_is_changed_is_looked_at_again(student: Student, sent: list[sending.NewReport]) -> None:
    student.tell(story_me=DARK).press("change", "story_me").submit("story_me", CALM)

    student.tell().send()

    assert (sent[0].watch, "story_me._watch" in sent[0].answers) == ((), False)


def test_a_text_that_is_skipped_after_all_leaves_no_topic(student: Student, sent: list[sending.NewReport]) -> None:
    student.tell(story_me=DARK).press("change", "story_me").submit("story_me", skip="1")

    student.tell(what="things").send()

    assert sent[0].watch == ()


def test_help_for_the_topic_stands_first_on_the_last_page(student: Student) -> None:
    student.tell(story_me=DARK).send()

    assert student.text.index('data-service="113"') < student.text.index('data-service="kindertelefoon"')


def test_a_message_that_may_mean_danger_shows_help_and_is_written(student: Student) -> None:
    student.come_back(student.tell(story_me=CALM).send())
    assert 'data-service="113"' not in student.text

    student.write(DARK)

    assert student.text.count('data-service="113"') == 1
    assert student.text.index('data-service="113"') < student.text.index("data-message")
    assert rows.message_count() == 1


def test_the_next_calm_message_ends_it(student: Student) -> None:
    student.come_back(student.tell(story_me=CALM).send()).write(DARK)

    student.write(CALM)

    assert 'data-service="113"' not in student.text


def test_only_the_sealed_row_of_the_visit_knows_the_topic(student: Student) -> None:
    student.come_back(student.tell(story_me=CALM).send()).write(DARK)

    with student.client.session_transaction() as cookie, db.reading() as session:
        state = tabs.held(session, cookie["visit"], "visit")

    assert state
    assert state["topics"] == ["life"]
    assert DARK not in str(state)
