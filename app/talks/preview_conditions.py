"""A condition as sentences, with the texts of chips in place of codes; pure apart from the language of the moment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.flows.conditions import FACTS, GROUPS, as_list
from app.flows.model import Condition, Step
from app.i18n.formats import format_list
from app.i18n.translate import gettext as _
from app.i18n.translate import ngettext
from app.talks.wording import code_label, either, fact_labels, quoted, step_name

Steps = Mapping[str, Step]
SAID_OF_FACTS = ("answered", "watch", *FACTS)


@dataclass(frozen=True)
class Rule:
    """One sentence; *parts* stand below it where it speaks of several."""

    text: str
    parts: tuple["Rule", ...] = ()


def rules_of(condition: Condition | None, steps: Steps) -> tuple[Rule, ...]:
    """Return *condition* as sentences that must all hold; none means always."""
    return tuple(_rules(condition or {}, steps))


def _rules(condition: Condition, steps: Steps) -> Iterator[Rule]:
    for key, value in condition.items():
        if key == "all":
            for part in value:
                yield from _rules(part, steps)
        elif key in GROUPS:
            heading = _("Een van deze:") if key == "any" else _("Niets hiervan:")
            yield Rule(heading, tuple(_one(part, steps) for part in value))
        elif key in SAID_OF_FACTS:
            yield Rule(_of_a_fact(key, value, steps))
        elif key in steps:
            yield Rule(_of_an_answer(steps[key], value))
        else:
            yield Rule(_("“%(step)s” wordt op deze school niet gevraagd", step=key))


def _one(condition: Condition, steps: Steps) -> Rule:
    found = tuple(_rules(condition, steps))
    return found[0] if len(found) == 1 else Rule(_("Alles hiervan:"), found)


def _of_a_fact(key: str, value: Any, steps: Steps) -> str:
    if key == "answered":
        return _("Er is een antwoord op: %(steps)s", steps=format_list(_name(one, steps) for one in as_list(value)))
    labels = either(quoted(fact_labels(key, value)))
    if key == "watch":
        return _("In eigen woorden klinkt: %(topics)s", topics=labels)
    return _("Onderwerp: %(topics)s", topics=labels) if key == "category" else _("Spoed: %(urgency)s", urgency=labels)


def _name(step_id: str, steps: Steps) -> str:
    return step_name(steps[step_id]) if step_id in steps else step_id


def _of_an_answer(step: Step, value: Any) -> str:
    name = step_name(step)
    if isinstance(value, Mapping) and "within_days" in value:
        days = int(value["within_days"])
        when = ngettext("hoogstens %(num)s dag geleden", "hoogstens %(num)s dagen geleden", days)
        return _("%(question)s: %(answers)s", question=name, answers=when)
    is_all = isinstance(value, Mapping)
    codes = as_list(value["all"] if is_all else value)
    labels = quoted(code_label(step, code) for code in codes)
    answers = format_list(labels) if is_all else either(labels)
    return _("%(question)s: %(answers)s", question=name, answers=answers)
