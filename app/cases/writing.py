"""What an adviser is writing to a student, as the page posted it: sentences, typed words, and what was wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from flask import request
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from app import db
from app.cases import services
from app.cases.at_desk import at_desk
from app.cases.desk import Desk, hold
from app.cases.envelopes import CaseDamagedError
from app.cases.forms import CloseForm, ReplyForm
from app.cases.phrase_sending import Draft, draft_of
from app.cases.phrases import Fillings, fillings_for, phrase_book
from app.cases.rules import CaseClosedError
from app.cases.viewing import case_view, was_withdrawn
from app.i18n.translate import gettext as _

Act = Callable[[Session, Desk, str, str, services.Along], None]
Errors = tuple[tuple[str, str], ...]
_CANNOT = (CaseClosedError, CaseDamagedError, services.UnseenMessageError)


class WithdrawnError(Exception):
    """The student withdrew the case while somebody wrote to him."""


@dataclass(frozen=True)
class Writing:
    """A form and the sentences before its words."""

    form: ReplyForm | CloseForm
    draft: Draft = field(default_factory=Draft)
    errors: Errors = ()
    status: int = 200

    @classmethod
    def posted(cls, form: ReplyForm | CloseForm) -> "Writing":
        """Read what a page posted."""
        draft = draft_of(request.form, phrase_book())
        form.has_phrases = bool(draft.lines)
        return cls(form, draft)

    def is_behind(self, last_seq: int) -> bool:
        """Tell whether the conversation went on since the page was made."""
        seen: int | None = self.form.seen.data
        return seen is not None and seen < last_seq

    def after(self, deed: str) -> "Writing":
        """Return it after a tap on a sentence, or on a button of the draft."""
        return replace(self, draft=self.draft.after(deed, phrase_book()))

    def done(self, act: Act, case_id: str) -> "Writing":
        """Send it by *act* and return it, with what was wrong when nothing was sent.

        Raises: NotFound, WithdrawnError.
        """
        if not self.form.validate():
            return self._refused(self._form_errors(), 422)
        try:
            with at_desk() as (session, desk):
                fillings = self._fillings(session, desk, case_id)
                if faults := self.draft.faults(fillings):
                    return self._refused(faults, 422)
                along = services.Along(self.draft.parts(fillings), self.form.seen.data)
                act(session, desk, case_id, self.form.words.data or "", along)
        except _CANNOT as error:
            self.form.words.errors = [_why(error)]
            return self._refused(self._form_errors(), 409)
        except NotFound:
            _refuse_withdrawn(case_id)
            raise
        return self

    def _fillings(self, session: Session, desk: Desk, case_id: str) -> Fillings:
        if not self.draft.blanks:
            return {}
        case = case_view(session, desk, hold(session, desk, case_id))
        return fillings_for(session, case, self.draft.blanks, self.draft.services)

    def _form_errors(self) -> Errors:
        return tuple((name, str(text)) for name, texts in self.form.errors.items() for text in texts)

    def _refused(self, errors: Errors, status: int) -> "Writing":
        return replace(self, errors=errors, status=status)


def _refuse_withdrawn(case_id: str) -> None:
    with at_desk(db.reading) as (session, desk):
        if was_withdrawn(session, desk, case_id):
            raise WithdrawnError from None


def _why(error: Exception) -> str:
    if isinstance(error, CaseClosedError):
        return _("Deze melding is intussen afgesloten. Heropen haar eerst; je tekst staat hier nog.")
    if isinstance(error, services.UnseenMessageError):
        return _("Er kwam net een bericht bij. Er is nog niets verstuurd. Lees het eerst; je tekst staat hier nog.")
    return _("Jouw sleutel voor deze melding is beschadigd. Vraag een ander die kan meelezen om te antwoorden.")
