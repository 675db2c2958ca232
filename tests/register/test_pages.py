"""The register as a coordinator, a manager and the network use it."""

import io
import re
from datetime import date, timedelta

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app import clock, db
from app.accounts.roles import Role
from app.notifications import worker
from app.register import queries, storing
from app.register.importing.reading import MOST_BYTES
from app.register.models import Incident, RegisterImport, RegisterMapping
from app.register.queries import Choice
from app.register.rules import FactsError, IncidentFacts
from app.register.services import UnknownIncidentError, change_incident, record_incident, strike_incident, take_part
from tests.register.conftest import School
from tests.register.importing import sheets

YEAR = "2026-2027"
TODAY = date(2026, 11, 24)


def record(school: School, days_ago: int = 20, **codes: str) -> str:
    told = {"category": "theft", **codes}
    with db.transaction() as session:
        return record_incident(session, school.id, IncidentFacts(day=TODAY - timedelta(days=days_ago), codes=told))


def counted(school: School) -> int:
    with db.reading() as session:
        return queries.count(session, school.id, Choice(YEAR))


def upload(school: School, data: bytes, role: Role = Role.COORDINATOR) -> TestResponse:
    posted = {"file": (io.BytesIO(data), "export.csv"), "system": "Magister"}
    return school.browser(role).post("/staff/register/import", data=posted, content_type="multipart/form-data")


def form_of(page: str) -> dict[str, str]:
    """What a browser would send back of the page on columns and words."""
    told = {"sheet": re.findall(r'name="sheet" value="([^"]+)"', page)[0], "system": "Magister"}
    for name, options in re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r"<option(?: value=\"([^\"]*)\")? selected>([^<]*)", options)
        told[name] = (chosen[1] or chosen[2]) if chosen else ""
    return told


def go(school: School, told: dict[str, str], **more: str) -> TestResponse:
    client = school.browser(Role.COORDINATOR)
    return client.post("/staff/register/import/go", data={**told, **more}, content_type="multipart/form-data")


def test_a_coordinator_records_an_incident_and_sees_it_in_the_register(school: School) -> None:
    client = school.browser(Role.COORDINATOR)
    told = {"day": "2026-11-03", "category": "theft", "place": "lockers", "part_of_day": "lunch_break"}
    page = client.get("/staff/register/new").text
    defaults = dict(re.findall(r'<select id="(\w+)" name="\1"', page) and [])

    answer = client.post("/staff/register/new", data={**all_defaults(page), **defaults, **told}, follow_redirects=True)

    assert "Het staat in het register." in answer.text
    assert 'data-total="1"' in answer.text
    assert "Kluisjes" in answer.text


def all_defaults(page: str) -> dict[str, str]:
    found = {}
    for name, options in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        found[name] = chosen[1] if chosen else ""
    return found


@pytest.mark.parametrize(
    ("day", "category", "said"),
    [
        ("2026-11-25", "theft", "Deze dag moet nog komen."),
        ("2020-01-01", "theft", "Deze dag is langer dan drie jaar geleden."),
        ("", "theft", "Kies een dag."),
        ("2026-11-03", "", "Not a valid choice."),
    ],
)
def test_a_form_that_is_wrong_keeps_what_was_chosen_and_says_why(
    school: School, day: str, category: str, said: str
) -> None:
    client = school.browser(Role.COORDINATOR)
    told = {**all_defaults(client.get("/staff/register/new").text), "place": "toilet"}

    answer = client.post("/staff/register/new", data={**told, "day": day, "category": category})

    assert answer.status_code == 422
    assert said in answer.text or category == ""
    assert '<option selected value="toilet">' in answer.text
    assert counted(school) == 0


