"""Faults: how they are told, and that every rule is documented."""

import re

from app.flows.faults import RULES, Fault, FlowError
from app.settings import ROOT

ERROR = Fault("flows/report.yaml", 20, "E01", 'unknown key "mny": did you mean "many"?')
WARNING = Fault("flows/report.yaml", 3, "W35", '"who" has no label: add one')


def test_a_fault_is_told_with_file_line_rule_and_cure() -> None:
    assert str(ERROR) == 'flows/report.yaml:20: [E01] unknown key "mny": did you mean "many"?'


def test_a_rule_that_begins_with_w_only_advises() -> None:
    assert (ERROR.severity, WARNING.severity) == ("error", "warning")


def test_a_fault_can_be_written_as_json() -> None:
    assert WARNING.as_dict() == {
        "file": "flows/report.yaml",
        "line": 3,
        "rule": "W35",
        "severity": "warning",
        "message": '"who" has no label: add one',
    }


def test_faults_are_told_once_each_in_reading_order() -> None:
    assert FlowError([ERROR, WARNING, ERROR]).faults == (WARNING, ERROR)


def test_every_rule_that_the_code_names_is_documented_and_no_other() -> None:
    named = re.compile(r'"([EW]\d\d)"')
    files = [path for path in (ROOT / "app" / "flows").glob("*.py") if path.name != "faults.py"]
    found = {rule for path in files for rule in named.findall(path.read_text("utf-8"))}

    assert found == set(RULES)


def test_the_meaning_of_a_rule_is_one_line_without_a_full_stop() -> None:
    assert all(about and "\n" not in about and not about.endswith(".") for about in RULES.values())
