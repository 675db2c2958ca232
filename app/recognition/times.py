"""Says a clock time as a part of the day and a date as its month, never more exactly than it was written."""

from collections.abc import Mapping

from app.recognition.model import Pack
from app.recognition.words import plain

PARTS = ("night", "morning", "afternoon", "evening", "open")
"""What `parts` of a pack names; *open* is said when nobody can know which part is meant."""
SAID = ("night", "morning", "afternoon", "evening", "before_noon", "after_noon")
"""What the words in `said` of a pack tell about a clock time beside them."""
_NOON = 12
_HOURS = 24
_MINUTES = 60
_FIRST_HOURS = {"night": range(6), "morning": range(6, 12), "afternoon": range(12, 18), "evening": range(18, 25)}
_AT_SCHOOL = {"afternoon": (0, 12, 1, 2, 3, 4, 5), "morning": (8, 9, 10, 11)}
"""What an hour on a twelve-hour clock means to somebody who talks about school: 0 is *half een*; 6 and 7 stay open."""
_LAST_MORNING_LESSON = 4
_LAST_LESSON = 10
_DAYS = 31
_MONTHS = 12

Groups = Mapping[str, str | None]


def number_of(text: str, numbers: Mapping[str, int]) -> int | None:
    """Return the number that *text* begins with in digits (`7e`) or is in words (`zeven`)."""
    digits = "".join(c if c.isdecimal() else " " for c in text).split(" ", 1)[0]
    return int(digits) if digits else numbers.get(plain(text))


def part_of_day(groups: Groups, pack: Pack) -> str | None:
    """Return the words for the part of the day, None when *groups* hold no time of day.

    `hour` and `minute` are as on a clock, `next` is the hour to come (*half drie*), `until` the hour when it ended,
    `lesson` a school hour, `said` a word beside it (*'s avonds*, *pm*).
    """
    first = _part(groups, pack, "hour" if groups.get("hour") else "next")
    if first is None:
        return None
    last = _part(groups, pack, "until") if groups.get("until") else first
    return pack.parts[first if first == last else "open"]


def month_name(groups: Groups, pack: Pack) -> str | None:
    """Return the name of the month, None when *groups* hold no day of a year."""
    day = number_of(groups.get("day") or "1", pack.numbers)
    month = number_of(groups.get("month") or "", pack.months)
    if day is None or month is None or not (1 <= day <= _DAYS and 1 <= month <= _MONTHS):
        return None
    return pack.month_names[month - 1]


def _part(groups: Groups, pack: Pack, group: str) -> str | None:
    if lesson := groups.get("lesson"):
        return _lesson_part(number_of(lesson, pack.numbers))
    text = groups.get(group) or ""
    hour = number_of(text, pack.numbers)
    minute = number_of(groups.get("minute") or "0", pack.numbers)
    if hour is None or hour > _HOURS or (minute or 0) >= _MINUTES:
        return None
    said = pack.said.get(plain(groups.get("said") or ""), "")
    is_whole_day = hour > _NOON or text.startswith("0")
    return _hour_part(hour - 1 if group == "next" else hour, said, is_whole_day=is_whole_day)


def _lesson_part(lesson: int | None) -> str | None:
    if lesson is None or not 1 <= lesson <= _LAST_LESSON:
        return None
    return "morning" if lesson <= _LAST_MORNING_LESSON else "afternoon"


def _hour_part(hour: int, said: str, *, is_whole_day: bool) -> str:
    if said in PARTS:
        return said
    if said:
        hour = hour % _NOON + (_NOON if said == "after_noon" else 0)
    table: Mapping[str, range | tuple[int, ...]] = _FIRST_HOURS if said or is_whole_day else _AT_SCHOOL
    return next((part for part, hours in table.items() if hour in hours), "open")
