"""the adviser's desk: records, consent, escalation, keys and people, the chained record, mail on screen, training"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Columns come and go in place, as in 0002.

_COLUMNS: dict[str, tuple[sa.Column[object], ...]] = {
    "school": (
        sa.Column("trainee_id", sa.String(length=32), nullable=True),
        sa.Column("founded_on", sa.Date(), nullable=True),
    ),
    "person": (
        sa.Column("sign_public", sa.LargeBinary(), nullable=True),
        sa.Column("recovery_locked", sa.LargeBinary(), nullable=True),
        sa.Column("recovery_made_on", sa.Date(), nullable=True),
        sa.Column("recovery_checked_on", sa.Date(), nullable=True),
        sa.Column("sign_in_failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sign_in_wait_until", sa.DateTime(timezone=True), nullable=True),
    ),
    "membership": (
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=32), nullable=True),
        sa.Column("proof", sa.LargeBinary(), nullable=True),
        sa.Column("is_deputy", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("works_on", sa.Integer(), server_default="31", nullable=False),
    ),
    "invitation": (sa.Column("person_id", sa.String(length=32), nullable=True),),
    "case": (
        sa.Column("escalation", sa.Integer(), server_default="0", nullable=False),
        sa.Column("escalated_on", sa.Date(), nullable=True),
        sa.Column("is_for_all", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_promise_counted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("origin", sa.String(length=10), server_default="student", nullable=False),
        sa.Column("has_printed_code", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("awaits_consent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("recovery_id", sa.String(length=32), nullable=True),
        sa.Column("recovery_dialog", sa.LargeBinary(), nullable=True),
        sa.Column("recovery_notes", sa.LargeBinary(), nullable=True),
    ),
    "case_reader": (
        sa.Column("stage", sa.Integer(), server_default="0", nullable=False),
        sa.Column("added_on", sa.Date(), nullable=True),
        sa.Column("added_by", sa.String(length=32), nullable=True),
    ),
    "audit_note": (
        sa.Column("chain", sa.String(length=32), server_default="", nullable=False),
        sa.Column("place", sa.Integer(), server_default="0", nullable=False),
        sa.Column("detail", sa.String(length=300), server_default="", nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=True),
    ),
}
_QUEUE = [
    *("id", "school_id", "lane", "withdrawn_on", "visible_on", "visible_part", "status", "urgent"),
    *("parent_id", "awaits_answer", "promised_on", "news_on", "last_seq", "last_student_seq", "escalation"),
]
_APPEND_ONLY = "the record is only ever added to"
_SCHOOL = ("school_id", "school.id")
_PERSON = ("person_id", "person.id")


def _passing() -> list[str]:
    return ["UNLOGGED"] if op.get_bind().dialect.name == "postgresql" else []


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target.partition('.')[0]}")
    return sa.ForeignKeyConstraint([column], [target], name=name)


def upgrade() -> None:
    for table, columns in _COLUMNS.items():
        for column in columns:
            op.add_column(table, column)
    _cases()
    _people()
    _others()
    _guard_the_record()


def _guard_the_record() -> None:
    """Let the database itself refuse to change or remove a note of the record."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION audit_note_stays() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_APPEND_ONLY}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_note_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_note "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_note_stays()"
        )
        return
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_note_stays_{deed.lower()} BEFORE {deed} ON audit_note "
            f"BEGIN SELECT RAISE(ABORT, '{_APPEND_ONLY}'); END"
        )


def _stop_guarding_the_record() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_note_stays ON audit_note")
        op.execute("DROP FUNCTION audit_note_stays()")
        return
    for deed in ("update", "delete"):
        op.execute(f"DROP TRIGGER audit_note_stays_{deed}")


def _cases() -> None:
    op.create_table(
        "case_record",
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("blob", sa.LargeBinary(), nullable=False),
        _foreign("case_record", *_SCHOOL),
        _foreign("case_record", "case_id", "case.id"),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_case_record")),
    )
    op.create_index("ix_case_queue", "case", _QUEUE)
    op.create_index("ix_case_school_id_lane", "case", ["school_id", "lane"])
    op.create_index("ix_case_school_id_withdrawn_on", "case", ["school_id", "withdrawn_on"])
    reader = ["person_id", "school_id", "case_id", "seen_through", "stage"]
    op.create_index("ix_case_reader_queue", "case_reader", reader)
    op.create_table(
        "saved_views",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _foreign("saved_views", *_PERSON),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_saved_views")),
    )
    op.create_table(
        "export_request",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("asked_by", sa.String(length=32), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("ground", sa.LargeBinary(), nullable=False),
        sa.Column("approved_by", sa.String(length=32), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("fetched_on", sa.Date(), nullable=True),
        _foreign("export_request", *_SCHOOL),
        _foreign("export_request", "case_id", "case.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_request")),
    )
    op.create_index(op.f("ix_export_request_case_id"), "export_request", ["case_id"])
    op.create_table(
        "deed",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("proposed_by", sa.String(length=32), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("approved_by", sa.String(length=32), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        _foreign("deed", *_SCHOOL),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deed")),
    )
    op.create_index(op.f("ix_deed_school_id"), "deed", ["school_id"])
    op.create_table(
        "promise_tally",
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("broken", sa.Integer(), nullable=False),
        _foreign("promise_tally", *_SCHOOL),
        sa.PrimaryKeyConstraint("school_id", "period", name=op.f("pk_promise_tally")),
    )


def _people() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1023), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        _foreign("passkey", *_PERSON),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_person_id"), "passkey", ["person_id"])
    op.create_table(
        "spent_challenge",
        sa.Column("challenge", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("challenge", name=op.f("pk_spent_challenge")),
        prefixes=_passing(),
    )
    op.create_index(op.f("ix_spent_challenge_expires_at"), "spent_challenge", ["expires_at"])
    op.create_table(
        "absence",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        _foreign("absence", *_PERSON),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_person_id"), "absence", ["person_id"])
    op.create_table(
        "school_recovery",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=True),
        sa.Column("half_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("first_by", sa.String(length=32), nullable=False),
        sa.Column("second_by", sa.String(length=32), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        _foreign("school_recovery", *_SCHOOL),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_recovery")),
    )
    op.create_index(op.f("ix_school_recovery_school_id"), "school_recovery", ["school_id"])


def _others() -> None:
    op.create_table(
        "audit_head",
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("chain", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("school_id", "chain", name=op.f("pk_audit_head")),
    )
    op.create_index(op.f("ix_audit_note_school_id_chain_place"), "audit_note", ["school_id", "chain", "place"])
    op.create_table(
        "mail_state",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("failing_since", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mail_state")),
    )
    op.create_table(
        "self_test",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("tested_on", sa.Date(), nullable=False),
        sa.Column("is_ok", sa.Boolean(), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_self_test")),
    )


def downgrade() -> None:
    _stop_guarding_the_record()
    op.drop_index("ix_case_reader_queue", "case_reader")
    for name in ("ix_case_queue", "ix_case_school_id_lane", "ix_case_school_id_withdrawn_on"):
        op.drop_index(name, "case")
    tables = ("self_test", "mail_state", "school_recovery", "absence", "spent_challenge", "passkey")
    for table in (*tables, "promise_tally", "deed", "export_request", "saved_views", "case_record"):
        op.drop_table(table)
    op.drop_index(op.f("ix_audit_note_school_id_chain_place"), "audit_note")
    op.drop_table("audit_head")
    for table, columns in _COLUMNS.items():
        for column in columns:
            op.drop_column(table, column.name)
