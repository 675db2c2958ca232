"""What a school adds to the talk and leaves out of it: read from what was typed, and what is wrong with it in words."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from app.flows.checking_texts import NUMBER, PROMISES
from app.flows.faults import Fault
from app.flows.model import Flow
from app.flows.variants import CHIPS, MOST_ASK, MOST_CHIP, MOST_INTRO, SchoolParts, switchable
from app.i18n.formats import format_list
from app.i18n.translate import gettext as _
from app.talks.wording import step_name

_MOST: Mapping[str, int] = {"intro": MOST_INTRO, "ask": MOST_ASK, "chips": MOST_CHIP}


def typed_parts(intro: str, ask: str, lines: str, known: Mapping[str, str]) -> SchoolParts:
    """Return what was typed; an answer that stays the same keeps its *known* code, and no code comes back."""
    chips = dict.fromkeys(tidy for line in lines.splitlines() if (tidy := _tidy(line)))
    return SchoolParts(
        intro="\n".join(_tidy(line) for line in intro.strip().splitlines()),
        ask=_tidy(ask),
        chips=_coded(chips, known),
    )


def _tidy(line: str) -> str:
    return " ".join(line.split())


def _coded(texts: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    codes = {text: code for code, text in known.items()}
    return {codes.get(text) or _code_of(text): text for text in texts}


def _code_of(text: str) -> str:
    # Made from the words, so that no other answer ever gets the code of one that was taken away.
    return f"own_{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def parts_to_choose(flow: Flow) -> dict[str, str]:
    """Return the parts that a school may leave out, each with the questions in it."""
    found = {part: [step for step in flow.steps.values() if step.part == part] for part in switchable(flow)}
    return {
        part: format_list(step_name(step) for step in steps if step.is_question or len(steps) == 1)
        for part, steps in found.items()
    }


def fault_texts(faults: Iterable[Fault], parts: SchoolParts) -> dict[str, list[str]]:
    """Return what is wrong with *parts* in words, by the name of the field."""
    found: dict[str, list[str]] = {}
    for fault in faults:
        text = _fault_text(fault, parts)
        if text not in found.setdefault(fault.file, []):
            found[fault.file].append(text)
    return found


def _fault_text(fault: Fault, parts: SchoolParts) -> str:
    if fault.rule == "E62":
        return _("Deze vraag kan laten zien wie de leerling is. Vraag minder precies, of laat de vraag weg.")
    if fault.rule == "E60":
        return _("Dit kan in dit gesprek niet, omdat het leerlingen veilig houdt of omdat er geen plek voor is.")
    if fault.file == "ask" and not parts.ask:
        return _("Er zijn antwoorden, maar er is geen vraag. Schrijf een vraag, of haal de antwoorden weg.")
    if fault.file == "chips" and len(parts.chips) not in CHIPS:
        return _("Schrijf twee tot zeven antwoorden, elk op een eigen regel.")
    return next(_wrong_with(_text_of(fault, parts), _MOST[fault.file]))


def _text_of(fault: Fault, parts: SchoolParts) -> str:
    return list(parts.chips.values())[fault.line - 1] if fault.file == "chips" else getattr(parts, fault.file)


def _wrong_with(text: str, most: int) -> Iterator[str]:
    if len(text) > most:
        yield _("“%(text)s” is te lang. Schrijf hoogstens %(most)s tekens.", text=text[:20] + "…", most=most)
    if PROMISES.search(text):
        yield _("Dit belooft te veel. Schrijf wie het leest, niet hoe veilig het is.")
    if NUMBER.search(text):
        yield _("Hier staat een nummer. Nummers staan op de kaarten met hulp, want die kijken we na.")
    yield _("Hier staat een teken dat niet kan. Typ het opnieuw.")
