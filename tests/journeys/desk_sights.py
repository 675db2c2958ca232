"""The pages of an adviser: his queue, and one case with all that hangs on it."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.visiting import Visiting, press, unfold

REPLY = "form:has(textarea[name='text'])"
PLAN = "form:has(select[name='kind'])"


class DeskSights(Visiting):
    """Goes to the pages of an adviser."""

    def at_the_queue(self, page: Page) -> Iterator[str]:
        paths = {
            "queue": "/staff/cases",
            "queue with filters": "/staff/cases?filters=open",
            "queue, nothing passes": "/staff/cases?show=reprisal&show=closed&filters=open",
            "search": "/staff/cases/search",
        }
        yield from self.each(page, paths)
        for name, word in (("found", "klas"), ("nothing found", "qqqqq")):
            page.locator("input[name='words']").first.fill(word)
            press(page, "form[role='search']")
            expect(page.locator("[role='status'] h2")).to_be_visible()
            unfold(page)
            yield name
        page.locator("input[name='name']").fill("Mijn zoekwoord")
        press(page, "form:has(input[name='name'])")
        rest = {"kept views": "/staff/cases/views", "fold": "/staff/cases/folded", "no such page": "/staff/nothing"}
        yield from self.each(page, rest)

    def at_a_case(self, page: Page) -> Iterator[str]:
        self.open(page, "/staff/cases")
        cases = people.cases_on(page)
        case = f"/staff/cases/{cases[0]}"
        yield from self.each(page, {"case": case, "older case": f"/staff/cases/{cases[-1]}"})
        tabs = ("duties", "notes", "readers", "copies", "close")
        yield from self.each(page, {name: f"{case}/{name}" for name in tabs})
        self.open(page, case)
        press(page, REPLY, "> button.button")
        expect(page.locator(".error-summary")).to_be_visible()
        yield "case, nothing written"
        for phrase in ("contact.read", "next.write_on"):
            press(page, REPLY, f"button[value='add:{phrase}']")
        expect(page.locator("[data-preview]")).to_be_visible()
        yield "case, sentences chosen"

    def a_step(self, desk: Page, student: Page) -> Iterator[tuple[Page, str]]:
        """Ask a student whether a step may be taken, take it, write down who heard what, and close."""
        case, code = self._told(desk, student)
        yield from ((desk, name) for name in self._planned(desk, case))
        people.come_back(student, self.school, code)
        expect(student.locator("[data-consent]")).to_be_visible()
        yield student, "conversation with a question"
        yield from self._answered(desk, student, case)
        yield from ((desk, name) for name in self._who_heard_it(desk))
        yield from ((desk, name) for name in self._closed(desk, case))
        student.reload()
        yield student, "conversation that is closed"

    def a_copy(self, desk: Page, colleague: Page) -> Iterator[tuple[Page, str]]:
        """Ask a copy of the oldest case, and let a colleague allow it."""
        self.open(desk, "/staff/cases")
        copies = f"/staff/cases/{people.cases_on(desk)[-1]}/copies"  # A colleague reads it too.
        self.open(desk, copies)
        unfold(desk)
        desk.locator("input[name='password']").fill("fout")
        press(desk, "form:has(input[name='ground'])")
        expect(desk.locator(".error-summary")).to_be_visible()
        yield desk, "copy, nothing chosen"
        desk.locator("input[name='ground']").first.check()
        desk.locator("input[name='password']").fill(self.demo.adviser(0, "internal")["password"])
        press(desk, "form:has(input[name='ground'])")
        yield desk, "copy that waits"
        self.open(colleague, copies)
        yield colleague, "copy to allow"
        press(colleague, "[data-copy='waits'] form")
        self.open(desk, copies)
        yield desk, "copy to fetch"

    def _told(self, desk: Page, student: Page) -> tuple[str, str]:
        """Let a student tell; return the address of the case, opened at *desk*, and the code."""
        self.open(desk, "/staff/cases")
        before = people.cases_on(desk)
        words, _digits = people.tell(student, f"{self.school}?lang={self.language}")
        people.open_new_case(desk, before)
        expect(desk.locator("textarea[name='text']")).to_be_visible()
        return desk.url.partition("#")[0].removeprefix(self.demo.url), words

    def _planned(self, page: Page, case: str) -> Iterator[str]:
        self.open(page, f"{case}/steps")
        press(page, PLAN)
        expect(page.locator(".error-summary")).to_be_visible()
        yield "steps, nothing written"
        page.locator("select[name='kind']").select_option("accused")
        page.locator("textarea[name='about']").fill("Woensdag met die jongen praten, zonder jou te noemen.")
        press(page, PLAN)
        unfold(page)
        yield "a step that waits"
        press(page, "form[action$='/ask']")

    def _answered(self, desk: Page, student: Page, case: str) -> Iterator[tuple[Page, str]]:
        for answer in ("only_general", "yes"):
            student.locator(f"[data-consent] button[value^='{answer}:']").click()
            expect(student.locator(f"[data-consent] [aria-pressed][value^='{answer}:']")).to_be_visible()
            self.open(desk, f"{case}/steps")
            unfold(desk)
            yield desk, f"a step after {answer}"
        student.evaluate("scrollTo(0, 0)")
        yield student, "conversation with an answer to a question"

    @staticmethod
    def _who_heard_it(page: Page) -> Iterator[str]:
        press(page, "form[action$='/done']")
        yield "ledger, a line to keep"
        page.locator("select[name='fact']").select_option("what")
        press(page, "form:has(select[name='fact'])")
        expect(page.locator("[data-entry]")).to_be_visible()
        page.locator("select[name='sought']").select_option("what")
        press(page, "form:has(select[name='sought'])")
        expect(page.locator("[data-who-knew]")).to_be_visible()
        unfold(page)
        yield "ledger, who knew"

    def _closed(self, page: Page, case: str) -> Iterator[str]:
        self.open(page, f"{case}/close")
        page.locator("textarea[name='outcome']").fill("We letten nu op bij de fietsen.")
        page.locator("form:has(textarea[name='outcome']) .row .button").click()
        expect(page.locator("form[action$='/reopen']")).to_be_visible()
        unfold(page)
        yield "closed case"
