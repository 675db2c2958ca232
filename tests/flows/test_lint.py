"""Every rule has a small faulty folder in which exactly that rule is found; the faulty line is marked `# here`."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app.flows.checking import Report, check_folder
from app.flows.checking_people import identifying
from app.flows.checking_texts import Text
from app.flows.faults import RULES, Fault
from app.flows.loader import FlowError, load_flows
from app.flows.plain_writing import reading_ease
from app.flows.surroundings import Surroundings
from app.settings import ROOT
from app.talks.checks import checked
from tests.flows.talks import DATA

LINT = DATA / "lint"
# These are about what a school adds in its settings, so there is no file: see test_variants.py.
OF_A_SCHOOL = {"E60", "E61", "E62"}
SAY = "  hello:\n    say: Hallo.\n"
ASK = '  seen:\n    ask: "Zag je het?"\n    label: Gezien\n    chips: {saw: Ja, heard: Gehoord}\n'
DANGER = (
    "  danger:\n    ask: Is er nu iemand in gevaar?\n    label: Gevaar\n    required: true\n"
    '    chips: {right_now: Nu, past: "Niet nu"}\n    detour: {right_now: help}\n'
)
HELP = "flow: help\ntitle: Hulp\nsteps:\n  call:\n    say: Ga naar een veilige plek.\n    help: [kindertelefoon]\n"
ROUTES = "routes:\n  - {to: [internal], else_to: [external]}\n"


def _around(folder: Path) -> Surroundings:
    path = folder / "around.json"
    given = json.loads(path.read_text("utf-8")) if path.exists() else {}
    known: dict[str, Any] = {**given, "languages": tuple(given.get("languages", ()))}
    if "help_ids" in known:
        known["help_ids"] = frozenset(known["help_ids"])
    return Surroundings(**known)


def _marked(folder: Path) -> list[tuple[str, int]]:
    files = (path for pattern in ("*.yaml", "*.lock", "tests/*.yaml") for path in sorted(folder.glob(pattern)))
    lines = ((path, number, line) for path in files for number, line in enumerate(path.read_text().splitlines(), 1))
    return [(path.relative_to(LINT).as_posix(), number) for path, number, line in lines if "# here" in line]


def _report(tmp_path: Path, files: Mapping[str, str], around: Surroundings | None = None) -> Report:
    folder = tmp_path / "flows"
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return check_folder(folder, around)


def _talk(steps: str, rules: str = ROUTES) -> str:
    return f"flow: talk\ntitle: Praten\nsteps:\n{steps}{rules}"


def _told(tmp_path: Path, steps: str, rules: str = ROUTES, around: Surroundings | None = None) -> list[str]:
    report = _report(tmp_path, {"talk.yaml": _talk(steps, rules)}, around)
    return [f"{fault.line}: [{fault.rule}] {fault.message}" for fault in report.faults]


@pytest.mark.parametrize("rule", sorted(path.name for path in LINT.iterdir()))
def test_a_faulty_folder_has_exactly_its_rule_on_the_marked_line_with_a_cure(rule: str) -> None:
    report = checked(LINT / rule, _around(LINT / rule))

    assert [fault.rule for fault in report.faults] == [rule], [str(fault) for fault in report.faults]
    assert [(fault.file, fault.line) for fault in report.faults] == _marked(LINT / rule)
    assert all(": " in fault.message or "needs exactly one of" in fault.message for fault in report.faults)


def test_every_rule_has_a_faulty_folder() -> None:
    assert {path.name for path in LINT.iterdir()} == set(RULES) - OF_A_SCHOOL


def test_warnings_do_not_refuse_and_errors_do() -> None:
    assert load_flows(LINT / "W35").flows.keys() == {"talk"}
    assert check_folder(LINT / "W35").warnings
    with pytest.raises(FlowError, match="E13"):
        load_flows(LINT / "E13")


def test_the_projects_own_talks_have_no_fault_that_can_be_found_without_surroundings() -> None:
    report = check_folder(ROOT / "flows")

    assert [str(fault) for fault in report.faults] == []
    assert report.notes == ()


def test_an_error_in_the_lock_leaves_the_talks_readable() -> None:
    report = check_folder(LINT / "E50", Surroundings(lock=True))

    assert report.errors
    assert report.flows is not None
    assert check_folder(LINT / "E50").faults == ()


@pytest.mark.parametrize(
    ("content", "rule", "message"),
    [
        (None, "E51", "nothing is released yet: run `flask flows lock`"),
        (b"\xff", "E00", "the lock is not UTF-8 text"),
        (b"- a", "E00", "the lock takes a map of names and values here"),
    ],
)
def test_a_lock_that_is_missing_or_damaged_is_told(
    tmp_path: Path, content: bytes | None, rule: str, message: str
) -> None:
    (tmp_path / "talk.yaml").write_text(_talk(SAY))
    if content is not None:
        (tmp_path / "flows.lock").write_bytes(content)

    (fault,) = check_folder(tmp_path, Surroundings(lock=True)).faults

    assert (fault.file, fault.line, fault.rule) == (f"{tmp_path.name}/flows.lock", 1, rule)
    assert fault.message.startswith(message)


def test_faults_found_elsewhere_are_told_in_their_place(tmp_path: Path) -> None:
    report = _report(tmp_path, {"talk.yaml": _talk(SAY)})
    late, early = Fault("flows/talk.yaml", 9, "W52", "late"), Fault("flows/talk.yaml", 2, "W52", "early")

    assert report.plus([late, early]).faults == (early, late)
    assert report.documents["talk"].file == "flows/talk.yaml"


def test_a_file_that_cannot_be_read_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "talk.yaml").mkdir()

    assert "the file cannot be read" in check_folder(tmp_path).faults[0].message


def test_nothing_is_proven_about_conditions_that_have_a_fault(tmp_path: Path) -> None:
    told = _told(tmp_path, ASK + "  after:\n    only_if: {sean: saw, none: [{sean: saw}]}\n    say: Dank je.\n")

    assert [line[:9] for line in told] == ["9: [E10] "]


def test_a_hidden_section_is_told_once_for_all_that_it_holds(tmp_path: Path) -> None:
    inside = "    steps:\n      after: {only_if: {seen: heard}, say: Dank.}\n"
    told = _told(tmp_path, ASK + "  part:\n    only_if: {seen: saw, none: [{seen: [saw, _skip]}]}\n" + inside)

    assert told[0].startswith('9: [E13] "part" can never be shown')
    assert not any("after" in line for line in told)


def test_a_condition_is_weighed_inside_the_sections_around_it(tmp_path: Path) -> None:
    after = "          after:\n            only_if: {seen: saw}\n            say: Dank je.\n"
    inside = f"    steps:\n      deeper:\n        steps:\n{after}"
    told = _told(tmp_path, ASK + "  part:\n    only_if: {seen: saw}\n" + inside)

    assert [line[:10] for line in told] == ["14: [W14] "]


def test_a_rule_after_one_without_a_condition_can_never_be_first(tmp_path: Path) -> None:
    rules = (
        "urgency: [{is: now}, {when: {seen: saw}, is: soon}]\n" + ROUTES + "  - {to: [external], else_to: [internal]}\n"
    )

    assert [line[:9] for line in _told(tmp_path, ASK, rules)] == ["8: [W18] ", "11: [W18]"]


def test_categories_and_help_without_a_condition_are_for_when_nothing_else_holds(tmp_path: Path) -> None:
    rules = (
        "categories: [{when: {seen: [saw, heard, _skip]}, is: seen}, {is: other}]\n"
        "refer: [{to: [card]}, {when: {seen: saw, none: [{seen: [saw, _skip]}]}, to: [card]}]\n"
    )

    assert [line[:9] for line in _told(tmp_path, ASK, rules + ROUTES)] == ["9: [W18] "]


def test_a_negative_condition_is_fine_when_skipping_was_thought_of_or_cannot_be(tmp_path: Path) -> None:
    required = ASK + "    required: true\n"
    after = "  after:\n    only_if: {none: [%s]}\n    say: Dank je.\n"

    assert _told(tmp_path, ASK + after % "{seen: [heard, _skip]}") == []
    assert _told(tmp_path, required + after % "{seen: heard}") == []
    assert _told(tmp_path, ASK + after % "{none: [{seen: heard}]}") == []


def test_a_negative_condition_of_a_rule_is_weighed_too(tmp_path: Path) -> None:
    told = _told(tmp_path, ASK, "urgency:\n  - {when: {none: [{seen: heard}]}, is: now}\n  - {is: soon}\n" + ROUTES)

    assert [line[:9] for line in told] == ["9: [W15] "]


PERSON = '  who:\n    ask: "Over wie?"\n    label: Over wie\n    person: staff\n    only_if: {seen: saw}\n'


@pytest.mark.parametrize(
    ("first", "rules"),
    [
        ("{when: {seen: heard}, to: [internal], else_to: [internal]}", []),
        ("{when: {seen: saw}, to: [internal], else_to: [internal]}", ["E24"]),
        ("{when: {seen: saw}, to: [internal], else_to: [external]}", []),
        ("{when: {seen: saw}, to: [internal]}", ["E24"]),
    ],
)
def test_a_route_leaves_a_reader_whoever_it_is_about(tmp_path: Path, first: str, rules: list[str]) -> None:
    report = _report(tmp_path, {"talk.yaml": _talk(ASK + PERSON, f"routes:\n  - {first}\n{ROUTES[8:]}")})

    assert [fault.rule for fault in report.faults] == rules


def test_a_route_that_rather_has_no_reader_than_a_wrong_one_is_noted(tmp_path: Path) -> None:
    first = "  - {when: {seen: saw}, to: [external], else_to: [external], but_not: [internal]}\n"
    report = _report(tmp_path, {"talk.yaml": _talk(ASK + PERSON, f"routes:\n{first}{ROUTES[8:]}")})

    assert report.faults == ()
    assert report.notes == ("flows/talk.yaml:14: this route may leave nobody, as its but_not wants",)


def test_what_takes_too_many_combinations_is_noted_as_not_proven(tmp_path: Path) -> None:
    codes = [f"c{number}" for number in range(16)]
    chips = ", ".join(f"{code}: A" for code in codes)
    many = f"  what:\n    ask: Wat?\n    label: Wat\n    many: true\n    chips: {{{chips}}}\n"
    when = f"{{what: {{all: [{', '.join(codes)}]}}}}"
    person = PERSON.replace("{seen: saw}", when)
    rules = f"routes:\n  - {{when: {when}, to: [internal], else_to: [internal]}}\n{ROUTES[8:]}"

    report = _report(tmp_path, {"talk.yaml": _talk(many + person, rules)})

    assert [fault.rule for fault in report.faults] == ["W31"]
    assert [note.split(":")[1] for note in report.notes] == ["13", "15", "16", "15"]
    assert all("not proven" in note for note in report.notes)


def test_watched_topics_need_lists_and_long_texts_need_topics(tmp_path: Path) -> None:
    story = "  story:\n    ask: Vertel.\n    label: Verhaal\n    text: long\n    caution: Laat je naam weg.\n"
    files = {"help.yaml": HELP, "watch/life.nl.txt": "a\n", "watch/life.nl.samples.txt": "+ a\n"}
    dutch = Surroundings(languages=("nl",))

    bare = _report(tmp_path, {**files, "talk.yaml": _talk(DANGER + story)}, dutch)
    unknown = _report(tmp_path, {"talk.yaml": _talk(DANGER + story + "    watch: [live, death]\n")}, dutch)

    assert [fault.message[:48] for fault in bare.faults] == ['"story" takes a long text that nothing watches: ']
    assert [fault.message for fault in unknown.faults] == [
        'unknown topic "death": write watch/death.nl.txt and its samples',
        'unknown topic "live": did you mean "life"?',
    ]


def test_cards_of_referrals_are_looked_up_as_well(tmp_path: Path) -> None:
    told = _told(tmp_path, SAY, "refer: [{to: [other, card]}]\n" + ROUTES, Surroundings(help_ids=frozenset({"other"})))

    assert told == ['6: [E23] unknown card of help "card": add the card to the social map']


@pytest.mark.parametrize("after", [ASK, ASK + "    required: true\n    unsure: true\n", SAY])
def test_after_help_a_question_that_can_be_declined_is_fine(tmp_path: Path, after: str) -> None:
    report = _report(tmp_path, {"talk.yaml": _talk(DANGER + after), "help.yaml": HELP})

    assert report.faults == ()


def test_a_detour_without_help_may_ask_what_it_wants(tmp_path: Path) -> None:
    more = "flow: more\ntitle: Meer\nsteps:\n" + ASK + "    required: true\n"
    report = _report(tmp_path, {"talk.yaml": _talk(ASK + "    detour: {saw: more}\n"), "more.yaml": more})

    assert report.faults == ()


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ("    chips: {saw: Ja}\n    detour: {saw: help}\n", "opens a detour"),
        ("    text: short\n    watch: [life]\n", "is watched for danger"),
        ("    chips: {saw: Ja}\n    required: true\n", "is required"),
        ("    person: staff\n", "asks whom the report is about"),
        ("    chips: {saw: Ja}\n    help: [card]\n", "shows help"),
    ],
)
def test_what_keeps_a_student_safe_cannot_be_switched_off(tmp_path: Path, keys: str, reason: str) -> None:
    step = f"  part:\n    ask: Was het zo?\n    label: Zo\n    switch: true\n{keys}"
    report = _report(tmp_path, {"talk.yaml": _talk(DANGER + step), "help.yaml": HELP})

    assert [str(fault) for fault in report.errors] == [
        f'flows/talk.yaml:13: [E63] "part" cannot be switched off, since "part" {reason}: remove switch'
    ]


def test_what_is_harmless_can_be_switched_off(tmp_path: Path) -> None:
    assert _told(tmp_path, ASK + "    switch: true\n") == []


def test_something_else_is_fine_where_own_words_can_say_what(tmp_path: Path) -> None:
    other = "  what:\n    ask: Wat was het?\n    label: Wat\n    chips: {other: Anders}\n"
    words = "  words:\n    ask: Wat dan?\n    label: Wat dan\n    text: short\n"

    assert _report(tmp_path, {"talk.yaml": _talk(DANGER + other + words), "help.yaml": HELP}).faults == ()
    assert [fault.rule for fault in _report(tmp_path, {"talk.yaml": _talk(DANGER + words + other)}).faults] == ["W34"]


def test_a_long_bubble_is_two(tmp_path: Path) -> None:
    assert [line[:9] for line in _told(tmp_path, SAY.replace("Hallo.", "Wij zijn er voor je. " * 12 + "Echt."))] == [
        "5: [W32] "
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Wat is je naam?", "naam"),
        ("Hoe heet je?", "Hoe heet"),
        ("In welke klas zit je?", "welke klas"),
        ("Wat is jouw e-mail?", "e-mail"),
        ("Waar woon je?", "Waar woon"),
        ("Wat is je leerlingnummer?", "leerlingnummer"),
        ("Was het in de klas of op de gang?", ""),
        ("Hoe namelijk?", ""),
    ],
)
def test_a_question_that_asks_who_somebody_is_is_noticed(text: str, word: str) -> None:
    assert identifying(text) == word


def test_plain_dutch_reads_more_easily_than_officialese() -> None:
    plain = "Bel ons als het niet goed gaat. Wij helpen je graag verder."
    stiff = "Belanghebbenden dienen onverwijld schriftelijk gemotiveerde bezwaren kenbaar te maken."

    assert reading_ease(plain) > 80
    assert reading_ease(stiff) < 0
    assert reading_ease("?!") > 100


def test_syllables_are_counted_as_dutch_speaks_them() -> None:
    # One word of n syllables in one sentence: 206.84 - 77 n - 0.93.
    for word, syllables in [("kijken", 2), ("ruïne", 3), ("zee", 1), ("gebeurd", 2), ("ijs", 1)]:
        assert reading_ease(word) == pytest.approx(205.91 - 77 * syllables)


def test_a_text_is_looked_up_with_its_context(tmp_path: Path) -> None:
    around = Surroundings(
        languages=("nl", "en"), catalogues={"en": {"Praten": "Talk", "greeting\4Hallo.": "Hello.", "Dag.": "Bye."}}
    )
    steps = SAY + "    context: greeting\n  bye:\n    say: Dag.\n"

    assert _told(tmp_path, steps, around=around) == []
    assert Text(("say",), "Hallo.", "greeting").msgid == "greeting\4Hallo."


def test_a_language_that_is_not_offered_is_not_asked_for(tmp_path: Path) -> None:
    assert _told(tmp_path, SAY, around=Surroundings(languages=("nl",), catalogues={"ar": {}})) == []


def test_every_text_of_help_in_danger_must_be_translated(tmp_path: Path) -> None:
    texts = ["Praten", "Is er nu iemand in gevaar?", "Gevaar", "Nu", "Hulp", "Ga naar een veilige plek."]
    around = Surroundings(languages=("nl", "en"), catalogues={"en": {text: text for text in texts}})

    report = _report(tmp_path, {"talk.yaml": _talk(DANGER), "help.yaml": HELP + "end: Sterkte.\n"}, around)

    assert [(fault.file, fault.line) for fault in report.faults if fault.rule == "E41"] == [
        ("flows/help.yaml", 7),
        ("flows/talk.yaml", 8),
    ]
