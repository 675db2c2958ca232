"""The personal recovery code: made with the password, on paper before it counts, used once, with what is left."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock, db
from app.accounts.access import unlocked_key
from app.accounts.attempts import TRIES
from app.accounts.installation import current_pepper
from app.accounts.joining import Joined
from app.accounts.key_events import events_of
from app.accounts.key_wording import event_label
from app.accounts.models import Passkey, Person
from app.accounts.own_keys import CodeState, code_state
from app.accounts.proving import SignInRefusedError, account_by_address
from app.accounts.recovery_code import prove_without_password, renew_password
from app.accounts.services import disable_person
from app.vault import kdf
from app.vault.paper_codes import new_secret, parse, spell
from app.vault.staff_keys import lock
from tests.accounts.authenticator import Authenticator, asked_on
from tests.accounts.conftest import NOON
from tests.accounts.people import PASSWORD, SCHOOL_ID, Town, code_of
from tests.accounts.test_passkeys import make as make_passkey

MAIL = "mira@school.example"
NEW = "groene stoel danst acht keer"
CODE = "/staff/account/recovery-code"
PASSWORD_PAGE, PHONE_PAGE = "/staff/recover/password", "/staff/recover/phone"


def draft_on(page: str) -> str:
    found = re.search(r'name="draft" value="([^"]+)"', page)
    assert found
    return found[1]


def groups_on(page: str) -> list[str]:
    return re.findall(r"<span>(\w{5})</span>", page)


def number_on(page: str) -> int:
    found = re.search(r"Typ groepje (\d) over", page)
    assert found
    return int(found[1])


def make_code(browser: FlaskClient) -> str:
    """Make a code, write it down, and type one group back."""
    sheet = browser.post(CODE, data={"password": PASSWORD}).text
    groups, draft = groups_on(sheet), draft_on(sheet)
    asked = browser.post(f"{CODE}/check", data={"draft": draft}).text
    kept = browser.post(f"{CODE}/check", data={"draft": draft, "group": groups[number_on(asked) - 1].lower()})
    assert kept.status_code == 303
    return " ".join(groups)


@dataclass
class Owner:
    """Mira, an adviser who has a code on paper."""

    town: Town
    joined: Joined
    browser: FlaskClient
    paper: str

    def lost_password(self, **wrong: str) -> tuple[FlaskClient, TestResponse]:
        browser = self.town.app.test_client()
        code = code_of(self.joined.totp_secret, 1)
        data = {"email": MAIL, "paper": self.paper, "password": NEW, "code": code, **wrong}
        return browser, browser.post(PASSWORD_PAGE, data=data)

    def lost_phone(self, **wrong: str) -> tuple[FlaskClient, TestResponse, str]:
        browser = self.town.app.test_client()
        secret = secret_on(browser.get(PHONE_PAGE).text)
        data = {"email": MAIL, "paper": self.paper, "password": PASSWORD, "code": code_of(secret), **wrong}
        return browser, browser.post(PHONE_PAGE, data=data), secret


def secret_on(page: str) -> str:
    found = re.search(r'class="code code--digits"[^>]*>([^<]+)<', page)
    assert found
    return found[1].replace(" ", "")


def key_of(town: Town, browser: FlaskClient) -> bytes:
    cookie = browser.get_cookie("d")
    assert cookie
    with town.app.test_request_context("/staff/account", headers={"Cookie": f"d={cookie.value}"}):
        return unlocked_key().private


@pytest.fixture
def owner(town: Town) -> Owner:
    mira, _joris = town.two_advisers()
    browser = town.browser_of(MAIL, mira)
    return Owner(town, mira, browser, make_code(browser))


def test_a_code_is_made_with_the_password_only(town: Town) -> None:
    mira, _joris = town.two_advisers()
    browser = town.browser_of(MAIL, mira)

    refused = browser.post(CODE, data={"password": NEW})

    assert refused.status_code == 422
    assert not groups_on(refused.text)


def test_a_code_counts_only_when_a_group_of_it_came_back_from_paper(town: Town) -> None:
    mira, _joris = town.two_advisers()
    browser = town.browser_of(MAIL, mira)
    sheet = browser.post(CODE, data={"password": PASSWORD}).text

    wrong = browser.post(f"{CODE}/check", data={"draft": draft_on(sheet), "group": "22222"})

    assert (wrong.status_code, "Dit groepje klopt niet" in wrong.text) == (422, True)
    assert not groups_on(wrong.text)
    assert 'data-code-state="none"' in browser.get("/staff/account").text
    again = browser.post(f"{CODE}/sheet", data={"draft": draft_on(wrong.text)}).text
    assert groups_on(again) == groups_on(sheet)


def test_a_code_that_is_being_made_opens_in_no_other_session(owner: Owner) -> None:
    draft = draft_on(owner.browser.post(CODE, data={"password": PASSWORD}).text)
    other = owner.town.browser_of(MAIL, owner.joined, 1)

    assert other.post(f"{CODE}/sheet", data={"draft": draft}).status_code == 410
    assert other.post(f"{CODE}/check", data={"draft": draft, "group": "22222"}).status_code == 410
    assert owner.browser.post(f"{CODE}/sheet", data={"draft": "odd"}).status_code == 410


def test_the_account_says_whether_there_is_a_code_and_whether_it_was_tried(owner: Owner) -> None:
    assert 'data-code-state="untried"' in owner.browser.get("/staff/account").text

    tried = owner.browser.post(f"{CODE}/try", data={"paper": owner.paper.lower().replace(" ", "-")})

    assert tried.status_code == 303
    page = owner.browser.get(tried.headers["Location"]).text
    assert "Je herstelcode werkt." in page
    assert "data-code-state" not in page


@pytest.mark.parametrize(
    ("made", "tried", "state"),
    [
        (None, None, CodeState.NONE),
        (date(2025, 1, 1), None, CodeState.UNTRIED),
        (date(2025, 1, 1), date(2025, 11, 23), CodeState.LONG_AGO),
        (date(2025, 1, 1), date(2025, 11, 24), CodeState.TRIED),
    ],
)
def test_a_code_should_be_tried_once_a_year(made: date | None, tried: date | None, state: CodeState) -> None:
    assert code_state(made, tried, date(2026, 11, 24)) is state


def test_a_slip_is_named_by_its_group(owner: Owner) -> None:
    groups = owner.paper.split()
    groups[4] = groups[4][:-1] + ("2" if groups[4][-1] != "2" else "3")

    answers = [
        owner.browser.post(f"{CODE}/try", data={"paper": " ".join(groups)}),
        owner.lost_password(paper=" ".join(groups))[1],
        owner.lost_phone(paper=" ".join(groups))[1],
    ]

    assert [answer.status_code for answer in answers] == [422] * 3
    assert all("Groepje 5 klopt niet" in answer.text for answer in answers)
    assert "zeven groepjes" in owner.browser.post(f"{CODE}/try", data={"paper": "te kort"}).text
    assert owner.browser.post(f"{CODE}/try", data={"paper": ""}).status_code == 422


def test_a_newer_code_ends_the_older_one(owner: Owner) -> None:
    newer = make_code(owner.browser)

    old = owner.browser.post(f"{CODE}/try", data={"paper": owner.paper})

    assert (old.status_code, "er is al een nieuwere" in old.text) == (422, True)
    assert owner.lost_password()[1].status_code == 422
    assert owner.lost_password(paper=newer)[1].status_code == 303


def test_a_new_password_leaves_the_code_as_it_is(owner: Owner) -> None:
    owner.browser.post("/staff/account/password", data={"present": PASSWORD, "new": NEW})

    assert owner.browser.post(f"{CODE}/try", data={"paper": owner.paper}).status_code == 303


def test_code_and_digits_give_a_new_password_the_same_key_and_end_all_sessions(owner: Owner) -> None:
    before = key_of(owner.town, owner.browser)

    browser, answer = owner.lost_password()

    assert answer.status_code == 303
    page = browser.get(answer.headers["Location"]).text
    assert "Je bent weer binnen." in page
    assert 'data-code-state="none"' in page
    assert key_of(owner.town, browser) == before
    assert owner.browser.get("/staff/account").status_code == 303
    with clock.at(NOON + timedelta(minutes=5)):
        digits = code_of(owner.joined.totp_secret)
        assert owner.town.sign_in(MAIL, digits)[1].status_code == 422
        assert owner.town.sign_in(MAIL, digits, NEW)[1].status_code == 303


def test_a_code_works_once(owner: Owner) -> None:
    assert owner.lost_password()[1].status_code == 303

    with clock.at(NOON + timedelta(minutes=5)):
        assert owner.lost_password()[1].status_code == 422
        assert owner.lost_phone(password=NEW)[1].status_code == 422


def test_two_requests_cannot_both_use_a_code(owner: Owner) -> None:
    with owner.town.app.app_context():
        with db.reading() as session:
            account = account_by_address(session, MAIL)
        proof = prove_without_password(account, parse(owner.paper), code_of(owner.joined.totp_secret, 1))
        key = lock(proof.pair, NEW, current_pepper(), proof.person_id)
        assert owner.lost_phone()[1].status_code == 303

        with db.transaction() as session, pytest.raises(SignInRefusedError):
            renew_password(session, proof, key)


def test_code_and_password_give_a_new_phone_and_forget_the_old_one(owner: Owner) -> None:
    assert make_passkey(owner.browser, Authenticator()).status_code == 303

    browser, answer, secret = owner.lost_phone()

    assert answer.status_code == 303
    assert browser.get("/staff/account").status_code == 200
    assert owner.town.sign_in(MAIL, code_of(owner.joined.totp_secret, 1))[1].status_code == 422
    assert owner.town.sign_in(MAIL, code_of(secret))[1].status_code == 422, "it was used on the page"
    assert owner.town.sign_in(MAIL, code_of(secret, 1))[1].status_code == 303
    with owner.town.app.app_context(), db.reading() as session:
        assert session.scalars(select(Passkey)).all() == []


def test_a_passkey_and_the_code_give_a_new_password_and_the_passkey_stays(owner: Owner) -> None:
    passkey, browser = Authenticator(), owner.town.app.test_client()
    make_passkey(owner.browser, passkey)

    answered = passkey.answer(asked_on(browser.get(PASSWORD_PAGE).text))
    data = {"email": MAIL, "paper": owner.paper, "password": NEW, "code": "", "credential": answered}

    assert browser.post(PASSWORD_PAGE, data=data).status_code == 303
    assert "mijn telefoon" in browser.get("/staff/account/passkeys").text


def test_paper_alone_lets_nobody_in(owner: Owner) -> None:
    assert owner.lost_password(code="")[1].status_code == 422
    assert owner.lost_password(code="000000")[1].status_code == 422
    assert owner.lost_phone(password=NEW)[1].status_code == 422


def strangers_paper() -> str:
    return " ".join(spell(new_secret()))


def without_marks(page: str) -> str:
    page = re.sub(r'(csrf_token" value|data-passkey)="[^"]+"', "", page)
    return re.sub(r"<textarea[^>]*>[^<]*</textarea>|<svg.*?</svg>|<p class=\"code.*?</p>", "", page, flags=re.DOTALL)


def test_every_refusal_without_password_looks_the_same_and_costs_one_slow_hash(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes, stretch = [], kdf.stretch
    monkeypatch.setattr(kdf, "stretch", lambda *given: hashes.append(given) or stretch(*given))

    answers = [
        owner.lost_password(email="niemand@school.example")[1].text.replace("niemand@school.example", MAIL),
        owner.lost_password(paper=strangers_paper())[1].text,
        owner.lost_password(code="000000")[1].text,
    ]

    assert len({without_marks(page) for page in answers}) == 1
    assert len(hashes) == 3


def test_every_refusal_without_phone_looks_the_same_and_costs_one_slow_hash(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes, stretch = [], kdf.stretch
    monkeypatch.setattr(kdf, "stretch", lambda *given: hashes.append(given) or stretch(*given))

    answers = [
        owner.lost_phone(email="niemand@school.example")[1].text.replace("niemand@school.example", MAIL),
        owner.lost_phone(paper=strangers_paper())[1].text,
        owner.lost_phone(password=NEW)[1].text,
    ]

    assert len({without_marks(page) for page in answers}) == 1
    assert len(hashes) == 3


def test_who_has_the_paper_cannot_go_on_guessing(owner: Owner) -> None:
    for _ in range(TRIES - 1):
        owner.lost_password(code="000000")
    owner.lost_phone(password=NEW)

    assert owner.lost_password()[1].status_code == 429
    waiting = owner.lost_phone()[1]
    assert (waiting.status_code, "wacht dit account even" in waiting.text) == (429, True)
    assert owner.lost_password(paper=strangers_paper())[1].status_code == 422


def test_who_has_no_paper_cannot_make_an_account_wait(owner: Owner) -> None:
    for _ in range(TRIES):
        owner.lost_password(paper=strangers_paper(), code="000000")
        owner.lost_phone(paper=strangers_paper(), password=NEW)

    assert owner.lost_password()[1].status_code == 303


@pytest.mark.parametrize("weak", ["te kort", "wachtwoordwachtwoord", "mira houdt van zeven fietsen"])
def test_a_weak_new_password_is_refused_and_leaves_the_code_unused(owner: Owner, weak: str) -> None:
    assert owner.lost_password(password=weak)[1].status_code == 422

    assert owner.lost_password()[1].status_code == 303


def test_a_new_phone_shows_its_first_digits_before_anything_changes(owner: Owner) -> None:
    refused = owner.lost_phone(code="000000")[1]

    assert (refused.status_code, 'href="#code"' in refused.text) == (422, True)
    assert owner.lost_phone()[1].status_code == 303


def test_the_secret_of_a_new_phone_differs_for_who_sat_here_before_and_stays_after_a_slip(owner: Owner) -> None:
    browser = owner.town.app.test_client()
    data = {"email": MAIL, "paper": owner.paper, "password": PASSWORD, "code": "000000"}

    before, shown = (secret_on(browser.get(PHONE_PAGE).text) for _ in range(2))

    assert before != shown == secret_on(browser.post(PHONE_PAGE, data=data).text)


def test_coming_back_stands_in_the_record_of_the_school_signed(owner: Owner) -> None:
    owner.lost_password()

    with owner.town.app.app_context(), db.reading() as session:
        event = events_of(session, SCHOOL_ID)[0]
    assert (event.what, event.name, event.is_signed) == ("key.recovered", "Mira", True)
    with owner.town.app.test_request_context("/staff/"):
        assert "eigen herstelcode" in event_label(event)


def test_a_code_of_somebody_disabled_opens_nothing(owner: Owner) -> None:
    with owner.town.app.app_context(), db.transaction() as session:
        disable_person(session, owner.joined.person_id, by=None)
        person = session.get_one(Person, owner.joined.person_id)
        assert (person.recovery_locked, person.recovery_made_on) == (None, None)

    assert owner.lost_password()[1].status_code == 422


def test_the_database_alone_gives_no_code(owner: Owner) -> None:
    stored = owner.town.stored("person") + owner.town.stored("staff_session")

    assert parse(owner.paper) not in stored
    assert all(group.encode() not in stored for group in owner.paper.split())


def test_who_lost_both_reads_whom_to_ask(town: Town) -> None:
    page = town.app.test_client().get("/staff/recover").text

    assert "kan je weer binnenlaten, bij Sleutels" in page
