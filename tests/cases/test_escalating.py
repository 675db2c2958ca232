"""What the worker does about promised answers: it reminds, asks deputies and the external adviser, and counts."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import clock
from app.audit.queries import notes_of
from app.cases import services
from app.cases.concerning import has_unseen
from app.cases.correspondence import end, read_conversation, take_back_withdrawal, withdraw, write
from app.cases.desk_warnings import warnings_for
from app.cases.escalating import escalate, remind
from app.cases.models import Case, CaseReader, PromiseTally
from app.cases.promising import shares_of
from app.cases.queries import waiting_cases
from app.notifications import services as telling
from app.notifications.models import Outbox
from app.notifications.reaching import note_failed
from app.schools import services as services_of_school
from tests.cases.factories import (
    TUESDAY_MORNING,
    Adviser,
    Opened,
    desk_of,
    new_adviser,
    new_case,
    new_report,
    new_school,
)

DAY = timedelta(days=1)
PROMISED = 2
"""The case of Tuesday is promised for Thursday."""
FRIDAY, MONDAY, TUESDAY, WEDNESDAY = 3, 6, 7, 8


@dataclass(frozen=True)
class Team:
    """A case of a Tuesday with an adviser, his deputy, and an external one behind them."""

    session: Session
    school_id: str
    case: Opened
    adviser: Adviser
    deputy: Adviser
    external: Adviser

    def on(self, days: int, hour: int = 0) -> datetime:
        return TUESDAY_MORNING + days * DAY + timedelta(hours=hour)

    def escalate(self, *days: int) -> None:
        for day in days:
            with clock.at(self.on(day)):
                escalate(self.session)

    def who_sees(self, days: int) -> list[str]:
        with clock.at(self.on(days)):
            people = (self.adviser, self.deputy, self.external)
            return [each.name for each in people if waiting_cases(self.session, desk_of(each, self.school_id)).cases]

    def mailed(self) -> list[str]:
        """Return to whom a mail waits, and forget those mails."""
        names = {each.person_id: each.name for each in (self.adviser, self.deputy, self.external)}
        rows = self.session.scalars(select(Outbox)).all()
        self.session.execute(delete(Outbox))
        return sorted(names[json.loads(row.payload)["person_id"]] for row in rows)

    def answer(self, days: int, by: Adviser | None = None) -> None:
        with clock.at(self.on(days)):
            desk = desk_of(by or self.adviser, self.school_id)
            services.reply(self.session, desk, self.case.case_id, "Dank je.")

    def tally(self) -> list[tuple[str, int, int]]:
        self.session.flush()
        return [(row.period, row.kept, row.broken) for row in self.session.scalars(select(PromiseTally))]


@pytest.fixture
def team(session: Session) -> Iterator[Team]:
    with clock.at(TUESDAY_MORNING):
        school_id = new_school(session)
        adviser = new_adviser(session, school_id, "Anne")
        deputy = new_adviser(session, school_id, "Dee")
        external = new_adviser(session, school_id, "Xavi", "external")
        case = staged_case(session, school_id, adviser, deputy, external)
        made = Team(session, school_id, case, adviser, deputy, external)
        made.mailed()
        yield made


def staged_case(session: Session, school_id: str, *people: Adviser, **changes: object) -> Opened:
    readers = tuple(replace(each.reader, stage=stage) for stage, each in enumerate(people))
    return new_case(session, school_id, *people, readers=readers, **changes)


def test_a_deputy_sees_and_hears_nothing_before_the_promise_is_broken(team: Team) -> None:
    team.escalate(0, 1, PROMISED)

    assert team.who_sees(PROMISED) == ["Anne"]
    assert team.mailed() == []
    with clock.at(team.on(PROMISED)):
        assert not has_unseen(team.session, team.deputy.person_id)


def test_on_the_next_school_day_the_deputy_is_asked_and_two_later_the_external_adviser(team: Team) -> None:
    seen = {}
    for day in (FRIDAY, 4, 5, MONDAY, TUESDAY, WEDNESDAY):
        team.escalate(day, day)
        seen[day] = (team.who_sees(day), team.mailed())

    assert seen == {
        FRIDAY: (["Anne", "Dee"], ["Dee"]),
        4: (["Anne", "Dee"], []),
        5: (["Anne", "Dee"], []),
        MONDAY: (["Anne", "Dee"], []),
        TUESDAY: (["Anne", "Dee", "Xavi"], ["Xavi"]),
        WEDNESDAY: (["Anne", "Dee", "Xavi"], []),
    }
    notes = [note.what for note in notes_of(team.session, team.school_id, team.case.case_id)]
    assert notes.count("case.escalated") == 2


def test_nobody_is_asked_before_the_morning(team: Team) -> None:
    with clock.at(team.on(FRIDAY, hour=-4)):
        escalate(team.session)

    assert team.who_sees(FRIDAY) == ["Anne"]


def test_a_worker_that_was_away_asks_everybody_at_once(team: Team) -> None:
    team.escalate(20)

    assert team.who_sees(20) == ["Anne", "Dee", "Xavi"]
    assert team.mailed() == ["Dee", "Xavi"]


def test_without_a_deputy_the_external_adviser_is_asked_first(team: Team) -> None:
    team.session.execute(delete(CaseReader).where(CaseReader.person_id == team.deputy.person_id))

    team.escalate(FRIDAY)

    assert team.who_sees(FRIDAY) == ["Anne", "Xavi"]


@pytest.mark.parametrize("deed", [end, withdraw])
def test_what_is_answered_closed_or_withdrawn_goes_to_nobody_else(team: Team, deed: object) -> None:
    with clock.at(team.on(1)):
        deed(team.session, team.case.access)  # type: ignore[operator]  # a deed of the student
    team.mailed()

    team.escalate(FRIDAY, TUESDAY)

    assert team.mailed() == []
    assert not set(team.who_sees(TUESDAY)) - {"Anne"}


def test_an_answer_in_time_asks_nobody_and_a_new_promise_that_breaks_does(team: Team) -> None:
    team.answer(1)
    team.escalate(FRIDAY)
    assert team.who_sees(FRIDAY) == ["Anne"]

    with clock.at(team.on(FRIDAY)):
        write(team.session, team.case.access, "Het is weer gebeurd.")
    assert team.mailed() == ["Anne"]
    team.escalate(WEDNESDAY)
    assert team.who_sees(WEDNESDAY) == ["Anne"]
    team.escalate(WEDNESDAY + 1)

    assert team.who_sees(WEDNESDAY + 1) == ["Anne", "Dee"]


def test_who_was_asked_answers_like_anybody(team: Team) -> None:
    team.escalate(FRIDAY)

    team.answer(FRIDAY, by=team.deputy)
    team.escalate(TUESDAY)

    assert team.who_sees(TUESDAY) == ["Anne", "Dee"]


def test_the_student_reads_that_it_is_late_and_who_was_asked(team: Team) -> None:
    with clock.at(team.on(PROMISED)):
        before = read_conversation(team.session, team.case.access)
    team.escalate(FRIDAY)
    with clock.at(team.on(FRIDAY)):
        after = read_conversation(team.session, team.case.access)

    assert (before.is_overdue, before.asked) == (False, ())
    assert [(each.name, each.is_waiting) for each in before.readers] == [("Anne", False), ("Dee", True), ("Xavi", True)]
    assert (after.is_overdue, [each.name for each in after.asked]) == (True, ["Dee"])


def test_mail_stops_when_somebody_opened_it_and_comes_back_on_the_promised_day(team: Team) -> None:
    together = new_case(team.session, team.school_id, team.adviser, team.external)
    desk = desk_of(team.adviser, team.school_id)
    assert has_unseen(team.session, team.external.person_id)

    services.read_case(team.session, desk, together.case_id)
    opened = has_unseen(team.session, team.external.person_id)
    with clock.at(team.on(PROMISED)):
        due = has_unseen(team.session, team.external.person_id)

    assert (opened, due) == (False, True)


def test_a_reminder_goes_on_the_promised_day_and_each_school_day_after_it(team: Team) -> None:
    reminded = {}
    for day in range(9):
        with clock.at(team.on(day)):
            remind(team.session)
        reminded[day] = team.mailed()

    assert [day for day, names in reminded.items() if names == ["Anne"]] == [2, 3, 6, 7, 8]
    assert [day for day, names in reminded.items() if not names] == [0, 1, 4, 5]


def test_a_flood_rings_nobody_in_the_morning(team: Team) -> None:
    team.session.execute(delete(CaseReader))
    new_case(team.session, team.school_id, team.adviser, lane="folded")
    team.mailed()

    with clock.at(team.on(PROMISED)):
        remind(team.session)

    assert team.mailed() == []


def test_nothing_of_a_school_for_practice_is_mailed_or_counted(team: Team) -> None:
    practice = new_school(team.session, trainee_id=team.adviser.person_id)
    told = new_case(team.session, practice, team.adviser)
    write(team.session, told.access, "Nog iets.")
    with clock.at(team.on(PROMISED)):
        remind(team.session)
    assert team.mailed() == ["Anne"]
    team.session.execute(delete(CaseReader).where(CaseReader.case_id == team.case.case_id))

    with clock.at(team.on(20)):
        remind(team.session)
        escalate(team.session)

    assert team.mailed() == []
    assert [row for row in team.tally() if row[1]] == []
    assert not has_unseen(team.session, team.adviser.person_id)


def test_a_promise_counts_once_at_the_answer_or_when_it_breaks(team: Team) -> None:
    team.answer(1)
    team.escalate(FRIDAY)
    assert team.tally() == [("2026/27-1", 1, 0)]

    with clock.at(team.on(FRIDAY)):
        write(team.session, team.case.access, "En nu?")
    team.escalate(20, 21)
    team.answer(22)

    assert team.tally() == [("2026/27-1", 1, 1)]


def test_a_late_answer_before_the_worker_came_is_broken_too(team: Team) -> None:
    team.answer(FRIDAY)

    assert team.tally() == [("2026/27-1", 0, 1)]


def test_what_comes_back_after_its_day_gets_a_new_promise(team: Team) -> None:
    with clock.at(team.on(1)):
        withdraw(team.session, team.case.access)
    team.escalate(FRIDAY)
    with clock.at(team.on(FRIDAY)):
        take_back_withdrawal(team.session, team.case.access)
        promised = team.session.get(Case, team.case.case_id)

    assert promised is not None
    assert promised.promised_on == team.on(WEDNESDAY).date()
    assert team.tally() == []


@pytest.mark.parametrize(("lane", "number"), [("folded", 3), ("normal", 2)])
def test_a_case_that_is_kept_from_somebody_or_lies_in_the_fold_never_counts(team: Team, lane: str, number: int) -> None:
    team.session.execute(delete(CaseReader))
    people = (team.adviser, team.deputy, team.external)[:number]
    case = new_case(team.session, team.school_id, *people, lane=lane)
    team.session.execute(delete(Case).where(Case.id != case.case_id))

    team.escalate(20)

    assert team.tally() == []


def test_a_case_is_for_all_when_every_adviser_of_the_school_got_a_key(team: Team) -> None:
    without = new_case(team.session, team.school_id, team.adviser, team.deputy)

    found = {row.id: row.is_for_all for row in team.session.scalars(select(Case))}

    assert found == {team.case.case_id: True, without.case_id: False}


def test_a_manager_sees_a_share_in_tens_of_halves_that_are_over_and_nothing_of_fewer_than_ten(team: Team) -> None:
    for period, kept, broken in (("2025/26-2", 37, 3), ("2025/26-1", 9, 0), ("2026/27-1", 50, 0)):
        team.session.add(PromiseTally(school_id=team.school_id, period=period, kept=kept, broken=broken))
    team.session.flush()

    assert [(share.half.code, share.percentage) for share in shares_of(team.session, team.school_id)] == [
        ("2025/26-2", 90), ("2025/26-1", None), ("2024/25-2", None), ("2024/25-1", None),
    ]  # fmt: skip


@pytest.mark.parametrize("days", [0, 2, 3, 7])
def test_a_case_that_is_kept_from_an_adviser_changes_nothing_about_his_mail(
    team: Team, days: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling.secrets, "randbelow", lambda _most: 0)

    def his_mail() -> list[tuple[object, ...]]:
        with clock.at(team.on(days)):
            remind(team.session)
            escalate(team.session)
            asked = has_unseen(team.session, team.adviser.person_id)
        rows = team.session.scalars(select(Outbox).where(Outbox.payload.contains(team.adviser.person_id))).all()
        found = [(row.kind, row.waiting_key, row.not_before, row.attempts, asked) for row in rows]
        team.session.execute(delete(Outbox))
        return found

    session = team.session
    with session.begin_nested() as point:
        without = his_mail()
        point.rollback()
    hidden = new_case(
        session, team.school_id, team.external, answers={"conflict": (team.adviser.person_id,)}, urgent=True
    )
    write(session, hidden.access, "Hij mag het niet weten.")

    assert his_mail() == without


def test_a_report_is_told_only_to_who_sees_it_at_once(session: Session) -> None:
    school_id = new_school(session)
    adviser, deputy = new_adviser(session, school_id), new_adviser(session, school_id)
    readers = (adviser.reader, replace(deputy.reader, stage=1))

    services.open_case(session, new_report(school_id, readers=readers, urgent=True))

    (job,) = session.scalars(select(Outbox)).all()
    assert json.loads(job.payload) == {"person_id": adviser.person_id}


def test_a_school_that_is_closed_today_reminds_nobody(team: Team) -> None:
    session = team.session
    services_of_school.add_holiday(session, team.school_id, "Studiedag", (team.on(2).date(), team.on(2).date()))

    with clock.at(team.on(PROMISED)):
        remind(session)

    assert team.mailed() == []


def test_the_desk_says_that_mail_does_not_go_out(team: Team) -> None:
    desk = desk_of(team.adviser, team.school_id)
    before = {warning.href for warning in warnings_for(team.session, desk)}

    note_failed(team.session, team.adviser.person_id)

    (warning,) = [each for each in warnings_for(team.session, desk) if each.href not in before]
    assert "Sinds dinsdag 24 november 2026 komt er geen mail" in warning.text
