"""The duties compass of one case: the facts stand in the address, so that changing one changes nothing else."""

from flask import request
from sqlalchemy.orm import Session

from app import db
from app.accounts.access import require
from app.accounts.roles import Role
from app.cases.at_desk import Answer, at_desk
from app.cases.desk import Held, hold
from app.cases.duties import cards_of, compass, duties_for, facts_of
from app.cases.duty_rules import UNKNOWN, Facts, Found
from app.cases.head import head_of
from app.cases.pages_steps import DutiesPage, DutyRow
from app.i18n.translate import gettext as _
from app.referrals.queries import Card
from app.web.pages import render


@require(Role.ADVISER)
def show_duties(case_id: str) -> Answer:
    with at_desk(db.reading) as (session, desk):
        page = _page(session, hold(session, desk, case_id))
    return render(page)


def _page(session: Session, held: Held) -> DutiesPage:
    facts, names, head = facts_of(held, request.args), compass().fact_names, head_of(session, held)
    found = duties_for(facts)
    cards = cards_of(session, found)
    rows = [_row(each, facts, cards) for each in found]
    return DutiesPage(
        title=_("Wat de wet vraagt bij %(title)s", title=head.title),
        head=head,
        certain=tuple(row for row in rows if row.is_certain),
        perhaps=tuple(row for row in rows if not row.is_certain),
        facts=tuple((name, _(names[name]), facts[name]) for name in facts),
    )


def _row(found: Found, facts: Facts, cards: dict[str, Card]) -> DutyRow:
    duty, names = found.duty, compass().fact_names
    return DutyRow(
        id=duty.id,
        title=_(duty.title),
        what_to_do=tuple(_(line) for line in duty.what_to_do),
        deadline=_(duty.deadline),
        authority=_(duty.authority),
        tell_first=_(duty.tell_first),
        overrides=duty.overrides,
        is_certain=found.is_certain,
        conditions=tuple(_(names[name]) for name in duty.when if facts.get(name) == UNKNOWN),
        article=_(duty.source.article),
        read=_(duty.source.read),
        unsure=_(duty.unsure) if duty.unsure else "",
        card=cards.get(duty.service),
    )
