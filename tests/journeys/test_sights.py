"""Every page in two directions of writing, by day and by night, on a narrow phone and a wide screen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Demo
from tests.journeys.sights import Visitor, every_sight

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

AXE = next(Path(axe_playwright_python.__file__).parent.glob("axe*.js")).read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """tags => axe.run({runOnly: tags, resultTypes: ['violations']}).then(found => found.violations.map(
    fault => [fault.id, fault.nodes[0].target.join(' '), fault.nodes[0].failureSummary]))"""
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((320, "light"), (1280, "dark"))
"""What depends on the width is the same by day and by night, and colours are the same on any width: two see all."""
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

STRAINED = """() => {
    const root = document.documentElement, over = () => root.scrollWidth - root.clientWidth, found = {};
    root.style.fontSize = '200%';
    found['large letters'] = over();
    const bar = document.querySelector('.top');
    const isSticky = getComputedStyle(bar).position === 'sticky';
    if (isSticky) found['bar over 25 %'] = bar.offsetHeight - innerHeight / 4;
    root.style.fontSize = '';
    // A translation may be twice as long as the Dutch.
    const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), nodes = [];
    while (texts.nextNode()) if (texts.currentNode.data.trim()) nodes.push([texts.currentNode, texts.currentNode.data]);
    for (const [node, text] of nodes) node.data = `${text} ${text}`;
    found['long texts'] = over();
    for (const [node, text] of nodes) node.data = text;
    return Object.entries(found).filter(([, pixels]) => pixels > 0);
}"""
"""Runs a page at twice the size of letters, then with texts twice as long, and puts it back as it was."""


def faults_of(page: Page) -> list[Any]:
    """What axe finds by day and by night, and what runs off the side of a narrow screen."""
    page.evaluate(f"if (!window.axe) {{ {AXE} }}")
    found: list[Any] = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 640})
        if over := page.evaluate(OVER):
            found.append((width, "runs off the side", over))
        # A desk has tables, which may scroll; a student's page never does.
        if width == 320 and page.locator(".exit").count():
            found += page.evaluate(STRAINED)
        page.emulate_media(color_scheme=scheme)
        found += [(width, scheme, fault) for fault in page.evaluate(RUN, TAGS)]
    return found


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_axe_finds_nothing_on_any_page(
    demo: Demo, new_page: Callable[..., Page], staff_page: Callable[..., Page], language: str
) -> None:
    faults = {}
    for page, name in every_sight(Visitor(demo, language), new_page, staff_page):
        if found := faults_of(page):
            faults[name] = found

    assert faults == {}
