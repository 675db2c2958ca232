"""The pages of steps, of the ledger and of the duties compass."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.cases.forms_steps import LedgerForm, OverrideForm, StepForm, StrikeForm, WhoForm
from app.cases.head import CaseHead
from app.cases.ledger import Entry, KnownBy
from app.cases.steps import Step
from app.referrals.queries import Card
from app.web.pages import Page

Errors = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class StepRow:
    """A step in words."""

    step: Step
    title: str
    exposure: str
    state: str
    ground: str
    """On what ground it was done, in words; empty before."""
    name: str
    """Of a step about a colleague who may read along: his name."""


@dataclass(frozen=True, kw_only=True)
class StepsPage(Page):
    """The steps of a case, and a form to prepare one."""

    template: ClassVar[str] = "cases/steps.html"
    head: CaseHead
    open_steps: tuple[StepRow, ...]
    past_steps: tuple[StepRow, ...]
    exposures: Mapping[str, str]
    """By title of a kind who may learn what."""
    form: StepForm
    override_form: OverrideForm
    overridden: str
    """Id of the step whose override was refused just now, so that its words stay."""
    has_duties: bool
    errors: Errors
    did: str
    is_key_damaged: bool


@dataclass(frozen=True, kw_only=True)
class LedgerRow:
    """An entry of the ledger in words."""

    entry: Entry
    fact: str
    role: str
    ground: str


@dataclass(frozen=True, kw_only=True)
class LedgerPage(Page):
    """What went to whom, and who knew something."""

    template: ClassVar[str] = "cases/ledger.html"
    head: CaseHead
    rows: tuple[LedgerRow, ...]
    form: LedgerForm
    strike_form: StrikeForm
    who_form: WhoForm
    is_asked: bool
    found: tuple[LedgerRow, ...]
    known_by: tuple[KnownBy, ...]
    today: date
    errors: Errors
    is_key_damaged: bool


@dataclass(frozen=True, kw_only=True)
class DutyRow:
    """A duty in the present language."""

    id: str
    title: str
    what_to_do: tuple[str, ...]
    deadline: str
    authority: str
    tell_first: str
    overrides: bool
    is_certain: bool
    conditions: tuple[str, ...]
    """What nobody knows yet and would make it certain."""
    article: str
    read: str
    unsure: str
    card: Card | None


@dataclass(frozen=True, kw_only=True)
class DutiesPage(Page):
    """What the law asks in this case."""

    template: ClassVar[str] = "cases/duties.html"
    head: CaseHead
    certain: tuple[DutyRow, ...]
    perhaps: tuple[DutyRow, ...]
    facts: tuple[tuple[str, str, str], ...]
    """Code, question and answer ("yes", "no", "unknown") of each fact."""
