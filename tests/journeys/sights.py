"""Every page that a person can see, one after another; a test looks at each as it stands on the screen."""

from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Page, expect

from app.flows.answers import MAX_TEXT
from tests.journeys import people
from tests.journeys.desk_sights import DeskSights
from tests.journeys.key_sights import KeySights
from tests.journeys.register_sights import RegisterSights

LONG_STORY = "Ze lachen me elke dag uit in de pauze. " * 6
TELLING_STORY = "Ik heet Sam uit klas 3B. Om 10:20 zat hij aan me. Ik wil niet meer leven. Alleen ik weet dit."


class Visitor(DeskSights, KeySights, RegisterSights):
    """Goes to each page of the demo in one language."""

    def before_a_talk(self, page: Page) -> Iterator[str]:
        slug = self.slug
        for name, path in {
            "home": "/",
            "unknown school": "/no-such-school",
            "help": f"/help?school={slug}",
            "help for a word": "/help?q=pesten",
            "help for nothing": "/help?q=qqqqq",
            "come back": f"/code?school={slug}",
            "come back anywhere": "/code",
            "start": f"/{slug}",
        }.items():
            self.open(page, path)
            yield name
        page.locator("details summary").first.click()
        yield "start, all open"

    def a_talk(self, page: Page) -> Iterator[str]:
        """Begin a talk and tell of danger first."""
        people.begin(page, f"{self.school}?lang={self.language}")
        yield "question with one tap"
        people.give(page, "danger", "right_now")
        yield "emergency"
        people.give(page, "emergency.next", "go_on")
        people.give(page, "you", "me")
        yield "own words"
        page.locator("textarea").fill("a" * (MAX_TEXT + 1))
        people.go_on(page, "story_me")
        expect(page.locator(".error-summary")).to_be_visible()
        yield "too many words"
        people.give(page, "story_me", TELLING_STORY)
        yield "help for what was written"
        people.give(page, "what", "touched")
        yield "question with boxes"
        people.walk(page, {"who": "staff"}, until="conflict")
        yield "conflict of interest"
        people.walk(page, {"conflict": "_nobody"}, until="when")
        page.locator("form[data-step='when'] summary").last.click()
        yield "question about a day"

    def a_pause(self, page: Page) -> Iterator[str]:
        page.locator("button[value='pause']").click()
        expect(page.locator("[data-code-words]")).to_be_visible()
        yield "paused"
        page.locator("button[value='resume']").click()
        expect(page.locator("form[data-step='when']")).to_be_visible()

    def the_end_of_a_talk(self, page: Page) -> Iterator[str]:
        people.walk(page, {})
        yield "review"
        page.locator("button[value='strike']").first.click()
        expect(page.locator("button[value='unstrike']")).to_be_visible()
        page.evaluate("scrollTo(0, 0)")  # What the bar at the top covers half is no fault of the page.
        yield "review without one reader"
        for left in reversed(range(page.locator("button[value='blur']").count())):
            page.locator("button[value='blur']").first.click()
            expect(page.locator("button[value='blur']")).to_have_count(left)
        page.evaluate("scrollTo(0, 0)")
        yield "review, made vaguer"
        people.send(page)
        yield "code"
        page.locator("input[name='answer']").fill("fout")
        people.go_on(page, "code")
        expect(page.locator(".error-summary")).to_be_visible()
        yield "another word"

    def after_a_talk(self, page: Page) -> Iterator[str]:
        """Come back to a talk that an adviser may answer in between."""
        _words, digits = people.tell(page, f"{self.school}?lang={self.language}")
        page.locator("input[name='answer']").fill(digits[-4:])
        people.go_on(page, "code")
        expect(page.locator("[role='status']")).to_be_visible()
        yield "code is kept"
        self.open(page, f"/{self.slug}/words")
        yield "sheet of words"
        yield from self.a_conversation(page, digits)

    def a_conversation(self, page: Page, digits: str) -> Iterator[str]:
        """Come back by the code, withdraw what was told and take that back."""
        page.context.clear_cookies()
        self.open(page, "/code")
        page.locator("select").select_option(index=1)
        page.locator("input[name='code']").fill("fiets fiets fiets fiets fiets")
        page.locator("form:has(input[name='code']) button.button").click()
        expect(page.locator(".error-summary")).to_be_visible()
        yield "wrong code"
        people.come_back(page, self.school, digits)
        expect(page.locator("textarea[name='text']")).to_be_visible()
        yield "conversation without an answer"
        people.write(page, LONG_STORY)
        page.evaluate("scrollTo(0, 0)")  # It opens on what is new; what the bar then covers half is no fault of it.
        yield "conversation"
        page.locator("main > details:last-of-type > summary").click()
        page.locator("details details > summary").click()
        yield "conversation, all that can be done"
        page.locator("button[value='withdraw']").click()
        expect(page.locator("button[value='restore']")).to_be_visible()
        page.evaluate("scrollTo(0, 0)")
        yield "withdrawn"
        page.locator("button[value='restore']").click()
        expect(page.locator("button[value='restore']")).to_have_count(0)

    def a_lost_talk(self, page: Page) -> Iterator[str]:
        people.begin(page, f"{self.school}?lang={self.language}")
        people.walk(page, {"danger": "not_now"}, until="story")
        page.locator("textarea").fill(LONG_STORY)
        cookies: Any = page.context.cookies()
        page.context.clear_cookies()
        people.go_on(page, "story")
        expect(page.get_by_role("alert")).to_be_visible()
        yield "refused, the text still there"
        page.context.add_cookies(cookies)
        page.request.get(f"{self.demo.url}/w", max_redirects=0, max_retries=3)
        page.context.add_cookies(cookies)
        people.go_on(page, "story")
        expect(page.locator("form[data-step='story']")).to_have_count(0)
        yield "the talk is gone"

    def a_closed_school(self, page: Page, manager: Page) -> Iterator[str]:
        """Look at a school that its manager closes for as long as we look."""
        slug = self.demo.manager[1]["school"]
        manager.goto(f"{self.demo.url}/staff/school")
        manager.locator("details:has(form[action*='close']) summary").click()
        manager.locator("form[action*='close'] button").click()
        manager.locator("form[action*='/open'] button").wait_for()
        try:
            self.open(page, f"/{slug}")
            yield "closed school"
            self.open(manager, "/staff/school")
            yield "school that can open"
        finally:
            self.open(manager, "/staff/school")
            manager.locator("form[action*='/open'] button").click()
            manager.locator("form[action*='close']").wait_for(state="attached")

    def at_the_door(self, page: Page) -> Iterator[str]:
        self.open(page, "/staff/")
        yield "sign-in"
        for name, value in {"email": "a@b.example", "password": "x", "code": "1"}.items():
            page.locator(f"input[name='{name}']").fill(value)
        page.locator("form:has(input[name='password']) button").click()
        expect(page.locator(".error-summary")).to_be_visible()
        yield "sign-in refused"

    def at_the_manager(self, page: Page, guest: Page) -> Iterator[tuple[Page, str]]:
        self.open(page, "/staff/school")
        yield page, "school"
        for name, value in {"holiday": "Studiedag", "first_day": "2026-12-10", "last_day": "2026-12-01"}.items():
            page.locator(f"input[name='{name}']").fill(value)
        page.locator("form:has(input[name='first_day']) button").click()
        expect(page.locator(".error-summary")).to_be_visible()
        yield page, "school, wrong holiday"
        self.open(page, "/staff/poster/file?size=A4")
        expect(page.locator(".error-summary")).to_be_visible()
        yield page, "poster, no language"
        paths = {"promises": "/staff/cases/promises", "people": "/staff/people"}
        yield from ((page, name) for name in self.each(page, paths))
        page.locator("input[name='name']").fill("Lotte van den Heuvel-Zonneveld")
        page.locator("input[name='email']").fill(f"lotte-{self.language}@vertel.example")
        page.locator("input[name='role']").first.check()
        page.locator("form:has(input[name='email']) button").click()
        link = page.locator("[data-invitation]").inner_text()
        yield page, "invited"
        self.open(guest, link.removeprefix(self.demo.url))
        yield guest, "welcome"
        guest.locator("input[name='password']").fill("kort")
        guest.locator("input[name='code']").fill("1")
        guest.locator("form:has(input[name='password']) button").click()
        expect(guest.locator(".error-summary")).to_be_visible()
        yield guest, "welcome, weak password"

    def at_the_talk(self, page: Page) -> Iterator[str]:
        """Look at the talk itself as a manager does."""
        for name, path in {
            "the talk as a table": "/staff/talk",
            "the talk in Arabic": "/staff/talk?in=ar",
            "one step of it": "/staff/talk/step/report/danger?in=ar",
            "one step with cards": "/staff/talk/step/emergency/safe",
            "a try-out": "/staff/talk/try",
            "a try-out, nothing chosen": "/staff/talk/try?asked=danger",
        }.items():
            self.open(page, path)
            yield name
        self.open(page, "/staff/talk/try?a=danger:not_now")
        while not page.locator("[data-ending]").count():
            try_on(page)
        page.locator("details:has(#test) summary").click()
        yield "the end of a try-out"
        self.open(page, "/staff/talk/parts")
        yield "own parts"
        for ask, name in (("Wat is je naam?", "own parts, wrong"), ("Bij welk gebouw hoor je?", "own parts, a look")):
            page.locator("input[name='ask']").fill(ask)
            page.locator("textarea[name='intro']").fill("Welkom bij ons.")
            page.locator("textarea[name='chips']").fill("Het oude gebouw\nHet nieuwe gebouw")
            page.locator("button[name='look']").click()
            expect(page.locator(".error-summary, .phone")).to_be_visible()
            yield name

    def of_the_city(self, network: Page, analyst: Page) -> Iterator[tuple[Page, str]]:
        self.open(network, "/staff/schools")
        yield network, "schools"
        self.open(network, "/staff/register/schools")
        yield network, "register at the schools"
        self.open(analyst, "/city/")
        yield analyst, "city"


