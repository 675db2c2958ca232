"""Walking through the talk without telling anything: every answer so far stands in the address, as a code."""

from flask import request

from app import db
from app.accounts.access import require
from app.accounts.roles import PREVIEWERS
from app.flows.engine import Outcome, Path, outcome, replay, skip_rest
from app.flows.model import SKIP
from app.i18n.translate import gettext as _
from app.talks.pages import Ending, Frame, TryPage
from app.talks.preview import Bubble, Question, Tongue, bubbles_of, question_of
from app.talks.preview_answers import (
    Given,
    Ground,
    answers_of,
    as_test,
    given_of,
    pairs_of,
    read_pairs,
    receivers,
    step_called,
)
from app.talks.queries import MAIN
from app.talks.views_shared import Scene, frame_of, ground_of, school_of, student_view, tongue_of, try_address
from app.talks.wording import fact_labels, role_labels
from app.web.pages import render

ASKED = "asked"
"""Names the question whose form was sent, to tell an empty answer from none."""


@require(*PREVIEWERS)
def try_out() -> str:
    with db.reading() as session:
        school = school_of(session)
        ground, tongue = ground_of(session, school), tongue_of(school)
        given = _given(ground)
        path = replay(ground.flows, MAIN, answers_of(given, ground))
        frame = frame_of(session, tongue, tuple(("a", pair) for pair in pairs_of(given)))
        student = student_view(session, tongue, _scene(path, given, ground, (tongue, frame)))
    is_empty = path.current is not None and path.current.id == request.args.get(ASKED)
    title = _("Probeer het gesprek uit")
    page = TryPage(
        title=_("Fout: %(title)s", title=title) if is_empty else title,
        frame=frame,
        student=student,
        ending=None if path.current else _ending(path, given, ground),
        start_href=try_address({}, frame.kept),
        enough_href=_enough(path, ground, frame),
        errors=(("asked", _("Kies een antwoord. Twijfel je? Kies wat er het meest op lijkt.")),) if is_empty else (),
    )
    return render(page)


def _given(ground: Ground) -> Given:
    """Return what the address answers; a form that was sent without a choice skips its question where that may be."""
    given = read_pairs(request.args.getlist("a"))
    asked = request.args.get(ASKED, "")
    step = step_called(asked, ground.flows)
    if step and asked not in given and SKIP in step.constants:
        given[asked] = (SKIP,)
    kept = answers_of(given, ground)
    return {step_id: codes for step_id, codes in given.items() if step_id in kept}


def _scene(path: Path, given: Given, ground: Ground, around: tuple[Tongue, Frame]) -> Scene:
    tongue, frame = around
    bubbles = bubbles_of(path, given, tongue, ground.places)
    end = ground.flows.flows[MAIN].end
    if not path.current and end:
        bubbles = (*bubbles, Bubble(is_told=False, pieces=(tongue.say(end),), step_id=""))
    return Scene(
        bubbles=bubbles,
        question=_question(path, tongue, ground),
        action=frame.action,
        carried=(*frame.kept.items(), *(("a", pair) for pair in pairs_of(given))),
        again={
            each.id: try_address({step_id: codes for step_id, codes in given.items() if step_id != each.id}, frame.kept)
            for each in path.questions
            if each.values is not None
        },
    )


def _question(path: Path, tongue: Tongue, ground: Ground) -> Question | None:
    now = path.current
    return question_of(now.step, now.id, tongue, ground.places) if now else None


def _enough(path: Path, ground: Ground, frame: Frame) -> str:
    """Return the address where all that is left has been skipped; nothing when a question must be answered first."""
    rest = skip_rest(ground.flows, MAIN, path.answers) if path.current else None
    return try_address(given_of(rest, ground), frame.kept) if rest else ""


def _ending(path: Path, given: Given, ground: Ground) -> Ending:
    came: Outcome = outcome(ground.flows, MAIN, path.answers)
    return Ending(
        categories=tuple(fact_labels("category", list(came.categories))),
        urgency=fact_labels("urgency", came.urgency)[0],
        receivers=role_labels(receivers(came)),
        topics=tuple(fact_labels("watch", sorted(came.watch))),
        detours=tuple(_(ground.flows.flows[flow_id].title) for flow_id in path.detours),
        help_ids=came.help_ids,
        test=as_test(_("Een uitgeprobeerd gesprek"), path, given, came),
    )
