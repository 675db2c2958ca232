"""Tables of the talks: every version that ever was, its texts, the last good set of files, and what a school adds."""

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class FlowArchive(Base):
    """A version of the talks, kept so that old answers stay readable.

    A thief learns what any visitor can read by starting a talk: the questions, with what a school added to them.
    """

    __tablename__ = "flow_archive"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    base: Mapped[str] = mapped_column(String(64), server_default="")
    """Version of the files that it was made from: its own hash, unless a school added something."""
    content: Mapped[str] = mapped_column(Text)


class FlowText(Base):
    """The texts of a version in one language, as they were when it was kept; a thief learns the translations."""

    __tablename__ = "flow_text"

    hash: Mapped[str] = mapped_column(String(64), ForeignKey("flow_archive.hash"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(16), primary_key=True)
    content: Mapped[str] = mapped_column(Text)
    """JSON: the Dutch text to its translation."""


class FlowRelease(Base):
    """The last files that were in order, to start with when those on the disk are not; one row.

    A thief learns the files of the program, the lists of words that are watched among them.
    """

    __tablename__ = "flow_release"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of *files*."""
    files: Mapped[str] = mapped_column(Text)
    """JSON: path below the folder to text."""


class SchoolParts(Base):
    """What a school adds to the talk and leaves out of it; a thief learns what every student of the school is shown."""

    __tablename__ = "school_parts"

    school_id: Mapped[str] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"), primary_key=True)
    intro: Mapped[str] = mapped_column(Text)
    ask: Mapped[str] = mapped_column(Text)
    chips: Mapped[str] = mapped_column(Text)
    """JSON: a list of pairs, for the order of the chips counts."""
    off: Mapped[str] = mapped_column(Text)
    """JSON: a list of the ids of the parts that are left out."""
