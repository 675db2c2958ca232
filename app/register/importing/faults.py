"""What can be wrong with a file or a row, as codes; no text of a cell ever stands in one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One fault: what is wrong (a code), in which row of the file and which column, where they are known."""

    code: str
    row: int | None = None
    column: str = ""


class SheetError(ValueError):
    """Raised when a file cannot be used; carries its faults, whose codes `app.register.wording_import` words."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(f"{one.code} row={one.row} column={one.column}" for one in faults))
        self.faults = faults
