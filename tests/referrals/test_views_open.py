"""The social map as others may take it over."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import db
from app.referrals.checks import check_number
from app.referrals.hsds_file import read_hsds
from app.referrals.services import import_documents, import_entries
from app.referrals.sheet import PACKAGED, read_sheet
from app.referrals.views_open import pages

ADDRESSES = ("/help.json", "/help.csv")
VERIFIED = {entry.phone for entry in read_sheet(PACKAGED) if entry.verified} - {""}
UNVERIFIED = {entry.phone for entry in read_sheet(PACKAGED) if not entry.verified} - {""}
REMARKS = re.compile(r"from memory|stored|confirm|older page|announced", re.IGNORECASE)


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    site.register_blueprint(pages)
    with site.app_context(), db.transaction() as session:
        import_entries(session, read_sheet(PACKAGED))
    return site.test_client()


def test_the_page_of_hsds_holds_every_service_and_can_be_read_in_again(client: FlaskClient, tmp_path: Path) -> None:
    answer = client.get("/help.json")
    file = tmp_path / "map.json"
    file.write_bytes(answer.data)

    page = json.loads(answer.data)
    assert answer.mimetype == "application/json"
    assert page["total_items"] == page["size"] == len(page["contents"]) == 63
    assert (page["total_pages"], page["page_number"], page["first_page"], page["last_page"]) == (1, 1, True, True)
    assert len(read_hsds(file)) == 63


def test_the_table_has_a_row_for_every_service(client: FlaskClient) -> None:
    answer = client.get("/help.csv")

    assert answer.mimetype == "text/csv"
    assert [row["id"] for row in csv.DictReader(io.StringIO(answer.text))] == [one.id for one in read_sheet(PACKAGED)]


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_a_verified_number_goes_out(client: FlaskClient, address: str) -> None:
    text = client.get(address).text

    assert VERIFIED
    assert all(number in text for number in VERIFIED)
    assert set(re.findall(r"\b0[89]00-\d{4,}\b|\b0\d{1,3}-\d{6,}\b", text)) <= VERIFIED
    assert not [number for number in UNVERIFIED if f'"{number}"' in text or f",{number}," in text]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_number_that_the_network_calls_wrong_is_gone_at_once(client: FlaskClient, site: Flask, address: str) -> None:
    before = client.get(address)

    with site.app_context(), db.transaction() as session:
        check_number(session, "kindertelefoon", "0800-0432", "somebody", is_right=False)
    after = client.get(address, headers={"If-None-Match": before.headers["ETag"]})

    assert "0800-0432" in before.text
    assert after.status_code == 200
    assert "0800-0432" not in after.text


def test_no_text_holds_a_remark_for_ourselves(client: FlaskClient) -> None:
    rows = csv.DictReader(io.StringIO(client.get("/help.csv").text))
    texts = [text for row in rows for name, text in row.items() if name != "source"]

    assert not [text for text in texts if REMARKS.search(text)]


def test_what_somebody_elses_document_holds_beside_it_stays_here(client: FlaskClient, site: Flask) -> None:
    told = {"id": "made-up", "name": "Nieuw", "status": "active", "contacts": [{"id": "1", "name": "Jan"}]}
    told["phones"] = [{"id": "1", "number": "0800-9999"}, {"id": "2", "number": "06-12345678", "type": "cell"}]
    with site.app_context(), db.transaction() as session:
        import_documents(session, [told])

    (shown,) = json.loads(client.get("/help.json").data)["contents"]

    assert shown["name"] == "Nieuw"
    assert not {"contacts", "phones"} & shown.keys()
    assert shown["verified"] is False


@pytest.mark.parametrize("address", [*ADDRESSES, "/help.json?lang=ar"])
def test_any_site_may_read_it_and_keep_it_without_a_cookie(client: FlaskClient, address: str) -> None:
    headers = client.get(address, headers={"Accept-Encoding": "gzip"}).headers

    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cache-Control"] == "public, max-age=3600"
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_it_already_gets_nothing_until_something_changes(
    client: FlaskClient, site: Flask, address: str
) -> None:
    known = {"If-None-Match": client.get(address).headers["ETag"]}

    same = client.get(address, headers=known)
    with site.app_context(), db.transaction() as session:
        import_entries(session, read_sheet(PACKAGED)[1:])
    changed = client.get(address, headers=known)

    assert (same.status_code, same.data) == (304, b"")
    assert same.headers["Cache-Control"] == "public, max-age=3600"
    assert changed.status_code == 200
    assert "school-vp-intern" not in changed.text


@pytest.mark.parametrize("address", ADDRESSES)
def test_before_the_first_import_there_is_an_empty_answer(site: Flask, address: str) -> None:
    site.register_blueprint(pages)

    assert site.test_client().get(address).status_code == 200
