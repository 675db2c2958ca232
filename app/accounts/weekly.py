"""The word of the week on a school's posters: it vouches that somebody stood in the school, and says nothing of who.

All of a school see the same word. Whoever knows it is believed a little more in a flood; nobody needs it.
"""

from datetime import date, timedelta

from app.accounts.installation import current_pepper
from app.vault.words import DEFAULT_LIST, WORDS_IN_LIST, plain_letters, word_list

WEEK = timedelta(weeks=1)


def word_of(school_id: str, day: date) -> str:
    """Return the word of a school for the week of *day*, the same on every host; it cannot be told without the pepper.

    A week begins on Monday (ISO 8601).
    """
    year, week, _weekday = day.isocalendar()
    mac = current_pepper().mac("poster word", school_id, f"{year}-{week}")
    return word_list(DEFAULT_LIST).words[int.from_bytes(mac, "big") % WORDS_IN_LIST]


def is_word(school_id: str, typed: str, day: date) -> bool:
    """Tell whether *typed* is the school's word of this week or the last, for a poster hangs a little longer."""
    return plain_letters(typed).strip() in {word_of(school_id, day), word_of(school_id, day - WEEK)}
