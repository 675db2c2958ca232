"""Writes a catalogue anew from the texts of the project, keeping what was translated."""

from io import BytesIO

from babel.messages import Catalog, Message
from babel.messages.pofile import write_po

from app.i18n.audience import FLAG, is_critical, is_in_catalogue
from app.i18n.catalogues import plural_forms
from app.i18n.languages import EASY
from app.i18n.messages import PLACEHOLDER, ids_of, texts_of

_HEADER = """\
# Vertel; the msgid is the Dutch source text. `flask translations update` writes this file, translators fill it.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def updated(template: Catalog, old: Catalog | None, tag: str) -> bytes:
    """Return the .po file of language *tag* for the texts in *template*.

    Translations, fuzzy marks and translators' comments of *old* stay, obsolete texts go, nothing is guessed; what
    is critical is marked so. Easy Dutch keeps only what it has: the rest is easy enough. The file holds no date and
    no line number, so that it changes only when a text does.
    """
    new = Catalog(locale=tag.replace("-", "_"), fuzzy=False)
    new.mime_headers = [("Plural-Forms", plural_forms(tag))]
    for message in template:
        if message.id and is_in_catalogue(tag, message.locations):
            kept = old.get(ids_of(message)[0], message.context) if old is not None else None
            if tag != EASY or (kept is not None and all(texts_of(kept))):
                _carry(message, kept, new)
    file = BytesIO()
    write_po(file, new, width=0, omit_header=True, sort_by_file=True, include_lineno=False)
    header = _HEADER.format(language=tag.replace("-", "_"), plural_forms=plural_forms(tag))
    return header.encode() + file.getvalue()


def _carry(message: Message, old: Message | None, new: Catalog) -> None:
    is_same = old is not None and ids_of(old) == ids_of(message)
    is_fuzzy = old is not None and is_same and old.fuzzy
    entry = new.add(
        message.id,
        _texts(message, old if is_same else None, new.num_plurals),
        locations=message.locations,
        flags=["fuzzy"] * is_fuzzy + [FLAG] * is_critical(message.locations),
        auto_comments=message.auto_comments,
        user_comments=old.user_comments if old is not None else [],
        context=message.context,
    )
    if not any(PLACEHOLDER.search(text) for text in ids_of(message)):
        entry.flags.discard("python-format")  # Babel takes the percent sign of "100 % doorgaan" for a placeholder.
    entry.flags.discard("python-brace-format")


def _texts(message: Message, old: Message | None, forms: int) -> str | tuple[str, ...]:
    texts = texts_of(old) if old is not None else ()
    if not message.pluralizable:
        return "".join(texts)
    return (*texts, *[""] * forms)[:forms]
