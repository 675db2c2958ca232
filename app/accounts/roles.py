"""What people may be."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may do; each view names the roles that may open it."""

    ADVISER = "adviser"
    COORDINATOR = "coordinator"
    MANAGER = "manager"
    NETWORK = "network"
    ANALYST = "analyst"
    TRANSLATOR = "translator"

    @property
    def is_of_a_school(self) -> bool:
        """Return whether a membership of this role names a school; the others work for the whole city."""
        return self in {Role.ADVISER, Role.COORDINATOR, Role.MANAGER}


PREVIEWERS = (Role.MANAGER, Role.COORDINATOR, Role.NETWORK, Role.TRANSLATOR)
"""Who may look at the talk as students will see it."""


class Kind(StrEnum):
    """Where an adviser stands: the law asks other things of an internal one than of an external one."""

    INTERNAL = "internal"
    EXTERNAL = "external"
