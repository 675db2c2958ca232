"""Reading a file of a school's own system: choose it, say what its columns mean, look, and take it over."""

from dataclasses import dataclass

from flask import abort, make_response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import db
from app.accounts.access import require
from app.accounts.own_school import own_school
from app.accounts.roles import Role
from app.i18n.translate import gettext as _
from app.register import queries, storing
from app.register.at_school import KEEPERS, is_law_now
from app.register.codes import FIELDS
from app.register.importing.blank import blank_csv, blank_xlsx
from app.register.importing.carrying import packed, unpacked, words_of
from app.register.importing.dates import FORMS
from app.register.importing.faults import SheetError
from app.register.importing.mapping import NEEDED, ImportMapping, missing
from app.register.importing.reading import MOST_BYTES, Sheet
from app.register.importing.suggesting import NOT_REGISTERED, TARGETS, suggest_values
from app.register.pages import ImportsPage, MappingPage, Word, WordColumn
from app.register.wording import labels
from app.register.wording_import import fault_text, target_name
from app.schools.queries import SchoolInfo
from app.web.bodies import takes_file
from app.web.pages import render

Answer = str | Response | tuple[str, int]
MOST_POSTED = 2 * MOST_BYTES
MOST_WORDS = 60
"""Different words of one column that the page asks about; a column with more is no list of choices."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require(*KEEPERS)
def show_imports() -> Response:
    with db.reading() as session:
        school = own_school(session, *KEEPERS)
        made = make_response(_imports(session, school))
    if "data-busy" in made.get_data(as_text=True):
        made.headers["Refresh"] = "2"
    return made


@takes_file(MOST_POSTED)
@require(Role.COORDINATOR)
def read_file() -> Answer:
    posted = request.files.get("file")
    with db.reading() as session:
        school = own_school(session, Role.COORDINATOR)
        try:
            sheet = storing.open_file(posted.read() if posted else b"")
            mapping = storing.known_mapping(session, school.id, sheet)
        except SheetError as error:
            return _imports(session, school, tuple(map(fault_text, error.faults))), 422
    return _mapping_page(school, _Posted(sheet, mapping, _system()), is_first=True)


@takes_file(MOST_POSTED)
@require(Role.COORDINATOR)
def take_over() -> Answer:
    try:
        sheet = storing.checked(unpacked(request.form.get("sheet", "")))
    except SheetError as error:
        with db.reading() as session:
            school = own_school(session, Role.COORDINATOR)
            return _imports(session, school, tuple(map(fault_text, error.faults))), 422
    posted = _Posted(sheet, _posted_mapping(sheet), _system())
    with db.reading() as session:
        school = own_school(session, Role.COORDINATOR)
    if request.form.get("do") != "go" or missing(posted.mapping, sheet):
        return _mapping_page(school, posted)
    looked = storing.look(sheet, posted.mapping)
    if looked.faults or not looked.rows:
        return _mapping_page(school, posted)
    with db.transaction() as session:
        storing.save_mapping(session, school.id, posted.system, sheet, posted.mapping)
        storing.begin_import(session, school.id, posted.system, looked.rows)
    return redirect(url_for("register.show_imports", school=school.slug), 303)


@require(Role.COORDINATOR)
def undo(import_id: str) -> Response:
    with db.transaction() as session:
        school = own_school(session, Role.COORDINATOR)
        if not import_id.isalnum() or not storing.undo_import(session, school.id, import_id):
            abort(404)
    return redirect(url_for("register.show_imports", school=school.slug), 303)


@require(*KEEPERS, Role.NETWORK)
def blank_file(kind: str) -> Response:
    makers = {"csv": (blank_csv, "text/csv"), "xlsx": (blank_xlsx, _XLSX)}
    if kind not in makers:
        abort(404)
    make, content_type = makers[kind]
    made = make_response(make())
    made.headers["Content-Type"] = content_type
    made.headers["Content-Disposition"] = f'attachment; filename="incidenten.{kind}"'
    return made


@dataclass(frozen=True)
class _Posted:
    """A sheet with the mapping that was chosen for it."""

    sheet: Sheet
    mapping: ImportMapping
    system: str


def _system() -> str:
    told = request.form.get("system", "")
    return told if told in storing.SYSTEMS else storing.SYSTEMS[-1]


def _posted_mapping(sheet: Sheet) -> ImportMapping:
    columns = {
        target: header for target in TARGETS if (header := request.form.get(f"column-{target}", "")) in sheet.headers
    }
    form = request.form.get("date_form", "")
    values = {}
    for target, header in columns.items():
        if target in FIELDS:
            words = list(words_of(sheet, header))[:MOST_WORDS]
            values[target] = {**suggest_values(target, words), **_posted_words(target, words)}
    return ImportMapping(columns, form if form in FORMS else FORMS[1], values)


def _posted_words(target: str, words: list[str]) -> dict[str, str]:
    known = {*FIELDS[target][1], NOT_REGISTERED}
    posted = {word: request.form.get(f"word-{target}-{at}", "") for at, word in enumerate(words)}
    return {word: code for word, code in posted.items() if code in known}


def _imports(session: Session, school: SchoolInfo, faults: tuple[str, ...] = ()) -> str:
    made = queries.imports(session, school.id)
    title = _("Bestand inlezen")
    return render(
        ImportsPage(
            title=_("Fout: %(title)s", title=title) if faults else title,
            school=school,
            imports=made,
            is_busy=any(one.is_busy for one in made),
            faults=faults,
            systems=storing.SYSTEMS,
            is_law=is_law_now(),
        )
    )


def _mapping_page(school: SchoolInfo, posted: _Posted, *, is_first: bool = False) -> Answer:
    lacking = missing(posted.mapping, posted.sheet)
    looked = None if lacking else storing.look(posted.sheet, posted.mapping)
    page = MappingPage(
        title=_("Wat betekenen de kolommen?"),
        school=school,
        sheet=packed(posted.sheet),
        system=posted.system,
        headers=posted.sheet.headers,
        targets={target: target_name(target) for target in TARGETS},
        needed=NEEDED,
        chosen=posted.mapping.columns,
        date_form=posted.mapping.date_form,
        date_forms=_date_forms(),
        words=tuple(_words(posted)),
        rows=len(posted.sheet.rows),
        total=looked.total if looked else 0,
        left_out=looked.left_out if looked else 0,
        by_category=_named_counts(looked) if looked else {},
        faults=tuple(fault_text(fault) for fault in (looked.faults if looked else lacking)),
        is_ready=bool(looked and looked.rows and not looked.faults),
        is_first=is_first,
        is_law=is_law_now(),
    )
    return render(page), 200 if is_first or page.is_ready else 422


def _named_counts(looked: storing.Look) -> dict[str, int]:
    found = looked.by_category
    return {text: found[code] for code, text in labels("category").items() if code in found}


def _words(posted: _Posted) -> list[WordColumn]:
    found = []
    for target, header in posted.mapping.columns.items():
        if target in FIELDS and header in posted.sheet.headers:
            known = posted.mapping.values.get(target, {})
            words = list(words_of(posted.sheet, header).items())[:MOST_WORDS]
            shown = tuple(Word(at, word, number, known.get(word, "")) for at, (word, number) in enumerate(words))
            found.append(WordColumn(target, header, shown, {**labels(target), NOT_REGISTERED: _("Telt niet mee")}))
    return found


def _date_forms() -> dict[str, str]:
    return {
        "iso": _("Jaar eerst: 2026-11-03"),
        "day_first": _("Dag eerst: 3-11-2026"),
        "month_first": _("Maand eerst: 11/3/2026"),
        "serial": _("Getal van Excel: 46329"),
        "words": _("Maand als woord: 3 nov 2026"),
    }
