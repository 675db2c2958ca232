"""What the school says that it did: two advisers, enough closed reports, and nothing that points at anybody."""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Membership
from app.audit.queries import notes_of_chain
from app.cases import deeds
from app.cases.deeds import DeedNotFoundError, PublicDeed, deeds_view, pointing_at, public_deeds
from app.cases.desk import Desk
from app.cases.models import Case, Deed
from app.recognition.model import Packs
from app.recognition.packs import load_packs
from app.settings import ROOT
from tests.cases.factories import TUESDAY_MORNING, desk_of, new_adviser, new_case, new_school

SENTENCE = "Er loopt nu in elke pauze iemand bij de fietsen."


@dataclass
class School:
    session: Session
    id: str
    noor: Desk
    bas: Desk

    def deed(self) -> str:
        return self.session.scalars(select(Deed.id)).one()

    def approved(self) -> None:
        with clock.at(TUESDAY_MORNING):
            deeds.propose(self.session, self.noor, self.id, SENTENCE)
            self.session.flush()
            deeds.approve(self.session, self.bas, self.id, self.deed())

    def close(self, many: int, *, for_all: bool = True, day: date = date(2026, 11, 24)) -> None:
        for _ in range(many):
            reader = new_adviser(self.session, new_school(self.session))
            case = self.session.get_one(Case, new_case(self.session, self.id, reader).case_id)
            case.status, case.closed_on, case.is_for_all = "closed", day, for_all
        self.session.flush()

    def shown(self) -> tuple[PublicDeed, ...]:
        with clock.at(TUESDAY_MORNING):
            return public_deeds(self.session, self.id)


@pytest.fixture
def school(session: Session) -> School:
    school_id = new_school(session)
    advisers = [new_adviser(session, school_id), new_adviser(session, school_id, name="Bas Kuipers", kind="external")]
    return School(session, school_id, *(desk_of(adviser, school_id) for adviser in advisers))


def test_a_sentence_of_two_advisers_is_shown_by_its_month_once_five_reports_were_closed(school: School) -> None:
    school.approved()
    school.close(4)
    before = school.shown()
    school.close(1)

    assert (before, school.shown()) == ((), (PublicDeed(SENTENCE, date(2026, 11, 1)),))


@pytest.mark.parametrize(
    "closed", [{"for_all": False}, {"day": date(2026, 7, 31)}], ids=["kept from somebody", "of another school year"]
)
def test_reports_that_not_every_adviser_reads_or_of_earlier_years_do_not_count(
    school: School, closed: dict[str, object]
) -> None:
    school.approved()
    school.close(4)
    school.close(5, **closed)  # type: ignore[arg-type]  # one of two arguments

    assert school.shown() == ()


def test_nobody_approves_his_own_sentence(school: School) -> None:
    deeds.propose(school.session, school.noor, school.id, SENTENCE)
    school.session.flush()

    with pytest.raises(DeedNotFoundError):
        deeds.approve(school.session, school.noor, school.id, school.deed())


def test_who_waits_to_be_confirmed_approves_nothing_and_takes_nothing_of_others_away(school: School) -> None:
    deeds.propose(school.session, school.noor, school.id, SENTENCE)
    school.session.flush()
    waits = Membership.person_id == school.bas.person_id
    school.session.execute(update(Membership).where(waits).values(confirmed_on=None, proof=None))

    for deed in (deeds.approve, deeds.remove):
        with pytest.raises(DeedNotFoundError):
            deed(school.session, school.bas, school.id, school.deed())


def test_a_sentence_that_waits_or_was_taken_away_is_not_shown(school: School) -> None:
    school.close(5)
    with clock.at(TUESDAY_MORNING):
        deeds.propose(school.session, school.noor, school.id, SENTENCE)
    school.session.flush()
    waits = school.shown()
    deeds.approve(school.session, school.bas, school.id, school.deed())
    deeds.remove(school.session, school.bas, school.id, school.deed())

    assert waits == school.shown() == ()
    with pytest.raises(DeedNotFoundError):
        deeds.remove(school.session, school.bas, school.id, "0" * 32)


def test_each_of_it_is_in_the_record_of_the_school_without_its_words(school: School) -> None:
    school.approved()
    deeds.remove(school.session, school.noor, school.id, school.deed())

    notes = notes_of_chain(school.session, school.id, "")

    assert [note.what for note in notes] == ["deed.proposed", "deed.approved", "deed.removed"]
    assert {note.detail for note in notes} == {""}


def test_a_school_with_one_adviser_is_told_that_nobody_can_approve(session: Session) -> None:
    school_id = new_school(session)
    adviser = new_adviser(session, school_id)

    assert deeds_view(session, desk_of(adviser, school_id), school_id).is_alone


def test_the_advisers_see_who_proposed_and_who_approved(school: School) -> None:
    school.approved()

    view = deeds_view(school.session, school.noor, school.id)

    assert not view.is_alone
    assert [(deed.proposed_by, deed.approved_by, deed.is_own) for deed in view.deeds] == [
        ("Noor de Wit", "Bas Kuipers", True)
    ]


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs(ROOT / "flows" / "recognition")


@pytest.mark.parametrize(
    ("text", "found"),
    [(SENTENCE, ""), ("We praatten met klas 3B.", "klas 3B"), ("Sanne Jansen stopte ermee.", "Sanne Jansen")],
)
def test_words_that_point_at_somebody_are_found(packs: Packs, text: str, found: str) -> None:
    assert pointing_at(text, packs, ["De Meeuw Lyceum"]) == found
