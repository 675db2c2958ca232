"""The social map as a sheet: fetched as a file, changed in a spreadsheet, pasted, looked at and taken over."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import make_response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import db
from app.accounts.access import require
from app.accounts.roles import Role
from app.i18n.translate import gettext as _
from app.referrals.checking import missing_lifelines
from app.referrals.entries import Entry
from app.referrals.services import ImportResult, import_entries
from app.referrals.sheet import SheetError, parse_sheet
from app.referrals.sheet_writing import write_sheet
from app.referrals.stored import edition, entries, imported
from app.upkeep.forms import SheetForm
from app.upkeep.pages import Preview, SheetPage
from app.web.pages import render

Answer = str | Response | tuple[str, int]
PASTED = "sheet"
"""What faults call the pasted rows; the number of the line follows."""
LINKS = ("id", "name", "kind", "address")


@dataclass(frozen=True)
class Pasted:
    """Rows that could be read, and whether services that are not among them go."""

    rows: tuple[Entry, ...]
    is_whole: bool

    def take_over(self, session: Session, *, is_trial: bool) -> ImportResult:
        """Bring the map in line with them, or only say what would change."""
        return import_entries(session, self.rows, keep_others=not self.is_whole, is_trial=is_trial)


@require(Role.NETWORK)
def sheet() -> str:
    done = _("De kaart is bijgewerkt. Iedereen ziet het meteen.") if "done" in request.args else ""
    return _page(SheetForm(formdata=None), did=done)


@require(Role.NETWORK)
def take_over() -> Answer:
    form = SheetForm()
    try:
        pasted = Pasted(parse_sheet(_text(form), PASTED), bool(form.is_whole.data))
    except SheetError as error:
        return _page(form, faults=tuple(str(error).splitlines())), 422
    if pasted.is_whole and missing_lifelines(entry.id for entry in pasted.rows):
        form.sheet.errors = [_("112 en 113 staan er niet in. Die horen altijd op de kaart.")]
        return _page(form), 422
    if not form.edition.data:
        return _preview(form, pasted)
    with db.transaction() as session:
        is_same = edition(session) == form.edition.data
        if is_same:
            pasted.take_over(session, is_trial=False)
    if not is_same:
        form.sheet.errors = [_("De kaart is intussen veranderd. Kijk hieronder opnieuw wat er zou veranderen.")]
        return _preview(form, pasted, 409)
    return redirect(url_for("upkeep.sheet", done=1), 303)


@require(Role.NETWORK)
def map_file() -> Response:
    with db.reading() as session:
        # What the network checked stays out of it: pasted again, it would become the word of the file.
        return _file(write_sheet(imported(session)), "sociale-kaart.csv")


@require(Role.NETWORK)
def links_file() -> Response:
    with db.reading() as session:
        services = tuple(entries(session).values())
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(LINKS)
    writer.writerows(_links(services))
    return _file(text.getvalue(), "links.csv")


def _links(services: Sequence[Entry]) -> list[tuple[str, str, str, str]]:
    kinds = ("website", "chat_url")
    found = [(one.id, one.name_nl, kind, getattr(one, kind)) for one in services for kind in kinds]
    return [row for row in found if row[-1]]


def _file(text: str, name: str) -> Response:
    answer = make_response(f"\ufeff{text}")  # The mark tells a spreadsheet that it is UTF-8.
    answer.mimetype = "text/csv"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _text(form: SheetForm) -> str:
    return (form.sheet.data or "").removeprefix("\ufeff").replace("\r\n", "\n").strip("\n")


def _preview(form: SheetForm, pasted: Pasted, status: int = 200) -> Answer:
    with db.reading() as session:
        result = pasted.take_over(session, is_trial=True)
        names = {one.id: one.name_nl for one in (*entries(session).values(), *pasted.rows)}
        form.edition.data = edition(session)
    preview = Preview(
        added=_named(result.added, names),
        changed=_named(result.changed, names),
        withdrawn=_named(result.withdrawn, names),
        unchanged=len(result.unchanged),
    )
    return _page(form, preview=preview if result.is_change else None, did="" if result.is_change else _same()), status


def _named(ids: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names.get(one, one) for one in ids)


def _same() -> str:
    return _("Deze rijen zijn gelijk aan wat er al staat. Er verandert niets.")


def _page(form: SheetForm, *, preview: Preview | None = None, faults: tuple[str, ...] = (), did: str = "") -> str:
    errors = tuple((name, str(text)) for name, texts in form.errors.items() if name for text in texts)
    title = _("De kaart als rekenblad")
    is_wrong = bool(errors or faults)
    return render(
        SheetPage(
            title=_("Fout: %(title)s", title=title) if is_wrong else title,
            form=form,
            preview=preview,
            faults=faults,
            did=did,
            errors=errors,
        )
    )
