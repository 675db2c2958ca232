"""Every text of the project is found, with the place where it stands."""

from io import BytesIO
from pathlib import Path

import pytest

from app.i18n.extraction import IN_CONTEXT, ExtractionError, Found, extract_flow, extract_services, extract_texts

FLOW = """\
flow: report
title: Vertel wat er is
note: Het hele gesprek
steps:
  hello:
    say: Hoi.
  danger:
    ask: Is er nu gevaar?
    label: Nu gevaar
    hint: ""
    required: true
    note: Kort houden
    chips:
      right_now: Ja, nu
      past: Nee
    detour: {right_now: emergency}
  about:
    only_if: {danger: past}
    steps:
      how: {ask: "Hoe?", text: long}
      who:
        caution: >-
          Pas op
          je naam.
        why: Zo weten we meer.
  odd: nothing
categories:
  - {is: bullying}
end: Dank je.
"""

CONTEXT = """\
flow: small
steps:
  bank:
    context: het meubel
    note: Bij gym
    ask: Waar zat je?
    chips: {bank: Bank}
    steps:
      other: {say: Bank}
  money:
    chips: {bank: Bank}
"""

SERVICES = """\
\ufeffid,name_nl,phone,what_they_do_nl
kt,Kindertelefoon,0800,"Praten
of chatten"
vt,Veilig Thuis,,
,"Zonder id",,Helpen
"""


def flow_texts(source: str) -> list[Found]:
    return list(extract_flow(BytesIO(source.encode()), {}, (), {}))


def service_texts(source: str) -> list[tuple[int, str | tuple[str, str], list[str]]]:
    return [(line, text, notes) for line, _, text, notes in extract_services(BytesIO(source.encode()), {}, (), {})]


def test_every_text_of_a_flow_is_found_with_its_line_and_trail() -> None:
    found = [(line, text, notes[0]) for line, _, text, notes in flow_texts(FLOW)]

    assert found == [
        (2, "Vertel wat er is", "report > title"),
        (6, "Hoi.", "report > hello > say"),
        (8, "Is er nu gevaar?", "report > danger > ask"),
        (9, "Nu gevaar", "report > danger > label"),
        (14, "Ja, nu", "report > danger > chips, code: right_now"),
        (15, "Nee", "report > danger > chips, code: past"),
        (20, "Hoe?", "report > about > how > ask"),
        (22, "Pas op je naam.", "report > about > who > caution"),
        (25, "Zo weten we meer.", "report > about > who > why"),
        (29, "Dank je.", "report > end"),
    ]


def test_a_note_reaches_the_translator_of_its_own_step_only() -> None:
    notes = {text: notes[1:] for _, _, text, notes in flow_texts(FLOW)}
    assert notes["Vertel wat er is"] == ["Het hele gesprek"]
    assert notes["Nee"] == ["Kort houden"]
    assert notes["Hoi."] == []


def test_the_context_of_a_step_goes_with_its_own_texts_only() -> None:
    assert [(line, name, text) for line, name, text, _ in flow_texts(CONTEXT)] == [
        (6, IN_CONTEXT, ("het meubel", "Waar zat je?")),
        (7, IN_CONTEXT, ("het meubel", "Bank")),
        (9, None, "Bank"),
        (11, None, "Bank"),
    ]


@pytest.mark.parametrize("source", ["", "- a\n- b\n", "flow: empty\n"])
def test_a_file_without_texts_gives_none(source: str) -> None:
    assert flow_texts(source) == []


def test_the_texts_of_services_are_found_with_the_line_where_each_begins() -> None:
    assert service_texts(SERVICES) == [
        (2, "Kindertelefoon", ["social map > kt > name_nl"]),
        (2, "Praten\nof chatten", ["social map > kt > what_they_do_nl"]),
        (4, "Veilig Thuis", ["social map > vt > name_nl"]),
        (5, "Zonder id", ["social map > Zonder id > name_nl"]),
        (5, "Helpen", ["social map > Zonder id > what_they_do_nl"]),
    ]


@pytest.mark.parametrize("source", ["", "id,phone\nkt,0800\n", "id,name_nl,cost_nl\nkt\n"])
def test_a_social_map_without_the_columns_gives_none(source: str) -> None:
    assert service_texts(source) == []


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        "app/web/views.py": '# Translators: a greeting\n_("Dag")\nngettext("een", "veel", 2)\nLATER = _lazy("Later")\n',
        "app/web/templates/base.html": "<p>{{ _('Verder') }}</p>\n{% trans %}Stop{% endtrans %}",
        "app/web/templates/parts/card.html": "{{ gettext('Bel') }}",
        "app/web/templates/mail.txt": "{{ _('Er is iets nieuws') }}",
        "app/referrals/data/social-map.csv": SERVICES,
        "flows/report.yaml": FLOW,
        "flows/tests/one.yaml": "title: geen tekst\n",
        "tests/test_x.py": '_("Niet deze")\n',
    }
    for name, contents in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(contents, "utf-8")
    return tmp_path


def test_the_whole_project_is_read_and_nothing_beside_it(project: Path) -> None:
    places = {message.id: message.locations for message in extract_texts(project) if message.id}

    assert places["Dag"] == [("app/web/views.py", 2)]
    assert places["een", "veel"] == [("app/web/views.py", 3)]
    assert places["Later"] == [("app/web/views.py", 4)]
    assert places["Verder"] == [("app/web/templates/base.html", 1)]
    assert places["Stop"] == [("app/web/templates/base.html", 2)]
    assert places["Bel"] == [("app/web/templates/parts/card.html", 1)]
    assert places["Er is iets nieuws"] == [("app/web/templates/mail.txt", 1)]
    assert places["Kindertelefoon"] == [("app/referrals/data/social-map.csv", 2)]
    assert places["Nee"] == [("flows/report.yaml", 15)]
    assert not {"Niet deze", "geen tekst"} & places.keys()


def test_equal_texts_in_other_contexts_are_two_texts(project: Path) -> None:
    (project / "flows" / "small.yaml").write_text(CONTEXT)

    template = extract_texts(project)

    apart, plain = template.get("Bank", "het meubel"), template.get("Bank")
    assert apart is not None
    assert plain is not None
    assert apart.locations == [("flows/small.yaml", 7)]
    assert apart.auto_comments == ["small > bank > chips, code: bank", "Bij gym"]
    assert plain.locations == [("flows/small.yaml", 9), ("flows/small.yaml", 11)]


@pytest.mark.parametrize(
    ("name", "contents"),
    [
        ("flows/report.yaml", b"flow: [\n"),
        ("flows/report.yaml", b"flow: a\nflow: b\n"),
        ("app/web/templates/base.html", b"{% if %}"),
        ("app/referrals/data/social-map.csv", b"name_nl\n\xff\n"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(project: Path, name: str, contents: bytes) -> None:
    (project / name).write_bytes(contents)
    with pytest.raises(ExtractionError, match=f"^{name}: cannot be read"):
        extract_texts(project)
