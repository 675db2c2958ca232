"""Checks a folder of conversations by every rule, and says what could not be proven."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.flows.archive import new_flow_set
from app.flows.building import Builder
from app.flows.checking_flows import Built, check_flows
from app.flows.checking_language import check_language
from app.flows.checking_logic import check_logic
from app.flows.checking_people import check_people
from app.flows.checking_safety import check_help, check_safety, check_topics
from app.flows.checking_texts import check_texts
from app.flows.faults import Fault, FlowError
from app.flows.lock import CURE, lock_faults, read_lock
from app.flows.model import FlowSet
from app.flows.reading import MOST_BYTES, Document, read
from app.flows.shape import shape_of
from app.flows.surroundings import Surroundings

LOCK = "flows.lock"


@dataclass(frozen=True)
class Report:
    """What a check found: the conversations, unless they have an error of their own, and all there is to say."""

    flows: FlowSet | None
    """They are there, too, when only the surroundings have an error: the social map, a translation, the lock."""
    faults: tuple[Fault, ...]
    """Errors and warnings, in reading order."""
    notes: tuple[str, ...] = ()
    """What could not be proven, a sentence each."""
    documents: Mapping[str, Document] = field(default_factory=dict, compare=False)
    """The files by conversation, for whoever wants to know on which line something stands."""

    @property
    def errors(self) -> tuple[Fault, ...]:
        """Return the faults that refuse the conversations."""
        return tuple(fault for fault in self.faults if fault.severity == "error")

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """Return the faults that only advise."""
        return tuple(fault for fault in self.faults if fault.severity == "warning")

    def plus(self, faults: Iterable[Fault]) -> "Report":
        """Return the report with *faults* that were found elsewhere, as by the tests of conversations."""
        return replace(self, faults=tuple(sorted({*self.faults, *faults})))


def check_folder(folder: Path, surroundings: Surroundings | None = None) -> Report:
    """Check all `*.yaml` files that stand directly in *folder*, and what *surroundings* ask for; it never raises."""
    around = surroundings or Surroundings()
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        message = "the folder has no conversations: name one with *.yaml files"
        return Report(None, (Fault(folder.name, 1, "E00", message),))
    documents = [_document(folder, path) for path in paths]
    all_built = {built.flow.id: built for document in documents if (built := _build(document))}
    notes = _check_inside(all_built, frozenset(path.stem for path in paths), documents)
    is_fit = not _errors(documents)
    flows = new_flow_set({name: built.flow for name, built in all_built.items()})
    _check_around(folder, all_built, around)
    found = [fault for document in documents for fault in document.faults]
    found += _lock_faults(folder, flows) if is_fit and around.lock else []
    by_flow = {name: built.document for name, built in all_built.items()}
    return Report(flows if is_fit else None, tuple(sorted(set(found))), notes, by_flow)


def _check_inside(
    all_built: Mapping[str, Built], known: frozenset[str], documents: Iterable[Document]
) -> tuple[str, ...]:
    """Note what is wrong in the conversations themselves; return what could not be proven."""
    check_flows(all_built, known)
    check_safety(all_built)
    for built in all_built.values():
        check_people(built)
    # A proof tries answers, so it wants conditions that name what there is.
    is_sound = not _errors(documents)
    return tuple(note for built in all_built.values() if is_sound for note in check_logic(built))


def _document(folder: Path, path: Path) -> Document:
    file = f"{folder.name}/{path.name}"
    try:
        with path.open("rb") as opened:
            return read(file, opened.read(MOST_BYTES + 1))
    except OSError as error:
        document = Document(file)
        document.fault((), "E00", f"the file cannot be read ({error.strerror}): mend it or take it away")
        return document


def _build(document: Document) -> Built | None:
    if document.data is None and not document.faults:
        document.fault((), "E00", "the file is empty: write a conversation or remove it")
    check_texts(document)
    shape = shape_of(document) if document.data is not None else None
    if shape is None:
        return None
    flow, places = Builder(document, shape).build()
    return Built(flow, document, places)


def _check_around(folder: Path, all_built: Mapping[str, Built], around: Surroundings) -> None:
    """Note where the conversations do not fit what is around them."""
    topics = _topics(folder)
    for built in all_built.values():
        if around.help_ids is not None:
            check_help(built, around.help_ids)
        if around.languages:
            check_topics(built, topics, around.languages)
    check_language(all_built, around)


def _topics(folder: Path) -> dict[str, frozenset[str]]:
    """Return for each topic the languages that have a list and samples; both are files under `watch`."""
    names = {path.name.removesuffix(".txt") for path in (folder / "watch").glob("*.txt")}
    whole = [name.split(".") for name in names if f"{name}.samples" in names]
    return {topic: frozenset(tag for each, tag in whole if each == topic) for topic, _ in whole}


def _errors(documents: Iterable[Document]) -> list[Fault]:
    return [fault for document in documents for fault in document.faults if fault.severity == "error"]


def _lock_faults(folder: Path, flows: FlowSet) -> list[Fault]:
    path = folder / LOCK
    name = f"{folder.name}/{LOCK}"
    if not path.exists():
        return [Fault(name, 1, "E51", f"nothing is released yet: {CURE}")]
    try:
        return list(lock_faults(flows, read_lock(path.read_text("utf-8"), name)))
    except FlowError as error:
        return list(error.faults)
    except UnicodeDecodeError:
        return [Fault(name, 1, "E00", f"the lock is not UTF-8 text: {CURE}")]
