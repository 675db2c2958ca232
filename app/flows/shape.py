"""Which keys a flow file may have and what kind of value each takes."""

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.flows.faults import cure
from app.flows.reading import Document, Location


class Shape(BaseModel):
    """Part of a file whose keys are all known."""

    model_config = ConfigDict(extra="forbid", strict=True)


class StepShape(Shape):
    """A step as written, or a section when it has *steps*."""

    say: str = ""
    ask: str = ""
    hint: str = ""
    label: str = ""
    caution: str = ""
    why: str = ""
    chips: dict[str, str] = Field(default_factory=dict)
    text: Literal["short", "long", ""] = ""
    date: bool = False
    place: bool = False
    person: Literal["staff", ""] = ""
    many: bool = False
    required: bool = False
    unsure: bool = False
    only_if: dict[str, Any] = Field(default_factory=dict)
    detour: dict[str, str] = Field(default_factory=dict)
    watch: list[str] = Field(default_factory=list)
    help: list[str] = Field(default_factory=list)
    retired: list[str] = Field(default_factory=list)
    pictograms: dict[str, str] = Field(default_factory=dict)
    pinned: bool = False
    switch: bool = False
    context: str = ""
    note: str = ""
    steps: "dict[str, StepShape]" = Field(default_factory=dict)


class RuleShape(Shape):
    """A rule for a category or an urgency."""

    when: dict[str, Any] = Field(default_factory=dict)
    value: str = Field(alias="is")


class RouteShape(Shape):
    """A rule for who receives a report."""

    when: dict[str, Any] = Field(default_factory=dict)
    to: list[str]
    else_to: list[str] = Field(default_factory=list)
    but_not: list[str] = Field(default_factory=list)


class ReferralShape(Shape):
    """A rule for help cards."""

    when: dict[str, Any] = Field(default_factory=dict)
    to: list[str] = Field(min_length=1)


class SlotsShape(Shape):
    """Where a school's own parts come."""

    intro: str = ""
    question: str = ""


class FlowShape(Shape):
    """A whole file."""

    flow: str
    title: str
    note: str = ""
    steps: dict[str, StepShape]
    end: str = ""
    categories: list[RuleShape] = Field(default_factory=list)
    urgency: list[RuleShape] = Field(default_factory=list)
    routes: list[RouteShape] = Field(default_factory=list)
    refer: list[ReferralShape] = Field(default_factory=list)
    retired: list[str] = Field(default_factory=list)
    slots: SlotsShape = Field(default_factory=SlotsShape)


_SHAPES: dict[str, type[Shape]] = {
    "steps": StepShape,
    "categories": RuleShape,
    "urgency": RuleShape,
    "routes": RouteShape,
    "refer": ReferralShape,
    "slots": SlotsShape,
}
_KINDS = {
    "string_type": ("E05", "must be text: put it in quotes"),
    "bool_type": ("E00", "is true or false"),
    "dict_type": ("E00", "takes a map of names and values"),
    "model_type": ("E00", "takes a map of names and values"),
    "list_type": ("E00", "takes a list: write [a, b]"),
    "too_short": ("E00", "needs at least one name: write [a]"),
}


_S = TypeVar("_S", bound=Shape)
ShapeAt = Callable[[Location], type[Shape]]
"""Says which shape the map around a place has, so that a fault can name the keys that are known there."""


def shape_of(document: Document) -> FlowShape | None:
    """Check the keys and values of a conversation; faults are noted in *document*, and then there is no shape."""
    return shaped(document, FlowShape, _shape_around)


def shaped(document: Document, whole: type[_S], shape_around: ShapeAt) -> _S | None:
    """Check *document* against the shape of a *whole* file; faults are noted in it, and then there is no shape."""
    try:
        return whole.model_validate(document.data)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            known = _keys_of(shape_around(fault["loc"])) if fault["type"] == "extra_forbidden" else []
            _note(document, fault["loc"], (fault["type"], str(fault.get("ctx", {}).get("expected", ""))), known)
        return None


def _note(document: Document, location: Location, wrong: tuple[str, str], known: list[str]) -> None:
    if location in document.marked:
        return
    name = f'"{location[-1]}"' if location else "the file"
    kind, expected = wrong
    if kind == "extra_forbidden":
        ending = cure(str(location[-1]), known, f"known here are {', '.join(known)}")
        document.fault(location, "E01", f"unknown key {name}: {ending}")
    elif kind == "missing":
        document.fault(location, "E00", f"{name} is missing: add it")
    elif kind == "literal_error":
        document.fault(location, "E03", f"{name} is {expected.removesuffix(' or ' + repr(''))}")
    else:
        rule, message = _KINDS[kind]
        document.fault(location, rule, f"{name} {message}")


def _shape_around(location: Location) -> type[Shape]:
    return _SHAPES.get(str(location[0]), FlowShape) if len(location) > 1 else FlowShape


def _keys_of(shape: type[Shape]) -> list[str]:
    return [field.alias or name for name, field in shape.model_fields.items()]
