from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import clock, db
from app.cases import services
from app.cases.correspondence import Access, end, extend, find_case, read_conversation, write
from app.cases.desk import CaseNotFoundError
from app.cases.envelopes import CaseDamagedError
from app.cases.models import Case
from app.cases.queries import waiting_cases
from app.cases.renewing import renew_code
from app.notifications.models import Outbox
from app.vault.keys import new_key_pair
from tests.cases.factories import STORY, TUESDAY_MORNING, desk_of, new_adviser, new_case, new_school, new_student


def test_a_code_finds_its_case_at_its_school_only(session: Session) -> None:
    school, other = new_school(session), new_school(session)
    opened = new_case(session, school, new_adviser(session, school))

    assert find_case(session, school, opened.lookup) == opened.case_id
    assert find_case(session, other, opened.lookup) is None
    assert find_case(session, school, bytes(16)) is None


def test_a_student_sees_who_reads_and_whether_it_was_opened(session: Session) -> None:
    school = new_school(session)
    inside = new_adviser(session, school, name="Noor de Wit")
    outside = new_adviser(session, school, name="Ab Kamp", kind="external")
    opened = new_case(session, school, inside, outside)

    before = read_conversation(session, opened.access)
    services.read_case(session, desk_of(outside, school), opened.case_id)
    after = read_conversation(session, opened.access)

    assert [(reader.name, reader.kind) for reader in before.readers] == [
        ("Noor de Wit", "internal"),
        ("Ab Kamp", "external"),
    ]
    assert (before.opened, before.status) == (False, "received")
    assert (after.opened, after.status) == (True, "read")


def test_a_student_sees_the_report_and_what_it_is_about(session: Session) -> None:
    school = new_school(session)
    opened = new_case(session, school, new_adviser(session, school))

    conversation = read_conversation(session, opened.access)

    assert conversation.categories == ("bullying",)
    assert conversation.words == STORY
    assert ("Onderwerp", ("Nare woorden",)) in [(line.question, line.answers) for line in conversation.report]


