"""What a school adds to the talk and leaves out of it."""

import re
from collections.abc import Iterator

import pytest

from app import db
from app.accounts.roles import Role
from app.flows.loader import load_flows
from app.flows.variants import SchoolParts, part_faults
from app.talks.preview_parts import fault_texts, parts_to_choose, typed_parts
from app.talks.queries import parts_of
from app.talks.services import set_parts
from tests.talks.conftest import SHOWN, Shown

GOOD = {
    "intro": "Welkom bij De Meeuw.",
    "ask": "Bij welk gebouw hoor je?",
    "chips": "Het oude gebouw\r\n  Het nieuwe   gebouw \r\n\r\n",
    "off": ["when"],
}


@pytest.fixture(autouse=True)
def _nothing_kept(shown: Shown) -> Iterator[None]:
    yield
    with shown.app.app_context(), db.transaction() as session:
        set_parts(session, shown.school.id, SchoolParts())


def kept(shown: Shown) -> SchoolParts:
    with shown.app.app_context(), db.reading() as session:
        return parts_of(session, shown.school.id)


def wrong(**changes: object) -> dict[str, list[str]]:
    """What is wrong, in words, with good parts that are changed so."""
    chips = {"own_1": "Ja", "own_2": "Nee"}
    parts = SchoolParts(**{"ask": "Bij welk gebouw hoor je?", "chips": chips, **changes})  # type: ignore[arg-type]
    return fault_texts(part_faults(load_flows(SHOWN), "report", parts), parts)


def test_an_answer_that_stays_keeps_its_code_and_no_code_comes_back() -> None:
    first = typed_parts("", "Vraag?", "A\nB\nC", {})
    fewer = typed_parts("", "Vraag?", "A\nB", first.chips)
    codes = {text: code for code, text in first.chips.items()}

    second = typed_parts("", "Vraag?", "B\nD\nA\nA", {**fewer.chips, "old_1": "B"})

    assert list(second.chips.values()) == ["B", "D", "A"]
    assert {code: text for code, text in second.chips.items() if text != "D"} == {"old_1": "B", codes["A"]: "A"}
    assert not {code for code, text in second.chips.items() if text == "D"} & set(first.chips)


def test_only_parts_that_keep_nobody_safe_can_be_left_out() -> None:
    assert parts_to_choose(load_flows(SHOWN).flows["report"]) == {"when": "Wanneer"}


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"intro": "x" * 241}, "intro", "hoogstens 240 tekens"),
        ({"intro": "Alles blijft geheim."}, "intro", "belooft te veel"),
        ({"intro": "Bel 070 123 45 67."}, "intro", "Hier staat een nummer"),
        ({"intro": "Welkom\u202e hier."}, "intro", "een teken dat niet kan"),
        ({"ask": "y" * 161}, "ask", "hoogstens 160 tekens"),
        ({"ask": "Wat is je naam?"}, "ask", "wie de leerling is"),
        ({"ask": ""}, "ask", "er is geen vraag"),
        ({"chips": {"own_1": "Ja"}}, "chips", "twee tot zeven"),
        ({"chips": {"own_1": "Ja", "own_2": "z" * 61}}, "chips", "hoogstens 60 tekens"),
        ({"off": frozenset({"danger"})}, "off", "veilig houdt"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words_at_its_field(changes: dict[str, object], field: str, words: str) -> None:
    found = wrong(**changes)

    assert list(found) == [field]
    assert words in " ".join(found[field])


def test_the_same_fault_is_said_once() -> None:
    assert len(wrong(chips={"own_1": "Bel 070 123", "own_2": "Bel 070 456"})["chips"]) == 1


def test_parts_are_kept_and_shown_in_the_talk(shown: Shown) -> None:
    answer = shown.post("/parts", GOOD)

    assert answer.status_code == 303
    assert list(kept(shown).chips.values()) == ["Het oude gebouw", "Het nieuwe gebouw"]
    page = shown.read("", Role.MANAGER)
    assert "Welkom bij De Meeuw." in page
    assert 'data-step="report.when"' not in page
    assert "Welkom bij De Meeuw." not in shown.read("", Role.TRANSLATOR)


def test_a_step_that_rests_on_what_is_left_out_never_comes(shown: Shown) -> None:
    shown.post("/parts", GOOD)

    page = shown.read("/step/report/recent", Role.MANAGER)

    assert "“when” wordt op deze school niet gevraagd" in page
    assert "Er zijn geen antwoorden waarmee deze stap komt." in page


def test_the_form_names_its_school_so_that_no_other_is_changed(shown: Shown) -> None:
    assert f'action="/staff/talk/parts?school={shown.school.slug}"' in shown.read("/parts", Role.MANAGER)
    assert shown.post("/parts?school=elders", GOOD).status_code == 404


def test_own_texts_are_no_missing_translations(shown: Shown) -> None:
    shown.post("/parts", GOOD)

    page = shown.read("/step/report/school_question?in=ar", Role.MANAGER)

    student = page[page.index('class="phone"') : page.index("Komt als")]
    assert '<span class="text" lang="nl" dir="ltr">Bij welk gebouw hoor je?</span>' in student
    assert "niet vertaald" not in student


def test_the_page_shows_what_is_kept_and_what_comes_of_it(shown: Shown) -> None:
    shown.post("/parts", GOOD)

    page = shown.read("/parts?saved=1", Role.MANAGER)

    assert 'role="status"' in page
    assert "Het oude gebouw\r\nHet nieuwe gebouw" in page or "Het oude gebouw\nHet nieuwe gebouw" in page
    assert re.search(r'name="off" value="when"[^>]* checked', page)
    assert "Bij welk gebouw hoor je?" in page[page.index('class="phone"') :]
    assert "taal van de school (Nederlands)" in page


def test_a_look_shows_what_would_come_and_keeps_nothing(shown: Shown) -> None:
    answer = shown.post("/parts", {**GOOD, "look": "1"})

    assert answer.status_code == 200
    assert "Welkom bij De Meeuw." in answer.text[answer.text.index('class="phone"') :]
    assert kept(shown) == SchoolParts()


@pytest.mark.parametrize("button", [{}, {"look": "1"}])
def test_what_is_wrong_keeps_what_was_typed(shown: Shown, button: dict[str, str]) -> None:
    typed = {**GOOD, "ask": "Hoe heet je? <b>", "chips": "Een", **button}

    answer = shown.post("/parts", typed)

    assert answer.status_code == 422
    assert "<title>Fout: " in answer.text
    assert 'href="#ask"' in answer.text
    assert 'href="#chips"' in answer.text
    assert 'value="Hoe heet je? &lt;b&gt;"' in answer.text
    assert "Welkom bij De Meeuw." in answer.text
    assert kept(shown) == SchoolParts()


def test_a_school_that_adds_nothing_sees_no_preview(shown: Shown) -> None:
    assert 'class="phone"' not in shown.read("/parts", Role.MANAGER)


def test_only_an_introduction_is_shown_alone(shown: Shown) -> None:
    page = shown.post("/parts", {"intro": "Welkom.", "look": "1"}).text

    assert "Welkom." in page[page.index('class="phone"') :]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.NETWORK, Role.TRANSLATOR])
def test_only_a_manager_may_change_the_talk(shown: Shown, role: Role) -> None:
    assert shown.browser(role).get("/staff/talk/parts").status_code == 404
    assert shown.post("/parts", GOOD, role).status_code == 404
