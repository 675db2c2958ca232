import re
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.audit.queries import notes_of
from app.cases import folded as fold
from app.cases import services
from app.cases.correspondence import write
from app.cases.folded import ALIKE, FIRST, UNLIKE, FoldCursor, fold_of, folded_cases
from app.cases.models import Case
from app.cases.queries import PAGE_LENGTH, waiting_cases
from app.cases.ranking import CursorError
from tests.cases.conftest import SignIn
from tests.cases.factories import Adviser, Opened, desk_of, new_adviser, new_case, new_follow_up, new_school
from tests.cases.test_reading import flipped


def folded(session: Session, school: str, adviser: Adviser, **changes: Any) -> Opened:
    return new_case(session, school, adviser, **{"lane": "folded", "signals": {"alike": 5}, **changes})


def test_what_came_in_a_flood_lies_below_the_others_and_is_counted(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    desk = desk_of(adviser, school)
    plain = new_case(session, school, adviser)
    for signals in ({"alike": 5, "fast": 1}, {"alike": 4}, {}):
        folded(session, school, adviser, signals=signals)

    found = fold_of(session, desk)

    assert [row.id for row in waiting_cases(session, desk).cases] == [plain.case_id]
    assert (found.count, found.alike, found.first) == (3, 2, ())


def test_a_reader_sees_his_own_fold_only(session: Session) -> None:
    school = new_school(session)
    one, other = new_adviser(session, school), new_adviser(session, school, kind="external")
    folded(session, school, one)

    assert fold_of(session, desk_of(other, school)).count == 0
    assert folded_cases(session, desk_of(other, school)).parts == ()


@pytest.mark.parametrize("grave", [{"urgent": True}, {"watch": ("life",)}])
def test_what_cannot_wait_is_never_below_others(session: Session, grave: dict[str, object]) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    folded(session, school, adviser)
    first = folded(session, school, adviser, **grave)

    found = fold_of(session, desk_of(adviser, school))
    parts = folded_cases(session, desk_of(adviser, school)).parts

    assert [row.id for row in found.first] == [first.case_id]
    assert [(part.part, len(part.cases)) for part in parts] == [(FIRST, 1), (ALIKE, 1)]


def test_the_longest_come_first_and_what_looks_alike_last(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    alike = folded(session, school, adviser)
    short = folded(session, school, adviser, signals={})
    long = folded(session, school, adviser, signals={"fast": 1}, answers={"story": ("lang " * 900,)})

    parts = folded_cases(session, desk_of(adviser, school)).parts

    assert [(part.part, [row.id for row in part.cases]) for part in parts] == [
        (UNLIKE, [long.case_id, short.case_id]),
        (ALIKE, [alike.case_id]),
    ]
    assert parts[0].cases[0].card.is_fast


def test_every_case_of_the_fold_is_on_exactly_one_page(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    made = {
        folded(session, school, adviser, urgent=n % 9 == 0, signals={"alike": n % 2}).case_id
        for n in range(2 * PAGE_LENGTH + 1)
    }
    seen, sizes, cursor = [], [], None

    while True:
        page = folded_cases(session, desk_of(adviser, school), cursor)
        rows = [row.id for part in page.parts for row in part.cases]
        seen += rows
        sizes.append(len(rows))
        if not page.next_page:
            break
        cursor = FoldCursor.parse(page.next_page)

    assert sizes == [25, 25, 1]
    assert len(seen) == len(made)
    assert set(seen) == made


@pytest.mark.parametrize("text", ["", "3.1." + "a" * 32, "1.x." + "a" * 32, "1.1.zz"])
def test_a_foreign_page_of_the_fold_is_refused(text: str) -> None:
    with pytest.raises(CursorError):
        FoldCursor.parse(text)


@pytest.mark.parametrize("deed", ["unfold", "reply", "handled", "close", "student"])
def test_whatever_is_done_about_it_puts_it_among_the_others(session: Session, deed: str) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    desk = desk_of(adviser, school)
    case = folded(session, school, adviser, signals={"fast": 1})
    deeds = {
        "unfold": lambda: services.unfold(session, desk, case.case_id),
        "reply": lambda: services.reply(session, desk, case.case_id, "Ik lees dit."),
        "handled": lambda: services.mark_handled(session, desk, case.case_id),
        "close": lambda: services.close_case(session, desk, case.case_id, "Klaar."),
        "student": lambda: write(session, case.access, "Het is echt."),
    }

    deeds[deed]()

    assert fold_of(session, desk).count == 0
    assert [row.id for row in waiting_cases(session, desk).cases] == [case.case_id]


def test_what_says_the_same_as_others_is_not_lifted_by_who_sent_it(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    desk = desk_of(adviser, school)
    case = folded(session, school, adviser)

    write(session, case.access, "Het is echt.")

    assert waiting_cases(session, desk).cases == ()
    assert [row.has_news for part in folded_cases(session, desk).parts for row in part.cases] == [True]
    services.reply(session, desk, case.case_id, "Ik lees dit.")
    assert [row.id for row in waiting_cases(session, desk).cases] == [case.case_id]


def test_a_long_fold_is_counted_whole_and_opened_in_part(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fold, "MOST_OPENED", 3)
    school = new_school(session)
    adviser = new_adviser(session, school)
    desk = desk_of(adviser, school)
    first = new_case(session, school, adviser)
    grave = {folded(session, school, adviser, urgent=True).case_id, new_sequel(session, first, adviser)}
    for _ in range(4):
        folded(session, school, adviser)

    found = fold_of(session, desk)

    assert (found.count, found.opened, found.is_cut) == (6, 3, True)
    assert {row.id for row in found.first} == grave
    assert sum(len(part.cases) for part in folded_cases(session, desk).parts) == 6


def new_sequel(session: Session, first: Opened, adviser: Adviser) -> str:
    return new_follow_up(session, first, adviser, lane="folded", signals={"alike": 3}).case_id


def test_a_short_fold_is_opened_whole(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fold, "MOST_OPENED", 3)
    school = new_school(session)
    adviser = new_adviser(session, school)
    for _ in range(3):
        folded(session, school, adviser)

    found = fold_of(session, desk_of(adviser, school))

    assert (found.count, found.opened, found.is_cut, found.alike) == (3, 3, False, 3)


def test_opening_it_leaves_it_in_the_fold(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    case = folded(session, school, adviser)

    view = services.read_case(session, desk_of(adviser, school), case.case_id)

    assert view.is_folded
    assert fold_of(session, desk_of(adviser, school)).count == 1


def test_unfolding_is_noted_once(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    case = folded(session, school, adviser)

    for _ in range(2):
        services.unfold(session, desk_of(adviser, school), case.case_id)
    session.flush()

    notes = notes_of(session, school, case.case_id)
    assert [(note.person_id, note.what) for note in notes] == [(adviser.person_id, "case.unfolded")]


def test_a_damaged_card_hides_no_other(session: Session) -> None:
    school = new_school(session)
    adviser = new_adviser(session, school)
    case = folded(session, school, adviser)
    folded(session, school, adviser)
    row = session.get_one(Case, case.case_id)
    row.card = flipped(row.card)

    found = fold_of(session, desk_of(adviser, school))

    assert (found.count, found.alike) == (2, 1)


def test_why_it_was_folded_stands_under_the_seal_only(session: Session) -> None:
    school = new_school(session)
    case = folded(session, school, new_adviser(session, school), signals={"alike": 27, "fast": 1})
    row = session.scalars(select(Case).where(Case.id == case.case_id)).one()

    assert b"alike" not in row.card
    assert row.lane == "folded"


def test_the_queue_leads_to_the_fold_and_a_button_takes_one_out(database: db.Database, sign_in: SignIn) -> None:
    with database.writer.begin() as session:
        school = new_school(session)
        adviser = new_adviser(session, school)
        case = folded(session, school, adviser)
        folded(session, school, adviser, signals={})
    client = sign_in(adviser)

    queue = client.get("/staff/cases").text
    stack = client.get("/staff/cases/folded").text
    answer = client.post(f"/staff/cases/{case.case_id}/unfold")

    assert '<a href="/staff/cases/folded">2 meldingen kwamen vlak na elkaar, 1 lijkt op andere</a>' in queue
    assert "Er wacht niemand op je" not in queue
    assert re.findall('data-case="([0-9a-f]+)"', stack)[-1] == case.case_id
    assert stack.index("Staan op zichzelf") < stack.index("Lijken op andere") < stack.index("lijkt op 5 andere")
    assert (answer.status_code, answer.location) == (303, "/staff/cases/folded")
    assert f'data-case="{case.case_id}"' in client.get("/staff/cases").text


def test_the_queue_says_that_it_opened_only_some_of_a_long_fold(
    database: db.Database, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fold, "MOST_OPENED", 2)
    with database.writer.begin() as session:
        school = new_school(session)
        adviser = new_adviser(session, school)
        for _ in range(3):
            folded(session, school, adviser)

    page = sign_in(adviser).get("/staff/cases").text

    assert "3 meldingen kwamen vlak na elkaar, meer dan 2 lijken op elkaar" in page
    assert "Er zijn er 2 bekeken op wat niet kan wachten." in page


def test_what_cannot_wait_stands_in_the_queue_itself(database: db.Database, sign_in: SignIn) -> None:
    with database.writer.begin() as session:
        school = new_school(session)
        adviser = new_adviser(session, school)
        new_case(session, school, adviser)
        grave = folded(session, school, adviser, watch=("life",))

    page = sign_in(adviser).get("/staff/cases").text

    assert re.findall('data-case="([0-9a-f]+)"', page)[0] == grave.case_id


def test_an_empty_fold_says_so_and_a_foreign_page_is_not_found(database: db.Database, sign_in: SignIn) -> None:
    with database.writer.begin() as session:
        adviser = new_adviser(session, new_school(session))
    client = sign_in(adviser)

    assert "De stapel is leeg." in client.get("/staff/cases/folded").text
    assert client.get("/staff/cases/folded?after=x").status_code == 404


def test_the_fold_has_pages(database: db.Database, sign_in: SignIn) -> None:
    with database.writer.begin() as session:
        school = new_school(session)
        adviser = new_adviser(session, school)
        for _ in range(PAGE_LENGTH + 1):
            folded(session, school, adviser)
    client = sign_in(adviser)

    first = client.get("/staff/cases/folded").text
    link = re.search(r'href="(/staff/cases/folded\?after=[^"]+)"', first)

    assert link
    assert client.get(link[1]).text.count("data-case=") == 1
