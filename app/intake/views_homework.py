"""The words of the code as a sheet to print that looks like homework, as long as the code can be seen."""

from flask import redirect, url_for
from flask import session as browser

from app import db
from app.i18n.translate import gettext as _
from app.intake.homework import code_words, shown_code
from app.intake.pages import HomeworkPage
from app.intake.views_refusals import Answer, UnknownSchoolError
from app.schools.queries import school_by_slug
from app.web.access import public
from app.web.pages import render


@public
def words(slug: str) -> Answer:
    with db.reading() as session:
        school = school_by_slug(session, slug)
        if school is None:
            raise UnknownSchoolError
        talk = shown_code(session, browser.get("talks", {}).get(slug), school)
    if talk is None:
        return redirect(url_for("intake.school_page", slug=slug), 303)
    spelled, tag = code_words(talk)
    return render(HomeworkPage(title=_("Woordjes"), words=spelled, words_language=tag))
