"""The ledger of one case: adding an entry, striking one, and asking who knew something."""

from dataclasses import dataclass

from flask import redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock, db
from app.accounts.access import require
from app.accounts.roles import Role
from app.cases import ledger
from app.cases.at_desk import Answer, at_desk
from app.cases.consent_wording import ground_label, kind_label
from app.cases.desk import Desk, Held, hold, notes_key_of
from app.cases.envelopes import CaseDamagedError
from app.cases.forms_steps import GROUNDS, ROLES, LedgerForm, StrikeForm, WhoForm, choices_of, nothing_chosen
from app.cases.head import head_of
from app.cases.ledger import Entry
from app.cases.pages_steps import LedgerPage, LedgerRow
from app.cases.reading import read_report
from app.cases.step_reading import steps_of
from app.cases.steps import Step
from app.i18n.formats import format_list
from app.i18n.translate import gettext as _
from app.web.pages import render

Facts = dict[str, str]
"""The answers of a report in words, by the id of their question."""


@dataclass
class _Forms:
    """The forms of the page; the one that was posted brings its own."""

    entry: LedgerForm
    strike: StrikeForm
    who: WhoForm

    @classmethod
    def empty(cls) -> "_Forms":
        return cls(LedgerForm(formdata=None), StrikeForm(formdata=None), WhoForm(formdata=None))

    @property
    def errors(self) -> tuple[tuple[str, str], ...]:
        wrong = [*self.entry.errors.items(), *self.strike.errors.items()]
        return tuple((name or "entry", str(text)) for name, texts in wrong for text in texts)


@require(Role.ADVISER)
def show_ledger(case_id: str) -> Answer:
    return _page(case_id, _Forms.empty())


@require(Role.ADVISER)
def write_entry(case_id: str) -> Answer:
    forms = _Forms.empty()
    form = forms.entry = LedgerForm()
    with at_desk(db.reading) as (session, desk):
        held = hold(session, desk, case_id)
        form.fact.choices = _choices(_facts(session, held))
        step = _done_step(session, held, form.step.data or "")
    if not form.validate():
        return _page(case_id, forms, status=422)
    try:
        with at_desk() as (session, desk):
            ledger.write_entry(session, desk, case_id, _entry_of(form, step))
    except ledger.FutureDayError:
        form.day.errors = [_("Deze dag moet nog komen. Kies vandaag of een dag die voorbij is.")]
        return _page(case_id, forms, status=422)
    except CaseDamagedError:
        form.words.errors = [_damaged()]
        return _page(case_id, forms, status=409)
    return _back(case_id)


@require(Role.ADVISER)
def strike_entry(case_id: str) -> Answer:
    forms = _Forms.empty()
    form = forms.strike = StrikeForm()
    number = form.entry.data or ""
    if not form.validate():
        return _page(case_id, forms, status=422)
    try:
        with at_desk() as (session, desk):
            seq = int(number) if number.isdecimal() else 0
            ledger.strike_entry(session, desk, case_id, seq, form.reason.data or "")
    except ledger.UnknownEntryError:
        form.reason.errors = [_("Deze regel is er niet, of is al doorgestreept. Er is niets veranderd.")]
        return _page(case_id, forms, status=409)
    except CaseDamagedError:
        form.reason.errors = [_damaged()]
        return _page(case_id, forms, status=409)
    return _back(case_id)


@require(Role.ADVISER)
def who_knew(case_id: str) -> Answer:
    # Posted, though it changes nothing: a word that is sought may be a name, and an address is kept in many places.
    forms = _Forms.empty()
    forms.who = WhoForm()
    return _page(case_id, forms, is_asked=True)


def _page(case_id: str, forms: _Forms, *, is_asked: bool = False, status: int = 200) -> Answer:
    with at_desk(db.reading) as (session, desk):
        page = _ledger_page(session, desk, hold(session, desk, case_id), (forms, is_asked))
    return render(page), status


def _ledger_page(session: Session, desk: Desk, held: Held, asked: tuple[_Forms, bool]) -> LedgerPage:
    (forms, is_asked), head, facts = asked, head_of(session, held), _facts(session, held)
    entries = ledger.ledger_of(session, desk, held)
    forms.entry.fact.choices = forms.who.sought.choices = _choices(facts)
    if forms.entry.day.data is None and not forms.entry.errors:
        _propose(forms.entry, _done_step(session, held, request.args.get("step", "")))
    found = ledger.who_knew(entries, forms.who.sought.data or "", forms.who.sought_words.data or "") if is_asked else ()
    title = _("Wie weet wat, bij %(title)s", title=head.title)
    return LedgerPage(
        title=_("Fout: %(title)s", title=title) if forms.errors else title,
        head=head,
        rows=tuple(_row(entry, facts) for entry in entries),
        form=forms.entry,
        strike_form=forms.strike,
        who_form=forms.who,
        is_asked=is_asked,
        found=tuple(_row(entry, facts) for entry in found),
        known_by=ledger.known_by_reading(session, held) if is_asked else (),
        today=clock.today(),
        errors=forms.errors,
        is_key_damaged=notes_key_of(held, desk) is None,
    )


def _facts(session: Session, held: Held) -> Facts:
    lines = read_report(session, held.case, held.dialog_key).lines
    return {line.code: f"{line.question}: {_short(format_list(line.answers))}" for line in lines if not line.is_skipped}


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _choices(facts: Facts) -> list[tuple[str, str]]:
    return choices_of({"": nothing_chosen(), **facts})


def _done_step(session: Session, held: Held, step_id: str) -> Step | None:
    steps = steps_of(session, held.ref, held.dialog_key)
    return next((step for step in steps if step.id == step_id and step.state == "done"), None)


def _propose(form: LedgerForm, step: Step | None) -> None:
    """Fill *form* with today, and with what a step that was done says."""
    form.day.data = clock.today()
    if step is not None:
        form.step.data, form.words.data = step.id, step.about
        form.ground.data = step.ground.partition(":")[0]
        if step.kind in ROLES:
            form.role.data = step.kind
        else:
            form.to.data = kind_label(step.kind)


def _entry_of(form: LedgerForm, step: Step | None) -> Entry:
    ground = form.ground.data
    # The step says more than the choice: of a duty also which one.
    if step is not None and step.ground.partition(":")[0] == ground:
        ground = step.ground
    return Entry(
        fact=form.fact.data or "",
        words=form.words.data or "",
        role=form.role.data,
        to=form.to.data or "",
        day=form.day.data or clock.today(),
        ground=ground,
        step=step.id if step else "",
    )


def _row(entry: Entry, facts: Facts) -> LedgerRow:
    fact = facts.get(entry.fact, "") if entry.fact else ""
    ground = ground_label(entry.ground) if ":" in entry.ground else str(GROUNDS.get(entry.ground, entry.ground))
    return LedgerRow(entry=entry, fact=fact, role=str(ROLES.get(entry.role, entry.role)), ground=ground)


def _back(case_id: str) -> Response:
    return redirect(url_for("cases.show_ledger", case_id=case_id), 303)


def _damaged() -> str:
    return _("Jouw sleutel voor deze notities is beschadigd. Er is niets bewaard; je tekst staat hier nog.")
