"""The talk as a table, and one step as a student sees it."""

import re

import pytest

from app import db
from app.accounts.models import Membership
from app.accounts.roles import Role
from app.flows.loader import load_flows
from app.flows.model import FlowSet
from app.i18n.translate import using
from app.schools.importing import import_schools
from app.schools.queries import all_schools
from app.schools.school_files import SchoolRow
from app.schools.services import set_places
from app.talks.preview import Tongue, languages_of_catalogues, question_of
from app.talks.preview_conditions import Rule, rules_of
from app.talks.preview_table import decisions_of, tables_of
from tests.talks.conftest import SHOWN, Shown


@pytest.fixture(scope="module")
def flows() -> FlowSet:
    return load_flows(SHOWN)


def said(rules: tuple[Rule, ...]) -> list[object]:
    return [[rule.text, said(rule.parts)] if rule.parts else rule.text for rule in rules]


def when(flows: FlowSet, step_id: str) -> list[object]:
    steps = flows.flows["report"].steps
    return said(rules_of(steps[step_id].only_if, steps))


def test_a_condition_names_chips_by_their_texts(flows: FlowSet) -> None:
    assert when(flows, "conflict") == ["Wie het deed: “Een volwassene van school”"]


def test_groups_of_conditions_stand_below_what_joins_them(flows: FlowSet) -> None:
    assert when(flows, "weapon_seen") == [
        [
            "Een van deze:",
            [
                ["Alles hiervan:", ["Waar het over gaat: “Een mes”", "Nu in gevaar: “Nee, nu niet”"]],
                ["Niets hiervan:", ["Waar het over gaat: “Pesten, of buitensluiten”"]],
            ],
        ]
    ]


def test_days_answered_questions_and_facts_are_said_too(flows: FlowSet) -> None:
    assert when(flows, "recent") == ["Wanneer: hoogstens 7 dagen geleden"]
    assert when(flows, "wish") == ["Er is een antwoord op: Wie het deed en Waar"]
    assert when(flows, "hello") == []


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ({"what": ["weapon", "bullying"]}, "Waar het over gaat: “Een mes” of “Pesten, of buitensluiten”"),
        ({"what": {"all": ["weapon", "bullying"]}}, "Waar het over gaat: “Een mes” en “Pesten, of buitensluiten”"),
        ({"danger": "_unsure"}, "Nu in gevaar: “Weet ik niet”"),
        ({"watch": ["life", "rain"]}, "In eigen woorden klinkt: “niet meer willen leven” of “rain”"),
        ({"gone": "x"}, "“gone” wordt op deze school niet gevraagd"),
        ({"answered": "gone"}, "Er is een antwoord op: gone"),
        ({"urgency": "now"}, "Spoed: “Dringend”"),
        ({"all": [{"category": "weapon"}]}, "Onderwerp: “Wapens”"),
    ],
)
def test_every_kind_of_condition_is_a_sentence(flows: FlowSet, condition: dict[str, object], sentence: str) -> None:
    assert said(rules_of(condition, flows.flows["report"].steps)) == [sentence]


def test_a_row_says_what_its_answers_lead_to(flows: FlowSet) -> None:
    rows = {row.anchor: row for table in tables_of(flows, Tongue("nl")) for row in table.rows}

    danger = [(lead.text, [name for _, name in lead.links]) for lead in rows["report.danger"].leads_to]
    assert danger == [
        ("Na “Ja, nu” eerst:", ["Nu hulp"]),
        ("Bepaalt mee of dit komt:", ["Zelf gezien"]),
        ("Telt mee voor: de spoed", []),
    ]
    assert [lead.text for lead in rows["report.story"].leads_to] == [
        "Klinkt hierin “niet meer willen leven”, dan eerst:",
        "Telt mee voor: de spoed en de hulp aan het eind",
    ]
    assert [lead.text for lead in rows["report.conflict"].leads_to] == ["Telt mee voor: wie het niet leest"]
    assert rows["emergency.safe"].help_ids == ("112",)
    assert [row.step_id for row in rows.values() if row.may_be_off] == ["when"]
    assert [row.step_id for row in rows.values() if row.is_pinned] == ["wish"]


