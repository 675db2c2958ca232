"""What the register may be told of a case: proposals in codes, from what the student tapped; never a word."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from app.cases import notes
from app.cases.desk import Desk, Held, hold
from app.cases.envelopes import REPORT, open_value
from app.cases.reading import read_card
from app.i18n.formats import format_date
from app.i18n.translate import gettext as _
from app.register.codes import CATEGORIES
from app.register.rules import IncidentFacts
from app.register.services import record_incident
from app.register.wording import label

_PLACES = {
    "klas": "class_room",
    "gang": "corridor",
    "kluisjes": "lockers",
    "kantine": "canteen",
    "toilet": "toilet",
    "kleedkamer": "changing_room",
    "gymzaal": "gym",
    "schoolplein": "school_grounds",
    "fietsenstalling": "bicycle_shed",
    "onderweg": "on_the_way",
    "bus-of-tram": "transport",
    "uitje": "internship",
    "online": "online",
}
_WHO = {"student": "pupil", "group": "group", "staff": "staff", "outside": "outsider"}
_MOTIVES = {"origin": "origin", "who_you_are": "orientation"}


def proposals(held: Held) -> Mapping[str, str]:
    """Return by field of the register what the talk points to; the adviser decides."""
    answers = _answers(held)
    tapped = {code for values in answers.values() for code in values}
    card = read_card(held.dialog_key, held.case.card, held.ref)
    categories = [code for code in card.categories if code in CATEGORIES]
    found = {
        "source": "anonymous",
        "certainty": "likely",
        "place": _first(answers, "where", _PLACES),
        "causer_role": _first(answers, "who", _WHO),
        "affected_role": _first(answers, "you", {"me": "pupil"}),
        "injury": "light" if "injured" in tapped else "",
        "motive": next((code for answer, code in _MOTIVES.items() if answer in tapped), ""),
        "serious_reason": "staff" if "staff" in answers.get("who", ()) else "",
        **dict(zip(("category", "second_category"), categories, strict=False)),
    }
    return {field: code for field, code in found.items() if code}


def is_online(held: Held) -> bool:
    """Return whether the talk says that it was online too."""
    return any("online" in values for values in _answers(held).values())


def _answers(held: Held) -> Mapping[str, Sequence[str]]:
    told = open_value(held.dialog_key, held.case.report, held.ref, *REPORT)
    found: Mapping[str, Sequence[str]] = told["answers"] if told else {}
    return found


def _first(answers: Mapping[str, Sequence[str]], step: str, codes: Mapping[str, str]) -> str:
    return next((codes[code] for code in answers.get(step, ()) if code in codes), "")


def record_from_case(session: Session, desk: Desk, case_id: str, facts: IncidentFacts) -> None:
    """Put an incident in the register of the case's school, and a note for its readers; the incident knows no case.

    Raises: FactsError, CaseNotFoundError, CaseDamagedError.
    """
    held = hold(session, desk, case_id, lock=True)
    record_incident(session, held.ref.school_id, facts)
    category, day = label("category", facts.codes["category"]), format_date(facts.day, "long")
    notes.write_note(
        session, desk, case_id, _("In het register gezet: %(category)s, %(day)s.", category=category, day=day)
    )
