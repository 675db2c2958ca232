"""Loads every conversation of a folder, or refuses them all with every fault."""

from pathlib import Path

from app.flows.archive import dump_flows, new_flow_set, parse_flows
from app.flows.building import Builder
from app.flows.checking_flows import Built, check_flows
from app.flows.checking_texts import check_texts
from app.flows.faults import Fault, FlowError
from app.flows.model import FlowSet
from app.flows.reading import Document, read
from app.flows.shape import shape_of

__all__ = ["FlowError", "dump_flows", "load_flows", "parse_flows"]


def load_flows(folder: Path) -> FlowSet:
    """Read all `*.yaml` files that stand directly in *folder*.

    Raises: FlowError, with every fault of every file.
    """
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise FlowError([Fault(folder.name, 1, "E00", "the folder has no conversations: name one with *.yaml files")])
    documents = [read(f"{folder.name}/{path.name}", path.read_bytes()) for path in paths]
    all_built = {built.flow.id: built for document in documents if (built := _build(document))}
    check_flows(all_built, frozenset(path.stem for path in paths))
    faults = [fault for document in documents for fault in document.faults]
    if faults:
        raise FlowError(faults)
    return new_flow_set({name: built.flow for name, built in all_built.items()})


def _build(document: Document) -> Built | None:
    if document.data is None and not document.faults:
        document.fault((), "E00", "the file is empty: write a conversation or remove it")
    check_texts(document)
    shape = shape_of(document) if document.data is not None else None
    if shape is None:
        return None
    flow, places = Builder(document, shape).build()
    return Built(flow, document, places)