def test_a_row_lists_every_answer_with_its_code(flows: FlowSet) -> None:
    rows = {row.step_id: row for row in tables_of(flows, Tongue("nl"))[0].rows}

    assert [(one.code, one.piece.text) for one in rows["danger"].answers] == [
        ("right_now", "Ja, nu"),
        ("not_now", "Nee, nu niet"),
        ("_unsure", "Weet ik niet"),
    ]
    assert [one.code for one in rows["where"].answers] == ["", "_elsewhere", "_skip"]
    assert rows["hello"].answers == ()


def test_rules_say_what_follows_and_when(flows: FlowSet) -> None:
    decisions = decisions_of(flows.flows["report"])

    readers = next(items for heading, items in decisions.items() if heading.startswith("Wie het leest"))
    assert readers[0].what == (
        "vertrouwenspersoon op school en vertrouwenspersoon van buiten de school. "
        "Is daar niemand over: vertrouwenspersoon van buiten de school"
    )
    assert said(readers[0].when) == ["Onderwerp: “Wapens”", "Spoed: “Niet dringend”"]
    assert readers[1].when == ()


def test_a_text_with_a_context_is_shown_without_it(flows: FlowSet) -> None:
    step = flows.flows["report"].steps["weapon_seen"]

    question = question_of(step, step.id, Tongue("nl"), {})

    assert question.ask.text == "Heb je het gezien?"
    assert not question.ask.is_missing


def test_the_page_shows_each_flow_as_a_table_and_no_step_is_left_out(shown: Shown, flows: FlowSet) -> None:
    page = shown.read("")

    wanted = [f"{flow.id}.{step}" for flow in flows.flows.values() for step in flow.steps]
    assert sorted(re.findall(r'data-step="([^"]+)"', page)) == sorted(wanted)
    assert page.count("<table") == len(flows.flows)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.COORDINATOR, Role.NETWORK, Role.TRANSLATOR])
def test_people_of_a_school_and_of_the_city_may_look(shown: Shown, role: Role) -> None:
    page = shown.read("", role)

    assert ("De Meeuw Lyceum" in page) is role.is_of_a_school
    assert ("/staff/talk/parts" in page) is (role is Role.MANAGER)


def test_a_translator_begins_at_the_talk(shown: Shown) -> None:
    answer = shown.browser(Role.TRANSLATOR).get("/staff/")

    assert (answer.status_code, answer.location) == (303, "/staff/talk")


def test_what_is_not_translated_is_marked_and_counted(shown: Shown) -> None:
    page = shown.read("?in=ar")

    assert "niet vertaald" in page
    assert int(re.findall(r'data-missing="(\d+)"', page)[0]) > 0
    assert 'lang="ar" dir="rtl"' in page
    assert '<html lang="nl"' in page
    assert "data-missing" not in shown.read("?in=nl")


def test_easy_dutch_lacks_nothing(shown: Shown) -> None:
    page = shown.read("?in=nl-easy")

    assert "data-missing" not in page
    assert "niet vertaald" not in page
    assert "Jij of iemand anders." in page


def test_a_step_is_shown_in_the_language_asked_for_and_the_page_stays_as_it_was(shown: Shown) -> None:
    page = shown.read("/step/report/where?in=ar")

    student = page[page.index('class="phone"') :]
    with using("ar"):
        assert "في الصف" in student
    assert 'lang="ar" dir="rtl"' in student
    assert "Zo ziet een leerling dit" in page


def test_a_language_without_a_catalogue_is_shown_in_dutch(shown: Shown) -> None:
    shown.read("")
    assert {"nl", "en", "ar"} <= {language.tag for language in languages_of_catalogues()}

    page = shown.read("/step/report/danger?in=xx")

    assert re.search(r'class="phone" lang="nl"', page)


def test_a_step_tells_the_shortest_way_there(shown: Shown) -> None:
    page = shown.read("/step/report/conflict")

    way = page[page.index("Wat hierheen leidt") :]
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", way) == [
        ("Nu in gevaar", "Nee, nu niet"),
        ("Waar het over gaat", "Pesten, of buitensluiten"),
        ("Wie het deed", "Een volwassene van school"),
    ]
    assert "a=who:staff" in way.replace("%3A", ":")


def test_what_comes_at_once_and_what_never_comes_is_said(shown: Shown) -> None:
    assert "Dit komt meteen" in shown.read("/step/report/hello")
    assert "Na de hulp" in shown.read("/step/emergency/next")


