"""Loading: every fault named with its line and its cure, all at once."""

from pathlib import Path

import pytest

from app.flows.checking import check_folder
from app.flows.loader import FlowError, load_flows
from app.flows.reading import MOST_BYTES
from tests.flows.talks import DATA, flow_set

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
    ("  a: {ask: A?}", "E03", "exactly one of chips, text, date, place, person, not none"),
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
    ("  a: {ask: A?, date: true, many: true}", "E03", '"many" does not go with date: only with chips, place, person'),
    ("  a: {ask: A?, place: true, watch: [life]}", "E03", '"watch" does not go with place: only with text'),
    ("  a: {ask: A?, place: true, retired: [x]}", "E03", '"retired" does not go with place: only with chips'),
    ("  a: {say: A, pinned: true}", "E03", 'asks nothing, so it cannot have "pinned"'),
    ("  a: {ask: A?, chips: {x: X}, retired: [z]}", "E11", 'unknown code "z" of "a": a retired code keeps its chip'),
    ("  a: {ask: A?, chips: {xx: X}, retired: [xxx]}", "E11", 'did you mean "xx"?'),
    ("  a: {ask: A?, chips: {x: X, z: Z}, retired: [z, x]}", "E03", 'step "a" offers no chip any more'),
    ("  a: {say: A, why: B}", "E03", 'asks nothing, so it cannot have "why"'),
    ("  a: {ask: A?, chips: {x: X}, why: Dit blijft geheim}", "E08", '"why" promises too much'),
    ("  a: {ask: A?, chips: {x: X}, why: ''}", "E06", '"why" is empty'),
    (
        "  a: {ask: A?, place: true, pictograms: {x: ear}}",
        "E03",
        '"pictograms" does not go with place: only with chips',
    ),
    ("  a: {ask: A?, chips: {xx: X}, pictograms: {xxx: ear}}", "E11", 'unknown code "xxx" of "a": did you mean "xx"?'),
    ("  a: {ask: A?, chips: {x: X}, pictograms: {z: ear}}", "E11", 'unknown code "z" of "a": known are x'),
    ("  a: {ask: A?, chips: {x: X}, pictograms: {x: zz}}", "E36", 'unknown pictogram "zz": there are person, people'),
    ("  a: {ask: A?, chips: {x: X}, pictograms: [x]}", "E00", '"pictograms" takes a map'),
    ("  s: {context: C, steps: {a: {say: B}}}", "E03", 'section "s" only holds other steps: move "context"'),
    ("  s: {switch: true, steps: {a: {say: A, switch: true}}}", "E03", '"a" stands inside "s", which can be switched'),
    ("  school_intro: {say: A}", "E04", '"school_intro" is kept for what a school adds: take another id'),
    ("  s: {steps: {school_question: {say: A}}}", "E04", '"school_question" is kept'),
    (
        "  a: {ask: A?, date: true}\n  b: {say: B, only_if: {a: _today}}",
        "E11",
        'unknown code "_today" of "a": known are _longer_ago, _skip',
    ),
    (
        "  a: {ask: A?, date: true}\n  b: {say: B, only_if: {a: {within_days: 0}}}",
        "E11",
        "a whole number from 1 to 366",
    ),
    ("  a: {ask: A?, date: true}\n  b: {say: B, only_if: {a: {within_days: 367}}}", "E11", "a whole number from 1"),
    ("  a: {ask: A?, date: true}\n  b: {say: B, only_if: {a: {within_days: true}}}", "E11", "a whole number from 1"),
    ("  a: {ask: A?, date: true}\n  b: {say: B, only_if: {a: {within_days: '7'}}}", "E11", "a whole number from 1"),
    ("  a: {ask: A?, date: true}\n  b: {say: B, only_if: {a: {within_days: 7, all: [x]}}}", "E11", "a whole number"),
    ("  a: {ask: A?, date: true}\n  b: {say: B, only_if: {a: {within_days: 7.5}}}", "E11", "a whole number"),
    ("  a: {ask: A?, date: true}\n  b: {say: B, only_if: {a: {within_days: 07}}}", "E11", "a whole number"),
    ("  a: {ask: A?, chips: {x: X}}\n  b: {say: B, only_if: {a: {within_days: 7}}}", "E11", '"a" asks for no date'),
    ("  a: {say: A, only_if: {watch: life}}", "E10", 'unknown topic "life": watched before this are none'),
    ("  a: {say: A, only_if: {watch: []}}", "E00", '"watch" takes a topic or a list of them'),
    ("  a: {say: A, only_if: {watch: {life: x}}}", "E00", '"watch" takes a topic'),
    ("  watch: {say: A}", "E04", '"watch" cannot be a name'),
    ("  a: {say: !!str A}", "E00", "tags are not used here"),
    ('  a: {say: "A\\x04B"}', "E00", '"say" has a sign that nobody sees (U+0004): remove it'),
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
        (f"{ROUTES}\nrefer: [{{when: {{b: x}}, to: [one]}}]", "E10", 'unknown step "b": name an earlier'),
        (f"{ROUTES}\nrefer: [{{to: []}}]", "E00", '"to" needs at least one name'),
        (f"{ROUTES}\nrefer: [{{to: [one], too: x}}]", "E01", 'did you mean "to"?'),
        (f"{ROUTES}\nslots: {{intro: b}}", "E10", 'unknown step "b": name a step of this file, no section'),
        (f"{ROUTES}\nslots: {{question: s}}", "E10", "no section"),
        (f"{ROUTES}\nslots: {{questions: a}}", "E01", 'did you mean "question"?'),
        (f"{ROUTES}\nretired: [a]", "E02", '"a" is retired and is the id of a step, on line 4: rename the step'),
        (f"{ROUTES}\nretired: [A]", "E04", '"A" cannot be a name'),
        (f"{ROUTES}\nend: ''", "E06", '"end" is empty'),
        (f"{ROUTES}\nrutes: []", "E01", 'did you mean "routes"?'),
    ],
)
def test_a_fault_in_a_rule_is_named_with_its_cure(tmp_path: Path, rules: str, rule: str, message: str) -> None:
    lines = _refused(tmp_path, _steps("  a: {ask: A?, chips: {x: X}}\n  s: {steps: {t: {say: T}}}", rules))

    assert len(lines) == 1, lines
    assert f"[{rule}]" in lines[0]
    assert message in lines[0]


