"""What happens in three months at the school of both worlds, and what somebody does about himself in one of them."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from itertools import count
from unittest import mock

from sqlalchemy import select

from app import clock
from app.cases import exporting, labels, ledger, notes, rekeying, services, stepping
from app.cases.correspondence import withdraw
from app.cases.exporting import Wish
from app.cases.models import ExportRequest
from app.intake.lanes import CALM_HOUR
from app.intake.models import SentQuarter
from tests.guards.worlds import DAY, MONDAY, World
from tests.intake.student import Student

SECRET = "Wim Blok zegt steeds zeldzame dingen over mijn kleren, en hij wacht me op bij het zwembad."
"""Told in the report, and to be found by nobody but its readers."""
WRITTEN = ("antwoord", "notitie", "merk", "stap", "feit", "slot", "vervolg")
"""Words that stand only in what was written about the accused afterwards."""
ANSWER, NOTE, LABEL, STEP, FACT, OUTCOME, LATER = (f"Zeldzaam {word}" for word in WRITTEN)
Look = Callable[[World, str], None]
"""Is called at each checkpoint with its name."""
CHECKPOINTS = ("sent", "answered", "late", "recovered", "deleted")


def live(world: World, look: Look) -> None:
    """Live through three months; *look* at five moments."""
    _send(world)
    _look(world, look, 0.1, "sent")
    _answer(world)
    _look(world, look, 2.1, "answered")
    _fall_silent(world)
    _look(world, look, 18, "late")
    _lose_a_key(world)
    _look(world, look, 18.2, "recovered")
    _close(world)
    _look(world, look, 91, "deleted")


def _look(world: World, look: Look, day: float, name: str) -> None:
    with clock.at(MONDAY + day * DAY):
        world.work_now()
        look(world, name)


def _send(world: World) -> None:
    """In a busy hour three friends keep the accused away, a fourth names him, and a fifth tells the same to all."""
    with world.writing() as session:
        session.add(SentQuarter(school_id=world.school.id, quarter=MONDAY, sent=CALM_HOUR))
    if world.has_hidden:
        for number in range(3):
            world.codes.append(_told(world, 6 * number, strikes=True))
        world.codes.append(_told(world, 18, who="staff", conflict=world.people["accused"].person_id))
        world.hidden += [world.case_of(code) for code in world.codes]
        with clock.at(MONDAY):
            world.hide(parent=world.shared[0])
            world.hide(lane="folded")
    with same_ids():
        _told(world, 24)


@contextmanager
def same_ids() -> Iterator[None]:
    """Let what both worlds get have the same ids in both: some things stand in the order of their ids."""
    numbers = count()
    with mock.patch.object(secrets, "token_hex", lambda size: sha256(b"%d" % next(numbers)).hexdigest()[: 2 * size]):
        yield


def _told(world: World, minutes: int, *, strikes: bool = False, **talk: str) -> str:
    """Tell and send it as a student does, and return the code."""
    began = MONDAY + timedelta(minutes=minutes)
    with clock.at(began):
        student = Student(world.app, world.school.slug).tell(story_me=SECRET, **talk)
        if strikes:
            student.strike(world.people["accused"].person_id)
    with clock.at(began + timedelta(minutes=4)):
        return student.send()


def _answer(world: World) -> None:
    """The other adviser works on what is about the accused, and answers what both read."""
    world.work(0.2, 1)
    with clock.at(MONDAY + DAY):
        if world.has_hidden:
            _work_on(world, world.hidden[0])
            _take_back(world)
        with world.writing() as session:
            services.reply(session, world.desk("other"), _last_shared(world), "Dank je.")
    world.work(1, 2)


def _last_shared(world: World) -> str:
    """Return the id of what the fourth friend told to all."""
    (case_id,) = (
        each for each in world.values('SELECT id FROM "case"') if each not in world.shared and each not in world.hidden
    )
    return case_id


def _work_on(world: World, case_id: str) -> None:
    desk = world.desk("other")
    with world.writing() as session:
        services.read_case(session, desk, case_id)
        services.reply(session, desk, case_id, ANSWER)
        notes.write_note(session, desk, case_id, NOTE)
        notes.write_own_note(session, desk, case_id, NOTE)
        labels.add_label(session, desk, case_id, LABEL)
        step = stepping.plan_step(session, desk, case_id, stepping.NewStep("parents", STEP))
        stepping.ask_step(session, desk, case_id, step)
        entry = ledger.Entry(words=FACT, role="parents", to="Ouders", day=clock.today(), ground="student")
        ledger.write_entry(session, desk, case_id, entry)
        exporting.ask_copy(session, desk, case_id, Wish("police", exporting.PARTS))
    student = Student(world.app, world.school.slug).come_back(world.codes[0])
    form = next(form for form in student.page.forms if "thread" in form.hidden)
    student.post("/code", {**form.hidden, "consent": f"yes:{step}"})
    with world.writing() as session:
        request = session.scalars(select(ExportRequest.id)).one()
        exporting.decide(session, world.desk("external"), case_id, request, allow=True)
    with world.writing() as session:
        exporting.take_copy(session, desk, case_id, request)
        stepping.finish_step(session, desk, case_id, step)
        services.close_case(session, desk, case_id, OUTCOME)


def _take_back(world: World) -> None:
    """One report about the accused is opened, and taken back by its student."""
    access = world.hide()
    with world.writing() as session:
        services.read_case(session, world.desk("other"), access.case_id)
        withdraw(session, access)


def _fall_silent(world: World) -> None:
    """The student writes again and nobody answers, so that the deputy and the external adviser are asked."""
    world.work(2.2, 4)
    with clock.at(MONDAY + 4 * DAY):
        if world.has_hidden:
            Student(world.app, world.school.slug).come_back(world.codes[0]).write(LATER)
    world.work(4, 18)


def _lose_a_key(world: World) -> None:
    """The other adviser loses his key, and the accused brings his cases back with the school's recovery key."""
    with clock.at(MONDAY + 18.1 * DAY), world.writing() as session:
        rekeying.forget_old_key(session, world.people["other"].person_id)


def _close(world: World) -> None:
    """Everything about the accused is closed, and deleted six weeks later; a promise of half a year is settled."""
    with clock.at(MONDAY + 20 * DAY):
        for case_id in world.values("SELECT id FROM \"case\" WHERE status <> 'closed' AND withdrawn_on IS NULL"):
            if case_id in world.hidden:
                with world.writing() as session:
                    services.close_case(session, world.desk("external"), case_id, OUTCOME)
    world.work(20, 25)
    world.work(61, 66, DAY)
    world.work(90, 91, DAY)
