"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# A step never imports the program's own column types: it must mean the same for ever.
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
_SHA256 = sa.String(64)
_UUID = sa.String(36)

_KIT_IS_OUT = sa.text("type = 'checkout' AND closed_by IS NULL")
_WAITING = sa.text("acked_at IS NULL")

# The journal only ever grows, by one entry after the last. INSERT OR REPLACE would delete without firing the DELETE
# trigger; the INSERT trigger stops it.
_GUARDS = (
    """
    CREATE TRIGGER journal_never_changes
    BEFORE UPDATE OF site_seq, op_id, site_id, hlc, wall_at, clock_back, kind, payload, schema_version, model_sha256,
                     prev_hash, hash, seal ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
    """
    CREATE TRIGGER journal_never_shrinks BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
    """
    CREATE TRIGGER journal_has_no_gaps BEFORE INSERT ON journal
    WHEN NEW.site_seq IS NOT (SELECT coalesce(max(site_seq), 0) + 1 FROM journal)
    BEGIN SELECT RAISE(ABORT, 'the journal continues after its last entry'); END
    """,
)


def upgrade() -> None:
    """Create the tables of a station."""
    _create_records()
    _create_reference()
    _create_operations()
    if op.get_bind().dialect.name == "sqlite":
        for guard in _GUARDS:
            op.execute(guard)


def _create_records() -> None:
    op.create_table(
        "station",
        sa.Column("only_row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("site_id", sa.String(64), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.CheckConstraint("only_row = 1", name=op.f("ck_station_one_station")),
        sa.PrimaryKeyConstraint("only_row", name=op.f("pk_station")),
    )
    op.create_table(
        "journal",
        sa.Column("site_seq", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("op_id", _UUID, nullable=False),
        sa.Column("site_id", sa.String(64), nullable=False),
        sa.Column("hlc", sa.String(32), nullable=False),
        sa.Column("wall_at", sa.String(32), nullable=False),
        sa.Column("clock_back", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("model_sha256", _SHA256),
        sa.Column("prev_hash", _SHA256, nullable=False),
        sa.Column("hash", _SHA256, nullable=False),
        sa.Column("seal", _SHA256, nullable=False),
        sa.Column("acked_at", _TIME),
        sa.PrimaryKeyConstraint("site_seq", name=op.f("pk_journal")),
        sa.UniqueConstraint("op_id", name=op.f("uq_journal_op_id")),
    )
    op.create_index("ix_journal_waiting", "journal", ["site_seq"], sqlite_where=_WAITING, postgresql_where=_WAITING)
    op.create_table(
        "journal_head",
        sa.Column("site_id", sa.String(64), nullable=False),
        sa.Column("site_seq", _NUMBER, nullable=False),
        sa.Column("hash", _SHA256, nullable=False),
        sa.Column("hlc", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_journal_head")),
    )
    op.create_table(
        "evidence",
        sa.Column("sha256", _SHA256, nullable=False),
        sa.Column("size", _NUMBER, nullable=False),
        sa.Column("acked_bytes", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_evidence")),
        sqlite_with_rowid=False,
    )


def _create_reference() -> None:
    op.create_table(
        "person",
        sa.Column("badge_key", sa.String(), nullable=False),
        sa.Column("badge", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("pin_hash", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("wrong_pins", sa.Integer(), nullable=False),
        sa.Column("locked_until", _TIME),
        sa.PrimaryKeyConstraint("badge_key", name=op.f("pk_person")),
    )
    op.create_table(
        "toolkit",
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title_ru", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("thresholds", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name_key", name=op.f("pk_toolkit")),
    )
    op.create_table(
        "toolkit_position",
        sa.Column("toolkit_key", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tool_class", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("name_ru", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_toolkit_position_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["toolkit_key"], ["toolkit.name_key"], name=op.f("fk_toolkit_position_toolkit_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("toolkit_key", "place", name=op.f("pk_toolkit_position")),
    )
    op.create_table(
        "kit",
        sa.Column("number_key", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("toolkit_key", sa.String(), nullable=False),
        sa.Column("code_key", sa.String()),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["toolkit_key"], ["toolkit.name_key"], name=op.f("fk_kit_toolkit_key")),
        sa.PrimaryKeyConstraint("number_key", name=op.f("pk_kit")),
        sa.UniqueConstraint("code_key", name=op.f("uq_kit_code_key")),
    )
    op.create_index(op.f("ix_kit_toolkit_key"), "kit", ["toolkit_key"])


def _create_operations() -> None:
    op.create_table(
        "operation",
        sa.Column("site_seq", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("operation_id", _UUID, nullable=False),
        sa.Column("site_id", sa.String(64), nullable=False),
        sa.Column("type", sa.String(16), nullable=False),
        sa.Column("toolkit", sa.String(), nullable=False),
        sa.Column("kit", sa.String(), nullable=False),
        sa.Column("kit_key", sa.String(), nullable=False),
        sa.Column("person_badge", sa.String(), nullable=False),
        sa.Column("person_key", sa.String(), nullable=False),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("started_at", _TIME, nullable=False),
        sa.Column("finished_at", _TIME, nullable=False),
        sa.Column("utc_offset_minutes", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("final_status", sa.String(16), nullable=False),
        sa.Column("match_percentage", sa.Float(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("expected", sa.Text(), nullable=False),
        sa.Column("counted", sa.Text(), nullable=False),
        sa.Column("photo_clean", _SHA256),
        sa.Column("photo_annotated", _SHA256),
        sa.Column("model_name", sa.String(), nullable=False),
        sa.Column("model_sha256", _SHA256, nullable=False),
        sa.Column("app_version", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("closes", _UUID),
        sa.Column("closed_by", _UUID),
        sa.Column("giver_badge", sa.String(), nullable=False),
        sa.Column("witness_badge", sa.String(), nullable=False),
        sa.Column("work_order", sa.String(), nullable=False),
        sa.Column("aircraft", sa.String(), nullable=False),
        sa.Column("expected_return", _TIME),
        _deferred("site_seq", "journal.site_seq"),
        _deferred("photo_clean", "evidence.sha256"),
        _deferred("photo_annotated", "evidence.sha256"),
        sa.PrimaryKeyConstraint("site_seq", name=op.f("pk_operation")),
        sa.UniqueConstraint("operation_id", name=op.f("uq_operation_operation_id")),
    )
    op.create_index(op.f("ix_operation_photo_clean"), "operation", ["photo_clean"])
    op.create_index(op.f("ix_operation_photo_annotated"), "operation", ["photo_annotated"])
    op.create_index(
        "uq_operation_kit_out_once",
        "operation",
        ["kit_key"],
        unique=True,
        sqlite_where=_KIT_IS_OUT,
        postgresql_where=_KIT_IS_OUT,
    )
    op.create_index(
        "ix_operation_held_by",
        "operation",
        ["person_key"],
        sqlite_where=_KIT_IS_OUT,
        postgresql_where=_KIT_IS_OUT,
    )


def _deferred(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=op.f(f"fk_operation_{column}"), initially="DEFERRED", deferrable=True
    )
