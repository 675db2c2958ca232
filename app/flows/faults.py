"""Faults in flow files: where, which rule, what is wrong and what to do about it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from typing_extensions import override

RULES = {
    "E00": "the file, its writing or a value in it cannot be read, or it is larger than a conversation may be",
    "E01": "unknown key",
    "E02": "the same id or key stands twice",
    "E03": "a step has not exactly one kind of answer, or keys that do not go together",
    "E04": "an id or a code that cannot be a name",
    "E05": "a value that some readers take for a boolean, a number or nothing",
    "E06": "an empty text, or one with a space or a new line at its end",
    "W07": "prose inside { } without quotes",
    "E08": "a text promises what nobody can keep",
    "E09": "a text has a number to call, which a card should show",
    "E10": "a condition names an unknown step, or one that asks nothing",
    "E11": "a condition, a detour or a pictogram names an unknown code",
    "E12": "a condition names the step itself or a later one",
    "E13": "a step can never be shown",
    "W14": "a condition holds always",
    "W15": "a negative condition also holds when the question was skipped",
    "E16": "a detour leads to a conversation that does not exist",
    "E17": "detours go round in a circle",
    "W18": "a rule can never be the first that holds",
    "E20": "free text is asked before danger",
    "E21": "a long text without a caution or without watched topics",
    "E22": "a conversation that helps in danger has a required question",
    "E23": "a card of help that the social map does not have",
    "E24": "a report could end with no reader or no urgency",
    "E25": "unknown role",
    "E26": "a watched topic has no list or no samples in an offered language",
    "W27": "a question asks for what tells who somebody is",
    "W28": "after help was shown the next question cannot be declined",
    "W30": "more required questions than a student in need will answer",
    "W31": "more chips than fit on a small screen",
    "W32": "a bubble that is too long, or two questions in one",
    "W33": "a text that is harder to read than B1",
    "W34": "a chip for something else, and nowhere to write what",
    "W35": "a question without a short name for the review page and the adviser",
    "E36": "a pictogram that is not drawn",
    "E40": "a translation has other placeholders than its text",
    "E41": "a text about safety is not translated into an offered language",
    "W42": "too few texts are translated into an offered language",
    "W43": "the translation of a chip is more than twice as long",
    "W44": "a translation has markup",
    "E50": "a released id or code was removed, reused or given another kind",
    "E51": "the conversations changed and the lock was not renewed",
    "W52": "a step, chip, route, category or detour that no test touches",
    "E53": "a test names an unknown id or code",
    "E60": "a school switches off a part that must stay",
    "E61": "a text of a school that no student should read",
    "E62": "a question of a school asks for what tells who somebody is",
    "E63": "a part that keeps a student safe could be switched off",
}
"""What each rule is about: E is an error and refuses the conversations, W is a warning and advises."""

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Fault:
    """One fault; prints as `flows/report.yaml:20: [E01] unknown key "mny": did you mean "many"?`."""

    file: str
    line: int
    rule: str
    message: str

    @override
    def __str__(self) -> str:
        return f"{self.file}:{self.line}: [{self.rule}] {self.message}"

    @property
    def severity(self) -> Severity:
        """Tell whether the fault refuses the conversations or only advises."""
        return "error" if self.rule.startswith("E") else "warning"

    def as_dict(self) -> dict[str, Any]:
        """Return the fault as plain JSON values."""
        return {
            "file": self.file,
            "line": self.line,
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message,
        }


class FlowError(ValueError):
    """Raised when flow files cannot be used; carries every fault of every file, in reading order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


def cure(name: str, known: Iterable[str], otherwise: str) -> str:
    """Suggest the nearest of the *known* names, or say *otherwise*."""
    near = difflib.get_close_matches(name, list(known), n=1)
    return f'did you mean "{near[0]}"?' if near else otherwise
