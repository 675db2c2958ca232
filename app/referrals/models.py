"""The table of services."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app import db


class Service(db.Base):
    """One service of the social map; it belongs to no school."""

    __tablename__ = "service"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    """Place in the file, from 0."""
    edition: Mapped[str] = mapped_column(String(16))
    """Drawn anew for every row whenever an import changed anything: who knows it need not read the documents again."""
    document: Mapped[str] = mapped_column(Text)
    """JSON: an HSDS 3.1 service with all that belongs to it inside, also what we do not use."""
