"""In which lane a report comes in: a flood is folded away below the others; nobody is refused.

Source: ADR 0014. The trap that it avoids is GlobaLeaks issue 4403 (read 2026-11-22): a training of thirty people behind
one address was refused by a limit of a few reports an hour for each address. A class that visits Vertel is that case.
"""

from dataclasses import dataclass
from typing import Literal

Lane = Literal["normal", "folded"]

CALM_HOUR = 20
"""So many talks an hour are normal at any school; a class fits in an hour and a half."""
USUAL_TIMES = 3
"""Above so many times its usual hour a busy school is looked at too."""
MOST_ALIKE = 3
"""So many others that say the same make a report one of a flood."""
HASTE_SECONDS = 20
"""Nobody reads the questions and answers them in less."""
MOST_POSTS_A_MINUTE = 60
"""A class of thirty, each telling twice in one minute, does not reach it."""
MOST_A_DAY = 2_000
"""From so many talks a day at one school on, a long text is asked to be shorter."""
LONG_CHARACTERS = 2_000


@dataclass(frozen=True, kw_only=True)
class Signals:
    """What one report shows of how it was made; nothing of it says who made it."""

    alike: int = 0
    """How many others of the last hour at this school say nearly the same."""
    has_words: bool = True
    """False when nothing was typed: its answers are all that it says."""
    is_fast: bool = False
    """True when it was told faster than anybody reads."""
    is_bursting: bool = False
    """True when more than `MOST_POSTS_A_MINUTE` came from where it came from, in the last minute."""
    is_urgent: bool = False
    """True when somebody must read it now, or when its words point to danger."""
    has_ticket: bool = False
    """True when the student's device did the work that the brake asks."""
    has_word: bool = False
    """True when it began with the word of the poster, which a machine elsewhere does not know."""
    is_follow_up: bool = False
    """True when it follows a report whose code the student has."""

    @property
    def is_vouched_for(self) -> bool:
        """Tell whether something costly or known at school only came with it."""
        return self.has_ticket or self.has_word or self.is_follow_up

    @property
    def is_hasty(self) -> bool:
        """Tell whether it looks made by a machine: too fast, or saying nothing of its own while its source posts on."""
        says_nothing_new = self.alike > 0 or not self.has_words
        return self.is_fast or (self.is_bursting and says_nothing_new)

    @property
    def sealed(self) -> dict[str, int]:
        """Return what the adviser is shown of it: numbers, by name; nothing when it shows nothing."""
        alike = {"alike": self.alike} if self.alike >= MOST_ALIKE else {}
        return {**alike, "fast": 1} if self.is_fast else alike


@dataclass(frozen=True, kw_only=True)
class Budget:
    """What one school is sent, this report not counted."""

    hour: int
    """Talks of the last hour."""
    usual_hour: float = 0
    """Talks of an hour on a usual school day."""
    asks_ticket: bool = False
    """True while the operator's brake is on."""

    @property
    def is_spent(self) -> bool:
        """Tell whether this hour brings more than the school ever has."""
        return self.hour >= max(CALM_HOUR, USUAL_TIMES * self.usual_hour)


def lane_of(signals: Signals, budget: Budget) -> Lane:
    """Return the lane of a report: *folded* is stored and readable like any other, shown below the others.

    An urgent report is folded only when others say the same; it then stands on top of the fold (ADR 0014).
    """
    is_trusted = signals.is_vouched_for or signals.is_urgent
    if budget.asks_ticket and not is_trusted:
        return "folded"
    if not budget.is_spent:
        return "normal"
    if signals.alike >= MOST_ALIKE:
        return "folded"
    return "folded" if signals.is_hasty and not is_trusted else "normal"


def asks_shorter(characters: int, sent_today: int) -> bool:
    """Tell whether a text is too long for a day on which the school is flooded; any other day takes all of it."""
    return characters > LONG_CHARACTERS and sent_today >= MOST_A_DAY
