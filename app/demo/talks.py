"""Invented talks of an invented term; no sentence is a real child's."""

from dataclasses import dataclass, field

STORIES = {"me": "story_me", "someone_else": "story_other", "part_of": "story_part", "_skip": "story"}
"""The step that takes the own words, by the answer to `you` (flows/report.yaml)."""


@dataclass(frozen=True)
class DemoTalk:
    """One talk, how many days ago it was sent, and what was written since, first by the adviser and then in turns."""

    days_ago: int
    answers: dict[str, tuple[str, ...]]
    language: str = "nl"
    turns: tuple[str, ...] = field(default=())
    outcome: str = ""
    labels: tuple[str, ...] = ()
    note: str = ""
    """What its reader wrote down for the other readers."""
    planned: tuple[str, str] | None = None
    """Kind of a step that its reader planned, and what exactly."""
    asked: tuple[str, str] | None = None
    """The same of a step about which he asked the student, who has not answered."""
    is_withdrawn: bool = False
    """True when the student took it back after it was read."""


def _talk(you: str, story: str, what: str, **more: str) -> dict[str, tuple[str, ...]]:
    told = {"danger": "not_now", "you": you, STORIES[you]: story, "what": what, **more}
    return {step: (value,) for step, value in told.items()}


TALKS = (
    DemoTalk(
        1,
        _talk(
            "me",
            "In de groepsapp maken ze elke avond stickers van mij. Iedereen lacht en niemand zegt iets.",
            "mean",
            kind_mean="online",
            who="group",
            often="often",
            when="_yesterday",
            wish="stop",
            consent="ask_first",
        ),
    ),
    DemoTalk(
        2,
        _talk(
            "someone_else",
            "Iemand liet een mes zien bij de fietsen.",
            "risky",
            kind_risky="weapon",
            who="student",
            when="_last_week",
            consent="anyone",
        ),
    ),
    DemoTalk(
        6,
        _talk(
            "me",
            "Hij zegt dat hij me opwacht na school als ik iets zeg.",
            "hurt",
            kind_hurt="threat",
            who="student",
            wish="watch_over",
            consent="ask_first",
        ),
        turns=(
            "Wat goed dat je dit vertelt. Dit hoeft niet zo te blijven. Ben je vandaag veilig thuisgekomen?",
            "Ja, ik ben met mijn neef gegaan. Morgen weet ik het niet.",
        ),
    ),
    DemoTalk(
        12,
        _talk("me", "يقولون لي ارجع إلى بلدك كل أسبوع في الممر.", "mean", kind_mean="origin", wish="stop"),
        language="ar",
        turns=("Dank je dat je dit deelt. Niemand mag zo tegen je praten. Wat zou jou nu helpen?",),
    ),
    DemoTalk(
        20,
        _talk(
            "part_of",
            "Een jongen vroeg of ik voor geld een pakketje wil bewaren. Dat heb ik één keer gedaan.",
            "risky",
            kind_risky="asked",
            who="outside",
            wish="advice",
            consent="only_me",
        ),
        turns=("Knap dat je dit zegt. Zullen we samen kijken wat je kunt zeggen als hij het weer vraagt?",),
    ),
    DemoTalk(
        34,
        _talk("me", "Mijn oortjes zijn uit mijn kluisje gehaald.", "things", kind_things="stolen"),
        turns=("Wat vervelend. Ik heb de conciërge gevraagd om op de kluisjes te letten, zonder jou te noemen.",),
        outcome="De kluisjes zijn nagekeken en het slot is gemaakt. Gebeurt het weer, schrijf het dan hier.",
    ),
)

DESK_TALKS = (
    # Promised for a day that is over: it went on to the deputy.
    DemoTalk(
        10,
        _talk("me", "Iemand uit mijn klas doet elke les mijn stem na.", "mean", kind_mean="left_out", who="student"),
    ),
    # Promised for about today.
    DemoTalk(
        5,
        _talk("someone_else", "Een vriendin eet al dagen alleen in de aula.", "mean", kind_mean="left_out"),
    ),
    DemoTalk(
        15,
        _talk(
            "me",
            "In de kleedkamer pakken ze steeds mijn spullen af.",
            "mean",
            kind_mean="pay",
            who="group",
            wish="watch_over",
            consent="ask_first",
        ),
        turns=("Goed dat je dit vertelt. Ik kan de gymdocent vragen om op te letten. Wil je dat?",),
        labels=("kleedkamer", "gym"),
        note="Met de roostermaker kijken wie er toezicht heeft op donderdag.",
        planned=("watch", "De gymdocent let op in de kleedkamer, zonder te weten om wie het gaat."),
        asked=("parents", "Ik bel je ouders en vertel dat je spullen steeds weg zijn."),
    ),
    DemoTalk(
        3,
        _talk("me", "Ik heb ruzie met mijn beste vriend, maar het gaat alweer.", "other"),
        turns=("Fijn dat je het vertelt. Wil je erover praten?",),
        is_withdrawn=True,
    ),
)
