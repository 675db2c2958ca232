"""Whether words of a text were denied: "ik word niet gepest", "it is not about drugs"."""

from collections.abc import Collection, Sequence

from app.referrals.matching.words import Word, tokens

BEFORE, AFTER = 3, 2
"""How many words before, or after, a "not" may stand."""
_NOT = frozenset(tokens("niet geen nooit nee zonder no not never dont doesnt didnt isnt arent without لا لم ليس بدون"))
_DEGREE = frozenset(
    tokens(
        "vaak altijd elke iedere zo zomaar alleen enkel zoveel heel erg stoppen ophouden zonder"
        " often always every only just all much many stop without دائما فقط كثيرا"
    )
)
"""What a "not" before it denies is how much, and not that: "hij slaat me niet vaak", "i cannot stop vaping"."""
_AFTER = frozenset(tokens("niet nooit not"))
_BUT = frozenset(tokens("maar but however لكن"))
_YET = frozenset(tokens("wel is does do was has نعم"))


def is_denied(text: Sequence[Word], places: Collection[int]) -> bool:
    """Return whether a "not" stands near *places* that is none of them, in the same part and on this side of a "but".

    What follows as "maar mijn vriendin wel" takes the denial back.
    """
    first, last = min(places), max(places)
    part = text[first].part
    before = _reach(text, range(first - 1, max(first - 1 - BEFORE, -1), -1), part)
    after = _reach(text, range(last + 1, min(last + 1 + AFTER, len(text))), part)
    denied = any(at not in places and _denies(text, at, _NOT) for at in before)
    denied = denied or any(at not in places and _denies(text, at, _AFTER) for at in after)
    return denied and not _is_taken_back(text[last + 1 :])


def _denies(text: Sequence[Word], at: int, words: Collection[str]) -> bool:
    """Return whether the word at *at* is one of *words* and what follows is no matter of how much."""
    following = text[at + 1].text if at + 1 < len(text) else ""
    return text[at].text in words and following not in _DEGREE


def _reach(text: Sequence[Word], places: range, part: int) -> list[int]:
    reached: list[int] = []
    for at in places:
        if text[at].part != part or text[at].text in _BUT:
            break
        reached.append(at)
    return reached


def _is_taken_back(rest: Sequence[Word]) -> bool:
    """Return whether *rest* ends its "but" without anything of its own: "but my friend is"."""
    longest = 6
    at = next((at for at, word in enumerate(rest) if word.text in _BUT), None)
    tail = rest[at + 1 :] if at is not None else []
    return 0 < len(tail) <= longest and tail[-1].text in _YET
