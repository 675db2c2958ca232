"""Loading: every fault named with its line and its cure, all at once."""

from pathlib import Path

import pytest

from app.flows.loader import FlowError, load_flows
from tests.flows.talks import DATA

ROUTES = "routes: [{to: [internal], else_to: [external]}]"
HEAD = "flow: talk\ntitle: Talk\n"


def _refused(tmp_path: Path, text: str | bytes, name: str = "talk") -> list[str]:
    folder = tmp_path / "flows"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(FlowError) as refused:
        load_flows(folder)
    return str(refused.value).splitlines()


def _steps(steps: str, more: str = ROUTES) -> str:
    return f"{HEAD}steps:\n{steps}\n{more}\n"


STEP_FAULTS = [
    ("  a: {ask: A?, chips: {x: X}, mny: true}", "E01", 'unknown key "mny": did you mean "many"?'),
    ("  a: {ask: A?, chips: {x: X}, zzz: true}", "E01", 'unknown key "zzz": known here are say, ask'),
    ("  a: {say: A}\n  a: {say: B}", "E02", '"a" stands here twice, first on line 4'),
    ("  a: {say: A}\n  s: {steps: {a: {say: B}}}", "E02", '"a" is the id of another step, on line 4'),
    ("  a: {ask: A?}", "E03", "exactly one of chips, text, place, person, not none"),
    ("  a: {ask: A?, chips: {x: X}, place: true}", "E03", "not chips and place"),
    ("  a: {chips: {x: X}}", "E03", "has chips but no question: add ask"),
    ("  a: {label: A}", "E03", "says nothing and asks nothing"),
    ("  a: {say: A, required: true}", "E03", 'asks nothing, so it cannot have "required"'),
    ("  a: {ask: A?, text: huge}", "E03", "\"text\" is 'short', 'long'"),
    ("  s: {say: A, steps: {a: {say: B}}}", "E03", 'section "s" only holds other steps: move "say"'),
    ("  A-b: {say: A}", "E04", '"A-b" cannot be a name'),
    ("  any: {say: A}", "E04", '"any" cannot be a name'),
    ("  a: {ask: A?, chips: {_x: X}}", "E04", '"_x" cannot be a name'),
    ("  a: {ask: A?, chips: {yes: X}}", "E05", '"yes" is read as a boolean or a number'),
    ("  a: {ask: A?, chips: {x: No}}", "E05", "No is read as a boolean, a number or nothing"),
    ("  a: {ask: A?, chips: {x: 3:30}}", "E05", "3:30 is read"),
    ("  a: {say: true}", "E05", '"say" must be text: put it in quotes'),
    ("  a: {say: A, help: [112]}", "E05", "112 is read as"),
    ("  a: {ask: A?, chips: {x: X}, many: yes}", "E05", "yes is read as"),
    ("  a: {say: }", "E06", '"say" is empty'),
    ('  a: {say: " "}', "E06", '"say" is empty'),
    ("  a:\n    say: >\n      A", "E06", '"say" begins or ends with a space or a new line'),
    ("  a: {say: Dit blijft geheim}", "E08", '"say" promises too much ("geheim")'),
    ("  a: {ask: A?, chips: {x: 100 % anoniem}}", "E08", '"x" promises too much'),
    ("  a: {say: Bel 070-123 45 67 nu}", "E09", '"say" has a number like "070-123 45 67"'),
    ("  a: {say: Bel ١١٢ nu}", "E09", "has a number like"),
    ("  a: {ask: A?, chips: {x: X}}\n  b: {say: B, only_if: {zz: x}}", "E10", 'unknown step "zz": name an earlier'),
    ("  seen: {ask: A?, chips: {x: X}}\n  b: {say: B, only_if: {seem: x}}", "E10", 'did you mean "seen"?'),
    ("  a: {say: A}\n  b: {say: B, only_if: {answered: a}}", "E10", '"a" asks nothing'),
    ("  a: {ask: A?, chips: {x: X}}\n  b: {say: B, only_if: {urgency: now}}", "E10", '"urgency" is not known yet'),
    ("  a: {ask: A?, chips: {seen: X}}\n  b: {say: B, only_if: {a: sene}}", "E11", 'did you mean "seen"?'),
    ("  a: {ask: A?, chips: {x: X}, required: true}\n  b: {say: B, only_if: {a: _skip}}", "E11", 'code "_skip" of "a"'),
    ("  a: {ask: A?, chips: {x: X}}\n  b: {say: B, only_if: {a: {all: [x, z]}}}", "E11", 'unknown code "z" of "a"'),
    ("  a: {ask: A?, chips: {x: X}, only_if: {a: x}}", "E12", '"a" is not asked before this'),
    ("  a: {say: A, only_if: {any: [{b: x}]}}\n  b: {ask: B?, chips: {x: X}}", "E12", '"b" is not asked before this'),
    ("  a: {ask: A?, chips: {x: X}, detour: {x: tal}}", "E16", 'unknown flow "tal": did you mean "talk"?'),
    ("  a: {ask: A?, chips: {x: X}, detour: {x: talk}}", "E17", "talk > talk"),
    ("  a: {ask: A?, text: short}", "E20", "free text before danger is asked"),
    ("  a: {say: A, only_if: {}}", "E00", "a condition is a map"),
    ("  a: {say: A, only_if: {any: []}}", "E00", '"any" takes a list of conditions'),
    ("  a: {say: A, only_if: {all: [x]}}", "E00", "a condition is a map"),
    ("  a: {ask: A?, chips: {x: X}}\n  b: {say: B, only_if: {a: []}}", "E00", "write a code, a list"),
    ("  a: {ask: A?, chips: {x: X}}\n  b: {say: B, only_if: {a: {all: x}}}", "E00", '"all" takes a list of codes'),
    ("  a: {say: A, help: one}", "E00", '"help" takes a list'),
    ("  a: [b]", "E00", '"a" takes a map'),
    ("  a: {ask: A?, chips: [x]}", "E00", '"chips" takes a map'),
    ("  a: {ask: A?, chips: {x: X}, many: ja}", "E00", '"many" is true or false'),
    ("  a: {say: &one A}", "E00", "anchors are not used here"),
    ("  [a, b]: {say: A}", "E00", "a key is a single word"),
]


