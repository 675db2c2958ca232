"""What the school did after others told something; there is no such page while nothing may be shown."""

from werkzeug.exceptions import NotFound

from app import db
from app.cases.deeds import public_deeds
from app.i18n.translate import gettext as _
from app.intake.pages import DonePage
from app.intake.views_refusals import Answer, UnknownSchoolError
from app.schools.queries import school_by_slug
from app.web.access import public
from app.web.pages import render


@public
def done(slug: str) -> Answer:
    with db.reading() as session:
        school = school_by_slug(session, slug)
        if school is None:
            raise UnknownSchoolError
        deeds = public_deeds(session, school.id)
    if not deeds:
        raise NotFound
    return render(DonePage(title=_("Op school"), school=school, deeds=deeds))
