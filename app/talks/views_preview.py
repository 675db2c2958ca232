"""The whole talk as a table, and one step as a student sees it."""

from collections.abc import Mapping
from typing import Any

from flask import abort, url_for

from app import db
from app.accounts.access import require
from app.accounts.roles import PREVIEWERS
from app.flows.model import SKIP, Flow, Step
from app.flows.reachability import witness
from app.i18n.formats import format_list
from app.i18n.translate import gettext as _
from app.talks.library import library
from app.talks.pages import OneStepPage, TalkPage
from app.talks.preview import Tongue, question_of, said
from app.talks.preview_answers import SAMPLES, Given, Ground, given_of, step_called
from app.talks.preview_table import decisions_of, row_of, tables_of
from app.talks.queries import MAIN
from app.talks.views_shared import (
    Scene,
    frame_of,
    ground_of,
    missing_mark,
    school_of,
    student_view,
    tongue_of,
    try_address,
)
from app.talks.wording import code_label, step_name
from app.web.pages import render


@require(*PREVIEWERS)
def talk() -> str:
    with db.reading() as session:
        school = school_of(session)
        ground, tongue = ground_of(session, school), tongue_of(school)
        frame = frame_of(session, tongue)
    tables = tables_of(ground.flows, tongue)
    page = TalkPage(
        title=_("Het gesprek van %(school)s", school=school.name) if school else _("Het gesprek"),
        frame=frame,
        tables=tables,
        decisions=decisions_of(ground.flows.flows[MAIN]),
        mark=missing_mark(),
        missing=len({piece.text for table in tables for piece in table.pieces if piece.is_missing}),
        faults=library().faults,
    )
    return render(page)


@require(*PREVIEWERS)
def step(flow: str, step: str) -> str:
    with db.reading() as session:
        school = school_of(session)
        ground, tongue = ground_of(session, school), tongue_of(school)
        found = ground.flows.flows.get(flow)
        if found is None or step not in found.steps:
            abort(404)
        student = student_view(session, tongue, _scene(found.steps[step], tongue, ground))
        frame = frame_of(session, tongue)
    step_id = step if flow == MAIN else f"{flow}.{step}"
    answers = witness(ground.flows, MAIN, step_id)
    given = given_of(answers or {}, ground)
    before, after = (_beside(found, step, by, frame.kept) for by in (-1, 1))
    page = OneStepPage(
        title=_("%(talk)s: %(step)s", talk=_(found.title), step=step_name(found.steps[step])),
        frame=frame,
        row=row_of(found, found.steps[step], ground.flows, tongue),
        student=student,
        before=before,
        after=after,
        way=None if answers is None else _told(given, ground),
        is_more_skipped=(SKIP,) in given.values(),
        try_href=try_address(given, frame.kept),
    )
    return render(page)


def _scene(step: Step, tongue: Tongue, ground: Ground) -> Scene:
    question = question_of(step, step.id, tongue, ground.places) if step.is_question else None
    return Scene(bubbles=said(step, step.id, tongue), question=question)


def _beside(flow: Flow, step_id: str, by: int, kept: Mapping[str, Any]) -> str:
    ids = list(flow.steps)
    place = ids.index(step_id) + by
    return url_for("talks.step", flow=flow.id, step=ids[place], **kept) if 0 <= place < len(ids) else ""


def _told(given: Given, ground: Ground) -> tuple[tuple[str, str], ...]:
    """Return questions with their answers in words; those that are skipped are left out."""
    steps = [(step_called(step_id, ground.flows), codes) for step_id, codes in given.items()]
    return tuple(
        (step_name(step), format_list(_label(step, code) for code in codes))
        for step, codes in steps
        if step and codes != (SKIP,)
    )


def _label(step: Step, code: str) -> str:
    return SAMPLES.get(code, code) if step.kind == "text" else code_label(step, code)