@pytest.mark.parametrize(("steps", "rule", "message"), STEP_FAULTS)
def test_a_fault_in_a_step_is_named_with_its_cure(tmp_path: Path, steps: str, rule: str, message: str) -> None:
    lines = _refused(tmp_path, _steps(steps))

    assert len(lines) == 1, lines
    last = 3 + len(steps.splitlines())
    assert lines[0].startswith(tuple(f"flows/talk.yaml:{line}: [{rule}] " for line in range(4, last + 1)))
    assert message in lines[0]


@pytest.mark.parametrize(
    ("rules", "rule", "message"),
    [
        ("end: A", "E24", "a report could end with no reader"),
        ("routes: [{when: {a: x}, to: [internal], else_to: [external]}]", "E24", "could end with no reader"),
        ("routes: [{to: [internal]}]", "E24", "may leave nobody"),
        (
            "routes: [{to: [internal], else_to: [external], but_not: [external]}]",
            "E24",
            '"external" is named to receive',
        ),
        ("routes: [{to: [interal], else_to: [external]}]", "E25", 'unknown role "interal": did you mean "internal"?'),
        (f"{ROUTES[:-1]}, {{to: [external], else_to: [internal]}}]", "E18", "no rule after this one"),
        (f"urgency: [{{when: {{a: x}}, is: now}}]\n{ROUTES}", "E24", "no urgency"),
        (f"urgency: [{{is: son}}]\n{ROUTES}", "E11", 'unknown urgency "son": did you mean "soon"?'),
        (f"categories: [{{is: 'null'}}]\n{ROUTES}", "E05", '"null" is read'),
        (f"categories: [{{iss: x, is: z}}]\n{ROUTES}", "E01", 'did you mean "is"?'),
        (f"categories: [{{when: {{a: x}}}}]\n{ROUTES}", "E00", '"is" is missing'),
        (
            f"urgency: [{{when: {{category: x}}, is: now}}, {{is: soon}}]\n{ROUTES}",
            "E11",
            'unknown code "x" of "category"',
        ),
        (f"{ROUTES}\nend: ''", "E06", '"end" is empty'),
        (f"{ROUTES}\nrutes: []", "E01", 'did you mean "routes"?'),
    ],
)
def test_a_fault_in_a_rule_is_named_with_its_cure(tmp_path: Path, rules: str, rule: str, message: str) -> None:
    lines = _refused(tmp_path, _steps("  a: {ask: A?, chips: {x: X}}", rules))

    assert len(lines) == 1, lines
    assert f"[{rule}]" in lines[0]
    assert message in lines[0]


