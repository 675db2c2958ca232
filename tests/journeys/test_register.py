"""The register from its first incident to the city's table, in a browser."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app import clock
from tests.journeys import people
from tests.journeys.conftest import PHONE, Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]


def total(page: Page, url: str) -> int:
    page.goto(f"{url}/staff/register")
    return int(page.locator("[data-total]").get_attribute("data-total") or 0)


def fetched(page: Page, address: str) -> bytes:
    answer = page.context.request.get(address)
    assert answer.ok
    return answer.body()


def test_a_coordinator_records_reads_a_file_and_hands_over(desk_demo: Demo, desk_page: Callable[..., Page]) -> None:
    page = desk_page(desk_demo.coordinator[1], viewport=PHONE)
    before = total(page, desk_demo.url)
    page.get_by_role("link", name="Nieuw incident").click()
    page.locator("input[name='category'][value='weapon']").check()
    page.locator("select[name='place']").select_option("lockers")
    page.locator("select[name='serious_reason']").select_option("crime")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("status")).to_have_text("Het staat in het register.")
    assert total(page, desk_demo.url) == before + 1

    day = clock.today().replace(day=1).isoformat()
    rows = f"Wanneer;Voorval;Waar\r\n{day};Vechtpartij;Gang\r\n{day};Te laat;Gang\r\n{day};Pesten;Kleedkamer\r\n"
    page.goto(f"{desk_demo.url}/staff/register/import")
    page.locator("input[type='file']").set_input_files(
        files=[{"name": "lijst.csv", "mimeType": "text/csv", "buffer": rows.encode()}]
    )
    page.get_by_role("button", name="Bekijk het bestand").click()
    expect(page.locator("[data-preview]")).to_contain_text("Dit komt erbij: 2 incidenten")
    expect(page.locator("[data-preview]")).to_contain_text("1 rij telt niet mee.")
    page.get_by_role("button", name="Neem over in het register").click()
    expect(page.locator("[data-import]").first).to_contain_text("2 incidenten", timeout=20_000)
    assert total(page, desk_demo.url) == before + 3

    page.goto(f"{desk_demo.url}/staff/register/file")
    held = fetched(page, f"{desk_demo.url}/staff/register/file.csv").decode()
    assert len(list(csv.DictReader(io.StringIO(held)))) == before + 3
    assert fetched(page, f"{desk_demo.url}/staff/register/file.pdf").startswith(b"%PDF")


def test_an_adviser_puts_a_case_in_the_register_in_three_taps(desk_demo: Demo, desk_page: Callable[..., Page]) -> None:
    desk, coordinator = desk_page(desk_demo.adviser(0, "internal")), desk_page(desk_demo.coordinator[0])
    before = total(coordinator, desk_demo.url)
    desk.goto(f"{desk_demo.url}/staff/cases")
    desk.goto(f"{desk_demo.url}/staff/cases/{people.cases_on(desk)[0]}")

    desk.get_by_role("link", name="In het register zetten").click()
    if not desk.locator("input[name='category']:checked").count():
        desk.locator("input[name='category'][value='bullying']").check()
    desk.get_by_role("button", name="Bewaar in het register").click()

    expect(desk.locator("#notes ~ *").filter(has_text="In het register gezet").first).to_be_visible()
    assert total(coordinator, desk_demo.url) == before + 1


def test_a_manager_writes_the_evaluation_and_takes_it_to_the_council(
    desk_demo: Demo, desk_page: Callable[..., Page]
) -> None:
    page = desk_page(desk_demo.manager[0])
    page.goto(f"{desk_demo.url}/staff/register/evaluation?year=2025-2026")
    page.locator("textarea[name='conclusions']").fill("Volgend jaar meer toezicht in de kleedkamers.")
    page.get_by_role("button", name="Bewaar").click()

    expect(page.get_by_role("status")).to_have_text("Het is bewaard.")
    address = f"{desk_demo.url}/staff/register/evaluation"
    assert fetched(page, f"{address}.pdf?year=2025-2026").startswith(b"%PDF")
    assert fetched(page, f"{address}.docx?year=2025-2026").startswith(b"PK")


def test_the_city_sees_what_came_out_with_one_reason_and_nothing_to_drill_into(
    desk_demo: Demo, desk_page: Callable[..., Page]
) -> None:
    page = desk_page(desk_demo.city[0])
    page.goto(f"{desk_demo.url}/city/")
    table = fetched(page, f"{desk_demo.url}/city/table.csv").decode()
    hidden = table.count(",suppressed")

    shown = page.locator("td.hidden-figure").all_inner_texts()

    assert hidden
    assert all(re.fullmatch(r"afgeschermd|tussen \d+ en \d+", text) for text in shown)
    expect(page.locator("[data-reason]")).to_have_count(1)
    assert page.locator("main table a, main table button, main form").count() == 0
    assert "Verzonnen school" not in page.content()
    assert b"/Lang(nl)" in fetched(page, f"{desk_demo.url}/city/table.pdf?lang=ar")
    assert b"OBS_STATUS" in fetched(page, f"{desk_demo.url}/city/table.sdmx")


def test_the_network_sees_steps_and_no_counts(desk_demo: Demo, desk_page: Callable[..., Page]) -> None:
    page = desk_page(desk_demo.network[0])
    page.goto(f"{desk_demo.url}/staff/register/schools")

    expect(page.get_by_role("row", name=re.compile("De Meeuw"))).to_contain_text("Sinds")
    assert page.context.request.get(f"{desk_demo.url}/staff/register").status == 404
