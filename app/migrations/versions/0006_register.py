"""the register of incidents, its imports, yearly evaluations, and the city's published tables"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("quarter", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("ranges", sa.Text(), nullable=False),
        sa.Column("schools", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("quarter", name=op.f("uq_publication_quarter")),
    )
    op.create_table(
        "table_design",
        sa.Column("year", sa.String(length=12), nullable=False),
        sa.Column("design", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_table_design")),
    )
    op.create_table(
        "evaluation",
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.String(length=12), nullable=False),
        sa.Column("monitor", sa.Text(), nullable=False),
        sa.Column("complaints", sa.Integer(), nullable=True),
        sa.Column("adviser_report", sa.Text(), nullable=False),
        sa.Column("actions", sa.Text(), nullable=False),
        sa.Column("conclusions", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_evaluation_school_id_school"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", "year", name=op.f("pk_evaluation")),
    )
    op.create_table(
        "fixed_count",
        sa.Column("quarter", sa.String(length=12), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("board", sa.String(length=60), nullable=False),
        sa.Column("district", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_fixed_count_school_id_school"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("quarter", "school_id", "category", name=op.f("pk_fixed_count")),
    )
    op.create_table(
        "register_import",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("system", sa.String(length=60), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("doubles", sa.Integer(), nullable=False),
        sa.Column("is_undone", sa.Boolean(), nullable=False),
        sa.Column("waiting", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_register_import_school_id_school"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_import")),
    )
    op.create_index(op.f("ix_register_import_school_id"), "register_import", ["school_id"], unique=False)

    op.create_table(
        "register_mapping",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("system", sa.String(length=60), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_register_mapping_school_id_school"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_mapping")),
        sa.UniqueConstraint("school_id", "signature", name=op.f("uq_register_mapping_school_id_signature")),
    )
    op.create_table(
        "register_school",
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("profile", sa.String(length=20), nullable=False),
        sa.Column("board", sa.String(length=60), nullable=False),
        sa.Column("is_pilot", sa.Boolean(), nullable=False),
        sa.Column("poster_on", sa.Date(), nullable=True),
        sa.Column("training_on", sa.Date(), nullable=True),
        sa.Column("row_salt", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_register_school_school_id_school"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_register_school")),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("second_category", sa.String(length=20), nullable=False),
        sa.Column("part_of_day", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("is_online", sa.Boolean(), nullable=False),
        sa.Column("object", sa.String(length=20), nullable=False),
        sa.Column("motive", sa.String(length=20), nullable=False),
        sa.Column("causer_role", sa.String(length=20), nullable=False),
        sa.Column("affected_role", sa.String(length=20), nullable=False),
        sa.Column("affected_count", sa.Integer(), nullable=False),
        sa.Column("injury", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("certainty", sa.String(length=20), nullable=False),
        sa.Column("serious_reason", sa.String(length=20), nullable=False),
        sa.Column("follow_up", sa.String(length=20), nullable=False),
        sa.Column("police_report", sa.String(length=20), nullable=False),
        sa.Column("inspectorate", sa.String(length=20), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("import_id", sa.String(length=32), nullable=True),
        sa.Column("row_mark", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["register_import.id"],
            name=op.f("fk_incident_import_id_register_import"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_incident_school_id_school"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index(op.f("ix_incident_import_id"), "incident", ["import_id"], unique=False)
    op.create_index("ix_incident_school_id_day", "incident", ["school_id", "day"], unique=False)
    op.create_index("ix_incident_school_id_row_mark", "incident", ["school_id", "row_mark"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_incident_school_id_row_mark", table_name="incident")
    op.drop_index("ix_incident_school_id_day", table_name="incident")
    op.drop_index(op.f("ix_incident_import_id"), table_name="incident")

    op.drop_table("incident")
    op.drop_table("register_school")
    op.drop_table("register_mapping")
    op.drop_index(op.f("ix_register_import_school_id"), table_name="register_import")

    op.drop_table("register_import")
    op.drop_table("fixed_count")
    op.drop_table("evaluation")
    op.drop_table("table_design")
    op.drop_table("publication")
