"""What the buttons about another code do; each gives an answer to a post of the conversation."""

from flask import redirect, request, url_for
from flask import session as browser
from werkzeug.wrappers import Response

from app import db
from app.cases.opening import CodeTakenError
from app.i18n.translate import gettext as _
from app.intake import new_code, visits
from app.intake.forms import VisitForm
from app.intake.show_code import word_error_text
from app.intake.show_new_code import new_code_page
from app.intake.views_refusals import Answer
from app.vault.errors import BusyError
from app.web.forms import MAX_TEXT


def offer(form: VisitForm) -> Answer:
    with db.transaction() as session:
        access = visits.look_at(session, _token(), form.thread.data or "")
        text = (form.text.data or "")[:MAX_TEXT]
        visits.note(session, _token(), drafts=visits.drafts_with(session, _token(), access.case_id, text))
        new_code.offer(session, _token())
    return _back()


def keep(_form: VisitForm) -> Answer:
    with db.transaction() as session:
        new_code.keep_old(session, _token())
    return _back()


def take(_form: VisitForm) -> Answer:
    try:
        new_code.take(_token(), request.form.get("word", ""), browser.get("talks", {}))
    except new_code.WrongWordError:
        return _refused(word_error_text(), 422)
    except CodeTakenError:
        return _refused(_("Deze code kon niet. Hierboven staat een andere, schrijf die op."), 409)
    except BusyError as error:
        wrong = _("Het is nu erg druk. Je oude code werkt nog. Probeer het zo nog een keer.")
        page, status = _refused(wrong, 503)
        return page, status, {"Retry-After": str(error.retry_after_seconds)}
    return _back()


def _refused(wrong: str, status: int) -> tuple[str, int]:
    return new_code_page((("answer", wrong),)) or "", status


def _token() -> str:
    token: str = browser.get("visit", "")
    return token


def _back() -> Response:
    return redirect(url_for("intake.come_back", _anchor="now"), 303)
