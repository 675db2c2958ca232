"""Putting a talk away: one row that only the code opens, two weeks long, and nothing else that remains."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from urllib.parse import urlencode

import pytest
from sqlalchemy import update

from app import clock, db
from app.accounts.installation import current_pepper
from app.intake import paused, running, tabs
from app.intake.models import PausedTalk
from app.schools.models import School
from app.vault import kdf
from app.vault.codes import StudentKeys, derive, new_code, parse_code
from app.vault.errors import BusyError
from tests.installations import Installation
from tests.intake import rows
from tests.intake.conftest import NewStudent
from tests.intake.student import Student
from tests.intake.test_sending import failing_stretch

STORY = "Hij wacht me elke dag op bij de fietsen."
NOON = datetime(2026, 11, 24, 12, 7, tzinfo=UTC)
LAST_DAY = date(2026, 12, 8)
Away = Callable[[Student], object]


@pytest.fixture(autouse=True)
def _quick_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """How slow the hash of a code is matters to the tests of the vault; here it would only take minutes."""
    monkeypatch.setattr(kdf, "stretch", quick_stretch)


def quick_stretch(secret: bytes, salt: bytes, length: int) -> bytes:
    return blake2b(secret, salt=salt, digest_size=length).digest()


def days_later(days: int) -> datetime:
    return NOON + timedelta(days=days)


def keys_of(digits: str, installation: Installation) -> StudentKeys:
    return derive(parse_code(digits), current_pepper(), installation.school.id)


def token_taken_up(digits: str, installation: Installation, school_id: str = "") -> str | None:
    student = keys_of(digits, installation)
    with db.transaction() as session:
        return paused.take_up(session, student, school_id or installation.school.id)


def close_school(installation: Installation) -> None:
    with db.transaction() as session:
        session.execute(update(School).where(School.id == installation.school.id).values(is_open=False))


def purge() -> int:
    with db.transaction() as session:
        paused.purge(session)
    return len(rows.paused())


def test_a_talk_goes_on_where_it_was_on_another_device(new_student: NewStudent) -> None:
    digits = new_student().until("what", {"story_me": STORY}).pause()

    other = new_student().come_back(digits)

    assert (other.status, other.step) == (200, "what")
    assert STORY in other.text


def test_what_stands_in_the_open_question_is_put_away_too(new_student: NewStudent) -> None:
    digits = new_student().until("story_me").pause(STORY)

    assert STORY in new_student().come_back(digits).text


def test_too_many_words_are_asked_again_and_stay_on_the_screen(student: Student) -> None:
    student.until("story_me")

    student.post(student.home, [*student.fields("story_me"), ("answer", "lang " * 3000), ("do", "pause")])

    assert (student.status, student.step) == (422, "story_me")
    assert "lang lang" in student.text
    assert rows.paused() == []


def test_the_page_shows_the_code_and_until_which_day_it_is_kept(student: Student) -> None:
    with clock.at(NOON):
        digits = student.until("what").pause()

    assert parse_code(student.words) == parse_code(digits)
    assert "tot en met dinsdag 8 december 2026" in student.text
    assert "Er is nog niets verstuurd." in student.text


def test_going_on_opens_the_question_again(student: Student) -> None:
    student.until("what").pause()

    assert student.press("resume").step == "what"
    assert student.get(student.home).step == "what"


def test_the_word_asked_back_counts_before_sending_too(student: Student) -> None:
    digits = student.until("what").pause()

    student.submit("code", digits[-4:])

    assert "Goed zo, je hebt je code." in student.text
    assert "pagina sluiten" not in student.text
    assert student.digits == digits
    assert student.press("resume").step == "what"


def test_the_code_that_put_it_away_opens_the_report_later(new_student: NewStudent) -> None:
    digits = new_student().until("what", {"story_me": STORY}).pause()
    student = new_student().come_back(digits).tell(story_me=STORY)

    assert student.send() == digits
    assert STORY in new_student().come_back(digits).text
    assert rows.case_count() == 1


def test_what_was_put_away_is_deleted_when_it_is_sent(student: Student) -> None:
    student.until("what").pause()
    student.press("resume").tell().send()

    assert rows.paused() == []


def test_a_talk_that_was_put_away_is_sent_without_a_slow_hash(student: Student) -> None:
    digits = student.until("what").pause()
    student.press("resume").tell()

    with failing_stretch(BusyError(3)):
        assert student.send() == digits


def finish(student: Student) -> None:
    student.press("finish")


def leave(student: Student) -> None:
    assert student.once("GET", "/w").status_code == 303


@pytest.mark.parametrize("away", [finish, leave])
def test_stopping_wipes_this_device_and_keeps_what_lies_under_the_code(new_student: NewStudent, away: Away) -> None:
    student = new_student().until("what", {"story_me": STORY})
    digits = student.pause()

    away(student)

    assert rows.tabs() == []
    assert student.get(student.home).step == "begin"
    assert new_student().come_back(digits).step == "what"


def two_hours(_student: Student) -> None:
    with clock.at(clock.now() + timedelta(hours=2)), db.transaction() as session:
        tabs.purge(session)


def finish_by_hand(student: Student) -> None:
    student.post(student.home, [*student.fields("what"), ("do", "finish")])


@pytest.mark.parametrize("away", [finish_by_hand, leave, two_hours])
def test_nothing_remains_of_a_talk_that_was_not_put_away(student: Student, away: Away) -> None:
    student.until("what", {"story_me": STORY})

    away(student)

    assert (rows.tabs(), rows.paused(), rows.case_count()) == ([], [], 0)


def test_putting_away_again_keeps_only_the_newest(new_student: NewStudent) -> None:
    with clock.at(NOON):
        student = new_student().until("what")
        digits = student.pause()
        student.press("resume").submit("what", "things")
    with clock.at(NOON + timedelta(hours=1)):
        assert student.pause() == digits

        assert len(rows.paused()) == 1
        assert new_student().come_back(digits).step == "kind_things"


def test_a_second_tap_changes_nothing(student: Student) -> None:
    student.until("what")
    fields = [*student.fields("what"), ("do", "pause")]
    first = student.post(student.home, fields).digits
    stored = rows.paused()[0].sealed

    assert student.post(student.home, fields).digits == first
    assert rows.paused()[0].sealed == stored


def test_nothing_but_the_code_at_this_school_opens_it(new_student: NewStudent, installation: Installation) -> None:
    digits = new_student().until("what").pause()

    assert token_taken_up(new_code().digits, installation) is None
    assert token_taken_up(digits, installation, "0" * 32) is None
    other = derive(parse_code(digits), current_pepper(), "0" * 32)
    with db.transaction() as session:
        assert paused.take_up(session, other, "0" * 32) is None
    assert token_taken_up(digits, installation)


def test_a_row_that_was_moved_or_changed_does_not_open(new_student: NewStudent, installation: Installation) -> None:
    mine, other = (new_student().until("what").pause() for _ in range(2))
    with db.transaction() as session:
        rows_held = [paused._row(session, keys_of(digits, installation)) for digits in (mine, other)]
        assert rows_held[0]
        assert rows_held[1]
        rows_held[0].sealed, rows_held[0].wrap = rows_held[1].sealed, rows_held[1].wrap

    assert token_taken_up(mine, installation) is None
    assert token_taken_up(other, installation)


def test_a_thief_learns_neither_school_nor_words_nor_which_case_it_became(
    student: Student, installation: Installation
) -> None:
    digits = student.until("what", {"story_me": STORY}).pause()
    row = rows.paused()[0]
    columns = {column.name for column in PausedTalk.__table__.columns}
    stored = b"".join((row.lookup, row.wrap, row.sealed))
    student.press("resume").tell().send()
    case = rows.case()

    assert columns == {"lookup", "expires_on", "wrap", "sealed"}
    assert not PausedTalk.__table__.foreign_keys
    for known in (installation.school.id, STORY, digits, case.id):
        assert known.encode() not in stored
    for known in (case.lookup, case.submit_id, case.student_public):
        assert known not in stored


@pytest.mark.parametrize("length", [10, 200])
def test_the_size_of_what_is_put_away_does_not_tell_how_much_was_said(student: Student, length: int) -> None:
    student.until("story_me").pause("a" * length)

    assert len(rows.paused()[0].sealed) == 1024 + 1 + 12 + 16


def test_a_code_that_opens_another_talk_is_renewed_before_it_is_shown(
    new_student: NewStudent, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = new_code()
    monkeypatch.setattr(running, "new_code", lambda: same)
    away, sent, third = (new_student().until("what", {"story_me": f"Verhaal {n}."}) for n in range(3))

    codes = [away.pause(), sent.tell().send(), third.pause()]

    assert codes[0] == same.digits.replace(" ", "")
    assert len(set(codes)) == 3
    assert "Verhaal 0." in new_student().come_back(codes[0]).text
    assert "Verhaal 2." in new_student().come_back(codes[2]).text


def test_a_code_that_opens_a_case_is_renewed_before_it_puts_a_talk_away(
    new_student: NewStudent, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = new_code()
    monkeypatch.setattr(running, "new_code", lambda: same)
    sent, away = new_student(), new_student()
    sent.tell().send()

    assert away.until("what").pause() != sent.digits


def test_it_can_be_taken_up_on_its_last_day_and_not_after(student: Student, installation: Installation) -> None:
    with clock.at(NOON):
        digits = student.until("what").pause()
    assert rows.paused()[0].expires_on == LAST_DAY

    with clock.at(days_later(14)):
        assert purge() == 1
        assert token_taken_up(digits, installation)
    with clock.at(days_later(15)):
        assert token_taken_up(digits, installation) is None
        assert purge() == 0


def test_a_server_clock_a_year_ahead_for_an_hour_costs_nobody_his_talk(
    student: Student, installation: Installation
) -> None:
    with clock.at(NOON):
        digits = student.until("what").pause()
    with clock.at(days_later(365)):
        assert purge() == 1

    with clock.at(NOON + timedelta(hours=1)):
        assert token_taken_up(digits, installation)
        assert purge() == 1
        # What would now stay for a year stays as long as any other.
        assert rows.paused()[0].expires_on == LAST_DAY


def test_what_the_clean_up_missed_for_days_goes_one_day_later(student: Student) -> None:
    with clock.at(NOON):
        student.until("what").pause()

    with clock.at(days_later(40)):
        assert purge() == 1
    with clock.at(days_later(41)):
        assert purge() == 0


def test_a_rush_is_told_and_what_was_typed_stays(student: Student) -> None:
    student.until("story_me")

    with failing_stretch(BusyError(3)):
        student.post(student.home, [*student.fields("story_me"), ("answer", STORY), ("do", "pause")])

    assert (student.status, student.headers["Retry-After"]) == (503, "3")
    assert "Het is nu erg druk." in student.text
    assert student.step == "what"
    assert STORY in student.text
    assert student.pause()


def test_a_rush_is_told_on_the_review_too(student: Student) -> None:
    student.tell()

    with failing_stretch(BusyError(3)):
        student.post(student.home, [*student.fields("review"), ("do", "pause")])

    assert (student.status, student.step) == (503, "review")


def test_back_after_putting_away_goes_on_with_what_is_answered_there(new_student: NewStudent) -> None:
    student = new_student().until("what")
    stale = student.fields("what")
    digits = student.pause()

    student.post(student.home, [*stale, ("answer", "things")])

    assert student.step == "kind_things"
    assert student.pause() == digits
    assert new_student().come_back(digits).step == "kind_things"


def test_the_same_answer_again_shows_the_code(student: Student) -> None:
    student.until("story_me")
    stale = student.fields("story_me")
    digits = student.pause(STORY)

    assert student.post(student.home, [*stale, ("answer", STORY)]).digits == digits


def test_putting_away_and_sending_at_once_ends_in_one_report_and_nothing_put_away(student: Student) -> None:
    student.tell()
    fields = student.fields("review")
    bodies = [urlencode([*fields, ("do", do)]) for do in ("pause", "send") * 3]

    with ThreadPoolExecutor(len(bodies)) as pool:
        statuses = list(pool.map(lambda body: sent_apart(student, body), bodies))

    assert set(statuses) <= {303, 503}
    student.get(student.home)
    if student.page.codes.get("data-code-digits") and "Er is nog niets verstuurd." in student.text:
        student.press("resume").send()
    assert (rows.case_count(), rows.paused()) == (1, [])


def sent_apart(student: Student, body: str) -> int:
    cookie = "; ".join(f"{cookie.key}={cookie.value}" for cookie in student.client._cookies.values())
    client = student.app.test_client(use_cookies=False)
    kind = "application/x-www-form-urlencoded"
    return client.post(student.home, data=body, content_type=kind, headers={"Cookie": cookie}).status_code


def test_a_talk_that_two_devices_took_up_is_sent_once_and_the_other_loses_no_word(new_student: NewStudent) -> None:
    digits = new_student().until("story_me").pause("Kort.")
    one, other = (new_student().come_back(digits) for _ in range(2))
    one.tell().send()
    other.press("back").tell(story_me=STORY)

    other.submit("review", "send")

    assert (other.status, rows.case_count()) == (409, 1)
    assert "Je verhaal is al verstuurd" in other.text
    assert STORY in other.get(other.home).text


def test_a_copy_of_a_sent_talk_is_not_put_away_under_another_code(new_student: NewStudent) -> None:
    digits = new_student().until("what").pause()
    one, other = (new_student().come_back(digits) for _ in range(2))
    one.tell().send()

    other.post(other.home, [*other.fields("what"), ("do", "pause")])

    assert (other.status, rows.paused()) == (409, [])
    assert "Je verhaal is al verstuurd" in other.text


def test_a_page_that_showed_the_code_goes_on_when_another_device_has_sent(new_student: NewStudent) -> None:
    student = new_student().until("what")
    digits = student.pause()
    new_student().come_back(digits).tell().send()

    assert student.get(student.home).step == "what"


def test_a_school_that_closed_meanwhile_shows_so_and_loses_nothing(
    new_student: NewStudent, installation: Installation
) -> None:
    student = new_student().until("what")
    digits = student.pause()
    close_school(installation)

    assert student.get(student.home).digits == digits
    assert "data-step" not in student.press("resume").text
    token = token_taken_up(digits, installation)
    assert token
    assert len(rows.paused()) == 1


def test_a_talk_can_still_be_put_away_at_a_school_that_closed_meanwhile(
    student: Student, installation: Installation
) -> None:
    student.until("story_me")
    close_school(installation)

    student.post(student.home, [*student.fields("story_me"), ("do", "pause")])

    assert student.digits
    assert len(rows.paused()) == 1


def test_without_cookies_nothing_is_put_away(student: Student) -> None:
    student.until("story_me")
    fields = [*student.fields("story_me"), ("answer", STORY), ("do", "pause")]
    student.client._cookies.clear()

    answer = student.once("POST", student.home, urlencode(fields))

    assert (answer.status_code, rows.paused()) == (400, [])


def test_nothing_is_put_away_after_sending(student: Student) -> None:
    student.tell()
    fields = [*student.fields("review"), ("do", "pause")]
    digits = student.send()

    assert student.post(student.home, fields).digits == digits
    assert rows.paused() == []


STALE = "Op een ander apparaat ging je al verder."


def two_devices(new_student: NewStudent) -> tuple[Student, Student, str]:
    """Return a device with a stale copy, one that put away a newer one, and their code."""
    stale = new_student().until("story_me", {"story_me": STORY})
    digits = stale.pause("Kort.")
    newer = new_student().come_back(digits).press("back")
    newer.submit("story_me", STORY)
    assert newer.pause() == digits
    stale.get(stale.home)
    return stale.press("resume"), newer, digits


def try_to_pause(student: Student, *answers: str) -> None:
    step = next((form for form in student.page.forms if form.step), student.page.forms[0])
    fields = [*step.hidden.items(), *(("answer", one) for one in answers), ("do", "pause")]
    student.post(student.home, fields)


def test_a_stale_copy_does_not_replace_what_another_device_put_away_later(new_student: NewStudent) -> None:
    stale, _newer, digits = two_devices(new_student)
    stored = rows.paused()[0].sealed

    try_to_pause(stale, "things")

    assert (stale.status, stale.step) == (409, "kind_things")
    assert STALE in stale.text
    assert rows.paused()[0].sealed == stored
    assert "Kort." in stale.press("back").press("back").text
    assert STORY in new_student().come_back(digits).text


def test_a_stale_copy_can_be_sent(new_student: NewStudent) -> None:
    stale, _newer, digits = two_devices(new_student)
    try_to_pause(stale)

    assert stale.tell().send() == digits
    assert (rows.case_count(), rows.paused()) == (1, [])
    assert "Kort." in new_student().come_back(digits).text


def test_who_leaves_a_stale_copy_goes_on_with_the_newer_one(new_student: NewStudent) -> None:
    stale, _newer, digits = two_devices(new_student)
    try_to_pause(stale)

    leave(stale)

    assert STORY in stale.come_back(digits).text
    assert stale.pause() == digits


def test_two_devices_take_turns_as_long_as_each_takes_up_the_newest(new_student: NewStudent) -> None:
    digits = new_student().until("what").pause()

    for told in (["things"], []):
        turn = new_student().come_back(digits)
        assert turn.pause(*told) == digits

    assert len(rows.paused()) == 1


@pytest.mark.parametrize("is_open", [True, False])
def test_who_wipes_it_leaves_nothing_here_and_nothing_under_the_code(
    new_student: NewStudent, installation: Installation, *, is_open: bool
) -> None:
    student = new_student().until("what", {"story_me": STORY})
    digits = student.pause()
    if not is_open:
        close_school(installation)

    student.get(student.home)
    student.press("discard")

    assert (rows.tabs(), rows.paused(), rows.case_count()) == ([], [], 0)
    assert STORY not in student.text
    assert token_taken_up(digits, installation) is None


@pytest.mark.parametrize("is_open", [True, False])
def test_who_took_it_up_elsewhere_can_wipe_it_there(
    new_student: NewStudent, installation: Installation, *, is_open: bool
) -> None:
    digits = new_student().until("what", {"story_me": STORY}).pause()
    if not is_open:
        close_school(installation)
    other = new_student().come_back(digits)
    if is_open:
        other.pause()

    other.press("discard")

    assert rows.paused() == []
    assert token_taken_up(digits, installation) is None


def test_a_stale_button_to_wipe_does_not_take_the_code_of_what_was_sent(student: Student) -> None:
    digits = student.until("what").pause()
    fields = student.page.forms[-1].hidden
    student.press("resume").tell().send()

    student.post(student.home, {**fields, "do": "discard"})

    assert student.digits == digits
    assert rows.case_count() == 1
