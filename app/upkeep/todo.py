"""What needs doing on the social map now; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.i18n.languages import SOURCE, Language
from app.i18n.translate import language_of, using
from app.referrals.checks import Check, confirmations, is_number_held
from app.referrals.entries import NUMBER_OF_LIFE, Entry
from app.referrals.fitting import is_stale


@dataclass(frozen=True)
class NumberState:
    """How far the check of one number is."""

    is_held: bool
    """It is shown to students."""
    is_fixed: bool
    """It is 112 or 113, which nobody hides."""
    right: frozenset[str]
    """Ids of who found it right since somebody last found it wrong."""
    wrong: frozenset[str]


@dataclass(frozen=True)
class NumberTask:
    """A number that waits for somebody to call it."""

    entry: Entry
    state: NumberState
    is_mine_done: bool
    """Who looks has called it already: it waits for somebody else."""


@dataclass(frozen=True)
class LanguageTask:
    """What has no words in one language."""

    language: Language
    without_keywords: tuple[Entry, ...]
    without_texts: tuple[Entry, ...]


def number_state(entry: Entry, checks: Iterable[Check]) -> NumberState:
    """Return how the number of *entry*, as it was imported, stands after *checks* of that service."""
    about = [check for check in checks if check.number == entry.phone]
    wrong = [check for check in about if not check.is_right]
    since = max((check.order for check in wrong), default=0)
    return NumberState(
        is_held=is_number_held(entry, about),
        is_fixed=entry.id in NUMBER_OF_LIFE,
        right=confirmations(about, since),
        wrong=frozenset(check.account_id for check in wrong),
    )


def number_tasks(
    imported: Sequence[Entry], checks: Mapping[str, Sequence[Check]], person_id: str
) -> tuple[NumberTask, ...]:
    """Return the numbers that students do not see; first those that *person_id* can bring further."""
    states = ((entry, number_state(entry, checks.get(entry.id, ()))) for entry in imported if entry.phone)
    waiting = [
        NumberTask(entry, state, person_id in state.right | state.wrong) for entry, state in states if not state.is_held
    ]
    return tuple(sorted(waiting, key=lambda task: (task.is_mine_done, -len(task.state.right))))


def stale(entries: Iterable[Entry], today: date) -> tuple[Entry, ...]:
    """Return the services that nobody looked over in six months, the longest ago first."""
    old = [entry for entry in entries if is_stale(entry, today)]
    return tuple(sorted(old, key=lambda entry: entry.checked_on or date.min))


def language_tasks(entries: Sequence[Entry], offered: Iterable[Language]) -> tuple[LanguageTask, ...]:
    """Return for each language but Dutch which services have no search words or no translated texts in it."""
    tasks = [_language_task(entries, language) for language in offered if language.html_lang != SOURCE]
    return tuple(task for task in tasks if task.without_keywords or task.without_texts)


def _language_task(entries: Sequence[Entry], language: Language) -> LanguageTask:
    with using(language.tag):
        untold = tuple(
            entry
            for entry in entries
            if entry.what_they_do_nl and language_of(entry.what_they_do_nl).html_lang != language.html_lang
        )
    return LanguageTask(language, tuple(one for one in entries if not one.keywords.get(language.html_lang)), untold)
