"""Tells when the code of a talk can be printed as a sheet of words, and which words those are."""

from sqlalchemy.orm import Session

from app.i18n.translate import current
from app.intake.rules import CODE_LANGUAGES, Talk
from app.intake.running import held_talk
from app.schools.queries import SchoolInfo
from app.vault.codes import Code, parse_code


def code_words(talk: Talk) -> tuple[tuple[str, ...], str]:
    """Return the words of the talk's code and the tag of their list, as the page that shows the code has them."""
    return words_of(parse_code(talk.code_number))


def words_of(code: Code) -> tuple[tuple[str, ...], str]:
    """Return the words of a code in the present language, or the first that has a list, and the tag of that list."""
    tag = current().tag if current().tag in CODE_LANGUAGES else CODE_LANGUAGES[0]
    return code.words(tag), tag


def shown_code(session: Session, token: str | None, school: SchoolInfo) -> Talk | None:
    """Return the talk of this browser whose code its page shows now; None while there is none or no longer one."""
    running = held_talk(session, token or "", school.id)
    if running is None:
        return None
    talk = running.talk
    # A talk that follows a report is read with the code of that report.
    has_code = (talk.is_sent or talk.is_paused) and not talk.pending and not talk.is_follow_up
    return talk if has_code else None