def test_a_message_to_a_closed_case_opens_it_again(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    opened = new_case(session, school, adviser)
    services.close_case(session, desk_of(adviser, school), opened.case_id, "Klaar.")

    with clock.at(TUESDAY_MORNING):
        write(session, opened.access, "Het begint opnieuw.")

    conversation = read_conversation(session, opened.access)
    assert [message.text for message in conversation.messages] == ["Klaar.", "Het begint opnieuw."]
    assert (conversation.status, conversation.awaits_answer) == ("read", True)
    assert conversation.promised_on == date(2026, 11, 27)


def test_a_second_message_does_not_move_the_promise(session: Session) -> None:
    school = new_school(session)
    opened = new_case(session, school, new_adviser(session, school))

    with clock.at(TUESDAY_MORNING):
        write(session, opened.access, "Nog iets.")

    assert read_conversation(session, opened.access).promised_on == opened.report.promised_on


def test_a_message_tells_every_reader(session: Session) -> None:
    school = new_school(session)
    inside, outside = new_adviser(session, school), new_adviser(session, school, kind="external")
    opened = new_case(session, school, inside, outside)
    session.execute(delete(Outbox))

    write(session, opened.access, "Nog iets.")

    assert len(session.scalars(select(Outbox)).all()) == 2


def test_another_key_reads_and_writes_nothing(session: Session) -> None:
    school = new_school(session)
    opened = new_case(session, school, new_adviser(session, school))
    thief = replace(opened.access, pair=new_key_pair())

    conversation = read_conversation(session, thief)

    assert conversation.is_key_damaged
    assert conversation.is_report_damaged
    assert conversation.report == ()
    with pytest.raises(CaseDamagedError):
        write(session, thief, "Ik ben het.")


def test_a_case_that_is_gone_is_not_found(session: Session) -> None:
    school = new_school(session)
    opened = new_case(session, school, new_adviser(session, school))
    with pytest.raises(CaseNotFoundError):
        read_conversation(session, replace(opened.access, case_id="0" * 32))


def test_parallel_messages_are_all_kept(database: db.Database) -> None:
    with database.writer.begin() as session:
        school = new_school(session)
        opened = new_case(session, school, new_adviser(session, school))

    def say(number: int) -> None:
        with database.writer.begin() as session:
            write(session, opened.access, f"bericht {number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(say, range(12)))

    with database.reader() as session:
        messages = read_conversation(session, opened.access).messages
        assert {message.text for message in messages} == {f"bericht {number}" for number in range(12)}
        assert [message.seq for message in messages] == list(range(1, 13))
        assert session.scalars(select(Case)).one().last_student_seq == 12


def test_the_same_words_sent_twice_are_one_message(session: Session) -> None:
    school = new_school(session)
    reader = new_adviser(session, school)
    opened = new_case(session, school, reader)
    write(session, opened.access, "Het gebeurde weer.")
    write(session, opened.access, "Het gebeurde weer.")

    services.reply(session, desk_of(reader, school), opened.case_id, "Wanneer?")
    write(session, opened.access, "Het gebeurde weer.")

    texts = [message.text for message in read_conversation(session, opened.access).messages]
    assert texts == ["Het gebeurde weer.", "Wanneer?", "Het gebeurde weer."]


def test_a_student_sees_which_of_his_messages_somebody_read(session: Session) -> None:
    school = new_school(session)
    inside, outside = new_adviser(session, school), new_adviser(session, school, kind="external")
    opened = new_case(session, school, inside, outside)
    write(session, opened.access, "Eerste.")
    services.read_case(session, desk_of(outside, school), opened.case_id)
    write(session, opened.access, "Tweede.")

    messages = read_conversation(session, opened.access).messages

    assert [(message.text, message.is_read) for message in messages] == [("Eerste.", True), ("Tweede.", False)]


def test_a_student_can_end_a_case_and_write_again(session: Session) -> None:
    school = new_school(session)
    opened = new_case(session, school, new_adviser(session, school))

    end(session, opened.access)
    end(session, opened.access)
    ended = read_conversation(session, opened.access)
    write(session, opened.access, "Toch nog iets.")
    again = read_conversation(session, opened.access)

    assert (ended.status, ended.awaits_answer, ended.can_end) == ("closed", False, False)
    assert [(m.kind, m.from_student, m.text) for m in ended.messages] == [("ended", True, "Je sloot dit gesprek af.")]
    assert (again.status, again.awaits_answer, again.can_end) == ("read", True, True)


def test_words_that_equal_a_made_line_are_still_a_message(session: Session) -> None:
    school = new_school(session)
    opened = new_case(session, school, new_adviser(session, school))
    end(session, opened.access)

    write(session, opened.access, "Gesprek afgesloten door de leerling.")

    assert [message.kind for message in read_conversation(session, opened.access).messages] == ["ended", "message"]


def test_a_case_that_its_student_ended_is_news_until_it_is_read(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    desk = desk_of(adviser, school)
    opened = new_case(session, school, adviser)
    read = new_case(session, school, adviser)
    services.read_case(session, desk, read.case_id)
    end(session, opened.access)

    before = waiting_cases(session, desk).cases
    services.read_case(session, desk, opened.case_id)
    after = waiting_cases(session, desk).cases

    assert {(row.id, row.is_new) for row in before} == {(opened.case_id, True), (read.case_id, False)}
    assert [row.id for row in after] == [read.case_id, opened.case_id]


def test_an_urgent_report_that_was_ended_unread_stays_on_top(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    opened = new_case(session, school, adviser, urgent=True)
    new_case(session, school, adviser)
    end(session, opened.access)

    assert waiting_cases(session, desk_of(adviser, school)).cases[0].id == opened.case_id


@pytest.mark.parametrize(("closes", "until"), [(False, date(2027, 5, 25)), (True, date(2027, 1, 5))])
def test_a_student_keeps_a_case_another_term_from_today(session: Session, closes: bool, until: date) -> None:
    school = new_school(session)
    with clock.at(TUESDAY_MORNING - timedelta(days=30)):
        opened = new_case(session, school, new_adviser(session, school))
        if closes:
            end(session, opened.access)
        shorter = read_conversation(session, opened.access).kept_until

    with clock.at(TUESDAY_MORNING):
        assert extend(session, opened.access) == until

    assert shorter < read_conversation(session, opened.access).kept_until == until


def test_another_key_ends_and_extends_nothing(session: Session) -> None:
    school = new_school(session)
    opened = new_case(session, school, new_adviser(session, school))
    thief = replace(opened.access, pair=new_key_pair())

    for deed in (end, extend):
        with pytest.raises(CaseDamagedError):
            deed(session, thief)


def test_of_two_who_take_a_new_code_at_once_one_does_and_nothing_is_lost(database: db.Database) -> None:
    with database.writer.begin() as session:
        school_id = new_school(session)
        opened = new_case(session, school_id, new_adviser(session, school_id))

    def take(_number: int) -> Access | None:
        with database.writer() as session:
            try:
                renewed = renew_code(session, opened.access, new_student())
            except CaseNotFoundError:
                return None
            session.commit()
            return renewed

    with ThreadPoolExecutor(4) as pool:
        taken = [access for access in pool.map(take, range(4)) if access]

    assert len(taken) == 1
    with database.reader() as session:
        conversation = read_conversation(session, taken[0])
    assert (conversation.is_key_damaged, conversation.is_report_damaged) == (False, False)