@pytest.mark.parametrize(
    ("content", "start"),
    [
        (b"flow: \xff", "flows/talk.yaml:1: [E00] the file is not UTF-8"),
        (b"flow: talk\ntitle: 'x\n", "flows/talk.yaml:3: [E00] this is not YAML"),
        (b"flow: talk\nsteps: *x\n", "flows/talk.yaml:2: [E00] this is not YAML"),
        (b"flow: \x00", "flows/talk.yaml:1: [E00] this is not YAML: a character"),
        (b"", "flows/talk.yaml:1: [E00] the file is empty"),
        (b"- a", "flows/talk.yaml:1: [E00] the file takes a map"),
        (b"''", "flows/talk.yaml:1: [E00] the file takes a map"),
        (b"yes", "flows/talk.yaml:1: [E05] yes is read"),
    ],
)
def test_a_file_that_is_no_conversation_is_refused(tmp_path: Path, content: bytes, start: str) -> None:
    assert _refused(tmp_path, content)[0].startswith(start)


def test_a_conversation_has_the_name_of_its_file(tmp_path: Path) -> None:
    lines = _refused(tmp_path, _steps("  a: {say: A}"), name="tell")

    assert lines == ['flows/tell.yaml:1: [E04] flow "talk" stands in tell.yaml: give both the same name']


def test_a_folder_without_conversations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FlowError, match="has no conversations"):
        load_flows(tmp_path)


def test_all_faults_of_all_files_are_told_in_reading_order(tmp_path: Path) -> None:
    _refused(tmp_path, "flow: other\ntitle: ''\nstps: {}\n", name="other")

    lines = _refused(
        tmp_path, _steps("  a: {say: ''}\n  b: {ask: B?, chips: {x: X}, detour: {x: other}}\n  c: {ask: C?}")
    )

    assert [line.split("]")[0] for line in lines] == [
        "flows/other.yaml:1: [E00",
        "flows/other.yaml:2: [E06",
        "flows/other.yaml:3: [E01",
        "flows/talk.yaml:4: [E06",
        "flows/talk.yaml:6: [E03",
    ]


def test_detours_in_a_circle_are_named_in_order() -> None:
    with pytest.raises(FlowError, match=r"circle/[ab]\.yaml:3: \[E17\] .*: (a > b > a|b > a > b)"):
        load_flows(DATA / "circle")


def test_danger_is_asked_before_free_text_only_when_it_must_be_answered(tmp_path: Path) -> None:
    talk = "  danger: {{ask: D?, chips: {{x: X}}, {more}detour: {{x: help}}}}\n  own: {{ask: Own?, text: short}}"
    folder = tmp_path / "flows"
    folder.mkdir()
    (folder / "help.yaml").write_text("flow: help\ntitle: Help\nsteps: {call: {say: Call, help: [card]}}\n")

    assert "[E20]" in _refused(tmp_path, _steps(talk.format(more="")))[0]
    long = talk.format(more="required: true, ").replace("short", "long")
    assert '[E21] "own" takes a long text: add a caution' in _refused(tmp_path, _steps(long))[0]
    (folder / "talk.yaml").write_text(_steps(talk.format(more="required: true, ")))
    assert load_flows(folder).flows["talk"].steps["own"].kind == "text"


def test_a_detour_starts_from_a_code_of_its_step(tmp_path: Path) -> None:
    lines = _refused(tmp_path, _steps("  a: {ask: A?, chips: {x: X}, detour: {_unsure: other}}"))

    assert 'flows/talk.yaml:4: [E11] unknown code "_unsure" of "a": known are x' in lines


def test_watch_words_are_kept_for_later(tmp_path: Path) -> None:
    folder = tmp_path / "flows"
    folder.mkdir()
    (folder / "talk.yaml").write_text(_steps("  a: {ask: A?, note: For translators., place: true, watch: [self_harm]}"))

    assert load_flows(folder).flows["talk"].steps["a"].watch == ("self_harm",)
