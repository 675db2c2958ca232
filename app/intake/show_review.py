"""Builds the review: everything once more, what could be guessed from it, who reads it and when; reads only."""

from typing import Any

from sqlalchemy.orm import Session

from app.accounts.queries import Reader
from app.cases.wording import AnswerLine, Labels, answer_line
from app.i18n.translate import gettext as _
from app.intake import services
from app.intake.arrival import arrival_text
from app.intake.guesses import MOST_SHOWN, Guess, guesses_in, surroundings_of
from app.intake.pages import Errors, ReviewPage
from app.intake.rules import NoReaderError, Team, at_once, can_pause, own_words, readers_for
from app.intake.running import Running
from app.intake.sending import Prepared, follows_withdrawn, prepare, promised, review_mark, team_of
from app.intake.show import FIRST_HELP, cards_in, labels_of
from app.intake.transcript import Bubble, fresh_bubbles
from app.referrals.cards import Card
from app.referrals.queries import cards_by_id
from app.schools.queries import SchoolInfo
from app.talks.library import library
from app.web.pages import render

NO_READER_HELP = ("vertrouwensinspecteur", "kindertelefoon", "kinderombudsman")


def review_page(
    session: Session, running: Running, school: SchoolInfo, *, errors: Errors = (), is_helped: bool = False
) -> str:
    """Render everything once more before sending; *is_helped* shows who can be reached at once, when it was not sent.

    Raises: ElsewhereError when a question is open.
    """
    prepared = prepare(running)
    if prepared is None:
        raise services.ElsewhereError
    team = team_of(session, running.talk)
    readers = _readers(prepared, team)
    guesses = _guesses(running, school, team.available, readers)
    fresh = (*_first_help(is_helped), *fresh_bubbles(running.path, running.talk.fresh))
    page = ReviewPage(
        title=_("Alles nog eens lezen"),
        fresh=fresh,
        fresh_cards=cards_in(session, fresh),
        lines=_lines(running, labels_of(session, school.id, running.path)),
        has_own_words=bool(own_words(running.path)),
        guesses=guesses[:MOST_SHOWN],
        more_guesses=max(0, len(guesses) - MOST_SHOWN),
        readers=readers,
        struck=_struck(prepared, team.available),
        is_moved=running.talk.is_moved,
        errors=errors,
        **_sending(session, prepared, readers),
    )
    return render(page)


def _first_help(is_helped: bool) -> tuple[Bubble, ...]:
    said = _("Hier kun je nu bellen of chatten:")
    return (Bubble(who="vertel", text=said, help_ids=FIRST_HELP),) if is_helped else ()


def _sending(session: Session, prepared: Prepared, readers: tuple[Reader, ...]) -> dict[str, Any]:
    """Return when it arrives and by when there is an answer, or where else to go; and whether it can wait instead."""
    return {
        "readers_mark": review_mark(session, prepared.running.talk, readers),
        "follows_withdrawn": follows_withdrawn(session, prepared.running.talk),
        "is_urgent": prepared.is_urgent,
        "is_rerouted": any(reader.kind not in prepared.outcome.to for reader in at_once(readers)),
        "arrival": arrival_text(),
        "promised_on": promised(session, prepared, readers),
        "can_pause": can_pause(prepared.running.talk, prepared.running.path),
        "cards": () if readers else _help_outside(session, prepared),
    }


def _readers(prepared: Prepared, team: Team) -> tuple[Reader, ...]:
    """Return who will read the talk; nobody when everybody who could is somebody it is about, or was struck out."""
    try:
        return readers_for(prepared.outcome, team, prepared.running.talk.struck)
    except NoReaderError:
        return ()


def _help_outside(session: Session, prepared: Prepared) -> tuple[Card, ...]:
    return cards_by_id(session, dict.fromkeys((*prepared.outcome.help_ids, *NO_READER_HELP)))


def _struck(prepared: Prepared, available: tuple[Reader, ...]) -> tuple[Reader, ...]:
    """Return whom the student struck out and could put back; never somebody whom the talk is about."""
    struck = set(prepared.running.talk.struck) - prepared.outcome.excluded
    return tuple(reader for reader in available if reader.person_id in struck)


def _guesses(
    running: Running, school: SchoolInfo, available: tuple[Reader, ...], readers: tuple[Reader, ...]
) -> tuple[Guess, ...]:
    surroundings = surroundings_of(school, available)
    return guesses_in(own_words(running.path), library().packs, surroundings, readers)


def _lines(running: Running, labels: Labels) -> tuple[tuple[str, AnswerLine], ...]:
    asked = [place for place in running.path.questions if place.values is not None]
    return tuple((place.id, answer_line(place, labels)) for place in asked)
