import json
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.cases import services
from app.cases.correspondence import read_conversation, write
from app.cases.models import Case, CaseReader, Message
from app.cases.queries import waiting_cases
from app.cases.reading import Report
from app.flows.variants import SchoolParts, with_parts
from app.i18n import catalogues
from app.i18n.translate import using
from app.schools.models import Place
from app.talks.models import FlowArchive
from app.talks.services import keep
from tests.cases.factories import desk_of, flows, new_adviser, new_case, new_place, new_school
from tests.i18n.conftest import WriteCatalogue, write_catalogue

__all__ = ["write_catalogue"]


def flipped(blob: bytes) -> bytes:
    return blob[:40] + bytes([blob[40] ^ 1]) + blob[41:]


def test_a_flipped_bit_damages_one_message_and_hides_no_other(session: Session) -> None:
    school = new_school(session)
    opened = new_case(session, school, new_adviser(session, school))
    for text in ("een", "twee", "drie"):
        write(session, opened.access, text)
    session.flush()
    second = session.get_one(Message, (opened.case_id, 2))
    second.blob = flipped(second.blob)

    messages = read_conversation(session, opened.access).messages

    assert [(m.text, m.damaged) for m in messages] == [("een", False), ("", True), ("drie", False)]


def test_messages_swapped_between_cases_are_refused(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    one, other = new_case(session, school, adviser), new_case(session, school, adviser)
    for opened in (one, other):
        write(session, opened.access, "van mij")
    session.flush()
    rows = [session.get_one(Message, (opened.case_id, 1)) for opened in (one, other)]
    rows[0].blob, rows[1].blob = rows[1].blob, rows[0].blob
    session.flush()

    assert all(read_conversation(session, opened.access).messages[0].damaged for opened in (one, other))


def test_messages_swapped_within_a_case_are_refused(session: Session) -> None:
    school = new_school(session)
    opened = new_case(session, school, new_adviser(session, school))
    for text in ("ja", "nee"):
        write(session, opened.access, text)
    session.flush()
    rows = [session.get_one(Message, (opened.case_id, seq)) for seq in (1, 2)]
    rows[0].blob, rows[1].blob = rows[1].blob, rows[0].blob
    session.flush()

    assert all(message.damaged for message in read_conversation(session, opened.access).messages)


def test_a_students_words_cannot_pose_as_an_advisers(session: Session) -> None:
    school = new_school(session)
    opened = new_case(session, school, new_adviser(session, school))
    write(session, opened.access, "Ik trek alles in.")
    session.flush()
    session.execute(update(Message).values(direction="adviser"))

    assert read_conversation(session, opened.access).messages[0].damaged


def test_a_damaged_report_leaves_card_and_messages(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    opened = new_case(session, school, adviser)
    write(session, opened.access, "Nog iets.")
    case = session.get_one(Case, opened.case_id)
    case.report = flipped(case.report)

    view = services.read_case(session, desk_of(adviser, school), opened.case_id)

    assert view.report.damaged
    assert view.head.title == "Pesten"
    assert view.messages[0].text == "Nog iets."


def test_a_damaged_card_leaves_the_row_in_the_queue(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    opened = new_case(session, school, adviser)
    case = session.get_one(Case, opened.case_id)
    case.card = flipped(case.card)
    session.flush()

    (row,) = waiting_cases(session, desk_of(adviser, school)).cases

    assert (row.id, row.title) == (opened.case_id, "Beschadigde melding")


def test_a_damaged_wrap_hides_the_case_from_its_reader_only(session: Session) -> None:
    school = new_school(session)
    one, other = new_adviser(session, school), new_adviser(session, school, kind="external")
    opened = new_case(session, school, one, other)
    reader = session.get_one(CaseReader, (opened.case_id, one.person_id))
    reader.dialog_wrap = flipped(reader.dialog_wrap)

    assert services.read_case(session, desk_of(one, school), opened.case_id).is_key_damaged
    assert not services.read_case(session, desk_of(other, school), opened.case_id).report.damaged


def test_questions_changed_in_the_archive_are_refused(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    opened = new_case(session, school, adviser)
    archive = session.scalars(select(FlowArchive)).one()
    archive.content = archive.content.replace("Nare woorden", "Mooie woorden")
    session.flush()

    assert services.read_case(session, desk_of(adviser, school), opened.case_id).report.damaged


def test_an_archive_that_is_no_flow_damages_the_report_only(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    opened = new_case(session, school, adviser)
    session.scalars(select(FlowArchive)).one().content = json.dumps("niets")[1:]
    session.flush()

    assert services.read_case(session, desk_of(adviser, school), opened.case_id).report.damaged


def test_places_keep_the_name_they_had(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    new_place(session, school, "gym", "Gymzaal")
    opened = new_case(session, school, adviser, answers={"where": ("gym",)})
    session.execute(update(Place).values(label="Aula"))

    lines = {line.question: line.answers for line in read_conversation(session, opened.access).report}

    assert lines["Plaats"] == ("Gymzaal",)


def test_people_are_named(session: Session) -> None:
    school = new_school(session)
    accused, adviser = new_adviser(session, school, name="Wim Blok"), new_adviser(session, school, kind="external")
    opened = new_case(session, school, adviser, answers={"conflict": (accused.person_id,)})

    lines = {line.question: line.answers for line in read_conversation(session, opened.access).report}

    assert lines["Niet laten lezen door"] == ("Wim Blok",)


def test_an_adviser_reads_in_dutch_what_was_told_in_arabic(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    with using("ar"):
        opened = new_case(session, school, adviser, language="ar", answers={"story": ("ينتظرونني كل يوم",)})
    with using("nl"):
        report = services.read_case(session, desk_of(adviser, school), opened.case_id).report

    lines = {line.question: line for line in report.lines}
    assert lines["Onderwerp"].answers == ("Nare woorden",)
    assert lines["Eigen woorden"].answers == ("ينتظرونني كل يوم",)
    assert (lines["Eigen woorden"].is_own_words, report.language) == (True, "ar")
    assert lines["Plaats"].is_skipped


def told(session: Session, **answers: tuple[str, ...]) -> Report:
    """Return a report with *answers* as its adviser reads it."""
    school = new_school(session)
    adviser = new_adviser(session, school)
    opened = new_case(session, school, adviser, answers=answers)
    return services.read_case(session, desk_of(adviser, school), opened.case_id).report


def answered(report: Report, question: str) -> tuple[str, ...]:
    return {line.question: line.answers for line in report.lines}[question]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (("2026-11-16", "2026-11-23"), "maandag 16 november 2026"),
        (("2026-W47", "2026-11-23"), "de week van maandag 16 november 2026"),
        (("_longer_ago", "2026-11-23"), "Langer geleden"),
        (("_unsure",), "Weet ik niet"),
        (("_skip",), "Overgeslagen"),
    ],
)
def test_a_day_is_said_in_words(session: Session, what: tuple[str, ...], said: str) -> None:
    assert answered(told(session, when=what), "Wanneer") == (said,)


def test_a_day_speaks_the_readers_language(session: Session) -> None:
    with using("en"):
        lines = told(session, when=("2026-11-16", "2026-11-23")).lines

    assert ("Monday, 16 November 2026",) in [line.answers for line in lines]


def test_a_chip_that_is_offered_no_more_stays_readable(session: Session) -> None:
    assert answered(told(session, wish=("police",)), "Wens") == ("Aangifte bij de politie",)


def test_what_the_student_wants_stands_apart_unless_it_was_skipped(session: Session) -> None:
    (wish,) = told(session, wish=("stop", "listen")).pinned

    assert (wish.question, wish.answers) == ("Wens", ("Dat het stopt", "Dat iemand luistert"))
    assert told(session, wish=("_skip",)).pinned == ()


def test_the_topics_of_a_text_are_read_the_gravest_first(session: Session) -> None:
    report = told(session, **{"story._watch": ("home", "life")})

    assert report.watch == ("life", "home")
    assert told(session).watch == ()


def test_topics_of_a_text_that_was_not_told_do_not_count(session: Session) -> None:
    assert told(session, **{"story": ("_skip",), "story._watch": ("life",)}).watch == ()


def test_a_report_keeps_its_language_when_the_catalogue_lost_its_questions(
    session: Session, tmp_path: Path, write_catalogue: WriteCatalogue
) -> None:
    write_catalogue("en", 'msgid "Onderwerp"\nmsgstr "Topic"\n\nmsgid "Nare woorden"\nmsgstr "Mean words"\n')
    catalogues.load(tmp_path / "translations")
    school = new_school(session)
    adviser = new_adviser(session, school)
    opened = new_case(session, school, adviser)
    catalogues.load(tmp_path / "there-is-no-such-folder")

    with using("en"):
        seen = services.read_case(session, desk_of(adviser, school), opened.case_id).report
        come_back = read_conversation(session, opened.access).report

    assert answered(seen, "Topic") == ("Mean words",)
    assert "Topic" in [line.question for line in come_back]
    assert services.read_case(session, desk_of(adviser, school), opened.case_id).report.lines[1].question == "Onderwerp"


def test_a_version_of_a_school_of_its_own_is_read_by_its_own_hash(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    own = with_parts(
        flows(), "report", SchoolParts(ask="Welke bouw?", chips={"lower": "Onderbouw", "upper": "Bovenbouw"})
    )
    keep(session, own, flows().hash)
    opened = new_case(session, school, adviser, flows=own, answers={"school_question": ("lower",)})

    report = services.read_case(session, desk_of(adviser, school), opened.case_id).report

    assert answered(report, "Welke bouw?") == ("Onderbouw",)
    assert session.get_one(FlowArchive, own.hash).base == flows().hash
