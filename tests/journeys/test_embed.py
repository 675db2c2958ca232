"""The help page in a frame on a school's site, and no other page of ours in one."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.journeys.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

SCHOOL_SITE = "https://school.example/"


def framed(page: Page, address: str) -> FrameLocator:
    """Open a school's site, which nobody serves, with a frame that shows *address*."""
    body = f'<!DOCTYPE html><title>School</title><iframe src="{address}" width="340" height="700"></iframe>'
    page.route(SCHOOL_SITE, lambda route: route.fulfill(content_type="text/html", body=body))
    page.context.grant_permissions(["local-network-access"])
    page.goto(SCHOOL_SITE)
    return page.frame_locator("iframe")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize(
    ("tag", "words", "first"), [("nl", "pesten", None), ("en", "bullying", None), ("ar", "113", "113")]
)
def test_a_student_finds_help_on_the_school_s_own_site(
    demo: Demo, new_page: Callable[..., Page], tag: str, words: str, first: str | None, *, scripts: bool
) -> None:
    slug = demo.student_urls[0].rsplit("/", 1)[-1]
    page = new_page(java_script_enabled=scripts)
    frame = framed(page, f"{demo.url}/help/embed?lang={tag}&school={slug}")

    frame.locator("#q").fill(words)
    frame.locator("button").click()

    expect(frame.locator("html")).to_have_attribute("lang", re.compile(tag))
    expect(frame.locator("#q")).to_have_value(words)
    expect(frame.locator("[data-service]").first).to_have_attribute("data-service", first or re.compile("."))
    assert page.url == SCHOOL_SITE
    assert page.context.cookies() == []
    with page.context.expect_page() as opened:
        frame.locator(f"a[href='/{slug}']").click()
    expect(opened.value).to_have_url(re.compile(f"/{slug}$"))


@pytest.mark.parametrize("path", ["/", "/help", "/code", "/staff/", "/help/embed/", "/help.json"])
def test_no_other_page_of_ours_stands_in_a_frame(demo: Demo, new_page: Callable[..., Page], path: str) -> None:
    page, told = new_page(), list[str]()
    page.on("console", lambda message: told.append(message.text))

    frame = framed(page, demo.url + path)

    expect(frame.locator("main, pre")).to_have_count(0)
    assert any("frame-ancestors" in text for text in told), told
