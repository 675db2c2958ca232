"""Random walks through the project's own talk: it always ends, forgets nothing and keeps nothing too much."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from app.flows.answers import date_chip, is_answer
from app.flows.engine import Path, outcome, replay, skip_rest, watch_key
from app.flows.model import WATCH, FlowSet
from app.flows.playing import expected
from app.flows.transcript_runs import Failure, in_language, played, taps_of
from app.flows.transcripts import CURRENT, Move, Transcript, read_transcripts, written
from app.flows.watching import WatchLists, load_lists
from app.settings import ROOT
from app.talks.checks import surroundings
from tests.flows.talks import CHOICES, TODAY, answers_to, flow_set, talk_on

REPORT = "report"
FLOWS = flow_set("real")
LISTS = load_lists(ROOT / "flows" / "watch")
CATALOGUES = surroundings(ROOT).catalogues
WALKS = settings(max_examples=40, deadline=None)


def _walk(data: st.DataObject) -> Path:
    return talk_on(data.draw, FLOWS, REPORT, {})


def _moves(path: Path) -> list[Move]:
    return [Move("answer", each.id, _given(each.step.kind, each.values or ())) for each in path.questions]


def _given(kind: str, values: tuple[str, ...]) -> tuple[str, ...]:
    return (date_chip(values),) if kind == "date" and len(values) > 1 else values


def _transcript(moves: list[Move]) -> Transcript:
    return Transcript(name="a walk", moves=tuple(moves), today=TODAY)


def _stored(moves: list[Move]) -> dict[str, tuple[str, ...]]:
    """Play *moves* without word lists, so that drawn texts open nothing by chance."""
    ran = played(_transcript(moves), {CURRENT: FLOWS}, WatchLists(), CATALOGUES)
    assert not isinstance(ran.result, Failure), ran.result
    return ran.paths[-1][1].answers


def _quiet(data: st.DataObject) -> Path:
    """Return a walk in which no text touches a topic."""
    answers: dict[str, tuple[str, ...]] = {}
    while (met := replay(FLOWS, REPORT, answers).current) is not None:
        answers[met.id] = data.draw(answers_to(met.step))
    return replay(FLOWS, REPORT, answers)


@WALKS
@given(st.data())
def test_every_talk_ends_and_what_is_stored_is_what_stands_on_the_path(data: st.DataObject) -> None:
    path = _walk(data)

    assert path.current is None
    on_path = {each.id for each in path.questions}
    assert {step.removesuffix(f".{WATCH}") for step in path.answers} == on_path
    assert outcome(FLOWS, REPORT, path.answers).to


@WALKS
@given(st.data())
def test_back_and_the_same_answer_again_store_the_same(data: st.DataObject) -> None:
    moves = _moves(_quiet(data))
    number = data.draw(st.integers(1, len(moves)))

    there_and_back = [*moves[:number], Move("back"), moves[number - 1], *moves[number:]]

    assert _stored(there_and_back) == _stored(moves)


@WALKS
@given(st.data(), st.sampled_from(["nl", *CATALOGUES]))
def test_another_language_changes_no_code(data: st.DataObject, tag: str) -> None:
    path = _walk(data)

    there = replay(in_language(FLOWS, CATALOGUES.get(tag, {})), REPORT, path.answers)

    assert [each.id for each in there.steps] == [each.id for each in path.steps]
    assert there.answers == path.answers
    moves = _moves(_quiet(data))
    number = data.draw(st.integers(0, len(moves)))
    assert _stored([*moves[:number], Move("language", tag), *moves[number:]]) == _stored(moves)


@WALKS
@given(st.data())
def test_the_rest_can_be_skipped_or_a_question_that_must_be_answered_is_open(data: st.DataObject) -> None:
    whole = _walk(data)
    told = data.draw(st.integers(0, len(whole.questions)))
    kept = [key for each in whole.questions[:told] for key in (each.id, watch_key(each.id))]
    answers = {step: values for step, values in whole.answers.items() if step in kept}

    rest = skip_rest(FLOWS, REPORT, answers)

    if rest is None:
        assert any(each.step.required and each.id not in answers for each in replay(FLOWS, REPORT, answers).questions)
    else:
        path = replay(FLOWS, REPORT, rest)
        assert path.current is None
        assert answers.items() <= path.answers.items()


@WALKS
@given(st.data())
def test_an_upgrade_in_the_middle_loses_no_answer_that_still_fits(data: st.DataObject) -> None:
    answers = _walk(data).answers
    newer = _changed(data)

    path = replay(newer, REPORT, answers)

    asked_again = path.current
    fitting = {each.id: answers[each.id] for each in path.questions if _fits(each.id, newer, answers)}
    assert fitting.items() <= path.answers.items()
    assert asked_again is None or asked_again.id not in fitting
    ended = talk_on(data.draw, newer, REPORT, dict(answers))
    assert fitting.items() <= ended.answers.items()


def _changed(data: st.DataObject) -> FlowSet:
    """Return a version in which one chip, or one step, is gone."""
    report = FLOWS.flows[REPORT]
    step = data.draw(st.sampled_from([step for step in report.steps.values() if step.chips]))
    gone = data.draw(st.sampled_from(["", *step.chips]))
    chips = {code: text for code, text in step.chips.items() if code != gone}
    kept = {name: each for name, each in report.steps.items() if gone or name != step.id}
    steps = {**kept, step.id: replace(step, chips=chips)} if gone else kept
    ordered = {name: steps[name] for name in report.steps if name in steps}
    return FlowSet({**FLOWS.flows, REPORT: replace(report, steps=ordered)}, "newer")


def _fits(step_id: str, flows: FlowSet, answers: dict[str, tuple[str, ...]]) -> bool:
    flow_id, _, name = step_id.rpartition(".")
    return step_id in answers and is_answer(flows.flows[flow_id or REPORT].steps[name], answers[step_id])


@WALKS
@given(st.data())
def test_no_branch_takes_more_than_twelve_taps_when_one_thing_is_ticked(data: st.DataObject) -> None:
    taps = 0
    answers: dict[str, tuple[str, ...]] = {"danger": ("not_now",)}
    while (met := replay(FLOWS, REPORT, answers).current) is not None:
        answers[met.id] = data.draw(answers_to(met.step).filter(lambda values: len(values) == 1 or not met.step.many))
    for each in replay(FLOWS, REPORT, answers).questions:
        taps += taps_of(each.step, each.values or ())

    assert taps <= 12


@WALKS
@given(st.data())
def test_a_walk_that_is_written_as_a_test_passes(data: st.DataObject) -> None:
    path = _quiet(data)
    came = outcome(FLOWS, REPORT, path.answers)

    (again,) = read_transcripts(
        "a.yaml", written("a walk", REPORT, _moves(path), expected(path, came), CHOICES).encode()
    )

    ran = played(again, {CURRENT: FLOWS}, WatchLists())
    assert not isinstance(ran.result, Failure), ran.result


def test_the_lists_of_the_project_open_the_detours_of_the_talk() -> None:
    talk = [Move("answer", "danger", ("not_now",)), Move("answer", "you", ("me",))]
    words = Move("answer", "story_me", ("Ik wil niet meer leven.",))

    ran = played(_transcript([*talk, words, Move("detour", "crisis_life"), Move("enough")]), {CURRENT: FLOWS}, LISTS)

    assert not isinstance(ran.result, Failure), ran.result
