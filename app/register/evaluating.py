"""The yearly evaluation of a school: what is counted by itself beside what the school adds."""

from sqlalchemy.orm import Session

from app.i18n.translate import gettext as _
from app.register import queries
from app.register.codes import DISCRIMINATING
from app.register.comparing import compare
from app.register.documents import Document, Part
from app.register.models import Evaluation
from app.register.pages import Compared, Summary
from app.register.queries import Choice
from app.register.wording import labels
from app.schools.queries import SchoolInfo

TEXTS = ("monitor", "adviser_report", "actions", "conclusions")
BUSIEST = 5


def summary_of(session: Session, school_id: str, year: str) -> Summary:
    """Return what the register counts in a school year."""
    choice = Choice(year)
    reasons = queries.counts_by(session, school_id, choice, "serious_reason")
    places = queries.counts_by(session, school_id, choice, "place")
    known_places = [(text, places[code]) for code, text in labels("place").items() if places.get(code)]
    motives = queries.counts_by(session, school_id, choice, "motive")
    return Summary(
        compared=compare(session, school_id, year),
        serious=sum(number for code, number in reasons.items() if code != "none"),
        reported=queries.counts_by(session, school_id, choice, "inspectorate").get("done", 0),
        discrimination=sum(motives.get(code, 0) for code in DISCRIMINATING),
        anonymous=queries.counts_by(session, school_id, choice, "source").get("anonymous", 0),
        busiest=tuple(sorted(known_places, key=lambda one: -one[1])[:BUSIEST]),
    )


def evaluation_of(session: Session, school_id: str, year: str) -> dict[str, str | int | None]:
    """Return what the school added to the evaluation of a year."""
    held = session.get(Evaluation, (school_id, year))
    if held is None:
        return {**dict.fromkeys(TEXTS, ""), "complaints": None}
    return {**{name: getattr(held, name) for name in TEXTS}, "complaints": held.complaints}


def keep_evaluation(session: Session, school_id: str, year: str, told: dict[str, str | int | None]) -> None:
    """Keep what the school adds."""
    held = session.get(Evaluation, (school_id, year))
    if held is None:
        held = Evaluation(school_id=school_id, year=year)
        session.add(held)
    for name, value in told.items():
        setattr(held, name, value)
    session.flush()


def document(school: SchoolInfo, year: str, summary: Summary, told: dict[str, str | int | None]) -> Document:
    """Return the evaluation as a document for the participation council."""
    complaints = told["complaints"]
    return Document(
        title=_("Veiligheid op %(school)s, schooljaar %(year)s", school=school.name, year=year),
        parts=(
            Part("", [_("Voor de medezeggenschapsraad. Meer registreren betekent niet dat het onveiliger is.")]),
            _counts(year, summary),
            Part(_("Verder in het register"), _lines(summary)),
            _text(_("Monitor onder leerlingen"), told["monitor"]),
            Part(
                _("Klachten"),
                [_("Aantal klachten: %(count)s", count=complaints if complaints is not None else _("niet ingevuld"))],
            ),
            _text(_("De vertrouwenspersoon"), told["adviser_report"]),
            _text(_("Wat we deden"), told["actions"]),
            _text(_("Conclusies"), told["conclusions"]),
        ),
        footer=school.name,
    )


def _counts(year: str, summary: Summary) -> Part:
    rows = [_row(one.label, one) for one in summary.compared.rows]
    rows.append(_row(_("Samen"), summary.compared.together))
    return Part(_("Register"), head=[_("Soort incident"), year, _("Jaar ervoor")], rows=rows)


def _row(label: str, told: Compared) -> list[str]:
    return [label, str(told.now), "–" if told.before is None else str(told.before)]


def _lines(summary: Summary) -> list[str]:
    return [
        _(
            "Ernstig: %(count)s, waarvan gemeld bij de inspectie: %(told)s",
            count=summary.serious,
            told=summary.reported,
        ),
        _("Met discriminatie als aanleiding: %(count)s", count=summary.discrimination),
        _("Bekend door een anonieme melding: %(count)s", count=summary.anonymous),
        _("Vaakst: %(places)s", places=", ".join(f"{place} ({number})" for place, number in summary.busiest) or "–"),
    ]


def _text(title: str, told: str | int | None) -> Part:
    lines = [line for line in str(told or "").splitlines() if line.strip()]
    return Part(title, lines or [_("Nog niet ingevuld.")])
