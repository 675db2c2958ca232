"""Languages that nobody speaks, made from the Dutch texts: they show what is not translated, too short or not mirrored.

`en-XA` has accents on every letter and twice the length, `ar-XB` runs from right to left.
"""

from babel.messages import Catalog

from app.i18n.languages import PSEUDO
from app.i18n.messages import PLACEHOLDER, ids_of

LONG, MIRRORED = PSEUDO
_ACCENTED = str.maketrans("aceiklnorstuyzACEIKLNORSTUYZ", "áçéîķļñöŕšţûýžÁÇÉÎĶĻÑÖŔŠŢÛÝŽ")
_PADDING = "ëën twëë drïë vïër vïjf zës zëvën acht nëgën tïën "
_REVERSED, _ENDED = "\u202e", "\u202c"


def pseudo_text(text: str, tag: str) -> str:
    """Return *text* as *tag* would say it; placeholders stay as they are."""
    pieces = PLACEHOLDER.split(text)  # text, name, text, name, ... text
    made = [_said(piece, tag) if at % 2 == 0 else f"%({piece})s" for at, piece in enumerate(pieces)]
    padding = (_PADDING * (len(text) // len(_PADDING) + 1))[: len(text)].strip() if tag == LONG else ""
    return "".join(made) + (f" {padding}" if padding else "")


def _said(text: str, tag: str) -> str:
    if tag == LONG:
        return text.translate(_ACCENTED)
    words = text.split(" ")
    return " ".join(f"{_REVERSED}{word}{_ENDED}" if word.strip() else word for word in words)


def pseudo_catalogue(whole: Catalog, tag: str, forms: int) -> Catalog:
    """Return a catalogue of *tag* for every text of *whole*, with so many plural *forms*."""
    made = Catalog(fuzzy=False)
    for message in whole:
        if message.id:
            ids = ids_of(message)
            texts = tuple(pseudo_text(ids[-1], tag) for _ in range(forms))
            made.add(
                message.id, texts if message.pluralizable else texts[0], message.locations, context=message.context
            )
    return made
