"""Coming back with the code: to a conversation, or to a talk that was put away."""

from flask import redirect, request, url_for
from flask import session as browser
from werkzeug.wrappers import Response

from app import db
from app.i18n.translate import gettext as _
from app.intake import visits
from app.intake.code_errors import code_error_text
from app.intake.forms import CodeForm
from app.intake.show_new_code import new_code_page
from app.intake.show_visit import come_back_page, conversation_page, named_school
from app.intake.views_refusals import Answer
from app.intake.views_visit import post_visit
from app.schools.queries import open_schools
from app.vault.codes import parse_code
from app.vault.errors import BusyError, CodeError
from app.web.access import public

MOST_SCHOOLS_TRIED = 5
"""A code without a school is tried at every open school, but never at more: each costs a slow derivation."""
WRONG = (CodeError, visits.UnknownCodeError, visits.OtherTalkError)


class ManySchoolsError(Exception):
    """No school was named and there are too many to try them all."""


@public
def come_back() -> Answer:
    return new_code_page() or conversation_page() or come_back_page(CodeForm(formdata=None))


@public
def post_code() -> Answer:
    return _open(CodeForm()) if "code" in request.form else post_visit()


def _open(form: CodeForm) -> Answer:
    try:
        return _let_in(_opened(form))
    except ManySchoolsError:
        return come_back_page(form, (("school", _("Kies eerst je school.")),)), 422
    except BusyError as error:
        page = come_back_page(form, (("code", _("Het is nu erg druk. Probeer het zo nog een keer.")),))
        return page, 503, {"Retry-After": str(error.retry_after_seconds)}
    except WRONG as error:
        return _refused(form, error)


def _opened(form: CodeForm) -> visits.CameBack:
    code = parse_code(form.code.data or "")
    school = named_school(form.school.data or "")
    with db.reading() as session:
        candidates = (school,) if school else open_schools(session)
    if len(candidates) > MOST_SCHOOLS_TRIED:
        raise ManySchoolsError
    return visits.come_back(code, candidates, browser.get("talks", {}), over=bool(form.over.data))


def _let_in(opened: visits.CameBack) -> Response:
    if opened.visit:
        browser["visit"] = opened.visit
        return redirect(url_for("intake.come_back"), 303)
    browser["talks"] = {**browser.get("talks", {}), opened.school.slug: opened.talk}
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        # The script changes the page but not its address, and a talk happens on the school's: this page leads there.
        return redirect(url_for("intake.come_back"), 303)
    return redirect(url_for("intake.school_page", slug=opened.school.slug), 303)


def _refused(form: CodeForm, error: Exception) -> Answer:
    school = named_school(form.school.data or "")
    if isinstance(error, visits.OtherTalkError):
        other_href = url_for("intake.school_page", slug=error.school.slug)
        wrong = _("Op dit apparaat ben je nog bezig met een ander verhaal. Dat gaat weg als je dit opent.")
        return come_back_page(form, (("code", wrong),), other_href=other_href), 409
    if isinstance(error, CodeError):
        wrong = code_error_text(error, form.code.data or "")
    elif school is None:
        wrong = _("We vinden geen gesprek bij deze code. Kijk of alle woorden of cijfers kloppen.")
    else:
        wrong = _("We vinden bij %(school)s geen gesprek met deze code. Kijk of alles klopt.", school=school.name)
    return come_back_page(form, (("code", wrong),)), 422
