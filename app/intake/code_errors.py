"""Says kindly what is wrong with a code that was typed, and what it may have been meant to be."""

from app.i18n.translate import gettext as _
from app.vault.errors import CodeError, UnknownWordError, WrongCheckError


def code_error_text(error: CodeError) -> str:
    """Return one sentence with the fault and the cure; never the code itself."""
    if isinstance(error, UnknownWordError):
        return _unknown_word_text(error)
    if isinstance(error, WrongCheckError):
        return _("Deze code klopt net niet. Staan alle woorden of cijfers er goed, en in de juiste volgorde?")
    return _("Een code heeft vijf woorden of zestien cijfers. Kijk of je alles hebt ingevuld.")


def _unknown_word_text(error: UnknownWordError) -> str:
    number = error.word_index + 1
    if error.suggestions:
        meant = ", ".join(error.suggestions)
        return _("Woord %(number)s kennen we niet. Bedoel je: %(meant)s?", number=number, meant=meant)
    return _("Woord %(number)s kennen we niet. Kijk of het goed geschreven is.", number=number)
