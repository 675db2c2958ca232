"""Protects and attacks one table: the two steps that need solvers, which a web process never loads (`working.py`)."""

from app.statistics.attacking.rules import Limits
from app.statistics.attacking.truth import Published, TrueRow
from app.statistics.attacking.world import World
from app.statistics.audit import attack_world, outsider_ranges
from app.statistics.disclosure import Method, protect
from app.statistics.protecting.base import arrange
from app.statistics.protecting.primary import Rules
from app.statistics.protecting.table import Protected
from app.statistics.protecting.task import Budget
from app.statistics.publishing import Task, Verdict, cells_of

SECONDS = 60.0


def protected(task: Task) -> Protected:
    """Return the protected table."""
    base = arrange(task.rows)
    before = Protected(task.before, task.design) if task.before else None
    return protect(base, task.design, Method(Rules(share=task.share), Budget(SECONDS)), before)


def audited(task: Task, content: str) -> Verdict:
    """Attack a table as it would go out; ranges for its hidden cells only when they help no attacker."""
    groups = {name: tuple(members) for name, members in task.design.groups.items()}
    table = {(cell.district, cell.category, cell.period): value for cell, value in cells_of(content).items()}
    truth = tuple(
        TrueRow(row.school, row.board, row.district, row.category, row.period, row.value) for row in task.rows
    )
    world, limits = World(Published(table, task.design.regions, groups), truth), Limits(share=task.share)
    found: dict[str, int] = {}
    for finding in attack_world(world, limits):
        found[finding.kind] = found.get(finding.kind, 0) + 1
    ranges = {} if found else outsider_ranges(world)
    return Verdict(found, {} if ranges and attack_world(world, limits, ranges) else ranges)
