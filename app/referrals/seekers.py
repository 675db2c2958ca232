"""Who looks for help, as far as it is known or stands in the words: an age and a district; pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.referrals.matching.words import tokens

YOUNGEST, OLDEST = 4, 99
_SPELT = {
    word: number
    for number, spelt in (
        (8, "acht eight"),
        (9, "negen nine"),
        (10, "tien ten"),
        (11, "elf eleven"),
        (12, "twaalf twelve"),
        (13, "dertien thirteen"),
        (14, "veertien fourteen"),
        (15, "vijftien fifteen"),
        (16, "zestien sixteen"),
        (17, "zeventien seventeen"),
        (18, "achttien eighteen"),
    )
    for word in spelt.split()
}
_NUMBER = rf"(?P<age>\d{{1,2}}|{'|'.join(_SPELT)})"
_COUNTED = "keer|maal|dagen|dag|weken|week|maanden|maand|uur|uren|minuten|euro|kilo|kg|x|times|days|weeks|months|hours"
_AGES = tuple(
    re.compile(rf"(?<!\w){pattern}(?!\w)")
    for pattern in (
        rf"{_NUMBER} (?:jaar|jr|jarige?|years? old|yrs? old|yo|year old)",
        rf"{_NUMBER} (?:سنه|سنوات|عام|عاما)",
        rf"عمر(?:ي|ه|ها) {_NUMBER}",
        rf"(?:ben|is|wordt|im|i am|he is|she is|hes|shes|aged|age) (?:pas |nog maar |only |just )?{_NUMBER}"
        rf"(?! (?:{_COUNTED}))",
        r"(?:broer|broertje|zus|zusje|zoon|zoontje|dochter|kind|vriend|vriendin|jongen|meisje|leerling)"
        rf" van {_NUMBER}(?! (?:{_COUNTED}))",
    )
)


@dataclass(frozen=True)
class Seeker:
    """Somebody who looks for help; what is not known is None or empty."""

    age: int | None = None
    """In years."""
    district: str = ""


NOBODY = Seeker()


def seeker_in(words: str, known: Seeker, districts: Mapping[str, Sequence[str]]) -> Seeker:
    """Return *known*, changed by what *words* say: "mijn zusje van 8", "in Moerwijk".

    The names of a district and its neighbourhoods stand in *districts*.
    """
    folded = " ".join(tokens(words))
    ages = (int(_SPELT.get(age["age"], age["age"])) for pattern in _AGES for age in pattern.finditer(folded))
    age = next((age for age in ages if YOUNGEST <= age <= OLDEST), known.age)
    spaced = f" {folded} "
    named = (one for one, names in districts.items() if any(f" {' '.join(tokens(name))} " in spaced for name in names))
    return Seeker(age, next(named, known.district))
