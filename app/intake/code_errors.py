"""Says kindly what is wrong with a code that was typed, and what it may have been meant to be."""

from app.i18n.translate import gettext as _
from app.vault.codes import DIGITS_IN_CODE, WORDS_IN_CODE
from app.vault.errors import CodeError, UnknownWordError, WrongCheckError
from app.vault.words import plain_letters


def code_error_text(error: CodeError, typed: str) -> str:
    """Return one sentence with the fault and the cure; never the code itself."""
    if isinstance(error, UnknownWordError):
        return _unknown_word_text(error)
    if isinstance(error, WrongCheckError):
        return _("Deze code klopt niet. Staan alle woorden of cijfers er goed, en in de juiste volgorde?")
    return _length_text(typed)


def _length_text(typed: str) -> str:
    plain = plain_letters(typed)
    words = len("".join(sign if sign.isalpha() else " " for sign in plain).split())
    digits = sum(sign.isdecimal() for sign in plain)
    if words and words != WORDS_IN_CODE:
        return _("Een code heeft vijf woorden. We tellen er bij jou %(count)s. Staan ze er allemaal?", count=words)
    if digits and digits != DIGITS_IN_CODE:
        return _("Een code heeft zestien cijfers. We tellen er bij jou %(count)s. Staan ze er allemaal?", count=digits)
    return _("Een code heeft vijf woorden of zestien cijfers. Kijk of je alles hebt ingevuld.")


def _unknown_word_text(error: UnknownWordError) -> str:
    number = error.word_index + 1
    if error.suggestions:
        meant = ", ".join(error.suggestions)
        return _("Woord %(number)s kennen we niet. Bedoel je: %(meant)s?", number=number, meant=meant)
    return _("Woord %(number)s kennen we niet. Kijk of het goed geschreven is.", number=number)
