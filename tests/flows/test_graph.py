"""A conversation as a drawing or a table."""

import shutil
from pathlib import Path

import pytest

from app.flows.graph import Edge, dot, edges, mermaid, rows, sections, table
from app.flows.loader import load_flows
from app.flows.model import Flow
from tests.flows.talks import DATA, flow_set

MAIN = flow_set("told").flows["main"]
NESTED = """
flow: talk
title: Talk
steps:
  a: {ask: "A?", many: true, chips: {x: "X #1", z: 'Say "z"'}}
  outer:
    only_if: {a: x}
    steps:
      b: {ask: "B?", chips: {x: X}, only_if: {a: z}}
      c: {say: C}
      inner:
        only_if: {b: x}
        steps:
          d: {say: "D | d"}
          e: {say: E, only_if: {a: z}}
      f: {say: F}
routes: [{to: [internal], else_to: [external]}]
"""


@pytest.fixture
def nested(tmp_path: Path) -> Flow:
    """A talk with a section inside another."""
    (tmp_path / "talk.yaml").write_text(NESTED)
    return load_flows(tmp_path).flows["talk"]


def test_a_step_with_a_condition_follows_the_question_that_decides_it_and_joins_the_others_again() -> None:
    found = {(each.start, each.end) for each in edges(MAIN) if not each.is_detour}

    assert {("danger", "what"), ("what", "seen"), ("seen", "spot"), ("what", "kind_mean"), ("what", "when")} <= found
    assert {("seen", "when"), ("spot", "when"), ("kind_mean", "when"), ("story", "thanks"), ("thanks", "_end")} <= found
    assert ("danger", "seen") not in found


def test_an_edge_says_its_condition_and_a_detour_what_opens_it() -> None:
    assert Edge("what", "kind_mean", 'bij "Waar gaat het over?" is gekozen: Pesten') in edges(MAIN)
    assert [each for each in edges(MAIN) if each.is_detour] == [
        Edge("danger", "help", "Ja, nu", is_detour=True),
        Edge("story", "calm", "fear", is_detour=True),
    ]


def test_inside_a_section_only_the_inner_condition_is_said(nested: Flow) -> None:
    found = {f"{each.start} {each.end}": each for each in edges(nested)}

    assert found["a c"].words == ""
    assert found["c d"].words == 'bij "B?" is gekozen: X'
    assert found["a b"].words == 'bij "A?" is gekozen: X #1, en bij "A?" is gekozen: Say "z"'
    assert found["c e"].words == 'bij "B?" is gekozen: X, en bij "A?" is gekozen: Say "z"'
    assert {"b c", "c f", "d f", "f _end", "a _end"} <= set(found)


def test_steps_in_a_row_with_the_same_condition_around_them_are_a_section() -> None:
    found = [each for each in sections(MAIN) if each.words]

    assert [(each.words, each.steps) for each in found] == [
        ('alleen als bij "Waar gaat het over?" is gekozen: Een mes', ("seen", "spot"))
    ]
    assert [step for each in sections(MAIN) for step in each.steps] == list(MAIN.steps)


def test_a_topic_leads_from_the_last_text_before_the_step_that_watches_for_it(tmp_path: Path) -> None:
    text = DATA / "told" / "main.yaml"
    more = "  after: {ask: 'Nog iets?', text: short, watch: [fear]}\nend: Tot ziens"
    folder = shutil.copytree(text.parent, tmp_path / "told")
    (folder / "main.yaml").write_text(text.read_text().replace("end: Tot ziens", more))

    found = {(each.start, each.end) for each in edges(load_flows(folder).flows["main"])}

    assert ("story", "thanks") in found


def test_mermaid_draws_sections_as_subgraphs_and_detours_dotted() -> None:
    lines = [line.strip() for line in mermaid(MAIN).splitlines()]

    assert lines[0] == "flowchart TD"
    assert 'subgraph part_3["alleen als bij #quot;Waar gaat het over?#quot; is gekozen: Een mes"]' in lines
    assert 'danger_{{"Is er gevaar?"}}' in lines
    assert 'hello_("Hallo")' in lines
    assert '_end(["Tot ziens"])' in lines
    assert 'danger_ -.->|"Ja, nu"| flow_help' in lines
    assert "danger_ --> what_" in lines
    assert "thanks_ --> _end" in lines
    assert lines.count("end") == 1


def test_dot_says_the_same_and_escapes_its_quotes() -> None:
    text = dot(MAIN)

    assert text.startswith('digraph "main" {')
    assert 'subgraph cluster_3 { label="alleen als bij \\"Waar gaat het over?\\" is gekozen: Een mes";' in text
    assert '"danger" -> "flow help" [label="Ja, nu" style=dotted];' in text


def test_a_row_says_when_a_step_is_met_and_where_each_answer_leads() -> None:
    found = {row.step: row for row in rows(MAIN)}

    assert found["hello"].answers == ()
    assert found["seen"].shown_when == 'alleen als bij "Waar gaat het over?" is gekozen: Een mes'
    assert found["what"].answers == ("Pesten", "Een mes", "overgeslagen")
    assert found["what"].leads_to == ("Een mes > seen", "Een mes > spot", "Pesten > kind_mean")
    assert found["danger"].leads_to == ("Ja, nu > help",)
    assert found["spot"].answers == ("een plek", "ergens anders", "overgeslagen")
    assert found["when"].answers[:3] == ("een dag", "vandaag", "gisteren")


def test_a_table_is_markdown_with_its_bars_escaped(nested: Flow) -> None:
    lines = table(nested).splitlines()

    assert lines[:4] == [
        "# Talk",
        "",
        "| stap | tekst | te zien | antwoorden | leidt naar |",
        "| --- | --- | --- | --- | --- |",
    ]
    assert "D \\| d" in lines[7]


def test_signs_that_mermaid_would_take_for_its_own_are_written_out(nested: Flow) -> None:
    text = mermaid(nested)

    assert "is gekozen: X #35;1" in text
    assert "einde" in text
