"""Loads every conversation of a folder, or refuses them all with every fault."""

from pathlib import Path

from app.flows.archive import dump_flows, parse_flows
from app.flows.checking import check_folder
from app.flows.faults import FlowError
from app.flows.model import FlowSet
from app.flows.surroundings import Surroundings

__all__ = ["FlowError", "dump_flows", "load_flows", "parse_flows"]


def load_flows(folder: Path, surroundings: Surroundings | None = None) -> FlowSet:
    """Read all `*.yaml` files that stand directly in *folder*; warnings do not refuse them.

    Raises: FlowError, with every error of every file.
    """
    report = check_folder(folder, surroundings)
    if report.flows is None or report.errors:
        raise FlowError(report.errors)
    return report.flows
