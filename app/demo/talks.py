"""Invented talks of an invented term; no sentence is a real child's."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class DemoTalk:
    """One talk, how many days ago it was sent, and what was written since, first by the adviser and then in turns."""

    days_ago: int
    answers: dict[str, tuple[str, ...]]
    language: str = "nl"
    turns: tuple[str, ...] = field(default=())
    outcome: str = ""


def _talk(what: tuple[str, ...], story: str, reader: str = "internal", **more: str) -> dict[str, tuple[str, ...]]:
    given = {step: (value,) for step, value in more.items()}
    rest = ("about_whom", "when", "where", "who", "wish")
    skipped = {step: ("_skip",) for step in rest if step not in more}
    fixed = {"danger": ("not_now",), "what": what, "story": (story,), "reader": (reader,)}
    return {**skipped, **fixed, **given}


TALKS = (
    DemoTalk(
        1,
        _talk(
            ("bullying", "online"),
            "In de groepsapp maken ze elke avond stickers van mij. Iedereen lacht en niemand zegt iets.",
            about_whom="me",
            when="keeps_happening",
            wish="stop",
        ),
    ),
    DemoTalk(2, _talk(("weapon",), "Iemand liet een mes zien bij de fietsen.", "both", when="this_week"), turns=()),
    DemoTalk(
        6,
        _talk(("threat",), "Hij zegt dat hij me opwacht na school als ik iets zeg.", about_whom="me"),
        turns=(
            "Wat goed dat je dit vertelt. Dit hoeft niet zo te blijven. Ben je vandaag veilig thuisgekomen?",
            "Ja, ik ben met mijn neef gegaan. Morgen weet ik het niet.",
        ),
    ),
    DemoTalk(
        12,
        _talk(("discrimination",), "يقولون لي ارجع إلى بلدك كل أسبوع في الممر.", "both", about_whom="me"),
        language="ar",
        turns=("Dank je dat je dit deelt. Niemand mag zo tegen je praten. Wat zou jou nu helpen?",),
    ),
    DemoTalk(
        20,
        _talk(("recruited",), "Een jongen vroeg of ik voor geld een pakketje wil bewaren.", "external", wish="advice"),
        turns=("Knap dat je dit zegt. Je hebt niets fout gedaan. Zullen we samen kijken wat je kunt zeggen?",),
    ),
    DemoTalk(
        34,
        _talk(("theft",), "Mijn oortjes zijn uit mijn kluisje gehaald."),
        turns=("Wat vervelend. Ik heb de conciërge gevraagd om op de kluisjes te letten, zonder jou te noemen.",),
        outcome="De kluisjes zijn nagekeken en het slot is gemaakt. Gebeurt het weer, schrijf het dan hier.",
    ),
)
