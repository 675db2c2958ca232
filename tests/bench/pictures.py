"""Makes the pictures of a whole talk on a phone: `python -m tests.bench.pictures`, into docs/pictures, in a minute.

One picture a language and scheme, `talk-nl-light.png`: every page as a screen of 360 by 740, side by side.
"""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, expect

from app.settings import ROOT
from tests.journeys import people
from tests.journeys.stage import Demo, staged

FOLDER = ROOT / "docs/pictures"
LANGUAGES = ("nl", "en", "ar")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
COLUMNS, WIDTH, GAP = 7, 205, 10
STORIES = {"nl": "Ze lachen me elke dag uit.", "en": "They laugh at me every day.", "ar": "يسخرون مني كل يوم."}
SKIPPED_YET_SHOWN = {"who", "when"}
MOST_BYTES = 400_000


def screens(page: Page, demo: Demo, language: str) -> Iterator[bytes]:
    """Walk through a talk and yield each page as it stands on the screen."""
    page.goto(f"{demo.student_urls[0]}?lang={language}")
    yield page.screenshot()
    page.locator("form[data-step='begin'] button").click()
    expect(page.locator("form[data-step='danger']")).to_be_visible()
    answers: dict[str, people.Answer] = {**people.DEFAULT_TALK, "story_me": STORIES[language]}
    while (step := people.open_question(page)) != "review":
        if step in answers or step in SKIPPED_YET_SHOWN:
            yield page.screenshot()
        if step in answers:
            people.give(page, step, answers[step])
        else:
            people.skip(page, step)
    yield page.screenshot()
    page.locator("form[data-step='review'] button").scroll_into_view_if_needed()
    yield page.screenshot()
    _words, digits = people.send(page)
    yield page.screenshot()
    page.context.clear_cookies()
    people.come_back(page, demo.student_urls[0], digits)
    expect(page.locator("textarea[name='text']")).to_be_visible()
    page.goto(f"{demo.url}/code?lang={language}")
    yield page.screenshot()
    page.goto(f"{demo.url}/help?lang={language}")
    yield page.screenshot()


def montage(page: Page, pictures: list[bytes]) -> bytes:
    """Return all *pictures* side by side as one PNG, which the browser itself puts together."""
    images = "".join(f'<img src="data:image/png;base64,{b64encode(one).decode()}">' for one in pictures)
    style = (
        f"body{{margin:0;padding:{GAP}px;display:grid;grid-template-columns:repeat({COLUMNS},{WIDTH}px);gap:{GAP}px;"
        f"background:#8a9a9f}}img{{width:{WIDTH}px;display:block;border-radius:12px}}"
    )
    page.set_viewport_size({"width": COLUMNS * (WIDTH + GAP) + GAP, "height": 400})
    page.set_content(f"<style>{style}</style>{images}")
    return page.screenshot(full_page=True)


def main(folder: Path = FOLDER) -> None:
    with staged() as (demo, pages):
        for language in LANGUAGES:
            for scheme in SCHEMES:
                page = pages.new(locale=language, color_scheme=scheme)
                picture = montage(pages.new(), list(screens(page, demo, language)))
                assert len(picture) <= MOST_BYTES, f"{language} {scheme}: {len(picture)} bytes; make WIDTH smaller"
                target = folder / f"talk-{language}-{scheme}.png"
                target.write_bytes(picture)
                print(f"{target.name}: {len(picture):,} bytes")


if __name__ == "__main__":
    main()
