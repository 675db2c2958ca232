"""What can be done on the way to the end of a talk: enough, strike out, blur, send."""

from collections.abc import Callable
from contextlib import suppress

from flask import redirect, url_for
from flask import session as browser
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import db
from app.i18n.translate import archived
from app.i18n.translate import gettext as _
from app.intake import sending, services
from app.intake.forms import TalkForm
from app.intake.judging import TooLongNowError
from app.intake.rules import NoReaderError, Talk
from app.intake.running import Running, resume, texts_for
from app.intake.show_review import review_page
from app.intake.views_refusals import Answer
from app.schools.queries import SchoolInfo
from app.vault.errors import BusyError

READERS, GUESSES = "readers", "guesses"
"""Ids of parts of the review."""


def token_for(slug: str) -> str:
    """Return the token of the talk that this browser holds at a school; empty when it holds none."""
    token: str = browser.get("talks", {}).get(slug, "")
    return token


def back_to(school: SchoolInfo, part: str | None = None) -> Response:
    """Lead to the page of the talk, to its *part* (an id) when only that changed."""
    return redirect(url_for("intake.school_page", slug=school.slug, _anchor=part), 303)


def act(school: SchoolInfo, change: Callable[[Session, str, Running, str], Talk], named: str) -> None:
    """Change the talk by a service that is told one thing, such as a step or a person."""
    token = token_for(school.slug)
    with db.transaction() as session:
        change(session, token, resume(session, token, school.id, lock=True), named)


def _strike(school: SchoolInfo, form: TalkForm) -> Answer:
    act(school, services.strike, form.person.data or "")
    return back_to(school, READERS)


def _unstrike(school: SchoolInfo, form: TalkForm) -> Answer:
    act(school, services.put_back, form.person.data or "")
    return back_to(school, READERS)


def _blur(school: SchoolInfo, form: TalkForm) -> Answer:
    token, wanted = token_for(school.slug), (form.step.data or "", form.mark.data or "")
    with db.transaction() as session:
        running = resume(session, token, school.id, lock=True)
        services.blur(session, token, running, school, wanted)
    return back_to(school, GUESSES)


def _send(school: SchoolInfo, form: TalkForm) -> Answer:
    try:
        sending.send(token_for(school.slug), school, form)
    except sending.ReadersChangedError:
        wrong = _("Intussen is veranderd wie dit leest. Kijk nog eens bij “Wie leest dit?” en tik dan op Versturen.")
        return _not_sent(school, wrong, 409)
    except sending.ParentWithdrawnError:
        wrong = _("Je hebt intussen ingetrokken wat je eerder vertelde. Lees bij “Wie leest dit?” wat dat betekent.")
        return _not_sent(school, wrong, 409)
    except TooLongNowError:
        wrong = _(
            "Er komt vandaag heel veel binnen, daarom past er nu minder tekst in. Maak je tekst korter: de rest kun je "
            "later schrijven, met je code. Wil je nu meteen met iemand praten? Kijk bij de telefoonnummers hieronder."
        )
        return _not_sent(school, wrong, 422, helped=True)
    except (services.ElsewhereError, NoReaderError):
        pass  # The page that follows asks the open question, or says that nobody is left.
    return back_to(school)


def _make_code(school: SchoolInfo, _form: TalkForm) -> Answer:
    # Busy still: the page that follows says so and asks again. It is no error, for the report has arrived.
    with suppress(BusyError):
        sending.make_code(token_for(school.slug), school)
    return back_to(school)


def _not_sent(school: SchoolInfo, wrong: str, status: int, *, helped: bool = False) -> Answer:
    with db.reading() as session:
        running = resume(session, token_for(school.slug), school.id)
        if running.talk.is_sent:  # A second tap waited in vain while the first one was sent.
            return back_to(school)
        with archived(texts_for(session, running)):
            return review_page(session, running, school, errors=(("send", wrong),), is_helped=helped), status


REVIEW_ACTIONS: dict[str, Callable[[SchoolInfo, TalkForm], Answer]] = {
    "strike": _strike,
    "unstrike": _unstrike,
    "blur": _blur,
    "send": _send,
    "code": _make_code,
}
