"""What every page of the register needs to know of who asks and of the law."""

from datetime import date

from flask import current_app

from app import clock
from app.accounts.roles import Role
from app.register.law import is_in_force
from app.settings import Settings

KEEPERS = (Role.COORDINATOR, Role.MANAGER)
"""Who may look into a school's register; only a coordinator, and an adviser from his own case, adds to it."""


def is_law_now() -> bool:
    """Return whether the operator said that the law is in force."""
    settings: Settings = current_app.config["SETTINGS"]
    since: date | None = settings.law_in_force
    return is_in_force(clock.today(), since)
