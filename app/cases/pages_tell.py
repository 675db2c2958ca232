"""The pages of other ways in, and of practice."""

from dataclasses import dataclass
from typing import ClassVar

from app.accounts.queries import Reader
from app.cases.forms_tell import TellForm
from app.schools.queries import SchoolInfo
from app.web.pages import Page


@dataclass(frozen=True, kw_only=True)
class TellPage(Page):
    """Three fields for what was told in the corridor or by telephone."""

    template: ClassVar[str] = "cases/tell.html"
    form: TellForm
    schools: tuple[SchoolInfo, ...]
    school: SchoolInfo
    colleagues: tuple[Reader, ...]
    errors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class TellWaitPage(Page):
    """Who waits until a colleague confirms him can write nothing down yet."""

    template: ClassVar[str] = "cases/tell_wait.html"
    school: SchoolInfo


@dataclass(frozen=True, kw_only=True)
class ToldSheetPage(Page):
    """The code for who told it, on a sheet to print."""

    template: ClassVar[str] = "cases/told_sheet.html"
    words: tuple[str, ...]
    words_language: str
    digits: str
    address: str


@dataclass(frozen=True, kw_only=True)
class TrainingPage(Page):
    """What practising is, and the button that begins or ends it."""

    template: ClassVar[str] = "cases/training.html"
    is_begun: bool
