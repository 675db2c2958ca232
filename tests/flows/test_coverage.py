"""What tests of conversations touch, leave out and misname."""

import pytest

from app.flows.checking import check_folder
from app.flows.coverage import Coverage, coverage_of, flow_and_step, misnamed, untested
from app.flows.suites import load_suite
from app.flows.transcript_runs import played
from app.flows.transcripts import CURRENT, read_transcripts
from app.flows.watching import load_lists
from tests.flows.talks import DATA, flow_set

FOLDER = DATA / "told"
SUITE = load_suite(FOLDER, flow_set("told"), load_lists(FOLDER / "watch"))


def _coverage(*numbers: int) -> Coverage:
    tests = [SUITE.transcripts[number] for number in numbers] if numbers else SUITE.transcripts
    runs = [run for each, run in zip(SUITE.transcripts, SUITE.run_all(), strict=True) if each in tests]
    return coverage_of(flow_set("told"), zip(tests, runs, strict=True))


def _misnamed(talk: str) -> list[str]:
    (transcript,) = read_transcripts("tests/a.yaml", f"test: a\nflow: main\n{talk}".encode())
    return [str(fault) for fault in misnamed(transcript, SUITE.versions.values())]


def test_what_no_talk_touches_is_named_in_the_order_of_the_files() -> None:
    assert [item.name for item in _coverage().missing] == [
        "help > next > stop_here",
        "main > seen > heard",
        "main > kind_mean > class",
        "main > categories > 1",
    ]


def test_a_chip_that_is_no_longer_offered_needs_no_test() -> None:
    assert "main > what > gone" not in {item.name for item in _coverage().every}


def test_one_talk_touches_its_own_rules_only() -> None:
    missing = {item.name for item in _coverage(1).missing}

    assert {"main > categories > 1", "main > categories > 2", "main > urgency > 2", "main > routes > 2"} <= missing
    assert missing.isdisjoint(
        {"main > categories > 3", "main > urgency > 1", "main > refer > 1", "main > danger > right_now"}
    )


def test_rules_count_at_the_end_of_a_talk_and_other_versions_count_for_nothing() -> None:
    missing = {item.name for item in _coverage(2).missing}

    assert {"main > routes > 1", "main > routes > 2", "main > kind_mean > online"} <= missing
    assert {"main > danger > past", "main > what > mean"}.isdisjoint(missing)


def test_a_talk_that_watches_nothing_is_covered_too() -> None:
    (transcript,) = read_transcripts("tests/a.yaml", b"test: a\nflow: main\ntalk: [what: knife, enough]")
    ran = played(transcript, {CURRENT: flow_set("rules")}, SUITE.lists)

    touched = {item.name for item in coverage_of(flow_set("rules"), [(transcript, ran)]).touched}

    assert {"main > categories > 1", "main > urgency > 1", "main > routes > 1"} <= touched


def test_a_report_has_a_percentage_for_each_kind_and_a_line_for_each_gap() -> None:
    lines = _coverage().report().splitlines()

    assert lines[0].split() == ["steps", "100", "%"]
    assert lines[1].split() == ["chips", "70", "%"]
    assert lines[7].startswith("all ")
    assert lines[8] == "no test touches chip help > next > stop_here"


def test_only_what_is_whole_is_a_hundred() -> None:
    assert Coverage((), frozenset()).percent("step") == 100
    assert _coverage().percent() == 88


def test_a_gap_is_a_warning_on_the_line_of_what_is_untouched() -> None:
    documents = check_folder(FOLDER).documents

    warnings = untested(_coverage(1), documents)

    found = {(each.file, each.line, each.rule) for each in warnings}
    assert ("told/main.yaml", 22, "W52") in found
    assert {str(each).partition(": add")[0] for each in warnings} >= {
        "told/main.yaml:35: [W52] no test touches category main > categories > 1",
        "told/main.yaml:22: [W52] no test touches step main > spot",
    }
    assert untested(_coverage(1), {}) == ()


@pytest.mark.parametrize(
    ("talk", "line", "message"),
    [
        ("talk: [dangr: past]", 3, 'unknown step "dangr": did you mean "danger"?'),
        ("talk: [skip: dangr]", 3, 'unknown step "dangr"'),
        ("talk: [danger: pst]", 3, 'unknown code of danger "pst": did you mean "past"?'),
        ("talk: [spot: hall]", 3, 'unknown code of spot "hall": take one that the talk has'),
        ("talk: [who: carl]", 3, 'unknown code of who "carl"'),
        ("talk: [detour: halp]", 3, 'unknown flow "halp": did you mean "help"?'),
        ("talk: [warned: fears]", 3, 'unknown topic "fears": did you mean "fear"?'),
        ("talk: [back]\nexpect: {path: [halo]}", 4, 'unknown step "halo": did you mean "hello"?'),
        ("talk: [back]\nexpect: {categories: [weapn]}", 4, 'unknown category "weapn"'),
        ("talk: [back]\nexpect: {urgency: never}", 4, 'unknown urgency "never"'),
        ("talk: [back]\nexpect: {to: [external, inside]}", 4, 'unknown role "inside"'),
        ("talk: [back]\nexpect: {excluded: carl}", 4, 'unknown person "carl"'),
        ("talk: [back]\nexpect: {help: ['114']}", 4, 'unknown card "114"'),
        ("talk: [back]\nexpect: {never_stored: [knive]}", 4, 'unknown step or code "knive": did you mean "knife"?'),
    ],
)
def test_a_name_that_no_version_has_is_a_fault(talk: str, line: int, message: str) -> None:
    (fault,) = _misnamed(talk)

    assert fault.startswith(f"tests/a.yaml:{line}: [E53] {message}")


def test_names_of_every_version_are_known() -> None:
    assert [fault for each in SUITE.transcripts for fault in misnamed(each, SUITE.versions.values())] == []
    assert _misnamed("talk: [danger: _unsure, help.next: _skip, story: Zo bang., when: _today]") == []


def test_a_qualified_id_has_its_flow_before_it() -> None:
    assert flow_and_step("help.next", "main") == ("help", "next")
    assert flow_and_step("next", "main") == ("main", "next")