@pytest.mark.parametrize(
    ("content", "start"),
    [
        (b"flow: \xff", "flows/talk.yaml:1: [E00] the file is not UTF-8"),
        (b"flow: talk\ntitle: 'x\n", "flows/talk.yaml:3: [E00] this is not YAML"),
        (b"flow: talk\ntitle: T\nsteps: *x\n", "flows/talk.yaml:3: [E00] anchors are not used here"),
        (b"flow: \x00", "flows/talk.yaml:1: [E00] this is not YAML: U+0000 cannot be printed: remove it"),
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


def test_all_that_a_step_can_say_is_kept() -> None:
    flow = flow_set("whole").flows["main"]

    assert flow.steps["story"].watch == ("life", "home")
    assert (flow.steps["when"].kind, flow.steps["when"].constants[-2:]) == ("date", ("_unsure", "_skip"))
    assert [step.id for step in flow.steps.values() if step.pinned] == ["wish"]
    assert flow.steps["wish"].pictograms == {"stop": "stop", "listen": "ear"}
    assert {step.id: step.part for step in flow.steps.values() if step.part} == {
        "often": "details",
        "seen": "details",
        "where": "where",
    }
    assert (flow.retired, flow.slots) == (("once", "long_ago"), {"intro": "hello", "question": "wish"})
    assert [rule.to for rule in flow.refer][:2] == [("113", "kindertelefoon"), ("112",)]


def test_each_text_of_a_step_with_a_context_carries_it_as_gettext_wants_it() -> None:
    step = flow_set("whole").flows["main"].steps["often"]

    assert (step.ask, step.hint, step.caution) == ("How often it was\4Often?", "How often it was\4More or less", "")
    assert step.why == "How often it was\4To weigh it"
    assert list(step.offered.items()) == [("once", "How often it was\4Once"), ("daily", "How often it was\4Daily")]


def test_a_topic_may_be_named_after_the_text_that_watches_for_it(tmp_path: Path) -> None:
    story = "  a: {ask: A?, chips: {x: X}}\n  b: {ask: B?, text: short, watch: [life]}\n"
    lines = _refused(tmp_path, _steps(f"{story}  c: {{say: C, only_if: {{watch: [life, lfe]}}}}"))

    assert '[E10] unknown topic "lfe": did you mean "life"?' in lines[-1]


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "flows"
    (folder / "gone.yaml").mkdir(parents=True)

    lines = _refused(tmp_path, _steps("  a: {say: A}"))

    assert lines[0].startswith("flows/gone.yaml:1: [E00] the file cannot be read (Is a directory)")


def test_a_file_too_large_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    lines = _refused(tmp_path, "#" * (MOST_BYTES + 1))

    assert [line.partition("[E00] ")[2][:33] for line in lines] == ["the file is larger than 256 kB: m"]


def test_advice_does_not_refuse_a_conversation(tmp_path: Path) -> None:
    (tmp_path / "talk.yaml").write_text(_steps("  a: {ask: A?, chips: {x: X}}"))

    assert "W35" in {fault.rule for fault in check_folder(tmp_path).faults}
    assert load_flows(tmp_path).flows["talk"].steps["a"].label == ""
