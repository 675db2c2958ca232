"""The pages of the register, for a coordinator, a manager, the network and the city."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.visiting import Visiting, press

EXPORT = "Datum;Soort incident;Plaats;Werkwijze\r\n1-11-2026;Diefstal;Gang;A\r\n2-11-2026;Zwerkbal;Trap;B\r\n"


class RegisterSights(Visiting):
    """Goes to the pages of the register."""

    def at_the_register(self, page: Page) -> Iterator[str]:
        yield from self.each(
            page,
            {
                "register": "/staff/register",
                "register of last year": "/staff/register?year=2025-2026",
                "register of one kind": "/staff/register?year=2025-2026&category=weapon&page=2",
                "new incident": "/staff/register/new",
                "definitions": "/staff/register/definitions",
                "inspectorate": "/staff/register/file?year=2025-2026",
                "evaluation": "/staff/register/evaluation?year=2025-2026",
                "imports": "/staff/register/import",
            },
        )
        self.open(page, "/staff/register/new")
        press(page, "form[action*='/new']")
        expect(page.locator(".error-summary")).to_be_visible()
        yield "new incident, nothing chosen"
        self.open(page, "/staff/register")
        page.locator("[data-incident] a").first.click()
        page.locator("form[action*='/strike']").wait_for(state="attached")
        yield "incident"

    def a_file(self, page: Page) -> Iterator[str]:
        for name, text in (("file with names", "Datum;Soort;Naam\r\n1-11-2026;Diefstal;Noor\r\n"), ("file", EXPORT)):
            self.open(page, "/staff/register/import")
            file = {"name": "export.csv", "mimeType": "text/csv", "buffer": text.encode()}
            page.locator("input[type='file']").set_input_files(files=[file])  # type: ignore[list-item]
            press(page, "form[enctype]")
            expect(page.locator("#errors")).to_be_visible()
            yield name
        page.locator("select[name^='word-category-']").last.select_option("skip")
        page.locator("button[value='look']").click()
        expect(page.locator("[data-preview]")).to_be_visible()
        yield "file, ready to take over"

    def a_case_for_the_register(self, page: Page) -> Iterator[str]:
        self.open(page, "/staff/cases")
        self.open(page, f"/staff/cases/{people.cases_on(page)[0]}/register")
        yield "case for the register"