def test_an_incident_can_be_changed_and_struck(school: School) -> None:
    incident_id = record(school)
    client = school.browser(Role.COORDINATOR)
    page = client.get(f"/staff/register/incidents/{incident_id}").text
    told = {**all_defaults(page), "day": "2026-11-04", "category": "threat"}

    changed = client.post(f"/staff/register/incidents/{incident_id}", data=told, follow_redirects=True)

    assert "De verandering is bewaard." in changed.text
    with db.reading() as session:
        found = queries.incident(session, school.id, incident_id)
    assert found is not None
    assert (found.day, found.category) == (date(2026, 11, 4), "threat")
    struck = client.post(f"/staff/register/incidents/{incident_id}/strike", follow_redirects=True)
    assert "uit het register gehaald" in struck.text
    assert counted(school) == 0


def test_another_schools_incident_is_not_found(school: School) -> None:
    incident_id = record(school)
    with db.transaction() as session:
        with pytest.raises(UnknownIncidentError):
            strike_incident(session, "f" * 32, incident_id)
        with pytest.raises(UnknownIncidentError):
            change_incident(session, "f" * 32, incident_id, IncidentFacts(day=TODAY, codes={"category": "drugs"}))
        with pytest.raises(FactsError, match="place: unknown_code"):
            record_incident(session, school.id, IncidentFacts(day=TODAY, codes={"category": "drugs", "place": "moon"}))


def test_a_manager_looks_and_cannot_record(school: School) -> None:
    record(school)

    page = school.browser(Role.MANAGER).get("/staff/register").text

    assert 'data-total="1"' in page
    assert "/staff/register/new" not in page


def test_taking_part_is_said_out_loud_and_tells_when_it_counts(school: School) -> None:
    client = school.browser(Role.COORDINATOR)
    assert "doet nog niet mee" in client.get("/staff/register").text

    page = client.post("/staff/register/since", data={"part": "yes"}, follow_redirects=True).text

    assert "Doet mee sinds 24 november 2026" in page
    assert "vanaf 1 februari 2027" in page
    client.post("/staff/register/since", data={"part": "no"})
    assert "doet nog niet mee" in client.get("/staff/register").text


def test_a_category_and_a_year_narrow_what_is_shown(school: School) -> None:
    record(school)
    record(school, category="drugs")
    client = school.browser(Role.MANAGER)

    assert 'data-total="1"' in client.get(f"/staff/register?year={YEAR}&category=drugs").text
    assert 'data-total="0"' in client.get("/staff/register?year=2025-2026").text
    assert 'data-total="2"' in client.get("/staff/register?year=1700-1701&category=murder&page=9").text


def test_the_bill_is_called_a_bill_until_the_operator_says_otherwise(school: School) -> None:
    client = school.browser(Role.COORDINATOR)
    assert "is nog geen wet" in client.get("/staff/register/definitions").text

    changed = {**vars(school.app.config["SETTINGS"]), "law_in_force": date(2026, 8, 1)}
    school.app.config["SETTINGS"] = type(school.app.config["SETTINGS"])(**changed)

    assert "is nog geen wet" not in client.get("/staff/register/definitions").text


def test_a_file_is_looked_at_and_taken_over_once(school: School) -> None:
    first = upload(school, sheets.titled())
    assert first.status_code == 200
    told = form_of(first.text)
    told |= {name: "none" for name, code in told.items() if name.startswith("word-follow_up") and not code}

    looked = go(school, told, do="look")
    assert "Dit komt erbij: 3 incidenten" in looked.text
    done = go(school, told, do="go")
    assert done.status_code == 303
    worker.work(school.app)

    assert counted(school) == 3
    go(school, told, do="go")
    worker.work(school.app)
    assert counted(school) == 3
    page = school.browser(Role.COORDINATOR).get("/staff/register/import").text
    assert "3 stonden er al" in page
    with db.reading() as session:
        assert session.scalars(select(RegisterImport.waiting)).all() == [None, None]


def test_the_mapping_of_a_system_is_known_the_next_time(school: School) -> None:
    told = form_of(upload(school, sheets.titled()).text)
    told |= {name: "measure" for name, code in told.items() if name.startswith("word-follow_up") and not code}
    go(school, told, do="go")

    again = form_of(upload(school, sheets.titled()).text)

    assert {name: code for name, code in again.items() if name.startswith("word-")} == {
        name: code for name, code in told.items() if name.startswith("word-")
    }
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(RegisterMapping)) == 1


