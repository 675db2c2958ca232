"""Keys that were lost: a colleague lets somebody in again, and the school's recovery key brings back the rest."""

import re
from collections.abc import Iterator
from contextvars import Context
from dataclasses import dataclass, replace
from pathlib import Path

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock, db
from app.accounts.access import TOKEN
from app.accounts.models import Person
from app.accounts.proving import account_by_id, prove
from app.accounts.queries import readers_of
from app.accounts.sessions import begin_session
from app.cases.models import Case, CaseReader
from app.cases.opening import open_case
from tests.cases.factories import STORY, new_report
from tests.databases import new_url
from tests.installations import Installation, Staff, installed
from tests.notifications.mailbox import Mailbox, free_port

TOKEN_FIELD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
MASKED = re.compile(r'name="csrf_token"[^>]*value="[^"]+"')
HALF = re.compile(r"<span>([2-9A-Z]{5})</span>")
SECRET = re.compile(r'translate="no">([A-Z2-7 ]{20,})</p>')
NEW_PASSWORD = "vier losse woorden boven water"


@dataclass
class Browser:
    """Somebody's browser, which sends the token that stood on the page before."""

    client: FlaskClient
    text: str = ""
    status: int = 0

    def first_code(self) -> str:
        """Return the six digits that an app shows after reading the secret on this page."""
        found = SECRET.search(self.text)
        assert found
        return pyotp.TOTP(found[1].replace(" ", "")).at(clock.now())

    def get(self, path: str) -> str:
        # In a context of its own, as on a server: the test's own would be shared by all requests.
        answer = Context().run(self.client.get, path, follow_redirects=True)
        self.text, self.status = answer.text, answer.status_code
        return self.text

    def post(self, path: str, **data: str) -> str:
        found = TOKEN_FIELD.search(self.text)
        assert found
        data["csrf_token"] = found[1]
        answer = Context().run(self.client.post, path, data=data, follow_redirects=True)
        self.text, self.status = answer.text, answer.status_code
        return self.text


@pytest.fixture(autouse=True)
def inside_an_installation() -> None:
    """The installation of each test brings its own pepper."""


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    made = Mailbox(free_port())
    made.start()
    yield made
    made.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path, mailbox: Mailbox) -> Iterator[Installation]:
    with installed(new_url(request.param, tmp_path), tmp_path, smtp_port=mailbox.port) as made:
        yield made


def browser_of(place: Installation, staff: Staff) -> Browser:
    with db.reading() as session:
        account = account_by_id(session, staff.id)
    assert account
    with db.transaction() as session:
        token = begin_session(session, replace(prove(account, staff.password, staff.code()), step=None))
    client = place.app.test_client()
    with client.session_transaction("/staff/") as cookie:
        cookie[TOKEN] = token
    return Browser(client)


def told(place: Installation, *readers: Staff) -> str:
    """Let a student tell something to *readers*; return the id of the case."""
    ids = {reader.id for reader in readers}
    with db.transaction() as session:
        chosen = tuple(one for one in readers_of(session, place.school.id) if one.person_id in ids)
        opened = open_case(session, replace(new_report(place.school.id), readers=chosen))
    assert opened
    return opened.case_id


def mail_a_link(helper: Browser, lost: Staff, mailbox: Mailbox) -> str:
    """Let a colleague mail somebody a link; return its token as it stands in that mail."""
    helper.get("/staff/keys")
    helper.post(f"/staff/keys/people/{lost.id}/rescue")
    assert mailbox.recipients[-1] == lost.email
    body = mailbox.mails[-1].get_payload(decode=True)
    assert isinstance(body, bytes)
    return re.findall(r"/staff/rescue/([\w-]+)", body.decode())[0]


def let_in_again(place: Installation, helper: Browser, lost: Staff, mailbox: Mailbox) -> Browser:
    """Mail a link, and let the colleague take it with a new password and a new second factor."""
    token = mail_a_link(helper, lost, mailbox)
    back = Browser(place.app.test_client())
    back.get(f"/staff/rescue/{token}")
    back.post(f"/staff/rescue/{token}", password=NEW_PASSWORD, code=back.first_code())
    return back


def confirm(helper: Browser) -> None:
    page = helper.get("/staff/keys")
    membership = re.findall(r'data-waiting="(\w+)"', page)[0]
    helper.post(f"/staff/keys/members/{membership}/confirm")


def halves(first: Browser, second: Browser, second_id: str) -> tuple[str, str]:
    first.get("/staff/keys")
    one = " ".join(HALF.findall(first.post("/staff/keys/recovery", second=second_id)))
    second.get("/staff/keys")
    other = " ".join(HALF.findall(second.post("/staff/keys/recovery/second")))
    return one, other


