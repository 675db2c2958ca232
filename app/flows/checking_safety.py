"""Checks that keep a student safe: danger before free text, ways out, help that exists, parts that must stay."""

from collections.abc import Iterator, Mapping

from app.flows.checking_flows import Built, opened_by
from app.flows.faults import cure
from app.flows.model import UNSURE, Step
from app.flows.reading import Location

Topics = Mapping[str, frozenset[str]]
"""Tags of the languages that have a list and samples, by topic."""


def check_safety(all_built: Mapping[str, Built]) -> None:
    """Note every fault of the conversations that could leave a student in danger."""
    opened = opened_by(all_built)
    for name, built in all_built.items():
        _check_cautions(built)
        _check_switches(built)
        _check_after_help(built, all_built)
        if name not in opened:
            _check_danger_first(built, all_built)
        elif gives_help(built):
            _check_nothing_required(built)


def gives_help(built: Built) -> bool:
    """Tell whether the conversation shows a card of help."""
    return any(step.help for step in built.flow.steps.values())


def check_help(built: Built, help_ids: frozenset[str]) -> None:
    """Note each card that the social map does not have."""
    for place, card in _cards(built):
        if card not in help_ids:
            ending = cure(card, help_ids, "add the card to the social map")
            built.document.fault(place, "E23", f'unknown card of help "{card}": {ending}')


def check_topics(built: Built, topics: Topics, languages: tuple[str, ...]) -> None:
    """Note each watched topic without word list or samples in a language, and long texts that nothing watches."""
    for step in built.flow.steps.values():
        if step.long and not step.watch:
            message = f'"{step.id}" takes a long text that nothing watches: add watch with the topics to look for'
            built.fault(step, "text", "E21", message)
        for index, topic in enumerate(step.watch):
            place = (*built.places[step.id], "watch", index)
            missing = [tag for tag in languages if tag not in topics.get(topic, frozenset())]
            if topic not in topics:
                ending = cure(topic, topics, f"write watch/{topic}.{languages[0]}.txt and its samples")
                built.document.fault(place, "E26", f'unknown topic "{topic}": {ending}')
            elif missing:
                message = f'"{topic}" is not watched in {", ".join(missing)}: add the word list and its samples'
                built.document.fault(place, "E26", message)


def _cards(built: Built) -> Iterator[tuple[Location, str]]:
    for step in built.flow.steps.values():
        yield from (((*built.places[step.id], "help", index), card) for index, card in enumerate(step.help))
    for number, rule in enumerate(built.flow.refer):
        yield from ((("refer", number, "to", index), card) for index, card in enumerate(rule.to))


def _check_cautions(built: Built) -> None:
    for step in built.flow.steps.values():
        if step.long and not step.caution:
            message = f'"{step.id}" takes a long text: add a caution about what makes a student known'
            built.fault(step, "text", "E21", message)


def _check_danger_first(built: Built, all_built: Mapping[str, Built]) -> None:
    for step in built.flow.steps.values():
        if step.required and not step.only_if and _helping(step, all_built):
            return
        if step.kind == "text":
            message = f'"{step.id}" takes free text before danger is asked: first ask with a detour to a flow with help'
            built.fault(step, "text", "E20", message)
            return


def _helping(step: Step, all_built: Mapping[str, Built]) -> list[Built]:
    """Return the conversations with help that *step* opens."""
    targets = dict.fromkeys(step.detour.values())
    return [all_built[target] for target in targets if target in all_built and gives_help(all_built[target])]


def _check_nothing_required(built: Built) -> None:
    for step in built.flow.steps.values():
        if step.required:
            message = f'"{step.id}" is required where help is shown: who reads this may have no time, remove required'
            built.fault(step, "required", "E22", message)


def _check_after_help(built: Built, all_built: Mapping[str, Built]) -> None:
    steps = list(built.flow.steps.values())
    for index, step in enumerate(steps):
        following = next((each for each in steps[index + 1 :] if each.is_question and not each.only_if), None)
        if following is None or not following.required or UNSURE in following.constants:
            continue
        if mute := [target.flow.id for target in _helping(step, all_built) if not _asks(target)]:
            message = (
                f'after the help of "{mute[0]}" comes "{following.id}", which must be answered: '
                "end the help with a question such as go on or stop"
            )
            built.fault(step, "detour", "W28", message)


def _asks(built: Built) -> bool:
    return any(step.is_question and not step.only_if for step in built.flow.steps.values())


def _check_switches(built: Built) -> None:
    for step in built.flow.steps.values():
        reason = next((reason for reason, holds in _reasons(step).items() if holds), "")
        if step.part and reason:
            message = f'"{step.part}" cannot be switched off, since "{step.id}" {reason}: remove switch'
            built.document.fault((*built.places[step.part], "switch"), "E63", message)


def _reasons(step: Step) -> dict[str, bool]:
    return {
        "opens a detour": bool(step.detour),
        "is watched for danger": bool(step.watch),
        "is required": step.required,
        "asks whom the report is about": step.kind == "person",
        "shows help": bool(step.help),
    }