def test_an_import_can_be_undone_whole(school: School) -> None:
    record(school)
    told = form_of(upload(school, sheets.by_number()).text)
    assert go(school, told, do="go").status_code == 422  # Christmas is still to come.
    told = form_of(upload(school, sheets.by_number().replace(b"12/25", b"10/25")).text)
    assert go(school, told, do="go").status_code == 303
    worker.work(school.app)
    assert counted(school) == 5
    client = school.browser(Role.COORDINATOR)
    (import_id,) = re.findall(r'data-import="(\w+)"', client.get("/staff/register/import").text)

    client.post(f"/staff/register/imports/{import_id}/undo")

    assert counted(school) == 1
    assert "Teruggedraaid" in client.get("/staff/register/import").text
    assert client.post(f"/staff/register/imports/{'0' * 32}/undo").status_code == 404


def test_an_import_that_is_undone_while_it_waits_stores_nothing(school: School) -> None:
    told = form_of(upload(school, sheets.quoted()).text)
    go(school, told, do="go")
    with db.transaction() as session:
        import_id = session.scalars(select(RegisterImport.id)).one()
        storing.undo_import(session, school.id, import_id)

    worker.work(school.app)

    assert counted(school) == 0


def test_a_busy_import_shows_how_far_it_is_and_refreshes(school: School) -> None:
    go(school, form_of(upload(school, sheets.quoted()).text), do="go")

    page = school.browser(Role.MANAGER).get("/staff/register/import")

    assert 'max="2" value="0"' in page.text
    assert page.headers["Refresh"] == "2"
    worker.work(school.app)
    assert "Refresh" not in school.browser(Role.MANAGER).get("/staff/register/import").headers


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Datum;Soort;Naam\r\n1-11-2026;Diefstal;Noor\r\n", "lijkt namen te bevatten"),
        (b"Datum;Soort\r\n1-11-2026;=cmd()\r\n", "Rij 2, kolom “Soort”: Hier staat een formule."),
        (b"", "Het bestand is leeg."),
    ],
)
def test_a_file_with_persons_or_formulas_is_refused_and_nothing_of_it_is_repeated(
    school: School, data: bytes, said: str
) -> None:
    answer = upload(school, data)

    assert answer.status_code == 422
    assert said in answer.text
    assert "Noor" not in answer.text
    assert "cmd" not in answer.text
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Incident)) == 0


def test_a_sheet_that_was_tampered_with_is_refused(school: School) -> None:
    told = form_of(upload(school, sheets.quoted()).text)

    assert go(school, told, sheet="x", do="go").status_code == 422
    assert go(school, told, sheet="eJyLjgUAARUAuQ==", do="go").status_code == 422


def test_a_file_that_is_too_large_is_refused_before_it_is_read(school: School) -> None:
    client = school.browser(Role.COORDINATOR)
    body = b"x" * (2 * MOST_BYTES + 1)

    answer = client.post("/staff/register/import", data=body, content_type="multipart/form-data; boundary=b")

    assert answer.status_code == 413


def test_other_pages_still_take_no_files(school: School) -> None:
    client = school.browser(Role.COORDINATOR)

    answer = client.post("/staff/register/new", data={"day": "x"}, content_type="multipart/form-data")

    assert answer.status_code == 415


def test_the_file_for_the_inspectorate_agrees_in_every_form_and_holds_no_day(school: School) -> None:
    record(school, serious_reason="crime", inspectorate="to_do")
    record(school, category="drugs", serious_reason="fear", inspectorate="not_needed")
    client = school.browser(Role.MANAGER)

    page = client.get(f"/staff/register/file?year={YEAR}").text
    plain = client.get(f"/staff/register/file.csv?year={YEAR}")
    book = load_workbook(io.BytesIO(client.get(f"/staff/register/file.xlsx?year={YEAR}").data))
    rows = [[cell or "" for cell in row] for row in book["Incidenten"].iter_rows(values_only=True)]

    assert plain.text.splitlines() == [",".join(row) for row in rows]
    assert "2026-11-04," not in plain.text
    assert f"{YEAR}-Q2" in plain.text
    assert page.count("data-serious") == 2
    assert "staat op “hoeft niet”" in page
    assert re.search(r'class="digest" dir="ltr">([0-9a-f]{64})<', page)
    assert b"/Lang(nl)" in client.get(f"/staff/register/file.pdf?year={YEAR}&lang=ar").data
    assert client.get("/staff/register/file.exe").status_code == 404