def test_an_adviser_who_lost_password_and_phone_reads_again_with_the_help_of_a_colleague(
    place: Installation, mailbox: Mailbox
) -> None:
    case_id = told(place, place.internal, place.external)
    joris = browser_of(place, place.external)

    mira = let_in_again(place, joris, place.internal, mailbox)
    assert "Wacht op bevestiging" in mira.text
    assert STORY not in mira.get(f"/staff/cases/{case_id}")
    confirm(joris)
    joris.get("/staff/keys/rewrap")
    joris.post("/staff/keys/rewrap", person=place.internal.id)

    assert STORY in mira.get(f"/staff/cases/{case_id}")


def test_the_old_password_and_old_sessions_are_over(place: Installation, mailbox: Mailbox) -> None:
    old, joris = browser_of(place, place.internal), browser_of(place, place.external)
    let_in_again(place, joris, place.internal, mailbox)

    assert 'name="password"' in old.get("/staff/cases")
    door = Browser(place.app.test_client())
    door.get("/staff/")
    door.post("/staff/", email=place.internal.email, password=place.internal.password, code=place.internal.code())
    assert door.status == 422 or 'name="password"' in door.text


def test_until_a_colleague_confirms_the_new_key_no_report_goes_to_it(place: Installation, mailbox: Mailbox) -> None:
    joris = browser_of(place, place.external)
    let_in_again(place, joris, place.internal, mailbox)
    with db.reading() as session:
        before = [reader.person_id for reader in readers_of(session, place.school.id)]

    confirm(joris)

    with db.reading() as session:
        after = [reader.person_id for reader in readers_of(session, place.school.id)]
    assert (before, after) == ([place.external.id], [place.internal.id, place.external.id])


def test_who_makes_the_link_never_sees_it(place: Installation, mailbox: Mailbox) -> None:
    joris = browser_of(place, place.external)

    token = mail_a_link(joris, place.internal, mailbox)

    assert token not in joris.text
    assert "Mira Zonneveld krijgt nu een mail met een link." in joris.text


def test_a_link_that_nobody_asked_for_ends_when_its_owner_signs_in(place: Installation, mailbox: Mailbox) -> None:
    token = mail_a_link(browser_of(place, place.external), place.internal, mailbox)

    browser_of(place, place.internal)

    back = Browser(place.app.test_client())
    back.get(f"/staff/rescue/{token}")
    assert back.status == 410


def test_who_knows_the_link_does_not_know_the_second_factor(place: Installation, mailbox: Mailbox) -> None:
    token = mail_a_link(browser_of(place, place.external), place.internal, mailbox)
    back, nosy = Browser(place.app.test_client()), Browser(place.app.test_client())
    back.get(f"/staff/rescue/{token}")
    nosy.get(f"/staff/rescue/{token}")

    assert back.first_code() != nosy.first_code()


def test_a_link_that_cannot_be_mailed_is_said_to_be_missing(place: Installation, mailbox: Mailbox) -> None:
    mailbox.stop()
    joris = browser_of(place, place.external)
    joris.get("/staff/keys")

    page = joris.post(f"/staff/keys/people/{place.internal.id}/rescue")

    assert "De mail naar Mira Zonneveld kon niet weg." in page
    assert "krijgt nu een mail" not in page


def test_a_link_works_once(place: Installation, mailbox: Mailbox) -> None:
    joris = browser_of(place, place.external)
    token = mail_a_link(joris, place.internal, mailbox)
    back, late = Browser(place.app.test_client()), Browser(place.app.test_client())
    late.get(f"/staff/rescue/{token}")
    back.get(f"/staff/rescue/{token}")
    back.post(f"/staff/rescue/{token}", password=NEW_PASSWORD, code=back.first_code())

    late.post(f"/staff/rescue/{token}", password=NEW_PASSWORD, code=late.first_code())

    assert late.status == 410


@pytest.mark.parametrize(("password", "code"), [("kort", ""), (NEW_PASSWORD, "000000"), ("kort", "000000")])
def test_a_weak_password_or_a_wrong_code_leaves_the_link_open(
    place: Installation, mailbox: Mailbox, password: str, code: str
) -> None:
    joris = browser_of(place, place.external)
    token = mail_a_link(joris, place.internal, mailbox)
    back = Browser(place.app.test_client())
    back.get(f"/staff/rescue/{token}")

    back.post(f"/staff/rescue/{token}", password=password, code=code)

    assert back.status == 422
    assert back.get(f"/staff/rescue/{token}").count("Welkom terug") == 2


