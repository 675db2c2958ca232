"""Two people who keep the social map: numbers, cards, and what needs doing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app import clock, db
from app.referrals.gaps import note
from app.referrals.services import import_entries
from app.referrals.sheet import PACKAGED, read_sheet
from tests.installations import Installation
from tests.upkeep.conftest import Colleague

SignIn = Callable[[int], Colleague]
ENTRIES = {entry.id: entry for entry in read_sheet(PACKAGED)}
SERVICE, NUMBER = "kindertelefoon", ENTRIES["kindertelefoon"].phone
CARD = f"/services/{SERVICE}"
RIGHT, TWO = "Ik heb het nummer nagebeld: het klopt", "De tweede moet iemand anders zijn."


@pytest.fixture
def unverified(installation: Installation) -> None:
    with db.transaction() as session:
        import_entries(session, [replace(ENTRIES[SERVICE], verified=False)], keep_others=True)


def call(person: Colleague, is_right: str = "yes", number: str = NUMBER) -> tuple[int, str]:
    return person.post(f"{CARD}/number", number=number, is_right=is_right)


def is_on_help(installation: Installation) -> bool:
    return f'href="tel:{NUMBER.replace("-", "")}"' in installation.client.get("/help?q=kindertelefoon").text


@pytest.mark.usefixtures("unverified")
def test_a_number_shows_on_the_help_page_after_two_people_called_it(
    installation: Installation, colleague: SignIn
) -> None:
    first, second = colleague(0), colleague(1)

    status, page = call(first)
    assert (status, RIGHT in page, TWO in page, is_on_help(installation)) == (303, False, True, False)
    assert "Eén iemand belde. Jij kunt de tweede zijn." in second.get()

    call(first)
    assert not is_on_help(installation)

    _, page = call(second)
    assert 'data-held="yes"' in page
    assert "Kees Netwerk" in page
    assert is_on_help(installation)
    assert "Kees Netwerk" not in installation.client.get("/help?q=kindertelefoon").text


def test_one_who_says_no_takes_the_number_away_at_once(installation: Installation, colleague: SignIn) -> None:
    assert is_on_help(installation)

    call(colleague(0), "no")

    assert not is_on_help(installation)
    assert "Klopt niet" in colleague(1).get()


def test_112_and_113_offer_no_button_and_stay(installation: Installation, colleague: SignIn) -> None:
    person = colleague(0)
    for service in ("112", "113"):
        assert "is_right" not in person.get(f"/services/{service}")
        person.post(f"/services/{service}/number", number=ENTRIES[service].phone, is_right="no")

    page = installation.client.get("/help?q=zelfmoord").text
    assert 'href="tel:113"' in page


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"number": "0800-1450", "is_right": "yes"}, 409),
        ({"number": "", "is_right": "no"}, 409),
        ({"number": NUMBER, "is_right": "maybe"}, 400),
        ({"number": NUMBER}, 400),
    ],
)
def test_a_wrong_answer_changes_nothing(
    installation: Installation, colleague: SignIn, data: dict[str, str], status: int
) -> None:
    assert colleague(0).post(f"{CARD}/number", **data)[0] == status
    assert is_on_help(installation)


def test_a_service_that_is_not_there_has_no_card(colleague: SignIn) -> None:
    person = colleague(0)
    assert person.client.get("/staff/social-map/services/nothing").status_code == 404
    assert person.post("/services/nothing/card")[0] == 404


def test_a_card_that_was_looked_over_is_stale_again_after_half_a_year(colleague: SignIn) -> None:
    def is_listed(person: Colleague) -> bool:
        return f'{CARD}"' in person.get().split("<h2>2.")[1].split("<h2>3.")[0]

    with clock.at(datetime(2027, 1, 10, 12, tzinfo=UTC)):
        person = colleague(0)
        assert is_listed(person)
        status, page = person.post(f"{CARD}/card")
        assert (status, "alles klopt" in page, is_listed(person)) == (303, True, False)
    with clock.at(datetime(2027, 7, 20, 12, tzinfo=UTC)):
        assert is_listed(colleague(0))


def test_words_that_found_nothing_are_told_late_and_round(colleague: SignIn) -> None:
    with clock.at(datetime(2026, 11, 10, 12, tzinfo=UTC)):
        for word, times in (("zwembad", 13), ("fiets", 10)):
            for _ in range(times):
                with db.transaction() as session:
                    note(session, [word])
        assert "zwembad" not in colleague(0).get("/gaps")
    with clock.at(datetime(2026, 12, 10, 12, tzinfo=UTC)):
        page = colleague(0).get("/gaps")

    assert "zwembad" in page
    assert "meer dan 10 keer" in page
    assert "fiets" not in page
    assert "13" not in page.split("<main")[1]
