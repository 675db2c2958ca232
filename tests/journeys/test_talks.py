"""Six talks, each in Dutch and in English, from the start page to the adviser's screen."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.conftest import Demo
from tests.journeys.people import Answer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


@dataclass(frozen=True)
class Told:
    """What one student taps, what is said back on the way (by language), and what the adviser then sees in Dutch."""

    answers: dict[str, Answer]
    stories: dict[str, tuple[str, str]]
    """By language: the step and the own words."""
    sees: tuple[str, ...]
    met: dict[str, str] = field(default_factory=dict)
    """By language: a sentence of the last bubble before `who`, or of the page `what`."""
    cards: tuple[str, ...] = ()
    readers: int = 3
    """Both advisers and the deputy, who reads along when no answer comes in time."""


def _stories(step: str, dutch: str, english: str) -> dict[str, tuple[str, str]]:
    return {"nl": (step, dutch), "en": (step, english)}


TALKS = {
    "bullied online": Told(
        {"you": "me", "what": "mean", "kind_mean": ["online"], "who": "group", "often": "often", "when": "_yesterday"}
        | {"wish": "stop", "consent": "ask_first"},
        _stories("story_me", "Ze maken stickers van mijn foto.", "They make stickers of my picture."),
        ("Pesten", "Via de telefoon of in een groepsapp", "Dat het stopt", "Ja, maar vraag het mij eerst"),
        cards=("helpwanted",),
    ),
    "bystander of a threat": Told(
        {"you": "someone_else", "what": "hurt", "kind_hurt": ["threat"], "who": "student", "consent": "anyone"},
        _stories("story_other", "Een jongen wacht haar steeds op.", "A boy keeps waiting for her after school."),
        ("Bedreiging", "Iemand anders", "Ja, praat met wie nodig is"),
    ),
    "touched by a teacher": Told(
        {"you": "me", "what": "touched", "kind_touched": ["touched"], "who": "staff", "conflict": "_nobody"}
        | {"when": "_yesterday", "wish": "advice"},
        _stories("story_me", "Hij legt steeds zijn hand op mijn been.", "He keeps putting his hand on my leg."),
        ("Seksueel grensoverschrijdend gedrag", "Dringend", "Een volwassene die op school werkt"),
        met={"nl": "liever naar iemand van buiten de school", "en": "somebody from outside the school"},
        cards=("csg", "vertrouwensinspecteur"),
        readers=1,
    ),
    "knife out of fear": Told(
        {"you": "part_of", "what": "risky", "kind_risky": ["afraid"], "who": "group", "wish": "listen"},
        _stories("story_part", "Ik ben bang op weg naar huis.", "I am afraid on my way home."),
        ("Een mes uit angst", "Dringend", "Ik deed zelf ook mee", "Dat iemand luistert"),
        met={"nl": "zo lezen we dit ook", "en": "that is how we read this too"},
    ),
    "drugs recruiting": Told(
        {"you": "me", "what": "risky", "kind_risky": ["drugs", "asked"], "who": "outside", "consent": "only_me"},
        _stories("story_me", "Ik moet tasjes wegbrengen.", "I have to deliver bags."),
        ("Gevraagd worden voor geld of klusjes", "Nee, alleen met mij erover praten"),
        met={"nl": "heeft daar geen schuld aan", "en": "is not to blame"},
        cards=("meld-uitbuiting", "drugsinfo"),
    ),
    "something else": Told(
        {"what": "other"},
        _stories("story", "Ik mis mijn oma en ik kan niet leren.", "I miss my grandmother and cannot study."),
        ("Iets anders",),
    ),
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", TALKS)
def test_a_talk_reaches_the_advisers_screen(
    demo: Demo, new_page: Callable[..., Page], staff_page: Callable[..., Page], name: str, language: str
) -> None:
    told = TALKS[name]
    step, words = told.stories[language]
    adviser = staff_page(demo.adviser(0, "external"))
    known = people.cases_on(adviser)
    student = new_page(locale=language)

    people.begin(student, demo.student_urls[0])
    people.walk(student, {"danger": "not_now", "you": told.answers.get("you", "_skip")}, until=step)
    # The law on what an adviser of the school must pass on is said before there is room for own words.
    expect(student.locator("main")).to_contain_text({"nl": "van de wet aan het bestuur", "en": "by law"}[language])
    people.give(student, step, words)
    seen = _walk_and_look(student, told.answers)
    if told.met:
        assert told.met[language] in seen
    expect(student.locator("button[value='strike']")).to_have_count(told.readers)
    people.send(student)
    for card in told.cards:
        expect(student.locator(f"[data-service='{card}']").first).to_be_visible()

    people.open_new_case(adviser, known)
    for text in (*told.sees, words):
        expect(adviser.locator("main")).to_contain_text(text)


def _walk_and_look(page: Page, answers: dict[str, Answer]) -> str:
    """Answer up to the review and return everything that was said on the way."""
    seen = []
    while (step := people.open_question(page)) != "review":
        seen.append(page.locator("main").inner_text())
        if step in answers:
            people.give(page, step, answers[step])
        else:
            people.skip(page, step)
    return "\n".join(seen)


def test_two_taps_and_own_words_make_a_report_that_can_be_sent(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page()
    people.begin(page, demo.student_urls[1])
    people.give(page, "danger", "not_now")
    people.give(page, "you", "me")
    people.give(page, "story_me", "Ze pakken steeds mijn tas af.")

    page.locator("button[value='enough']").click()

    expect(page.locator("form[data-step='review'] button")).to_be_visible()
    people.send(page)


def test_the_adviser_who_is_struck_out_gets_nothing(
    demo: Demo, new_page: Callable[..., Page], staff_page: Callable[..., Page]
) -> None:
    left_out, other = staff_page(demo.adviser(2, "internal")), staff_page(demo.adviser(2, "external"))
    before, known = people.cases_on(left_out), people.cases_on(other)
    student = new_page()
    people.begin(student, demo.student_urls[2])
    people.walk(student, people.DEFAULT_TALK)

    people.strike_out(student, "Fenna Duin")
    people.send(student)

    people.open_new_case(other, known)
    left_out.reload()
    assert people.cases_on(left_out) == before
