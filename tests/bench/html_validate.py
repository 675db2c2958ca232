"""Checks the HTML of every page as the server sent it: `python -m tests.bench.html_validate`; needs npm.

Walks through all pages without JavaScript and gives what came to html-validate, which npx fetches.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Error, Page, Response
from typing_extensions import override

from tests.journeys.sights import Visitor, every_sight
from tests.journeys.stage import Demo, Pages, staged

VERSION = "10.17.0"
RULES = {
    "extends": ["html-validate:recommended", "html-validate:a11y"],
    "rules": {
        # Ways of writing, on which HTML leaves the choice.
        "doctype-style": "off",
        "no-trailing-whitespace": "off",
        "long-title": "off",
        "attribute-boolean-style": "off",
        "no-implicit-button-type": "off",
        "tel-non-breaking": "off",
        "no-implicit-input-type": "off",
        "valid-id": ["error", {"relaxed": True}],
        # The style of narrow screens takes a table's own roles away; the roles give them back.
        "no-redundant-role": "off",
        # A part that scrolls sideways needs a role to get the focus by keyboard.
        "prefer-native-element": "off",
        # The buttons, boxes and fields of one question are all its answer.
        "form-dup-name": "off",
    },
}


class PlainVisitor(Visitor):
    """Goes everywhere but where only the script keeps the text on the screen."""

    @override
    def a_lost_talk(self, page: Page) -> Iterator[str]:
        yield from ()


@dataclass
class Collector:
    """Opens pages without JavaScript and keeps each document that they receive, once, in *folder*."""

    demo: Demo
    pages: Pages
    folder: Path
    received: list[Response] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def new(self, **options: Any) -> Page:
        return self._watched(self.pages.new(**{**options, "java_script_enabled": False}))

    def of_staff(self, account: dict[str, str]) -> Page:
        return self._watched(self.pages.of_staff(self.demo, account, java_script_enabled=False))

    def keep(self, sight: str) -> None:
        """Write down what came since the last time, under the name of the page that is on the screen."""
        for response in self.received:
            try:
                text = response.text()
            except Error:
                continue  # The browser has gone on and forgotten it.
            if text not in self.seen:
                self.seen.add(text)
                name = sight.replace(" ", "-").replace(",", "")
                (self.folder / f"{len(self.seen):03}-{name}.html").write_text(text, "utf-8")
        self.received.clear()

    def _watched(self, page: Page) -> Page:
        page.on("response", self._note)
        return page

    def _note(self, response: Response) -> None:
        is_page = response.request.resource_type == "document" and response.status not in range(300, 400)
        if is_page and response.headers.get("content-type", "").startswith("text/html"):
            self.received.append(response)


def main() -> int:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with staged() as (demo, pages):
            collector = Collector(demo, pages, folder)
            for _page, sight in every_sight(PlainVisitor(demo, "nl"), collector.new, collector.of_staff):
                collector.keep(sight)
        (folder / ".htmlvalidate.json").write_text(json.dumps({"root": True, **RULES}))
        print(f"{len(collector.seen)} pages", file=sys.stderr)
        files = sorted(path.name for path in folder.glob("*.html"))
        words = ["npx", "--yes", f"html-validate@{VERSION}", *files]
        return subprocess.run(words, cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
