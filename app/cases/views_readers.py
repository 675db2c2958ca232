"""Who reads a case: the tab, giving a key to a colleague, "this is not for me"."""

from flask import abort, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.accounts.access import require
from app.accounts.queries import Reader, name_of
from app.accounts.roles import Role
from app.cases import keyring
from app.cases.at_desk import Answer, at_desk
from app.cases.desk import Desk, Held, hold
from app.cases.head import head_of
from app.cases.models import CaseReader
from app.cases.pages_keys import ReaderRow, ReadersPage
from app.cases.rules import CaseClosedError
from app.cases.step_reading import steps_of
from app.cases.stepping import NewStep, ask_step, finish_step, plan_step
from app.cases.steps import READER, Step, agreed_readers
from app.cases.wording import reader_kind_label
from app.i18n.translate import gettext as _
from app.web.pages import render


@require(Role.ADVISER)
def show_readers(case_id: str) -> Answer:
    with at_desk(db.reading) as (session, desk):
        return _page(session, desk, hold(session, desk, case_id))


@require(Role.ADVISER)
def give_key(case_id: str) -> Answer:
    with at_desk() as (session, desk):
        held = hold(session, desk, case_id, lock=True)
        to = _chosen((*keyring.free_to_get(session, held), *agreed(session, held)))
        keyring.give_key(session, desk, held, to)
        _finish_steps(session, desk, held, to)
    return redirect(url_for("cases.show_readers", case_id=case_id), 303)


@require(Role.ADVISER)
def ask_reader(case_id: str) -> Answer:
    with at_desk() as (session, desk):
        held = hold(session, desk, case_id, lock=True)
        to = _chosen(_unasked(session, held))
        who = {"person_id": to.person_id, "name": to.name}
        step_id = plan_step(session, desk, case_id, NewStep(READER, to.name, who))
        try:
            ask_step(session, desk, case_id, step_id)
        except CaseClosedError:
            abort(409, description=_("Deze melding is afgesloten. Heropen haar eerst."))
    return redirect(url_for("cases.show_readers", case_id=case_id), 303)


@require(Role.ADVISER)
def drop_key(case_id: str) -> Answer:
    with at_desk() as (session, desk):
        try:
            keyring.drop_key(session, desk, hold(session, desk, case_id, lock=True))
        except keyring.LastReaderError:
            abort(409, description=_("Niemand anders kan deze melding nu openen. Geef eerst een collega een sleutel."))
    return redirect(url_for("cases.queue"), 303)


def _chosen(offered: tuple[Reader, ...]) -> Reader:
    found = next((reader for reader in offered if reader.person_id == request.form.get("person")), None)
    if found is None:
        abort(404)
    return found


def agreed(session: Session, held: Held) -> tuple[Reader, ...]:
    """Return the colleagues for whom the student said yes and who have no key yet."""
    agreed_ids = agreed_readers(steps_of(session, held.ref, held.dialog_key))
    return tuple(one for one in keyring.to_be_asked_for(session, held) if one.person_id in agreed_ids)


def _unasked(session: Session, held: Held) -> tuple[Reader, ...]:
    asked = {one.extra.get("person_id") for one in _reader_steps(session, held)}
    return tuple(one for one in keyring.to_be_asked_for(session, held) if one.person_id not in asked)


def _reader_steps(session: Session, held: Held) -> list[Step]:
    return [one for one in steps_of(session, held.ref, held.dialog_key) if one.kind == READER and one.is_open]


def _finish_steps(session: Session, desk: Desk, held: Held, to: Reader) -> None:
    for step in _reader_steps(session, held):
        if step.extra.get("person_id") == to.person_id and step.can_be_done:
            finish_step(session, desk, held.ref.case_id, step.id)


def _page(session: Session, desk: Desk, held: Held) -> str:
    working = {reader.person_id for reader in keyring.working_readers(session, held.ref)}
    page = ReadersPage(
        title=_("Wie leest mee"),
        head=head_of(session, held),
        readers=_rows(session, desk, held),
        free=(*keyring.free_to_get(session, held), *agreed(session, held)),
        to_ask=_unasked(session, held),
        asked=tuple(one.about for one in _reader_steps(session, held) if one.waits),
        can_drop=bool(working - {desk.person_id}),
    )
    return render(page)


def _rows(session: Session, desk: Desk, held: Held) -> tuple[ReaderRow, ...]:
    query = select(CaseReader).where(CaseReader.school_id == held.ref.school_id, CaseReader.case_id == held.ref.case_id)
    rows = sorted(session.scalars(query), key=lambda row: (row.stage, row.kind != "internal", row.person_id))
    return tuple(
        ReaderRow(
            name=name_of(session, row.person_id),
            kind_label=reader_kind_label(row.kind),
            is_self=row.person_id == desk.person_id,
            has_opened=row.seen_through >= 0,
            can_open=bool(row.dialog_wrap),
            stands_by=row.stage > held.case.escalation,
            added_on=row.added_on,
            added_by=name_of(session, row.added_by or ""),
        )
        for row in rows
    )
