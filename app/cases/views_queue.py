"""The queue and the fold."""

from collections.abc import Callable
from typing import TypeVar

from flask import redirect, request, url_for
from werkzeug.exceptions import NotFound

from app import db
from app.accounts.access import require
from app.accounts.roles import Role
from app.cases import services
from app.cases.at_desk import Answer, at_desk
from app.cases.desk_warnings import warnings_for
from app.cases.folded import Fold, FoldCursor, fold_of, folded_cases
from app.cases.pages import FoldPage, QueuePage
from app.cases.queries import Cursor, CursorError, waiting_cases, withdrawn_cases
from app.i18n.translate import gettext as _
from app.web.pages import render

Row = TypeVar("Row")


@require(Role.ADVISER)
def queue() -> Answer:
    after = _after(Cursor.parse)
    with at_desk(db.reading) as (session, desk):
        found = waiting_cases(session, desk, after)
        fold, withdrawn = (Fold(), ()) if after else (fold_of(session, desk), withdrawn_cases(session, desk))
        warnings = () if after else warnings_for(session, desk)
    return render(
        QueuePage(
            title=_("Meldingen"),
            queue=found,
            is_first_page=after is None,
            fold=fold,
            withdrawn=withdrawn,
            warnings=warnings,
        )
    )


@require(Role.ADVISER)
def folded() -> Answer:
    after = _after(FoldCursor.parse)
    with at_desk(db.reading) as (session, desk):
        found = folded_cases(session, desk, after)
    title = _("Meldingen die vlak na elkaar kwamen")
    return render(FoldPage(title=title, folded=found, is_first_page=after is None))


@require(Role.ADVISER)
def unfold(case_id: str) -> Answer:
    with at_desk() as (session, desk):
        services.unfold(session, desk, case_id)
    return redirect(url_for("cases.folded"), 303)


def _after(parse: Callable[[str], Row]) -> Row | None:
    """Return after which row the page that was asked for begins; None for the first."""
    text = request.args.get("after")
    try:
        return parse(text) if text else None
    except CursorError:
        raise NotFound from None
