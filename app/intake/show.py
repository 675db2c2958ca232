"""Builds the pages of a running talk from its state; reads only."""

from sqlalchemy.orm import Session

from app import clock
from app.accounts.queries import Reader, readers_of
from app.cases.wording import AnswerLine, Labels, answer_line
from app.flows.engine import AnswerError, Path
from app.i18n.translate import current
from app.i18n.translate import gettext as _
from app.intake import services
from app.intake.pages import CodePage, Errors, ReviewPage, StepPage
from app.intake.rules import CODE_LANGUAGES, FLOW, NoReaderError, Talk, mark_of, readers_for, shown_step
from app.intake.transcript import Bubble, bubbles_of, folded, progress_of, question_of
from app.referrals.cards import Card
from app.referrals.queries import cards_by_id
from app.schools.queries import holidays_of, places_of
from app.schools.rules import promised_day
from app.vault.codes import parse_code
from app.web.forms import MAX_TEXT
from app.web.pages import render

NO_READER_HELP = ("vertrouwensinspecteur", "kindertelefoon", "kinderombudsman")


def step_page(
    session: Session, talk: Talk, step_id: str | None = None, *, errors: Errors = (), typed: str | None = None
) -> str:
    """Render the open question, or *step_id* again with what was wrong and what was typed.

    Raises: ElsewhereError when no question is open.
    """
    path = services.path_of(talk)
    shown = (path.find(step_id) if step_id else None) or shown_step(talk, path)
    if shown is None:
        raise services.ElsewhereError
    labels = labels_of(session, talk.school_id, path)
    folded_bubbles, open_bubbles = folded(bubbles_of(path, shown, labels))
    number, about = progress_of(path, shown, _usual_length())
    title = _("Vraag %(number)s", number=number)
    page = StepPage(
        title=_("Fout: %(title)s", title=title) if errors else title,
        folded=folded_bubbles,
        open_bubbles=open_bubbles,
        question=question_of(shown, labels),
        cards=_cards_in(session, open_bubbles),
        number=number,
        about=about,
        can_go_back=path.before(shown.id) is not None,
        errors=errors,
        typed=typed,
    )
    return render(page)


def _cards_in(session: Session, bubbles: tuple[Bubble, ...]) -> dict[str, Card]:
    ids = [service for bubble in bubbles for service in bubble.help_ids]
    return {card.id: card for card in cards_by_id(session, ids)}


def _usual_length() -> int:
    steps = services.flows().flows[FLOW].steps.values()
    return sum(1 for step in steps if step.ask and step.only_if is None)


def review_page(session: Session, talk: Talk, *, errors: Errors = ()) -> str:
    """Render everything once more before sending.

    Raises: ElsewhereError when a question is open.
    """
    prepared = services.prepare(talk)
    if prepared is None:
        raise services.ElsewhereError
    result, readers = prepared.outcome, _readers(session, prepared)
    urgent = result.urgency == "now"
    page = ReviewPage(
        title=_("Alles nog eens lezen"),
        lines=_lines(prepared, labels_of(session, talk.school_id, prepared.path)),
        readers=readers,
        readers_mark=mark_of(readers),
        is_urgent=urgent,
        is_rerouted=any(reader.kind not in result.to for reader in readers),
        promised_on=promised_day(clock.today(), urgent, holidays_of(session, talk.school_id)),
        cards=() if readers else cards_by_id(session, NO_READER_HELP),
        errors=errors,
    )
    return render(page)


def _readers(session: Session, prepared: services.Prepared) -> tuple[Reader, ...]:
    """Return who will read the talk; nobody when everybody who could is somebody it is about."""
    try:
        return readers_for(prepared.outcome, readers_of(session, prepared.talk.school_id))
    except NoReaderError:
        return ()


def _lines(prepared: services.Prepared, labels: Labels) -> tuple[tuple[str, AnswerLine], ...]:
    asked = [place for place in prepared.path.questions if place.values is not None]
    return tuple((place.id, answer_line(place, labels)) for place in asked)


def code_page(session: Session, talk: Talk, *, errors: Errors = ()) -> str:
    """Render the code with one word of it asked back, and help that fits the talk that was sent."""
    code = parse_code(talk.code_number)
    tag = current().tag if current().tag in CODE_LANGUAGES else CODE_LANGUAGES[0]
    page = CodePage(
        title=_("Bewaar je code"),
        words=code.words(tag),
        words_language=tag,
        digits=code.digits,
        asked_word=talk.asked_word + 1,
        is_code_kept=talk.is_code_kept,
        cards=cards_by_id(session, talk.help_ids),
        errors=errors,
    )
    return render(page)


def labels_of(session: Session, school_id: str, path: Path) -> Labels:
    """Return the school's places and readers by their codes, in the present language, where *path* asks for them."""
    kinds = {place.step.kind for place in path.steps}
    places = places_of(session, school_id) if "place" in kinds else ()
    people = readers_of(session, school_id) if "person" in kinds else ()
    return Labels(
        places={place.code: place.label for place in places},
        people={reader.person_id: reader.name for reader in people},
    )


def answer_error_text(error: AnswerError) -> str:
    """Say what is wrong with an answer and how to mend it."""
    return {
        "required": _("Kies een antwoord. Twijfel je? Kies wat er het meest op lijkt."),
        "foreign": _("Dit antwoord hoort niet bij deze vraag. Kies een van de antwoorden hieronder."),
        "too_many": _("Er kwamen twee antwoorden op deze vraag. Kies er een."),
        "too_long": _("Je tekst is te lang. Er passen %(most)s tekens in. Maak hem korter.", most=MAX_TEXT),
        "unstorable": _("In je tekst staat een teken dat we niet kunnen bewaren. Typ dat stukje opnieuw."),
    }[error.reason]


def word_error_text() -> str:
    """Say that the word typed back is another one, and how to go on."""
    return _("Dit is niet het woord dat we vroegen. Kijk nog eens naar je code hierboven en probeer het opnieuw.")
