"""Question n of about m: true for who skips the rest, and never less than what was asked."""

from pathlib import Path

import pytest

from app.flows.engine import skip_rest
from app.flows.loader import load_flows
from app.flows.model import FlowSet
from app.intake.progress import progress_of
from app.intake.rules import Talk
from app.intake.running import Running

TALK = """
flow: report
title: Talk
steps:
  {first}
  who:
    ask: Wie?
    label: Wie
    chips: {{me: Ik, you: Jij}}
  when_me:
    only_if: {{who: me}}
    ask: Wanneer?
    label: Wanneer
    chips: {{now: Nu, then: Toen}}
  where_me:
    only_if: {{who: me}}
    ask: Waar?
    label: Waar
    chips: {{here: Hier, there: Daar}}
  done:
    ask: Klaar?
    label: Klaar
    chips: {{good: Ja, bad: Nee}}
routes: [{{to: [internal], else_to: [external]}}]
"""
MUST = "danger: {ask: Gevaar?, label: Gevaar, required: true, chips: {soon: Ja, later: Nee}, detour: {soon: aside}}"
TWICE = f"{MUST}\n  sure: {{ask: Zeker?, label: Zeker, required: true, chips: {{fine: Ja, other: Nee}}}}"
ASIDE = "flow: aside\ntitle: Aside\nsteps:\n  call: {ask: Bellen?, label: Bellen, chips: {called: Ja, no_call: Nee}}\n"


def talk(folder: Path, first: str = "") -> FlowSet:
    (folder / "report.yaml").write_text(TALK.format(first=first))
    if first:
        (folder / "aside.yaml").write_text(ASIDE)
    return load_flows(folder)


def progress(flows: FlowSet, shown: str, **answers: str) -> tuple[int, int]:
    given = {step.replace("__", "."): (value,) for step, value in answers.items()}
    talk_told = Talk(school_id="", submit_id="", code_number="", answers=given)
    return progress_of(Running(talk_told, flows), shown, skip_rest(flows, "report", given))


def test_questions_that_only_follow_from_an_answer_do_not_count_before_it(tmp_path: Path) -> None:
    assert progress(talk(tmp_path), "who") == (1, 2)


def test_questions_that_follow_from_an_answer_count_once_it_is_given(tmp_path: Path) -> None:
    flows = talk(tmp_path)

    assert progress(flows, "when_me", who="me") == (2, 4)
    assert progress(flows, "done", who="you") == (2, 2)


@pytest.mark.parametrize("shown", ["who", "when_me"])
def test_a_question_that_is_changed_keeps_its_number(tmp_path: Path, shown: str) -> None:
    answers = {"who": "me", "when_me": "now", "where_me": "here", "done": "good"}

    assert progress(talk(tmp_path), shown, **answers) == (["who", "when_me"].index(shown) + 1, 4)


def test_a_required_question_counts_with_the_shortest_way_on(tmp_path: Path) -> None:
    assert progress(talk(tmp_path, MUST), "danger") == (1, 3)


def test_a_detour_counts_once_it_is_met(tmp_path: Path) -> None:
    flows = talk(tmp_path, MUST)

    assert progress(flows, "aside.call", danger="soon") == (2, 4)
    assert progress(flows, "who", danger="soon", aside__call="_skip") == (3, 4)


def test_with_more_than_one_required_question_open_it_is_never_below_what_was_asked(tmp_path: Path) -> None:
    flows = talk(tmp_path, TWICE)

    assert progress(flows, "danger") == (1, 1)
    assert progress(flows, "sure", danger="later") == (2, 4)
