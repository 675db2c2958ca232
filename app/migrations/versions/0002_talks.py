"""talks: texts of each version, the last good files, a school's own parts and numbers"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Columns come and go in place, without Alembic's batches: those would make the table anew on SQLite, and dropping the
# old one deletes what hangs on it.


def upgrade() -> None:
    op.create_table(
        "flow_release",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_flow_release_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flow_release")),
    )
    op.create_table(
        "flow_text",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("tag", sa.String(length=16), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["hash"], ["flow_archive.hash"], name=op.f("fk_flow_text_hash_flow_archive")),
        sa.PrimaryKeyConstraint("hash", "tag", name=op.f("pk_flow_text")),
    )
    op.create_table(
        "school_parts",
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("ask", sa.Text(), nullable=False),
        sa.Column("chips", sa.Text(), nullable=False),
        sa.Column("off", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_school_parts_school_id_school"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_school_parts")),
    )
    op.add_column("flow_archive", sa.Column("base", sa.String(length=64), server_default="", nullable=False))
    op.execute("UPDATE flow_archive SET base = hash")
    op.add_column("school", sa.Column("pupils", sa.Integer(), server_default="0", nullable=False))
    op.add_column("school", sa.Column("class_size", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("school", "class_size")
    op.drop_column("school", "pupils")
    op.drop_column("flow_archive", "base")
    op.drop_table("school_parts")
    op.drop_table("flow_text")
    op.drop_table("flow_release")
