"""What goes to the inspectorate, and the yearly evaluation: pages and files."""

from flask import abort, make_response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock, db
from app.accounts.access import current_person, require
from app.accounts.own_school import own_school
from app.accounts.pages import errors_of
from app.accounts.roles import Role
from app.i18n.translate import gettext as _
from app.i18n.translate import using
from app.register import evaluating, handing_over, queries
from app.register.at_school import KEEPERS, is_law_now
from app.register.documents import as_docx, as_pdf
from app.register.forms import MOST_SIGNS, EvaluationForm
from app.register.handing_over import Handover
from app.register.pages import EvaluationPage, FilePage
from app.register.queries import Choice, IncidentInfo
from app.register.views_own import known_years
from app.register.wording import labels
from app.schools.queries import SchoolInfo
from app.web.bodies import takes_file
from app.web.pages import render

Answer = str | Response | tuple[str, int]
MOST_UPLOADED = 1_000_000
_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require(*KEEPERS)
def show_file() -> str:
    with db.reading() as session:
        handover = _handover(session)
        serious = queries.serious_incidents(session, handover.school.id, handover.period)
    return render(_file_page(handover, serious))


def _file_page(handover: Handover, serious: tuple[IncidentInfo, ...]) -> FilePage:
    categories, found = labels("category"), [one.category for one in handover.incidents]
    return FilePage(
        title=_("Voor de inspectie"),
        school=handover.school,
        can_record=_may(handover.school),
        period=handover.period,
        years=known_years(),
        serious=serious,
        categories=categories,
        reasons=labels("serious_reason"),
        today=clock.today(),
        total=len(found),
        by_category={text: found.count(code) for code, text in categories.items()},
        problems=handing_over.problems(handover, clock.today()),
        digest=handing_over.digest(handing_over.as_csv(handover)),
        is_law=is_law_now(),
    )


@require(*KEEPERS)
def download_file(form: str) -> Response:
    with db.reading() as session:
        handover = _handover(session)
    plain = handing_over.as_csv(handover)
    makers = {
        "csv": lambda: plain,
        "xlsx": lambda: handing_over.as_xlsx(handover),
        "pdf": lambda: as_pdf(handing_over.document(handover, handing_over.digest(plain), is_law=is_law_now())),
    }
    if form not in makers:
        abort(404)
    with using("nl"):  # the inspectorate reads Dutch, whatever the coordinator reads
        made = makers[form]()
    return _download(made, f"incidenten-{handover.school.slug}-{handover.period}", form)


@require(*KEEPERS)
def show_evaluation() -> Answer:
    with db.reading() as session:
        school, year = own_school(session, *KEEPERS), chosen_year()
        form = EvaluationForm(formdata=None, data=evaluating.evaluation_of(session, school.id, year))
        return _evaluation(session, school, year, form)


@takes_file(MOST_UPLOADED)
@require(*KEEPERS)
def keep_evaluation() -> Answer:
    form = EvaluationForm()
    _take_summary(form)
    with db.transaction() as session:
        school, year = own_school(session, *KEEPERS), chosen_year()
        if not form.validate():
            return _evaluation(session, school, year, form), 422
        told = {name: form[name].data or "" for name in evaluating.TEXTS}
        evaluating.keep_evaluation(session, school.id, year, {**told, "complaints": form.complaints.data})
    return redirect(url_for("register.show_evaluation", school=school.slug, year=year, saved=1), 303)


@require(*KEEPERS)
def evaluation_file(paper: str) -> Response:
    makers = {"pdf": as_pdf, "docx": as_docx}
    if paper not in makers:
        abort(404)
    with db.reading() as session:
        school, year = own_school(session, *KEEPERS), chosen_year()
        told = evaluating.evaluation_of(session, school.id, year)
        document = evaluating.document(school, year, evaluating.summary_of(session, school.id, year), told)
    return _download(makers[paper](document), f"evaluatie-{school.slug}-{year}", paper)


def chosen_year() -> str:
    """Return the school year that the address names, or else this one."""
    years = known_years()
    return next((year for year in years if year == request.args.get("year")), years[0])


def _handover(session: Session) -> Handover:
    school, year = own_school(session, *KEEPERS), chosen_year()
    return Handover(school, year, queries.all_incidents(session, school.id, Choice(year)))


def _take_summary(form: EvaluationForm) -> None:
    """Put a text file with the monitor's summary in its field."""
    posted = request.files.get("monitor_file")
    if posted and posted.filename:
        form.monitor.data = posted.read(MOST_SIGNS * 4 + 1).decode("utf-8", errors="replace").replace("\0", " ")


def _may(school: SchoolInfo) -> bool:
    return school.id in current_person().school_ids_as(Role.COORDINATOR)


def _evaluation(session: Session, school: SchoolInfo, year: str, form: EvaluationForm) -> str:
    title = _("Jaarlijkse evaluatie %(year)s", year=year)
    return render(
        EvaluationPage(
            title=_("Fout: %(title)s", title=title) if form.errors else title,
            school=school,
            period=year,
            years=known_years(),
            summary=evaluating.summary_of(session, school.id, year),
            form=form,
            is_saved=not form.errors and "saved" in request.args,
            is_law=is_law_now(),
            errors=errors_of(form),
        )
    )


def _download(data: bytes, name: str, form: str) -> Response:
    made = make_response(data)
    made.headers["Content-Type"] = _KINDS[form]
    made.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return made
