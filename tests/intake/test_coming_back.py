"""Coming back with the code: however it is typed, what is shown, writing on, and leaving."""

import gzip
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from sqlalchemy import delete, update

from app import clock, db
from app.cases.models import Case, CaseReader, Message
from app.cases.services import CaseDamagedError
from app.intake import visits
from app.schools.models import School
from app.vault import kdf
from app.vault.codes import parse_code
from app.vault.errors import BusyError, CodeError
from app.vault.words import word_list
from tests.installations import Installation
from tests.intake import rows
from tests.intake.adviser import sent_case
from tests.intake.conftest import NewStudent
from tests.intake.student import Student, arabic

STORY = "Ze lachen me elke dag uit in de pauze."
NOON = datetime(2026, 11, 24, 12, 7, 31, tzinfo=UTC)
Spelling = Callable[[str], str]


def words(tag: str) -> Spelling:
    return lambda digits: " ".join(parse_code(digits).words(tag))


def with_a_slip(said: str) -> str:
    """Return the words with one letter doubled, in the first word that is still read then."""
    told = said.split()
    slips = (" ".join([*told[:n], told[n] + told[n][-1], *told[n + 1 :]]) for n in range(len(told)))
    return next(slip for slip in slips if _reads(slip))


def _reads(typed: str) -> bool:
    try:
        parse_code(typed)
    except CodeError:
        return False
    return True


@dataclass(frozen=True)
class Sent:
    """A code, and another browser to come back with."""

    digits: str
    student: Student


@pytest.fixture
def sent(installation: Installation, new_student: NewStudent) -> Sent:
    return Sent(sent_case(installation, STORY), new_student())


