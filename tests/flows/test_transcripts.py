"""Tests of conversations as files, and what comes of them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.flows.answers import Choices
from app.flows.engine import Outcome
from app.flows.faults import FlowError
from app.flows.model import SKIP, FlowSet, Step
from app.flows.reading import UNSEEN
from app.flows.suites import Suite, load_suite
from app.flows.transcript_runs import Failure, Texts, run, taps_of
from app.flows.transcripts import A_FRIDAY, CURRENT, KEYS, VERBS, Move, Transcript, Verb, read_transcripts, written
from app.flows.watching import WatchLists, load_lists
from tests.flows.talks import DATA, flow_set

LISTS = load_lists(DATA / "told" / "watch")
HEAD = "test: a\nflow: main\n"
CODES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda code: code not in (*VERBS, "to", *KEYS))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]).filter(lambda sign: not UNSEEN.match(sign)), min_size=1)
VALUES = st.lists(TEXTS, min_size=1, max_size=3).map(tuple)
MOVES = st.one_of(
    st.builds(Move, st.sampled_from(["answer", "change"]), CODES, VALUES),
    st.builds(Move, st.sampled_from([verb for verb in VERBS if verb not in ("back", "enough", "change")]), TEXTS),
    st.builds(Move, st.sampled_from(["back", "enough"])),
)


def _suite() -> Suite:
    return load_suite(DATA / "told", flow_set("told"), LISTS)


def _read(text: str) -> tuple[Transcript, ...]:
    return read_transcripts("tests/a.yaml", text.encode())


def _ran(talk: str, catalogues: dict[str, Texts] | None = None, **versions: FlowSet) -> Outcome | Failure:
    (transcript,) = _read(f"{HEAD}{talk}")
    return run(transcript, {CURRENT: flow_set("told"), **versions}, LISTS, catalogues)


def _failure(talk: str, catalogues: dict[str, Texts] | None = None) -> str:
    came = _ran(talk, catalogues)
    assert isinstance(came, Failure)
    return str(came)


def test_every_talk_of_the_folder_goes_as_it_says() -> None:
    suite = _suite()

    assert [str(each.result) for each in suite.run_all() if isinstance(each.result, Failure)] == []
    assert list(suite.versions) == ["current", "older"]


def test_a_test_speaks_in_ids_and_codes() -> None:
    first, second = _suite().transcripts[:2]

    assert first.name == "who is bullied online and takes the knife back is read inside"
    assert (first.file, first.line, first.lines["taps"]) == ("told/tests/told.yaml", 1, 29)
    assert first.moves[:3] == (
        Move("answer", "danger", ("past",)),
        Move("answer", "what", ("knife", "mean")),
        Move("answer", "seen", ("saw",)),
    )
    assert first.moves[4:8:3] == (Move("change", "what", ("mean",)), Move("back"))
    assert first.moves[0].line == 6
    assert (first.places, second.places, second.today) == (("gym",), ("gym", "yard"), A_FRIDAY)
    assert first.expect["excluded"] == ()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- a", 1, "this takes a map: known here are test"),
        ("[]", 1, ""),
        ("tset: a\ntalk: [x: y]", 1, 'unknown key "tset": did you mean "test"?'),
        ("talk: [x: y]", 1, '"test" is missing'),
        ("test: a", 1, '"talk" is missing'),
        ("test: a\ntalk: x", 2, '"talk" takes a list'),
        ("test: a\ntalk: [[x]]", 2, "this is no line of a talk"),
        ("test: a\ntalk:\n  - who:\n", 3, '"who" is given no answer'),
        ("test: a\ntalk:\n  - {change: who}\n", 3, '"who" is given no answer'),
        ("test: a\ntalk:\n  - detour:\n", 3, '"detour" is empty'),
        ("test: a\ntoday: monday\ntalk: [x: y]", 2, '"monday" is no date: write one as 2026-11-20'),
        ("test: a\ntalk: [x: y]\nexpect: {tops: 3}", 3, 'unknown key "tops": did you mean "taps"?'),
        ("test: a\ntalk: [x: y]\nexpect: {taps: few}", 3, '"taps" is a number'),
        ("test: [", 1, "this is not YAML"),
    ],
)
def test_a_fault_in_a_test_is_named_with_its_line(text: str, line: int, message: str) -> None:
    if not message:
        assert _read(text) == ()
        return
    with pytest.raises(FlowError) as refused:
        _read(text)

    assert any(message in fault.message and fault.line == line for fault in refused.value.faults), refused.value


def test_a_folder_tells_the_faults_of_all_its_tests(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    for name in ("a", "b"):
        (tmp_path / "tests" / f"{name}.yaml").write_text("test: a")

    with pytest.raises(FlowError) as refused:
        load_suite(tmp_path, flow_set("told"), LISTS)

    assert {fault.file for fault in refused.value.faults} == {f"{tmp_path.name}/tests/{name}.yaml" for name in "ab"}


@pytest.mark.parametrize(
    ("talk", "line", "message"),
    [
        ("talk: [danger: past]", 1, 'the talk is not over, "what" is asked: answer it, or expect open: what'),
        ("talk: [danger: maybe]", 3, '"danger" does not take [maybe]: foreign'),
        ("talk: [what: mean]", 3, '"what" is answered here, but "danger" is asked'),
        ("talk: [danger: past, enough, what: mean]", 3, '"what" is answered here, but everything is answered'),
        ("talk: [enough]", 3, "this is not enough to send: a question on the way must be answered"),
        ("talk: [back]", 3, "there is nothing to go back to"),
        ("talk: [{change: danger, to: past}]", 3, '"danger" has no answer on the path to change'),
        ("talk: [{change: nothing, to: past}]", 3, '"nothing" has no answer on the path to change'),
        ("talk: [danger: past, detour: help]", 3, 'no detour opened "help"'),
        ("talk: [warned: fear]", 3, 'no text touched "fear"'),
        ("talk: [upgrade: newer]", 3, 'there is no version "newer": known are current'),
        ("talk: [say_contains: Tot ziens]", 3, 'nothing up to here says "Tot ziens"'),
        ("version: newer\ntalk: [back]", 1, 'there is no version "newer"'),
        ("talk: [danger: past, enough]\nexpect: {urgency: now}", 4, "expected urgency [now], came [soon]"),
        ("talk: [danger: past, enough]\nexpect: {flags: help}", 4, "expected flags [help], came []"),
        ("talk: [danger: past, enough]\nexpect: {taps: 1}", 4, "expected at most 1 taps, came 2"),
        ("talk: [danger: past, enough]\nexpect: {shown: [spot]}", 4, "expected shown [spot], but [spot] is not there"),
        ("talk: [danger: past]\nexpect: {open: who}", 4, "expected open [who], came [what]"),
        ("talk: [danger: past]\nexpect: {open: what, never_stored: past}", 4, "but [past] is there"),
    ],
)
def test_a_test_that_fails_says_what_was_expected_and_what_came(talk: str, line: int, message: str) -> None:
    failure = _failure(talk)

    assert failure.startswith(f"tests/a.yaml:{line}: ")
    assert message in failure


def test_a_flow_that_does_not_exist_fails_the_test() -> None:
    (transcript,) = _read("test: a\nflow: nothing\ntalk: [back]")

    assert "there is no flow" in str(run(transcript, {CURRENT: flow_set("told")}, LISTS))


def test_going_back_asks_the_last_question_again_even_when_all_are_answered() -> None:
    came = _ran("talk: [danger: past, enough, back, story: Zo bang.]\nexpect: {watch: fear, taps: 4}")

    assert isinstance(came, Outcome)
    assert came.help_ids == ("113",)


def test_a_version_may_be_named_by_the_beginning_of_its_hash() -> None:
    current = flow_set("told")
    older = _suite().versions["older"]

    assert isinstance(_ran(f"talk: [upgrade: {older.hash[:12]}]\nexpect: {{open: danger}}", older=older), Outcome)
    assert isinstance(_ran(f"version: {current.hash}\ntalk: [enough]", older=older), Failure)


def test_another_language_says_other_words_and_takes_the_same_codes() -> None:
    catalogues: dict[str, Texts] = {"en": {"Hallo": "Hello", "Ja, nu": "Yes, now"}}
    talk = "talk: [language: en, say_contains: Hello, danger: right_now]\nexpect: {open: help.next}"

    assert isinstance(_ran(talk, catalogues), Outcome)
    assert "nothing up to here says" in _failure("talk: [language: en, say_contains: Hallo]", catalogues)


@pytest.mark.parametrize(
    ("step", "values", "taps"),
    [
        (Step(id="a", say="A"), (), 0),
        (Step(id="a", kind="chips", ask="A?", chips={"x": "X"}), ("x",), 1),
        (Step(id="a", kind="text", ask="A?"), ("told",), 1),
        (Step(id="a", kind="date", ask="A?"), ("_today",), 1),
        (Step(id="a", kind="chips", ask="A?", chips={"x": "X", "y": "Y"}, many=True), ("x", "y"), 3),
        (Step(id="a", kind="chips", ask="A?", chips={"x": "X"}, many=True), (SKIP,), 1),
    ],
)
def test_an_answer_takes_as_many_taps_as_a_thumb_needs(step: Step, values: tuple[str, ...], taps: int) -> None:
    assert taps_of(step, values) == taps


@given(TEXTS, CODES, st.lists(MOVES, min_size=1), st.dictionaries(st.sampled_from(["path", "to"]), VALUES))
def test_what_is_written_reads_back(
    name: str, flow: str, moves: list[Move], expect: dict[str, tuple[str, ...]]
) -> None:
    (again,) = _read(written(name, flow, moves, expect))

    assert (again.name, again.flow, again.moves, again.expect) == (name, flow, tuple(moves), expect)


def test_a_written_test_keeps_the_day_the_places_and_the_people() -> None:
    choices = Choices(places=("hall",), people=("one", "two"), today=A_FRIDAY)

    text = written("a day", "main", [Move("answer", "when", ("_today",))], {}, choices)

    (again,) = _read(text)
    assert (again.today, again.places, again.people) == (A_FRIDAY, ("hall",), ("one", "two"))
    assert text.splitlines()[-1] == "    - when: _today"


def test_a_sign_that_nobody_sees_is_written_as_a_space() -> None:
    (again,) = _read(written("a\tb\u202ec", "main", [Move("back")], {}))

    assert again.name == "a b c"


def test_a_list_without_words_hears_nothing() -> None:
    (transcript,) = _suite().transcripts[1:2]

    came = run(transcript, _suite().versions, WatchLists())

    assert str(came).endswith('no text touched "fear"')


def test_every_verb_is_played() -> None:
    verbs: tuple[Verb, ...] = ("answer", *VERBS)

    assert {move.verb for each in _suite().transcripts for move in each.moves} == set(verbs)
