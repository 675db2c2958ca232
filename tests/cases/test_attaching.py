"""A report first, its code later."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import db
from app.cases import services
from app.cases.correspondence import Access, find_case, read_conversation, write
from app.cases.desk import CaseNotFoundError
from app.cases.envelopes import CaseDamagedError
from app.cases.models import Case
from app.cases.opening import CodeTakenError, Opened, attach_code, open_case
from app.cases.queries import waiting_cases
from app.vault.keys import new_key_pair
from app.vault.sealing import new_key
from tests.cases.factories import STORY, Adviser, desk_of, new_adviser, new_case, new_report, new_school, new_student


@dataclass(frozen=True)
class Stored:
    school: str
    adviser: Adviser
    opened: Opened


def store(session: Session) -> Stored:
    school = new_school(session)
    adviser = new_adviser(session, school)
    opened = open_case(session, replace(new_report(school, adviser), student=None))
    assert opened
    return Stored(school, adviser, opened)


def test_a_report_without_a_code_is_a_whole_case_for_its_readers(session: Session) -> None:
    stored = store(session)
    desk = desk_of(stored.adviser, stored.school)

    assert [row.id for row in waiting_cases(session, desk).cases] == [stored.opened.case_id]
    assert services.read_case(session, desk, stored.opened.case_id).report.words == STORY
    services.reply(session, desk, stored.opened.case_id, "Ik lees dit.")


def test_without_a_code_nobody_else_opens_it(session: Session) -> None:
    stored = store(session)
    guess = Access(stored.opened.case_id, stored.school, new_key_pair())

    assert read_conversation(session, guess).is_key_damaged
    assert find_case(session, stored.school, b"") is None


def test_the_code_opens_what_was_stored_before_it(session: Session) -> None:
    stored, student = store(session), new_student()

    attach_code(session, stored.school, stored.opened.case_id, stored.opened.dialog_key, student)

    assert find_case(session, stored.school, student.lookup) == stored.opened.case_id
    access = Access(stored.opened.case_id, stored.school, student.pair)
    assert read_conversation(session, access).words == STORY
    write(session, access, "Hier ben ik weer.")


def test_the_same_code_again_changes_nothing(session: Session) -> None:
    stored, student = store(session), new_student()
    for _ in range(2):
        attach_code(session, stored.school, stored.opened.case_id, stored.opened.dialog_key, student)

    assert session.scalar(select(func.count()).select_from(Case)) == 1


def test_a_case_takes_no_second_code(session: Session) -> None:
    stored, student = store(session), new_student()
    attach_code(session, stored.school, stored.opened.case_id, stored.opened.dialog_key, student)

    with pytest.raises(CodeTakenError):
        attach_code(session, stored.school, stored.opened.case_id, stored.opened.dialog_key, new_student())

    assert find_case(session, stored.school, student.lookup) == stored.opened.case_id


def test_a_code_of_another_case_is_refused_and_another_one_still_fits(session: Session) -> None:
    stored = store(session)
    taken = new_case(session, stored.school, stored.adviser).report.student
    assert taken

    with pytest.raises(CodeTakenError):
        attach_code(session, stored.school, stored.opened.case_id, stored.opened.dialog_key, taken)
    student = new_student()
    attach_code(session, stored.school, stored.opened.case_id, stored.opened.dialog_key, student)

    assert find_case(session, stored.school, student.lookup) == stored.opened.case_id


def test_a_wrong_key_makes_no_code_that_opens_nothing(session: Session) -> None:
    stored = store(session)
    with pytest.raises(CaseDamagedError):
        attach_code(session, stored.school, stored.opened.case_id, new_key(), new_student())


def test_a_case_that_is_gone_or_of_another_school_takes_no_code(session: Session) -> None:
    stored, other = store(session), new_school(session)
    for school, case_id in ((stored.school, "0" * 32), (other, stored.opened.case_id)):
        with pytest.raises(CaseNotFoundError):
            attach_code(session, school, case_id, stored.opened.dialog_key, new_student())


def test_parallel_tries_give_one_code(database: db.Database) -> None:
    with database.writer.begin() as session:
        stored = store(session)
    students, start = [new_student() for _ in range(6)], Barrier(6)

    def attach(number: int) -> bool:
        start.wait()
        try:
            with database.writer.begin() as session:
                attach_code(session, stored.school, stored.opened.case_id, stored.opened.dialog_key, students[number])
        except CodeTakenError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(attach, range(6)))

    assert done.count(True) == 1
    with database.reader() as session:
        lookup = students[done.index(True)].lookup
        assert find_case(session, stored.school, lookup) == stored.opened.case_id


def test_what_a_new_case_gives_away_hides_its_key(session: Session) -> None:
    opened = store(session).opened

    assert opened.dialog_key.hex() not in repr(opened)
    assert repr(opened.dialog_key) not in repr(opened)