@pytest.mark.parametrize(
    ("step_id", "seen"),
    [
        ("danger", 'value="danger:right_now"'),
        ("what", '<input type="checkbox" name="a" value="what:weapon">'),
        ("story", "<textarea"),
        ("when", '<input type="date"'),
        ("where", 'value="where:klas"'),
        ("conflict", 'value="conflict:bram"'),
    ],
)
def test_a_question_looks_as_its_kind_does_and_answers_go_nowhere(shown: Shown, step_id: str, seen: str) -> None:
    page = shown.read(f"/step/report/{step_id}")

    student = page[page.index('class="phone"') :]
    assert seen in student
    assert "<fieldset disabled>" in student


def test_why_a_question_is_asked_and_its_drawings_are_shown(shown: Shown) -> None:
    student = shown.read("/step/report/danger").partition('class="phone"')[2]
    row = shown.read("").partition('data-step="report.danger"')[2].partition("</tr>")[0]

    assert "Waarom vragen we dit?" in student
    assert "Waarom we dit vragen:" in row
    assert all("Bij gevaar laten we meteen hulp zien." in page for page in (student, row))
    assert student.count("<svg") == row.count("<svg") == 1
    assert "Waarom" not in shown.read("/step/report/what").partition('class="phone"')[2]


def test_a_reason_without_a_translation_is_counted_as_missing(flows: FlowSet) -> None:
    (report,) = (table for table in tables_of(flows, Tongue("ar")) if table.id == "report")

    assert "Bij gevaar laten we meteen hulp zien." in [piece.text for piece in report.pieces if piece.is_missing]


def test_what_is_wrong_with_the_files_is_shown_while_the_older_version_goes_on(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown.app.extensions["talks"], "faults", ("flows/report.yaml:3: [E01] unknown key",))

    assert "flows/report.yaml:3: [E01] unknown key" in shown.read("")


def test_the_places_of_the_school_have_no_missing_translation(shown: Shown) -> None:
    with shown.app.app_context(), db.transaction() as session:
        set_places(session, shown.school.id, ["Op de gang of de trap", "De kas"])

    page = shown.read("/step/report/where?in=ar", Role.MANAGER)

    with shown.app.app_context(), db.transaction() as session:
        set_places(session, shown.school.id, [])
    student = page[page.index('class="phone"') : page.index("Komt als")]
    assert '<span class="text" lang="nl" dir="ltr">De kas</span>' in student
    assert "niet vertaald" not in student[student.index("De kas") :][:80]
    assert "Op de gang" not in student


@pytest.mark.parametrize("path", ["/step/report/nothing", "/step/nothing/danger", "/step/report/school_intro"])
def test_a_step_that_is_not_there_is_not_found(shown: Shown, path: str) -> None:
    assert shown.browser(Role.TRANSLATOR).get(f"/staff/talk{path}").status_code == 404


def test_the_talk_of_another_school_is_not_found(shown: Shown) -> None:
    assert shown.browser(Role.MANAGER).get("/staff/talk?school=elders").status_code == 404


def test_whoever_works_for_two_schools_goes_from_one_to_the_other(shown: Shown) -> None:
    row = SchoolRow(row=2, brin="00XB", location_code="00XB00", label="Het Anker", holiday_region="midden")
    with shown.app.app_context(), db.transaction() as session:
        import_schools(session, [row])
        session.flush()
        (other,) = (one for one in all_schools(session) if one.name == "Het Anker")
        person_id = shown.people[Role.COORDINATOR].person_id
        session.add(Membership(id="e" * 32, person_id=person_id, school_id=other.id, role=Role.COORDINATOR))

    page = shown.read("?in=ar", Role.COORDINATOR)

    assert 'href="/staff/talk?in=ar&amp;school=het-anker"' in page
    there = shown.read("/try?school=het-anker", Role.COORDINATOR)
    assert '<input type="hidden" name="school" value="het-anker">' in there
    assert "Het gesprek van Het Anker" in shown.read("?school=het-anker", Role.COORDINATOR)


def test_a_step_shows_the_cards_that_a_student_gets(shown: Shown) -> None:
    assert 'data-service="112"' in shown.read("/step/emergency/safe")
