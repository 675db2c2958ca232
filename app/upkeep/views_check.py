"""What needs doing, one card, and what somebody found who called or looked."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from flask import abort, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock, db
from app.accounts.access import current_person, require
from app.accounts.queries import name_of
from app.accounts.roles import Role
from app.i18n.languages import offered
from app.i18n.translate import gettext as _
from app.referrals import checks
from app.referrals.checks import Check
from app.referrals.fitting import is_stale
from app.referrals.gaps import found_nothing
from app.referrals.stored import entries, imported
from app.upkeep.forms import NumberForm
from app.upkeep.pages import Done, GapMonth, GapsPage, OverviewPage, ServicePage
from app.upkeep.todo import language_tasks, number_state, number_tasks, stale
from app.upkeep.wording import check_text, did_text, facts_of, web_address
from app.web.pages import render

Answer = str | Response | tuple[str, int]
ANSWERS = {"yes": True, "no": False}


@require(Role.NETWORK)
def overview() -> str:
    with db.reading() as session:
        services = tuple(entries(session).values())
        tasks = number_tasks(imported(session), _checks(session), current_person().id)
        gap_count = len(found_nothing(session))
    page = OverviewPage(
        title=_("Sociale kaart"),
        numbers=tasks,
        stale=stale(services, clock.today()),
        missing=language_tasks(services, offered()),
        gap_count=gap_count,
        everything=services,
    )
    return render(page)


@require(Role.NETWORK)
def gaps() -> str:
    with db.reading() as session:
        found = found_nothing(session)
    months = tuple(
        GapMonth(month, tuple((gap.word, gap.more_than) for gap in group))
        for month, group in groupby(found, key=lambda gap: gap.month)
    )
    return render(GapsPage(title=_("Woorden die niets vonden"), months=months))


@require(Role.NETWORK)
def service(service_id: str) -> str:
    return _page(service_id, did=did_text(request.args.get("did", "")))


@require(Role.NETWORK)
def check_number(service_id: str) -> Answer:
    form = NumberForm()
    is_right = ANSWERS.get(form.is_right.data or "")
    if is_right is None:
        abort(400)
    try:
        with db.transaction() as session:
            checks.check_number(session, service_id, form.number.data or "", current_person().id, is_right=is_right)
    except checks.UnknownNumberError:
        wrong = _("Op deze kaart staat nu een ander nummer. Kijk opnieuw en bel dat nummer.")
        return _page(service_id, errors=(("number", wrong),)), 409
    return _back(service_id, "right" if is_right else "wrong")


@require(Role.NETWORK)
def check_card(service_id: str) -> Answer:
    try:
        with db.transaction() as session:
            checks.check_card(session, service_id, current_person().id)
    except checks.UnknownNumberError:
        abort(404)
    return _back(service_id, "card")


def _back(service_id: str, did: str) -> Response:
    return redirect(url_for("upkeep.service", service_id=service_id, did=did), 303)


def _checks(session: Session) -> Mapping[str, Sequence[Check]]:
    found: dict[str, list[Check]] = {}
    for check in checks.all_checks(session):
        found.setdefault(check.service_id, []).append(check)
    return found


def _page(service_id: str, did: str = "", errors: tuple[tuple[str, str], ...] = ()) -> str:
    with db.reading() as session:
        entry = entries(session).get(service_id)
        plain = next((one for one in imported(session) if one.id == service_id), None)
        if entry is None or plain is None:
            abort(404)
        found = _checks(session).get(service_id, ())
        done = tuple(Done(_who(session, check), check.checked_on, check_text(check)) for check in reversed(found))
    state = number_state(plain, found)
    page = ServicePage(
        title=_("Fout: %(title)s", title=entry.name_nl) if errors else entry.name_nl,
        entry=entry,
        facts=facts_of(entry),
        source_href=web_address(entry.source),
        state=state,
        is_mine_done=current_person().id in state.right,
        is_stale=is_stale(entry, clock.today()),
        done=done,
        form=NumberForm(formdata=None, data={"number": entry.phone}),
        did=did,
        errors=errors,
    )
    return render(page)


def _who(session: Session, check: Check) -> str:
    return name_of(session, check.account_id) or _("iemand die weg is")
