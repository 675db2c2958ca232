"""Deeds on several cases of the fold at once; each case is judged for itself, and what cannot be done is said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from app.cases import rules, services
from app.cases.desk import CaseNotFoundError, Desk, Held, hold
from app.cases.reading import CardInfo, read_card
from app.i18n.translate import lazy_gettext as _lazy

Why = Literal["gone", "unfolded", "danger", "wrote", "damaged"]
REASONS = {
    "gone": _lazy("De leerling trok haar intussen in, of zij ligt niet meer bij jou."),
    "unfolded": _lazy("Iemand antwoordde of haalde haar intussen uit de stapel."),
    "danger": _lazy("Dringend, na een eerdere melding, of met woorden die op gevaar wijzen. Lees haar eerst."),
    "wrote": _lazy("De leerling schreef er nog iets bij. Lees dat eerst."),
    "damaged": _lazy("Jouw sleutel voor deze melding is beschadigd. Vraag een ander die kan meelezen."),
}


@dataclass(frozen=True)
class Left:
    """A case that was left as it was, and why; without a title when it is no longer his to open."""

    case_id: str
    title: str
    why: Why

    @property
    def reason(self) -> str:
        """Return in words why it was left."""
        return str(REASONS[self.why])


@dataclass(frozen=True)
class Done:
    """What became of the cases that were chosen."""

    count: int
    left: tuple[Left, ...]


def unfold_all(session: Session, desk: Desk, case_ids: Sequence[str]) -> Done:
    """Take each of *case_ids* out of the fold."""
    return _each(session, desk, case_ids, _never, lambda id_: services.unfold(session, desk, id_))


def close_all(session: Session, desk: Desk, case_ids: Sequence[str], outcome: str) -> Done:
    """Close each of *case_ids* with a sentence that its student reads, but none that should be read first."""
    return _each(session, desk, case_ids, _why_not_closed, lambda id_: services.close_case(session, desk, id_, outcome))


def _each(
    session: Session,
    desk: Desk,
    case_ids: Sequence[str],
    refuse: Callable[[Held, CardInfo], Why | None],
    deed: Callable[[str], None],
) -> Done:
    """Do *deed* to each case that still lies in the fold; locked in the order in which everybody locks several."""
    left, chosen = [], sorted(set(case_ids))
    for case_id in chosen:
        try:
            held = hold(session, desk, case_id, lock=True)
        except CaseNotFoundError:
            left.append(Left(case_id, "", "gone"))
            continue
        card = read_card(held.dialog_key, held.case.card, held.ref)
        why: Why | None = "unfolded" if held.case.lane != rules.FOLDED else refuse(held, card)
        if why is None:
            deed(case_id)
        else:
            left.append(Left(case_id, card.title, why))
    return Done(len(chosen) - len(left), tuple(left))


def _never(_held: Held, _card: CardInfo) -> None:
    """Refuse nothing."""


def _why_not_closed(held: Held, card: CardInfo) -> Why | None:
    if held.dialog_key is None or card.damaged:
        return "damaged"
    if held.case.urgent or held.case.parent_id is not None or card.watch:
        return "danger"
    return "wrote" if held.case.last_student_seq > 0 else None
