"""Labels: free words by which the readers of a case find it again; sealed, and never seen by the student."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cases.desk import Desk, Held, hold, notes_key_of, on_desk
from app.cases.envelopes import CaseRef, unwrap_key
from app.cases.models import Case, CaseReader, CaseRecord
from app.cases.records import add_record, records_of

KIND = "labels"
MOST_LETTERS = 30
MOST_LABELS = 8
MOST_SUGGESTIONS = 8
MOST_CASES = 100
"""Of how many cases labels are suggested; each costs one key to open."""


class TooManyLabelsError(Exception):
    """The case has as many labels as fit: take one away first."""


def labels_of(session: Session, desk: Desk, held: Held) -> tuple[str, ...]:
    """Return the labels of a case."""
    return _labels(session, held.ref, notes_key_of(held, desk))


def _labels(session: Session, ref: CaseRef, key: bytes | None) -> tuple[str, ...]:
    known = [record.value for record in records_of(session, ref, key, {KIND}) if record.value]
    return tuple(known[-1]["labels"]) if known else ()


def add_label(session: Session, desk: Desk, case_id: str, label: str) -> None:
    """Give a case a label; one that it has already, in whatever letters, stays as it is.

    Raises: CaseNotFoundError, TooManyLabelsError, CaseDamagedError.
    """
    held = hold(session, desk, case_id, lock=True)
    labels, wanted = labels_of(session, desk, held), " ".join(label.split())
    if wanted.casefold() in {each.casefold() for each in labels}:
        return
    if len(labels) == MOST_LABELS:
        raise TooManyLabelsError
    _keep(session, desk, held, (*labels, wanted))


def remove_label(session: Session, desk: Desk, case_id: str, label: str) -> None:
    """Take a label away; one that is not there changes nothing.

    Raises: CaseNotFoundError, CaseDamagedError.
    """
    held = hold(session, desk, case_id, lock=True)
    labels = labels_of(session, desk, held)
    if label in labels:
        _keep(session, desk, held, tuple(each for each in labels if each != label))


def _keep(session: Session, desk: Desk, held: Held, labels: Sequence[str]) -> None:
    add_record(session, held.ref, notes_key_of(held, desk), KIND, {"labels": list(labels)})


def suggested_labels(session: Session, desk: Desk, labels: Sequence[str]) -> tuple[str, ...]:
    """Return the labels that cases on *desk* have most, without *labels*."""
    query = (
        select(CaseReader.school_id, CaseReader.case_id, CaseReader.notes_wrap)
        .join(Case, CaseReader.case_id == Case.id)
        .where(on_desk(desk), CaseReader.case_id.in_(select(CaseRecord.case_id).where(CaseRecord.kind == KIND)))
        .order_by(Case.last_on.desc(), Case.id)
        .limit(MOST_CASES)
    )
    used: Counter[str] = Counter()
    for row in session.execute(query):
        ref = CaseRef(school_id=row.school_id, case_id=row.case_id)
        used.update(_labels(session, ref, unwrap_key(row.notes_wrap, desk.pair, ref, desk.person_id, "notes")))
    ranked = sorted(used.items(), key=lambda item: (-item[1], item[0]))
    return tuple(label for label, _count in ranked if label not in labels)[:MOST_SUGGESTIONS]
