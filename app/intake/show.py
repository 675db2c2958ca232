"""Builds the pages of a running talk from its state, except the review and the code; reads only."""

from sqlalchemy.orm import Session

from app.accounts.queries import readers_of
from app.cases.wording import Labels
from app.flows.engine import AnswerError, Path, PathStep, skip_rest
from app.flows.model import Step
from app.i18n.translate import gettext as _
from app.intake import services
from app.intake.pages import Errors, StepPage
from app.intake.progress import progress_of
from app.intake.rules import can_pause, has_told, shown_step
from app.intake.running import Running
from app.intake.transcript import Bubble, bubbles_of, folded, fresh_bubbles, question_of
from app.referrals.cards import Card
from app.referrals.queries import cards_by_id
from app.schools.queries import places_of
from app.web.forms import MAX_TEXT
from app.web.pages import render

FIRST_HELP = ("kindertelefoon", "112", "113", "veilig-thuis")
"""Who can be reached at once by everybody."""


def step_page(
    session: Session, running: Running, step_id: str | None = None, *, errors: Errors = (), typed: str | None = None
) -> str:
    """Render the open question, or *step_id* again with what was wrong and what was typed.

    Raises: ElsewhereError when no question is open.
    """
    shown = (running.path.find(step_id) if step_id else None) or shown_step(running.talk, running.path)
    if shown is None:
        raise services.ElsewhereError
    labels = labels_of(session, running.talk.school_id, running.path)
    folded_bubbles, open_bubbles = _in_view(running, shown, labels)
    rest = skip_rest(running.flows, running.talk.flow_id, running.talk.answers)
    number, about = progress_of(running, shown.id, rest)
    page = StepPage(
        title=_title(number, errors),
        folded=folded_bubbles,
        open_bubbles=open_bubbles,
        question=question_of(shown, labels),
        cards=cards_in(session, open_bubbles),
        number=number,
        about=about,
        can_finish=rest is not None and has_told(running.path),
        **_ways(running, shown),
        is_moved=running.talk.is_moved,
        errors=errors,
        typed=typed,
    )
    return render(page)


def _ways(running: Running, shown: PathStep) -> dict[str, bool]:
    """Return which ways beside answering lead on from *shown*."""
    return {
        "can_go_back": running.path.before(shown.id) is not None,
        "can_pause": can_pause(running.talk, running.path),
    }


def _in_view(running: Running, shown: PathStep, labels: Labels) -> tuple[tuple[Bubble, ...], tuple[Bubble, ...]]:
    hidden, in_view = folded(bubbles_of(running.path, shown, labels))
    said = {bubble.text for bubble in in_view}
    fresh = fresh_bubbles(running.path, running.talk.fresh)
    return hidden, (*(bubble for bubble in fresh if bubble.text not in said), *in_view)


def _title(number: int, errors: Errors) -> str:
    title = _("Vraag %(number)s", number=number)
    return _("Fout: %(title)s", title=title) if errors else title


def cards_in(session: Session, bubbles: tuple[Bubble, ...]) -> dict[str, Card]:
    """Return the cards that stand below *bubbles*, by their ids."""
    ids = [service for bubble in bubbles for service in bubble.help_ids]
    return {card.id: card for card in cards_by_id(session, ids)}


def labels_of(session: Session, school_id: str, path: Path) -> Labels:
    """Return the school's places and readers by their codes, in the present language, where *path* asks for them."""
    kinds = {place.step.kind for place in path.steps}
    places = places_of(session, school_id) if "place" in kinds else ()
    people = readers_of(session, school_id) if "person" in kinds else ()
    return Labels(
        places={place.code: place.label for place in places},
        people={reader.person_id: reader.name for reader in people},
    )


def answer_error_text(error: AnswerError, step: Step) -> str:
    """Say what is wrong with an answer to *step* and how to mend it."""
    if step.kind == "date" and error.reason in ("foreign", "too_many"):
        return _("Kies een dag die al geweest is, en niet langer dan twee jaar geleden.")
    return {
        "required": _("Kies een antwoord. Twijfel je? Kies wat er het meest op lijkt."),
        "foreign": _("Dit antwoord hoort niet bij deze vraag. Kies een van de antwoorden hieronder."),
        "too_many": _("Er kwamen twee antwoorden op deze vraag. Kies er een."),
        "too_long": _("Je tekst is te lang. Er passen %(most)s tekens in. Maak hem korter.", most=MAX_TEXT),
        "unstorable": _("In je tekst staat een teken dat we niet kunnen bewaren. Typ dat stukje opnieuw."),
    }[error.reason]