def test_a_serious_incident_that_waits_too_long_is_told_at_once(school: School) -> None:
    record(school, serious_reason="crime", inspectorate="to_do")

    page = school.browser(Role.COORDINATOR).get("/staff/register").text

    assert 'data-overdue="1"' in page


def test_the_evaluation_counts_by_itself_and_keeps_what_the_school_adds(school: School) -> None:
    record(school, motive="origin", source="anonymous")
    client = school.browser(Role.MANAGER)
    told = {"complaints": "3", "actions": "Meer toezicht bij de kluisjes.", "conclusions": "", "adviser_report": ""}
    told["monitor_file"] = (io.BytesIO(b"Leerlingen voelen zich veilig."), "monitor.txt")  # type: ignore[assignment]

    saved = client.post(
        f"/staff/register/evaluation?year={YEAR}", data=told, content_type="multipart/form-data", follow_redirects=True
    )
    word = Document(io.BytesIO(client.get(f"/staff/register/evaluation.docx?year={YEAR}").data))

    assert "Het is bewaard." in saved.text
    assert "Met discriminatie als aanleiding: 1" in saved.text
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert "Leerlingen voelen zich veilig." in texts
    assert "Aantal klachten: 3" in texts
    assert "Bekend door een anonieme melding: 1" in texts
    assert client.get(f"/staff/register/evaluation.pdf?year={YEAR}").data.startswith(b"%PDF")
    assert client.get("/staff/register/evaluation.odt").status_code == 404


def test_an_evaluation_that_is_too_long_is_refused_and_kept_on_the_screen(school: School) -> None:
    told = {"actions": "a" * 4_001, "complaints": "-1"}

    answer = school.browser(Role.MANAGER).post(
        "/staff/register/evaluation", data=told, content_type="multipart/form-data"
    )

    assert answer.status_code == 422
    assert "a" * 4_001 in answer.text


def test_a_year_before_with_nothing_in_it_is_no_zero(school: School) -> None:
    record(school)
    client = school.browser(Role.MANAGER)

    before = client.get("/staff/register").text
    record(school, days_ago=365, category="drugs")
    after = client.get("/staff/register?category=theft").text

    assert "Over het jaar ervoor staat niets in het register." in before
    assert "<td>–</td>" in before
    assert "Het jaar ervoor: 0." in after
    assert "<td>1</td>" in after


def test_the_network_marks_posters_and_training_without_undoing_what_a_colleague_marked(school: School) -> None:
    client, slug = school.browser(Role.NETWORK), school.made.school.slug

    marked = client.post("/staff/register/schools", data={f"poster-{slug}": "on"}, follow_redirects=True).text
    client.post("/staff/register/schools", data={f"training-{slug}": "on"})
    both = client.get("/staff/register/schools").text
    client.post("/staff/register/schools", data={f"was-poster-{slug}": "1"})
    one = client.get("/staff/register/schools").text

    assert "Het is bewaard." in marked
    assert both.count("24 november 2026") == marked.count("24 november 2026") + 1
    assert f'name="was-poster-{slug}"' not in one
    assert f'name="was-training-{slug}"' in one


def test_the_network_sees_how_far_a_school_is_and_no_count(school: School) -> None:
    for _ in range(7):
        record(school)
    with db.transaction() as session:
        take_part(session, school.id, clock.today())

    page = school.browser(Role.NETWORK).get("/staff/register/schools").text

    assert "Sinds 24 november 2026" in page
    assert ">7<" not in page
    assert school.browser(Role.NETWORK).get("/staff/register/blank.xlsx").data.startswith(b"PK")
    assert school.browser(Role.NETWORK).get("/staff/register").status_code == 404
