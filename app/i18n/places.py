"""Where a text stands, in words for a translator who cannot read code: who reads it, and when."""

from fnmatch import fnmatchcase

_STUDENT = "Student"
PLACES = (
    ("app/intake/templates/start.html", f"{_STUDENT}: start page of a school, before anything is told"),
    ("app/intake/templates/closed_school.html", f"{_STUDENT}: start page of a school that does not take part yet"),
    ("app/intake/templates/home.html", f"{_STUDENT}: first page of the site, choosing a school"),
    ("app/intake/templates/step.html", f"{_STUDENT}: one question of the talk"),
    ("app/intake/templates/bubbles.html", f"{_STUDENT}: the talk so far, above a question"),
    ("app/intake/templates/readers.html", f"{_STUDENT}: who reads the report, and striking somebody out"),
    ("app/intake/templates/review.html", f"{_STUDENT}: last look before sending; says who reads it (critical)"),
    ("app/intake/templates/guesses.html", f"{_STUDENT}: what in the own words could give the writer away"),
    ("app/intake/templates/code*.html", f"{_STUDENT}: the code to come back with, right after sending"),
    ("app/intake/templates/new_code.html", f"{_STUDENT}: choosing a new code"),
    ("app/intake/templates/come_back.html", f"{_STUDENT}: coming back with the code"),
    ("app/intake/templates/conversation.html", f"{_STUDENT}: the conversation with the adviser, after coming back"),
    ("app/intake/templates/follow_up_sent.html", f"{_STUDENT}: after telling what happened since"),
    ("app/intake/templates/homework.html", f"{_STUDENT}: a page that looks like homework, where the exit leads"),
    ("app/intake/transcript.py", f"{_STUDENT}: the own words as a file to download"),
    ("app/intake/code_errors.py", f"{_STUDENT}: a code that was typed wrongly"),
    ("app/intake/guesses.py", f"{_STUDENT}: what could give the writer away, and something vaguer instead"),
    ("app/intake/views_refusals.py", f"{_STUDENT}: when something could not be done, and what to do"),
    ("app/intake/*", f"{_STUDENT}: pages of the talk"),
    ("app/cases/consent_wording.py", f"{_STUDENT}: a step that the adviser wants to take; the student says yes or no"),
    ("app/cases/correspondence.py", f"{_STUDENT} and adviser: lines between the messages of a conversation"),
    ("app/cases/wording.py", f"{_STUDENT} and adviser: a report as it is read back"),
    ("app/cases/*", "Adviser: reports, answers, steps"),
    ("app/referrals/data/social-map.csv", f"{_STUDENT}: a service on the social map, its name, work, hours and costs"),
    ("app/referrals/templates/card.html", f"{_STUDENT}: the card of one service"),
    ("app/referrals/templates/embed.html", f"{_STUDENT}: the search for help in a frame on a school's site"),
    ("app/referrals/*", f"{_STUDENT}: the search for help, and its cards"),
    ("app/schools/posters.py", f"{_STUDENT}: on a poster or a pocket card, short"),
    ("app/schools/newsletter.py", "Parents: a text for the school's newsletter"),
    ("app/schools/places.py", f"{_STUDENT}: a place at school, on a chip"),
    ("app/schools/*", "Start pages, posters and places of a school"),
    ("app/web/templates/staff.html", "Staff: frame of every page"),
    ("app/web/errors.py", f"{_STUDENT} and staff: something went wrong, and what to do"),
    ("app/web/*", f"{_STUDENT} and staff: frame of every page, names of days, errors"),
    ("app/talks/wording.py", f"{_STUDENT} and staff: what keeps an answer from being taken"),
    ("app/talks/*", "Safety coordinator: keeping the talks"),
    ("app/accounts/*", "Staff: signing in, keys, people of a school"),
    ("app/register/*", "Staff: the register of incidents"),
    ("app/statistics/*", "City analyst: tables of the whole city"),
    ("app/upkeep/*", "Network: keeping the social map"),
    ("app/notifications/*", "Staff: a mail that says only that there is something new"),
)
"""By file, the first pattern that fits; files of `flows/` say it by themselves."""


def place_of(file: str) -> str:
    """Return where the texts of *file* stand; empty for a file that says so by itself."""
    return next((words for pattern, words in PLACES if fnmatchcase(file, pattern)), "")
