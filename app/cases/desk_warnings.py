"""What an adviser should know when he comes to his desk, apart from cases: keys at risk, mail that does not arrive."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts.key_events import Signer
from app.accounts.key_risks import risks_at
from app.accounts.key_wording import risk_label
from app.cases.desk import Desk
from app.cases.exporting import waiting_copies
from app.i18n.formats import format_date
from app.i18n.translate import gettext as _
from app.notifications.reaching import reach_of
from app.schools.queries import is_training, school_by_id


@dataclass(frozen=True)
class DeskWarning:
    """A sentence, and the page where he can do something about it."""

    text: str
    href: str
    label: str
    """Words of the link."""


def warnings_for(session: Session, desk: Desk) -> tuple[DeskWarning, ...]:
    """Return what is wrong apart from cases, the gravest first; usually nothing."""
    return (*_of_keys(session, desk), *_of_mail(session, desk), *_of_copies(session, desk))


def _of_mail(session: Session, desk: Desk) -> Iterator[DeskWarning]:
    since = reach_of(session, desk.person_id).failing_since
    if since is not None:
        day = format_date(since)
        text = _(
            "Sinds %(day)s komt er geen mail van Vertel bij je aan. Kijk zelf vaker of er iets nieuws is.", day=day
        )
        yield DeskWarning(text, "/staff/account#mail", _("Bekijk dit bij je account"))


def _of_copies(session: Session, desk: Desk) -> Iterator[DeskWarning]:
    """Give each copy that waits for this adviser: to be allowed, or to be fetched."""
    for case_id, asked_by in waiting_copies(session, desk):
        text = (
            _("%(name)s vraagt of er een kopie mag komen van een melding die jij ook leest.", name=asked_by)
            if asked_by
            else _("De kopie die je vroeg, is goedgevonden. Je kunt haar een keer ophalen.")
        )
        yield DeskWarning(text, f"/staff/cases/{case_id}/copies", _("Naar de kopie"))


def _of_keys(session: Session, desk: Desk) -> Iterator[DeskWarning]:
    """Give the gravest risk of each school; its page of keys names the others. Practice has no keys to lose."""
    for school_id in desk.school_ids:
        if is_training(session, school_id):
            continue
        school = school_by_id(session, school_id)
        risks = risks_at(session, school_id, Signer(desk.person_id, desk.pair))
        if school and risks:
            yield DeskWarning(risk_label(risks[0]), f"/staff/keys?school={school.slug}", _("Naar de sleutels"))