def test_two_people_make_the_recovery_key_and_the_drill_gives_nothing(place: Installation) -> None:
    mira, joris = browser_of(place, place.internal), browser_of(place, place.external)
    first, second = halves(mira, joris, place.external.id)
    case_id = told(place, place.external)

    mira.get("/staff/keys/drill")
    mira.post("/staff/keys/drill", first=second.lower(), second=first)

    assert "data-worked" in mira.text
    assert "Het laatst geprobeerd op" in mira.get("/staff/keys")
    mira.get(f"/staff/cases/{case_id}")
    assert mira.status == 404


def test_neither_sees_the_half_of_the_other(place: Installation) -> None:
    mira, joris = browser_of(place, place.internal), browser_of(place, place.external)
    first, second = halves(mira, joris, place.external.id)

    assert first != second
    assert first not in joris.text
    assert not HALF.findall(mira.get("/staff/keys"))


def test_a_slip_in_a_half_is_named_and_halves_of_another_key_are_refused(place: Installation) -> None:
    mira, joris = browser_of(place, place.internal), browser_of(place, place.external)
    old, _other = halves(mira, joris, place.external.id)
    first, second = halves(mira, joris, place.external.id)

    mira.get("/staff/keys/drill")
    assert "Groepje 7 klopt niet" in mira.post("/staff/keys/drill", first=first[:-5] + "22222", second=second)
    assert "zeven groepjes" in mira.post("/staff/keys/drill", first="niets", second=second)
    assert "horen niet bij" in mira.post("/staff/keys/drill", first=old, second=second)


@pytest.mark.parametrize("made_before", [True, False], ids=["case after the key", "case before the key"])
def test_the_recovery_key_gives_back_what_nobody_else_could_open(
    place: Installation, mailbox: Mailbox, *, made_before: bool
) -> None:
    mira, joris = browser_of(place, place.internal), browser_of(place, place.external)
    case_id = "" if made_before else told(place, place.external)
    first, second = halves(mira, joris, place.external.id)
    case_id = case_id or told(place, place.external)
    joris.get(f"/staff/cases/{case_id}")  # An older case is wrapped to the key at the next visit of a reader.
    back = let_in_again(place, mira, place.external, mailbox)
    confirm(mira)
    assert STORY not in back.get(f"/staff/cases/{case_id}")
    before = MASKED.sub("", mira.get("/staff/cases"))

    mira.get("/staff/keys/recover")
    mira.post("/staff/keys/recover", first=first, second=second, person=place.external.id)

    assert 'data-recovered=""' in mira.text
    assert STORY in back.get(f"/staff/cases/{case_id}")
    assert "Met de herstelsleutel van de school" in back.text
    mira.get(f"/staff/cases/{case_id}")
    assert mira.status == 404
    after = MASKED.sub("", mira.get("/staff/cases"))
    warning = "De herstelsleutel van de school is kortgeleden gebruikt."
    assert (warning in before, warning in after) == (False, True)
    assert before.count("data-case") == after.count("data-case")


def test_a_new_recovery_key_does_not_hide_that_the_one_before_it_was_used(place: Installation) -> None:
    mira, joris = browser_of(place, place.internal), browser_of(place, place.external)
    first, second = halves(mira, joris, place.external.id)
    mira.get("/staff/keys/recover")
    mira.post("/staff/keys/recover", first=first, second=second, person=place.internal.id)

    halves(mira, joris, place.external.id)

    assert "De herstelsleutel van de school is kortgeleden gebruikt." in joris.get("/staff/cases")


def test_the_recovery_key_gives_nobody_a_case_that_he_never_read(place: Installation) -> None:
    mira, joris = browser_of(place, place.internal), browser_of(place, place.external)
    first, second = halves(mira, joris, place.external.id)
    case_id = told(place, place.external)

    mira.get("/staff/keys/recover")
    mira.post("/staff/keys/recover", first=first, second=second, person=place.internal.id)

    assert 'data-recovered="0"' in mira.text
    with db.reading() as session:
        readers = session.scalars(select(CaseReader.person_id).where(CaseReader.case_id == case_id)).all()
    assert readers == [place.external.id]


def test_a_recovery_key_that_somebody_wrote_into_the_database_gets_no_case(place: Installation) -> None:
    mira, joris = browser_of(place, place.internal), browser_of(place, place.external)
    halves(mira, joris, place.external.id)
    with db.transaction() as session:
        session.connection().exec_driver_sql("UPDATE school_recovery SET proof = NULL")

    case_id = told(place, place.external)

    with db.reading() as session:
        assert session.get_one(Case, case_id).recovery_id is None


def test_a_password_change_leaves_the_fingerprint_and_a_rescue_does_not(place: Installation, mailbox: Mailbox) -> None:
    joris = browser_of(place, place.external)
    with db.reading() as session:
        before = session.get_one(Person, place.internal.id).key_public

    let_in_again(place, joris, place.internal, mailbox)

    with db.reading() as session:
        assert session.get_one(Person, place.internal.id).key_public != before
