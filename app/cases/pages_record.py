"""The pages of copies, of the record, and of what the school says that it did."""

from dataclasses import dataclass
from typing import ClassVar

from app.cases.deeds import DeedsView
from app.cases.exporting import RequestInfo
from app.cases.forms_record import CopyForm, DeedForm
from app.cases.head import CaseHead
from app.cases.record_rows import RecordView
from app.web.pages import Page


@dataclass(frozen=True, kw_only=True)
class CopiesPage(Page):
    """The copies of one case: those that were asked for, and the form to ask for one."""

    template: ClassVar[str] = "cases/copies.html"
    head: CaseHead
    requests: tuple[RequestInfo, ...]
    has_second_reader: bool
    form: CopyForm
    grounds: tuple[tuple[str, str], ...]
    """Code and words of what can be chosen, as for the parts."""
    parts: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    """Codes of the parts that are ticked."""
    errors: tuple[tuple[str, str], ...] = ()
    said: str = ""
    """What the last action came to; empty when there is nothing to say."""


@dataclass(frozen=True, kw_only=True)
class RecordPage(Page):
    """The record, a page at a time, and whether it is whole."""

    template: ClassVar[str] = "cases/record.html"
    record: RecordView
    schools: tuple[tuple[str, str, bool], ...]
    """Slug, name and whether it is chosen; empty for who serves one school."""
    school: str
    """Slug in the address; empty when none was named."""


@dataclass(frozen=True, kw_only=True)
class DeedsPage(Page):
    """The sentences about what the school did, and the field for a new one."""

    template: ClassVar[str] = "cases/deeds.html"
    deeds: DeedsView
    form: DeedForm
    finding: str
    """What in the sentence points at somebody; he can still send it on purpose."""
    errors: tuple[tuple[str, str], ...]
    schools: tuple[tuple[str, str, bool], ...]
    school: str
