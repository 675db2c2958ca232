"""Invented schools and people; none of them exists."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoSchool:
    """An invented school of an invented district."""

    code: str
    name: str
    district: str


@dataclass(frozen=True)
class DemoPerson:
    """An invented person; *school* is the index of his school, None for the city's people."""

    name: str
    role: str
    kind: str = ""
    school: int | None = None
    standing: str = ""
    """Of an adviser "deputy" or "waiting" (until a colleague confirms him); empty for the others."""

    @property
    def email(self) -> str:
        """Return an address on a name that no mail can reach (RFC 2606)."""
        return f"{self.name.lower().replace(' ', '.')}@vertel.example"


DISTRICT = "Stadsdeel Oost (verzonnen)"
SCHOOLS = (
    DemoSchool("00XA00", "De Meeuw Lyceum (verzonnen)", DISTRICT),
    DemoSchool("00XB00", "Het Kompas College (verzonnen)", DISTRICT),
    DemoSchool("00XC00", "Praktijkschool De Werf (verzonnen)", DISTRICT),
)
PEOPLE = (
    DemoPerson("Mira Zonneveld", "adviser", "internal", 0),
    DemoPerson("Joris Waterman", "adviser", "external", 0),
    DemoPerson("Ilse Bergsma", "manager", school=0),
    DemoPerson("Sem Kuiper", "coordinator", school=0),
    DemoPerson("Noor Akkerman", "adviser", "internal", 1),
    DemoPerson("Thijs Rivier", "adviser", "external", 1),
    DemoPerson("Lot Heuvel", "manager", school=1),
    DemoPerson("Ravi Molenaar", "coordinator", school=1),
    DemoPerson("Fenna Duin", "adviser", "internal", 2),
    DemoPerson("Bram Oever", "adviser", "external", 2),
    DemoPerson("Yara Plein", "manager", school=2),
    DemoPerson("Olaf Haven", "coordinator", school=2),
    DemoPerson("Nina Stad", "analyst"),
    DemoPerson("Kees Netwerk", "network"),
    DemoPerson("Roos Netwerk", "network"),
    DemoPerson("Tess Vertaler", "translator"),
    DemoPerson("Pim Lindeman", "adviser", "internal", 0, "deputy"),
    DemoPerson("Eva Waterland", "adviser", "internal", 0, "waiting"),
)