def try_on(page: Page) -> None:
    """Answer the open question of a try-out, or skip all that is left where that may be."""
    form, rest = page.locator(".phone form[data-step]"), page.locator("a[data-rest]")
    if rest.count():
        rest.click()
    elif form.locator("input[type='checkbox']").count():
        form.locator("input[type='checkbox']").first.check()
        form.locator("button:not([name])").click()
    else:
        form.locator("button[name='a']").first.click()


def every_sight(
    visitor: Visitor, new_page: Callable[..., Page], staff_page: Callable[..., Page]
) -> Iterator[tuple[Page, str]]:
    """Go to every page in one language; yields each as (page, its name)."""
    demo, student = visitor.demo, new_page(locale=visitor.language)
    for walk in (visitor.before_a_talk, visitor.a_talk, visitor.a_pause, visitor.the_end_of_a_talk):
        yield from ((student, name) for name in walk(student))
    for walk in (visitor.after_a_talk, visitor.a_lost_talk):
        fresh = new_page(locale=visitor.language)
        yield from ((fresh, name) for name in walk(fresh))
    door, desk, manager = new_page(), staff_page(demo.adviser(0, "internal")), staff_page(demo.manager[0])
    yield from ((door, name) for name in visitor.at_the_door(door))
    yield from ((door, name) for name in visitor.back_at_the_door(door))
    for walk in (visitor.at_the_queue, visitor.at_a_case, visitor.beside_the_cases, visitor.on_paper):
        yield from ((desk, name) for name in walk(desk))
    for walk in (visitor.told_in_the_corridor, visitor.in_practice):
        yield from ((desk, name) for name in walk(desk))
    yield from visitor.a_step(desk, new_page(locale=visitor.language))
    yield from visitor.a_copy(desk, staff_page(demo.adviser(0, "external")))
    waiting = staff_page(demo.waiting[0])
    yield from ((waiting, name) for name in visitor.who_waits(waiting))
    yield from visitor.at_the_manager(manager, new_page())
    yield from ((manager, name) for name in visitor.at_the_talk(manager))
    coordinator = staff_page(demo.coordinator[0])
    for walk in (visitor.at_the_register, visitor.a_file):
        yield from ((coordinator, name) for name in walk(coordinator))
    yield from ((desk, name) for name in visitor.a_case_for_the_register(desk))
    yield from visitor.of_the_city(staff_page(demo.network[0]), staff_page(demo.city[0]))
    other = staff_page(demo.manager[1])
    for name in visitor.a_closed_school(student, other):
        yield (other if name.startswith("school") else student), name
