"""What a school's manager sees of the desk: which part of the promised answers came in time, and whether mail works."""

from app import db
from app.accounts.access import require
from app.accounts.own_school import own_school
from app.accounts.roles import Role
from app.cases.at_desk import Answer
from app.cases.pages import PromisesPage
from app.cases.promises import FEWEST_SHOWN
from app.cases.promising import shares_of
from app.i18n.translate import gettext as _
from app.notifications.self_test import problems
from app.notifications.wording import problem_text
from app.web.pages import render


@require(Role.MANAGER)
def promises() -> Answer:
    with db.reading() as session:
        school = own_school(session, Role.MANAGER)
        shares, wrong = shares_of(session, school.id), problems(session)
    return render(
        PromisesPage(
            title=_("Op tijd geantwoord"),
            school=school.name,
            shares=shares,
            fewest=FEWEST_SHOWN,
            problems=tuple(problem_text(check) for check in wrong),
        )
    )
