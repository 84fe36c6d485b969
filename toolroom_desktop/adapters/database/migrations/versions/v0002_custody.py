"""Custody, tools, lost-tool cases, shifts; accounts that end and PINs that must be changed."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TIME = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
_SHA256 = sa.String(64)
_UUID = sa.String(36)

_WAS_OUT = sa.text("type = 'checkout' AND closed_by IS NULL")
_IS_OUT = sa.text("custody <> '{}' AND closed_by IS NULL")
_IN_A_KIT = sa.text("kit_key IS NOT NULL")
_COUNT_OWED = sa.text("counted = '[]' AND status <> 'success'")
_NOT_SERVICEABLE = sa.text("state <> 'serviceable'")
_RUNS = sa.text("ended_at IS NULL")
_NOT_AT_THE_CENTRE = sa.text("acked_bytes < size")
_NOT_RELEASED = sa.text("state <> 'released'")


def upgrade() -> None:
    """Add what the first schema lacks; the checkouts that are open stay in their holders' custody."""
    op.add_column("person", sa.Column("expires_on", sa.String(10)))
    op.add_column("person", sa.Column("must_change_pin", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("station", sa.Column("case_serial", sa.Integer(), nullable=False, server_default="0"))
    op.drop_index("uq_operation_kit_out_once", "operation")
    op.drop_index("ix_operation_held_by", "operation")
    for name, default in (
        ("custody", "{}"),
        ("holder_badge", ""),
        ("holder_key", ""),
        ("holder_name", ""),
        ("overrides", "[]"),
        ("cases", "[]"),
        ("later", "[]"),
        ("giver_name", ""),
        ("witness_name", ""),
    ):
        kind = sa.String() if name.startswith(("holder", "giver", "witness")) else sa.Text()
        op.add_column("operation", sa.Column(name, kind, nullable=False, server_default=default))
    _keep_custody()
    op.create_index(
        "uq_operation_kit_out_once",
        "operation",
        ["kit_key"],
        unique=True,
        sqlite_where=_IS_OUT,
        postgresql_where=_IS_OUT,
    )
    op.create_index("ix_operation_held_by", "operation", ["holder_key"], sqlite_where=_IS_OUT, postgresql_where=_IS_OUT)
    op.create_index("ix_operation_of_kit", "operation", ["kit_key", "site_seq"])
    op.create_index("ix_journal_of_kind", "journal", ["kind", "site_seq"])
    op.create_index(
        "ix_operation_count_owed", "operation", ["site_seq"], sqlite_where=_COUNT_OWED, postgresql_where=_COUNT_OWED
    )
    _create_tools()
    _create_cases()
    op.create_table(
        "shift",
        sa.Column("shift_id", _UUID, nullable=False),
        sa.Column("site_id", sa.String(64), nullable=False),
        sa.Column("started_at", _TIME, nullable=False),
        sa.Column("started_by", sa.String(), nullable=False),
        sa.Column("ended_at", _TIME),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("shift_id", name=op.f("pk_shift")),
    )
    op.create_index("ix_shift_running", "shift", ["started_at"], sqlite_where=_RUNS, postgresql_where=_RUNS)
    op.create_table(
        "sync_state",
        sa.Column("only_row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.String(64), nullable=False),
        sa.Column("last_success", _TIME),
        sa.Column("digest_at", _TIME),
        sa.CheckConstraint("only_row = 1", name=op.f("ck_sync_state_one_memory")),
        sa.PrimaryKeyConstraint("only_row", name=op.f("pk_sync_state")),
    )
    op.create_index(
        "ix_evidence_waiting",
        "evidence",
        ["sha256", "size", "acked_bytes"],
        sqlite_where=_NOT_AT_THE_CENTRE,
        postgresql_where=_NOT_AT_THE_CENTRE,
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text.strip()).casefold())


def _keep_custody() -> None:
    """What every checkout handed out: what it expected, less what a person counted as missing or wrong."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text("SELECT site_seq, person_badge, person_name, expected, counted FROM operation WHERE type = 'checkout'")
    ).all()
    for row in rows:
        gone = Counter(
            tool_class for tool_class, _unit, count, _by in json.loads(row.counted) if count in ("missing", "wrong")
        )
        expected = json.loads(row.expected)
        left = {name: quantity - gone[name] for name, quantity in expected.items() if quantity > gone[name]}
        connection.execute(
            sa.text(
                "UPDATE operation SET custody = :custody, holder_badge = :badge, holder_key = :key, "
                "holder_name = :name WHERE site_seq = :seq"
            ),
            {
                # A checkout whose count found nothing at all was nevertheless out until it came back.
                "custody": json.dumps(left or expected, ensure_ascii=False),
                "badge": row.person_badge,
                "key": _folded(row.person_badge),
                "name": row.person_name,
                "seq": row.site_seq,
            },
        )


def _create_tools() -> None:
    op.create_table(
        "tool",
        sa.Column("tool_id", _UUID, nullable=False),
        sa.Column("tool_class", sa.String(), nullable=False),
        sa.Column("kit_key", sa.String()),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("part_number", sa.String(), nullable=False),
        sa.Column("serial_number", sa.String(), nullable=False),
        sa.Column("serial_key", sa.String(), nullable=False),
        sa.Column("marking", sa.String(), nullable=False),
        sa.Column("marking_key", sa.String()),
        sa.Column("calibration_due", sa.String(10)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("photo", _SHA256),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["kit_key"], ["kit.number_key"], name=op.f("fk_tool_kit_key")),
        sa.ForeignKeyConstraint(
            ["photo"], ["evidence.sha256"], name=op.f("fk_tool_photo"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("tool_id", name=op.f("pk_tool")),
        sa.UniqueConstraint("marking_key", name=op.f("uq_tool_marking_key")),
    )
    op.create_index(op.f("ix_tool_serial_key"), "tool", ["serial_key"])
    op.create_index(op.f("ix_tool_calibration_due"), "tool", ["calibration_due"])
    op.create_index(
        "uq_tool_one_at_a_place",
        "tool",
        ["kit_key", "tool_class", "unit"],
        unique=True,
        sqlite_where=_IN_A_KIT,
        postgresql_where=_IN_A_KIT,
    )
    op.create_index(
        "ix_tool_not_serviceable",
        "tool",
        ["state"],
        sqlite_where=_NOT_SERVICEABLE,
        postgresql_where=_NOT_SERVICEABLE,
    )
    op.create_table(
        "empty_place",
        sa.Column("kit_key", sa.String(), nullable=False),
        sa.Column("tool_class", sa.String(), nullable=False),
        sa.Column("unit", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["kit_key"], ["kit.number_key"], name=op.f("fk_empty_place_kit_key")),
        sa.PrimaryKeyConstraint("kit_key", "tool_class", "unit", name=op.f("pk_empty_place")),
        sqlite_with_rowid=False,
    )


def _create_cases() -> None:
    op.create_table(
        "lost_tool_case",
        sa.Column("case_id", _UUID, nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("site_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("kit", sa.String(), nullable=False),
        sa.Column("kit_key", sa.String(), nullable=False),
        sa.Column("toolkit", sa.String(), nullable=False),
        sa.Column("tool_class", sa.String(), nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("marking", sa.String(), nullable=False),
        sa.Column("tool_id", _UUID),
        sa.Column("opened_at", _TIME, nullable=False),
        sa.Column("operation_id", _UUID, nullable=False),
        sa.Column("found_out_at", sa.String(16), nullable=False),
        sa.Column("holder_badge", sa.String(), nullable=False),
        sa.Column("holder_name", sa.String(), nullable=False),
        sa.Column("aircraft", sa.String(), nullable=False),
        sa.Column("work_order", sa.String(), nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_lost_tool_case")),
        sa.UniqueConstraint("number", name=op.f("uq_lost_tool_case_number")),
    )
    op.create_index(op.f("ix_lost_tool_case_operation_id"), "lost_tool_case", ["operation_id"])
    op.create_index(
        "ix_lost_tool_case_open",
        "lost_tool_case",
        ["kit_key"],
        sqlite_where=_NOT_RELEASED,
        postgresql_where=_NOT_RELEASED,
    )
