"""the student's phone: paused talks, lanes, check-ins, linked and withdrawn cases"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Columns come and go in place, as in 0002.


def _passing() -> list[str]:
    """Keep a table that is only about the present out of PostgreSQL's write-ahead log, and so out of its archive.

    After a crash it is empty: the hour counts from nothing, and a proof of work could count twice.
    """
    return ["UNLOGGED"] if op.get_bind().dialect.name == "postgresql" else []


def upgrade() -> None:
    op.create_table(
        "paused_talk",
        sa.Column("lookup", sa.LargeBinary(length=16), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("wrap", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("lookup", name=op.f("pk_paused_talk")),
    )
    op.create_index(op.f("ix_paused_talk_expires_on"), "paused_talk", ["expires_on"])
    op.create_table(
        "sent_quarter",
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("quarter", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_sent_quarter_school_id_school"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", "quarter", name=op.f("pk_sent_quarter")),
        prefixes=_passing(),
    )
    op.create_table(
        "spent_ticket",
        sa.Column("ticket", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("ticket", name=op.f("pk_spent_ticket")),
        prefixes=_passing(),
    )
    op.create_index(op.f("ix_spent_ticket_expires_at"), "spent_ticket", ["expires_at"])
    op.add_column("case", sa.Column("lane", sa.String(length=10), server_default="normal", nullable=False))
    op.add_column("case", sa.Column("acted_on", sa.Date(), nullable=True))
    op.add_column("case", sa.Column("checked_day", sa.Integer(), server_default="0", nullable=False))
    op.add_column("case", sa.Column("parent_id", sa.String(length=32), nullable=True))
    op.add_column("case", sa.Column("withdrawn_on", sa.Date(), nullable=True))
    op.add_column("case", sa.Column("went_along", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(op.f("ix_case_parent_id"), "case", ["parent_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_case_parent_id"), "case")
    for column in ("went_along", "withdrawn_on", "parent_id", "checked_day", "acted_on", "lane"):
        op.drop_column("case", column)
    for table in ("spent_ticket", "sent_quarter", "paused_talk"):
        op.drop_table(table)
