"""Going from page to page of the demo in one language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.journeys.stage import Demo


@dataclass(frozen=True)
class Visiting:
    """Opens pages of the demo in one language."""

    demo: Demo
    language: str

    @property
    def school(self) -> str:
        return self.demo.student_urls[0]

    @property
    def slug(self) -> str:
        return self.school.rsplit("/", 1)[-1]

    def open(self, page: Page, path: str) -> None:
        """Open a path of the demo in the visitor's language."""
        mark = "&" if "?" in path else "?"
        page.goto(f"{self.demo.url}{path}{mark}lang={self.language}")
        expect(page.locator("html")).to_have_attribute("lang", self.language)

    def each(self, page: Page, paths: Mapping[str, str]) -> Iterator[str]:
        """Open one path after another, all that is folded laid open; yields their names."""
        for name, path in paths.items():
            self.open(page, path)
            unfold(page)
            yield name


def unfold(page: Page) -> None:
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")


def press(page: Page, form: str, button: str = "button") -> None:
    """Press a button of the form that *form* finds, laid open, and wait for the page that comes."""
    unfold(page)
    page.locator(form).locator(button).first.click()
    page.wait_for_load_state()
