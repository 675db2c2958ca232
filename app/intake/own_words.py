"""What a student told and wrote, as plain text to keep: no answer of anybody else, no code, no name of a school."""

from collections.abc import Iterable, Iterator

from app.cases.correspondence import Conversation
from app.i18n.formats import format_date
from app.i18n.translate import gettext as _

FILE_NAME = "tekst.txt"
"""Says nothing to who sees a list of downloads."""
LINE = "\r\n"
"""As browsers send the lines of a text field, so that one file has one kind."""


def own_words(conversations: Iterable[Conversation]) -> str:
    """Return the reports and messages of the student in order, each under its day, in the present language."""
    parts = [part for conversation in conversations for part in _parts(conversation)]
    return (LINE * 2).join(parts) + LINE


def _parts(conversation: Conversation) -> Iterator[str]:
    yield format_date(conversation.reported_on)
    if conversation.is_report_damaged:
        yield _("Dit deel is beschadigd en kan niet meer worden gelezen.")
    for line in conversation.report:
        if line.is_skipped:
            continue
        yield LINE.join((line.question, ", ".join(line.answers)))
    for message in conversation.messages:
        if message.from_student:
            text = message.text
            said = _("Dit bericht is beschadigd en kan niet meer worden gelezen.") if message.damaged else text
            yield LINE.join((format_date(message.written_on), said))
