"""The words of the record page: what can be chosen, and what stands behind a deed."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts.queries import name_of
from app.audit.queries import Note
from app.cases.export_wording import GROUND_LABELS
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext as _lazy


@dataclass(frozen=True)
class Group:
    """Kinds of deeds that are chosen together."""

    label: str
    codes: tuple[str, ...]


KINDS: Mapping[str, Group] = {
    "cases": Group(_lazy("Meldingen"), ("case",)),
    "copies": Group(_lazy("Kopieën"), ("export",)),
    "keys": Group(_lazy("Sleutels"), ("key", "recovery")),
    "people": Group(_lazy("Mensen"), ("person",)),
    "school": Group(_lazy("De school"), ("school", "deed")),
}
FORMER = _lazy("Een melding die je nu niet leest")
OF_SCHOOL = _lazy("Het verslag van de school zelf")
REASONS: Mapping[str, str] = {
    "withdrawn": _lazy("de leerling had haar ingetrokken"),
    "kept_long_enough": _lazy("zij was afgesloten en lang genoeg bewaard"),
    "no_news": _lazy("er kwam een half jaar niets meer bij"),
}


def by_nobody(what: str) -> str:
    """Return who did what no person of the school did: who runs the site, or nobody where the deed says it itself."""
    by_command = what.startswith(("person.", "key.")) and what != "person.disabled"
    return _("Wie deze site beheert") if by_command else ""


def detail_label(session: Session, note: Note) -> str:
    """Return what stands behind a deed: a reason, a ground or the person it was about; else nothing."""
    if note.what == "case.deleted":
        return str(REASONS.get(note.detail, ""))
    if note.what.startswith("export."):
        return str(GROUND_LABELS.get(note.detail, ""))
    if note.what.startswith("person.") and note.subject not in ("", note.person_id):
        name = name_of(session, note.subject)
        return _("het gaat om %(name)s", name=name) if name else ""
    return ""
