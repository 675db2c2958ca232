"""The pages of the register."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from markupsafe import Markup

from app.register.forms import EvaluationForm, IncidentForm
from app.register.queries import Choice, ImportInfo, IncidentInfo, Participation
from app.schools.queries import SchoolInfo
from app.web.pages import Page

Errors = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class HeatRow:
    """One place with its counts by part of day, and how dark each is (0 to 4)."""

    place: str
    cells: tuple[tuple[int, int], ...]
    total: int


@dataclass(frozen=True)
class Pager:
    """Which page of a list is shown, of how many."""

    page: int
    pages: int


@dataclass(frozen=True)
class Compared:
    """One category: this period beside the same part of the year before."""

    code: str
    label: str
    now: int
    before: int | None
    """None where nothing at all was recorded in the year before: that is not the same as nothing happened."""


@dataclass(frozen=True)
class Comparison:
    """A year beside the one before: by category, and all *together*."""

    rows: tuple[Compared, ...]
    together: Compared

    def of(self, category: str) -> Compared:
        """Return one category, or all of them for an empty one."""
        return next((row for row in self.rows if row.code == category), self.together)


@dataclass(frozen=True, kw_only=True)
class RegisterPage(Page):
    """The school's own screen: what was registered, when and where."""

    template: ClassVar[str] = "register/register.html"
    school: SchoolInfo
    schools: tuple[SchoolInfo, ...]
    can_record: bool
    participation: Participation
    is_law: bool
    choice: Choice
    years: tuple[str, ...]
    categories: Mapping[str, str]
    compared: Comparison
    total: int
    trend: Markup
    months: tuple[tuple[str, int], ...]
    parts: tuple[str, ...]
    heat: tuple[HeatRow, ...]
    incidents: tuple[IncidentInfo, ...]
    place_names: Mapping[str, str]
    pager: Pager
    overdue: int
    did: str


@dataclass(frozen=True, kw_only=True)
class IncidentPage(Page):
    """Recording one incident, or changing it."""

    template: ClassVar[str] = "register/incident.html"
    school: SchoolInfo
    form: IncidentForm
    incident_id: str
    """Empty for a new one."""
    definitions: Mapping[str, str]
    serious: str
    is_law: bool
    errors: Errors


@dataclass(frozen=True)
class Definition:
    """One category with what it means and what to watch."""

    code: str
    label: str
    text: str
    hint: str


@dataclass(frozen=True, kw_only=True)
class DefinitionsPage(Page):
    """What each category means."""

    template: ClassVar[str] = "register/definitions.html"
    school: SchoolInfo
    definitions: tuple[Definition, ...]
    serious: str
    deadline_days: int
    edition: str
    valid_from: date
    article: str
    profile: str
    is_law: bool


@dataclass(frozen=True, kw_only=True)
class ImportsPage(Page):
    """Imports so far, and a file to add."""

    template: ClassVar[str] = "register/imports.html"
    school: SchoolInfo
    imports: tuple[ImportInfo, ...]
    is_busy: bool
    faults: tuple[str, ...]
    systems: tuple[str, ...]
    is_law: bool


@dataclass(frozen=True)
class Word:
    """One word of a column: its place among them, how often it stands there, and the code chosen for it."""

    place: int
    text: str
    number: int
    code: str


@dataclass(frozen=True)
class WordColumn:
    """The words of one column and the codes that they may stand for."""

    target: str
    header: str
    words: tuple[Word, ...]
    codes: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class MappingPage(Page):
    """What the columns and words of a file mean, and what an import would do; *sheet* travels with the form."""

    template: ClassVar[str] = "register/mapping.html"
    school: SchoolInfo
    sheet: str
    system: str
    headers: tuple[str, ...]
    targets: Mapping[str, str]
    needed: tuple[str, ...]
    chosen: Mapping[str, str]
    date_form: str
    date_forms: Mapping[str, str]
    words: tuple[WordColumn, ...]
    rows: int
    total: int
    left_out: int
    by_category: Mapping[str, int]
    faults: tuple[str, ...]
    is_ready: bool
    is_first: bool
    is_law: bool


@dataclass(frozen=True, kw_only=True)
class FilePage(Page):
    """What goes to the inspectorate: serious incidents with their term, and the file to hand over."""

    template: ClassVar[str] = "register/file.html"
    school: SchoolInfo
    can_record: bool
    period: str
    years: tuple[str, ...]
    serious: tuple[IncidentInfo, ...]
    categories: Mapping[str, str]
    reasons: Mapping[str, str]
    today: date
    total: int
    by_category: Mapping[str, int]
    problems: tuple[str, ...]
    digest: str
    is_law: bool


@dataclass(frozen=True)
class Summary:
    """What an evaluation counts: the register by category beside the year before, and more of it."""

    compared: Comparison
    serious: int
    reported: int
    discrimination: int
    anonymous: int
    """Incidents that the school knows of by an anonymous talk; talks themselves are never counted here (ADR 34)."""
    busiest: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class EvaluationPage(Page):
    """The yearly evaluation: what is counted by itself, and what the school adds."""

    template: ClassVar[str] = "register/evaluation.html"
    school: SchoolInfo
    period: str
    years: tuple[str, ...]
    summary: Summary
    form: EvaluationForm
    is_saved: bool
    is_law: bool
    errors: Errors


@dataclass(frozen=True)
class SchoolSteps:
    """How far one school is; nothing that was counted."""

    name: str
    is_open: bool
    gaps: tuple[str, ...]
    is_district_confirmed: bool
    since: date | None
    is_pilot: bool
    profile: str
    has_import: bool
    slug: str
    done: Mapping[str, date | None]
    """By step that the network marks itself, the day on which it did."""


@dataclass(frozen=True, kw_only=True)
class NetworkPage(Page):
    """How far the schools are with the register, and what the network hands out."""

    template: ClassVar[str] = "register/network.html"
    rows: tuple[SchoolSteps, ...]
    steps: Mapping[str, str]
    is_saved: bool
    blanks: tuple[tuple[str, str], ...]
    edition: str
    valid_from: date
    letter: str
