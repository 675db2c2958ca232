"""Builds what follows on sending or putting away: the code, that it is still coming, or that the known one opens it."""

from sqlalchemy.orm import Session

from app.cases.deeds import public_deeds
from app.i18n.translate import gettext as _
from app.intake import paused
from app.intake.homework import code_words
from app.intake.pages import CodeComingPage, CodePage, Errors, FollowUpSentPage
from app.intake.rules import Talk
from app.referrals.queries import cards_by_id
from app.schools.queries import SchoolInfo
from app.vault.codes import parse_code
from app.web.pages import render


def code_page(session: Session, school: SchoolInfo, talk: Talk, *, errors: Errors = ()) -> str:
    """Render the code with one word of it asked back, and help that fits the talk.

    A code that does not open anything yet is not shown, nor one that its student knows from an earlier report.
    """
    cards = cards_by_id(session, talk.help_ids)
    if talk.is_follow_up:
        return render(FollowUpSentPage(title=_("Het is verstuurd"), slug=school.slug, cards=cards))
    if talk.pending:
        return render(CodeComingPage(title=_("Je code komt eraan"), cards=cards))
    code = parse_code(talk.code_number)
    words, tag = code_words(talk)
    page = CodePage(
        title=_("Bewaar je code"),
        slug=school.slug,
        kept_until=paused.kept_until(session, talk),
        words=words,
        words_language=tag,
        digits=code.digits,
        asked_word=talk.asked_word + 1,
        is_code_kept=talk.is_code_kept,
        has_done=bool(public_deeds(session, school.id)),
        cards=cards,
        errors=errors,
    )
    return render(page)


def word_error_text() -> str:
    """Say that the word typed back is another one, and how to go on."""
    return _("Dit is niet het woord dat we vroegen. Kijk nog eens naar je code hierboven en probeer het opnieuw.")
