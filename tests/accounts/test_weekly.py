"""The word of the week: the same for all of a school, this week's and last week's, and told by nothing else."""

from datetime import date, timedelta

from app.accounts.weekly import is_word, word_of
from app.vault.words import word_list
from tests.installations import Installation

MONDAY = date(2026, 11, 23)
WEEK = timedelta(weeks=1)


def test_a_school_has_one_word_from_monday_to_sunday(installation: Installation) -> None:
    words = {word_of("school", MONDAY + timedelta(days=day)) for day in range(7)}

    assert len(words) == 1
    assert words <= set(word_list("nl").words)


def test_each_week_and_each_school_has_another_word(installation: Installation) -> None:
    weeks = {word_of("school", MONDAY + number * WEEK) for number in range(20)}
    schools = {word_of(f"school {number}", MONDAY) for number in range(20)}

    assert min(len(weeks), len(schools)) > 17


def test_this_weeks_and_last_weeks_word_count_and_no_other(installation: Installation) -> None:
    word = word_of("school", MONDAY)

    assert [is_word("school", word, MONDAY + number * WEEK) for number in (-1, 0, 1, 2)] == [False, True, True, False]
    assert not is_word("other school", word, MONDAY)
    assert not is_word("school", "", MONDAY)


def test_a_word_is_known_in_capitals_and_with_spaces(installation: Installation) -> None:
    assert is_word("school", f" {word_of('school', MONDAY).upper()} ", MONDAY)


def test_the_last_days_of_a_year_keep_the_word_of_their_week(installation: Installation) -> None:
    assert word_of("school", date(2026, 12, 31)) == word_of("school", date(2027, 1, 1))
