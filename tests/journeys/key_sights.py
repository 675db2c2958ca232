"""The pages of an adviser beside his cases: keys and people, own account, practice, what was told, the record."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.visiting import Visiting, press, unfold

PAPER = "ABCDE " * 7


class KeySights(Visiting):
    """Goes to the pages of an adviser that are about no case that is there."""

    def beside_the_cases(self, page: Page) -> Iterator[str]:
        keys = {"keys": "/staff/keys"}
        keys |= {f"keys, {name}": f"/staff/keys/{name}" for name in ("drill", "rewrap", "recover", "leave")}
        yield from self.each(page, keys)
        own = {"presence": "/staff/presence", "account": "/staff/account", "passkeys": "/staff/account/passkeys"}
        rest = {"record": "/staff/audit", "record of copies": "/staff/audit?kind=copies", "deeds": "/staff/deeds"}
        yield from self.each(page, own | rest | {"what was done": f"/{self.slug}/done"})

    def on_paper(self, page: Page) -> Iterator[str]:
        """Make what an adviser keeps on paper: half of the school's key and a code of his own."""
        self.open(page, "/staff/keys")
        press(page, "form:has(select[name='second'])")
        expect(page.locator("[data-half]")).to_be_visible()
        yield "half of a key"
        self.open(page, "/staff/account/recovery-code")
        page.locator("input[name='password']").fill("fout")
        press(page, "form:has(input[name='password'])")
        expect(page.locator(".error-summary")).to_be_visible()
        yield "own code, wrong password"
        page.locator("input[name='password']").fill(self.demo.adviser(0, "internal")["password"])
        press(page, "form:has(input[name='password'])")
        expect(page.locator("[data-own-code]")).to_be_visible()
        yield "own code on paper"
        press(page, "form:has(input[name='draft'])")
        page.locator("input[name='group']").fill("fout")
        press(page, "form:has(input[name='group'])")
        expect(page.locator(".error-summary")).to_be_visible()
        yield "own code, wrong piece"

    def told_in_the_corridor(self, page: Page) -> Iterator[str]:
        self.open(page, "/staff/cases/new")
        press(page, "form:has(textarea[name='story'])")
        expect(page.locator(".error-summary")).to_be_visible()
        yield "told, nothing written"
        page.locator("textarea[name='story']").fill("Op de gang verteld: ze wachten hem op bij het hek.")
        for name, value in (("about", "mean"), ("danger", "not_now")):
            page.locator(f"input[name='{name}'][value='{value}']").check()
        press(page, "form:has(textarea[name='story'])")
        expect(page.locator("[data-sheet]")).to_be_visible()
        yield "sheet for who told"

    def in_practice(self, page: Page) -> Iterator[str]:
        self.open(page, "/staff/training")
        yield "practice"
        press(page, "main form[action='/staff/training']")
        expect(page.locator("[data-practice]")).to_be_visible()
        yield "queue in practice"
        self.open(page, f"/staff/cases/{people.cases_on(page)[0]}")
        unfold(page)
        yield "case in practice"
        press(page, "[data-practice]")
        expect(page.locator("[data-practice]")).to_have_count(0)

    def who_waits(self, page: Page) -> Iterator[str]:
        """Look as an adviser whom no colleague has confirmed yet."""
        paths = {"queue": "/staff/cases", "keys": "/staff/keys", "telling": "/staff/cases/new"}
        yield from self.each(page, {f"{name} of who waits": path for name, path in paths.items()})

    def back_at_the_door(self, page: Page) -> Iterator[str]:
        """Look at what helps somebody who cannot come in any more."""
        yield from self.each(page, {"no way in": "/staff/recover"})
        for name in ("password", "phone"):
            self.open(page, f"/staff/recover/{name}")
            for field, typed in {"email": "a@b.example", "paper": PAPER, "password": "x", "code": "1"}.items():
                page.locator(f"main [name='{field}']").fill(typed)
            press(page, "main form")
            expect(page.locator(".error-summary")).to_be_visible()
            yield f"lost {name}, refused"