SPELLINGS: dict[str, Spelling] = {
    "words": words("nl"),
    "words of the other list": words("en"),
    "capitals": lambda digits: words("nl")(digits).upper(),
    "hyphens": lambda digits: words("nl")(digits).replace(" ", "-"),
    "many spaces": lambda digits: f"  {words('nl')(digits).replace(' ', '   ')} ",
    "numbered words": lambda digits: " ".join(f"{n}. {w}" for n, w in enumerate(words("nl")(digits).split(), 1)),
    "lines": lambda digits: words("nl")(digits).replace(" ", "\r\n"),
    "commas": lambda digits: words("nl")(digits).replace(" ", ", "),
    "a slip": lambda digits: with_a_slip(words("nl")(digits)),
    "beginnings": lambda digits: " ".join(word[:4] for word in words("nl")(digits).split()),
    "digits": lambda digits: digits,
    "digits in groups": lambda digits: parse_code(digits).digits,
    "digits with hyphens": lambda digits: parse_code(digits).digits.replace(" ", "-"),
    "digits on lines": lambda digits: parse_code(digits).digits.replace(" ", "\n"),
    "arabic digits": arabic,
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_a_code_is_read_however_it_is_typed(sent: Sent, spelling: Spelling) -> None:
    sent.student.come_back(spelling(sent.digits))

    assert sent.student.status == 200
    assert "<h1" in sent.student.text
    assert STORY in sent.student.text


def _next_digit(digits: str) -> str:
    return digits[:-1] + str((int(digits[-1]) + 1) % 10)


def _swapped(digits: str) -> str:
    first, second, *rest = digits
    return first + digits[2] + second + "".join(rest[1:]) if second != digits[2] else _next_digit(digits)


WRONG: dict[str, Spelling] = {
    "nothing": lambda _digits: "",
    "one word": lambda _digits: "fiets",
    "a sentence": lambda _digits: "ik ben mijn code kwijt en weet het niet meer",
    "a wrong digit": _next_digit,
    "swapped digits": _swapped,
    "a digit too few": lambda digits: digits[:-1],
    "a word that is in no list": lambda digits: " ".join(["qqqqqqqq", *words("nl")(digits).split()[1:]]),
    "an endless text": lambda _digits: "fiets " * 5000,
}


@pytest.mark.parametrize("spelling", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_code_is_refused_kindly_and_stays_in_the_field(sent: Sent, spelling: Spelling) -> None:
    typed = spelling(sent.digits)
    sent.student.come_back(typed)

    assert sent.student.status == 422
    assert 'class="field-error"' in sent.student.text
    assert f'name="code" value="{typed}"' in sent.student.text
    assert "Ik ben mijn code kwijt" in sent.student.text
    assert rows.tabs() == []


def test_swapped_words_are_never_another_conversation(sent: Sent) -> None:
    told = words("nl")(sent.digits).split()
    told[0], told[1] = told[1], told[0]

    sent.student.come_back(" ".join(told))

    assert sent.student.status == 422 or told[0] == told[1]
    assert STORY not in sent.student.text


def test_a_word_that_nearly_fits_is_proposed(sent: Sent) -> None:
    told = words("nl")(sent.digits).split()

    sent.student.come_back(" ".join([told[0][:4] + "qqqq", *told[1:]]))

    assert sent.student.status == 422
    assert "Woord 1 kennen we niet. Bedoel je:" in sent.student.text
    assert told[0] in sent.student.text


COUNTED = {
    "fiets boom": "Een code heeft vijf woorden. We tellen er bij jou 2.",
    "1234 5678 9012": "Een code heeft zestien cijfers. We tellen er bij jou 12.",
    "?!": "Een code heeft vijf woorden of zestien cijfers.",
}


@pytest.mark.parametrize("typed", COUNTED)
def test_a_code_of_the_wrong_length_is_counted(student: Student, typed: str) -> None:
    assert COUNTED[typed] in student.come_back(typed).text


@pytest.mark.parametrize(("language", "tag"), [("nl", "nl"), ("en", "en"), ("ar", "nl")])
def test_the_page_has_each_word_once_and_stays_small(new_student: NewStudent, language: str, tag: str) -> None:
    page = new_student(language=language).get("/code").text

    listed = re.findall(r"<option>(\w+)</option>", page)
    assert tuple(listed) == word_list(tag).words
    assert " list=" not in page
    assert len(gzip.compress(page.encode(), 6)) < 15_000


def test_a_code_that_belongs_to_nobody_gets_the_same_page_and_names_the_school(sent: Sent) -> None:
    sent.student.come_back("0000 0000 0000 0000")

    assert sent.student.status == 422
    assert "De Meeuw Lyceum" in sent.student.text
    assert "geen gesprek met deze code" in sent.student.text


def put_away(student: Student) -> str:
    """Put the talk of this browser away and return its code."""
    return student.tell(story_me=STORY).press("pause").digits


def test_a_talk_that_was_put_away_goes_on_in_another_browser(new_student: NewStudent) -> None:
    digits = put_away(new_student())

    other = new_student().come_back(digits)

    assert other.redirects == [other.home]
    assert other.step == "review"
    assert STORY in other.text


def test_with_the_script_the_page_leads_to_the_address_of_the_talk(new_student: NewStudent) -> None:
    digits = put_away(new_student())
    other = new_student().get(f"/code?school={new_student().slug}")

    answer = other.once(
        "POST", "/code", urlencode({**other.form_with("code").hidden, "code": digits}), Sec_Fetch_Mode="cors"
    )

    assert answer.location == "/code"
    assert "Je verhaal staat klaar." in other.get("/code").text
    assert f'href="{other.home}"' in other.text


def test_a_talk_that_was_put_away_is_not_opened_over_another_one(new_student: NewStudent) -> None:
    digits = put_away(new_student())
    other = new_student().until("what", {"story_me": "Iets anders."})

    other.come_back(digits)

    assert other.status == 409
    assert f'value="{digits}"' in other.text
    assert "Iets anders." in other.get(other.home).text


def test_it_is_opened_over_another_one_when_the_student_says_so(new_student: NewStudent) -> None:
    digits = put_away(new_student())
    other = new_student().until("what", {"story_me": "Iets anders."})
    other.come_back(digits)

    other.post("/code", {**other.form_with("code").hidden, "code": digits, "over": "1"})

    assert other.redirects == [other.home]
    assert STORY in other.text
    assert len(rows.tabs()) == 2


def test_the_talk_itself_is_no_other_one(new_student: NewStudent) -> None:
    student = new_student()
    digits = put_away(student)
    student.press("resume")

    student.come_back(digits)

    assert student.redirects == [student.home]
    assert STORY in student.text


@pytest.mark.parametrize("what", ["nothing", "a conversation", "a talk"])
def test_a_code_costs_the_same_hashing_whatever_it_opens(
    sent: Sent, new_student: NewStudent, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    digits = {"a conversation": sent.digits, "a talk": ""}.get(what, "0" * 16) or put_away(new_student())
    hashed: list[bytes] = []
    stretch = kdf.stretch

    def counted(secret: bytes, salt: bytes, length: int) -> bytes:
        hashed.append(secret)
        return stretch(secret, salt, length)

    monkeypatch.setattr(kdf, "stretch", counted)
    with other_school():
        sent.student.get("/code")
        sent.student.post("/code", {**sent.student.form_with("code").hidden, "school": "", "code": digits})

    assert len(hashed) == 2


@contextmanager
def other_school() -> Iterator[str]:
    school = School(
        id="e" * 32, slug="buurschool", name="Buurschool", brin="00XC", location_code="00XC00", is_open=True
    )
    with db.transaction() as session:
        session.add(school)
    yield "buurschool"
    with db.transaction() as session:
        session.execute(delete(School).where(School.id == "e" * 32))


def test_a_code_does_not_open_anything_at_another_school(sent: Sent) -> None:
    with other_school() as slug:
        sent.student.come_back(sent.digits, school=slug)

    assert sent.student.status == 422
    assert STORY not in sent.student.text


def test_without_a_school_every_open_school_is_tried(sent: Sent) -> None:
    with other_school():
        sent.student.get("/code")
        form = sent.student.form_with("code")
        assert "school" in form.names
        sent.student.post("/code", {**form.hidden, "school": "", "code": sent.digits})

    assert STORY in sent.student.text


def test_with_many_schools_the_student_chooses_first(sent: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.intake.views_code.MOST_SCHOOLS_TRIED", 0)

    sent.student.come_back(sent.digits, school="")

    assert sent.student.status == 422
    assert "Kies eerst je school." in sent.student.text


def test_a_rush_of_codes_is_told_to_wait(sent: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_secret: bytes, _salt: bytes, _length: int) -> bytes:
        raise BusyError(3)

    monkeypatch.setattr(kdf, "stretch", busy)
    sent.student.come_back(sent.digits)

    assert sent.student.status == 503
    assert sent.student.headers["Retry-After"] == "3"
    assert sent.digits in sent.student.text


def test_the_conversation_shows_status_promised_day_and_readers(sent: Sent) -> None:
    sent.student.come_back(sent.digits)

    assert "Ontvangen." in sent.student.text
    assert re.search(r"Uiterlijk \w+ \d+ \w+ \d{4} staat er een antwoord", sent.student.text)
    assert "Mira Zonneveld" in sent.student.text
    assert "Er is nog geen antwoord." in sent.student.text


def test_a_code_never_stands_in_an_address(sent: Sent) -> None:
    sent.student.come_back(sent.digits)

    assert sent.student.redirects == ["/code"]


def test_a_student_can_write_on(sent: Sent) -> None:
    message = "Vandaag was het weer zo.\r\n<b>Echt</b> 😞"
    sent.student.come_back(sent.digits).write(message)

    assert sent.student.statuses == [303, 200]
    assert "Vandaag was het weer zo.\r\n&lt;b&gt;Echt&lt;/b&gt; 😞" in sent.student.text
    assert 'data-message="1"' in sent.student.text
    assert rows.message_count() == 1


@pytest.mark.parametrize("text", ["", "  \r\n ", "a" * 10_001])
def test_a_message_that_cannot_be_sent_stays_in_the_field(sent: Sent, text: str) -> None:
    sent.student.come_back(sent.digits).write(text)

    assert sent.student.status == 422
    assert f">\n{text}</textarea>" in sent.student.text
    assert 'class="field-error"' in sent.student.text
    assert rows.message_count() == 0


def test_the_longest_message_is_kept_to_the_byte(sent: Sent) -> None:
    text = "é" * 9_998 + "👩‍👩‍👧"[:2]
    sent.student.come_back(sent.digits).write(text)

    assert sent.student.status == 200
    assert text in sent.student.text


def test_a_message_to_a_conversation_that_was_closed_here_is_given_back(sent: Sent) -> None:
    with clock.at(NOON):
        sent.student.come_back(sent.digits)

    with clock.at(NOON + timedelta(minutes=45)):
        sent.student.write("Ik heb lang nagedacht.")

    assert sent.student.status == 410
    assert "Ik heb lang nagedacht." in sent.student.text
    assert "Vul je code opnieuw in" in sent.student.text
    assert rows.message_count() == 0


@pytest.mark.parametrize("text", ["", "a" * 10_001])
def test_a_wrong_message_to_a_closed_conversation_is_given_back_too(sent: Sent, text: str) -> None:
    with clock.at(NOON):
        sent.student.come_back(sent.digits)

    with clock.at(NOON + timedelta(minutes=45)):
        sent.student.write(text)

    assert sent.student.status == 410
    assert text in sent.student.text


def test_writing_keeps_a_conversation_open_longer(sent: Sent) -> None:
    with clock.at(NOON):
        sent.student.come_back(sent.digits)
    with clock.at(NOON + timedelta(minutes=20)):
        sent.student.write("Nog iets.")

    with clock.at(NOON + timedelta(minutes=40)):
        assert "Nog iets." in sent.student.get("/code").text


def forget_the_case() -> None:
    with db.transaction() as session:
        for table in (Message, CaseReader, Case):
            session.execute(delete(table))


def test_a_conversation_whose_case_is_deleted_asks_for_the_code_again(sent: Sent) -> None:
    sent.student.come_back(sent.digits)
    forget_the_case()

    sent.student.get("/code")

    assert sent.student.status == 200
    assert "Terugkomen met je code" in sent.student.text


def test_a_message_to_a_case_that_is_deleted_is_given_back(sent: Sent) -> None:
    sent.student.come_back(sent.digits)
    forget_the_case()

    sent.student.write("Ben je er nog?")

    assert sent.student.status == 410
    assert "Ben je er nog?" in sent.student.text


def test_a_damaged_report_says_so_and_leaves_the_rest_readable(sent: Sent) -> None:
    with db.transaction() as session:
        session.execute(update(Case).values(report=b"\x01" + bytes(1100)))

    sent.student.come_back(sent.digits)

    assert sent.student.status == 200
    assert "Dit deel is beschadigd" in sent.student.text


def test_a_message_to_a_damaged_case_is_given_back(sent: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_args: object) -> None:
        raise CaseDamagedError

    sent.student.come_back(sent.digits)
    monkeypatch.setattr(visits, "write", damaged)
    sent.student.write("Ben je er nog?")

    assert sent.student.status == 500
    assert "Ben je er nog?" in sent.student.text


def test_another_browser_cannot_see_an_open_conversation(sent: Sent, new_student: NewStudent) -> None:
    sent.student.come_back(sent.digits)

    assert STORY not in new_student().get("/code").text


def test_leaving_a_conversation_deletes_its_row_and_asks_for_the_code(sent: Sent) -> None:
    sent.student.come_back(sent.digits)
    assert len(rows.tabs()) == 1

    sent.student.press("leave")

    assert rows.tabs() == []
    assert STORY not in sent.student.text
    assert sent.student.form_with("code")


def test_a_closed_school_does_not_take_a_conversation_away(sent: Sent) -> None:
    with db.transaction() as session:
        for school in session.query(School):
            school.is_open = False

    sent.student.come_back(sent.digits)

    assert STORY in sent.student.text
