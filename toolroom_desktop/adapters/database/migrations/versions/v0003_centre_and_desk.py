"""What comes from the centre: reference data, the custody and cases of other stations, files that are fetched."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TIME = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
_SIZE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SHA256 = sa.String(64)
_UUID = sa.String(36)

_IS_OUT = sa.text("closed_by IS NULL")
_NOT_RELEASED = sa.text("state <> 'released'")
_NOT_APPLIED = sa.text("applied = false")
_NOT_HERE = sa.text("held < size OR size = 0")
_NOT_JOINED = sa.text("checkout_unknown = true AND closes IS NULL")
_NOT_AT_THE_CENTRE = sa.text("acked_bytes < size")
_HERE_AND_AT_THE_CENTRE = sa.text("acked_at IS NOT NULL AND dropped_at IS NULL")


def upgrade() -> None:
    """Add what the second schema lacks; nothing that is there changes."""
    op.add_column("sync_state", sa.Column("cursor", sa.String(128), nullable=False, server_default=""))
    op.add_column("sync_state", sa.Column("pulled_at", _TIME))
    _evidence()
    _packing()
    _history()
    op.add_column(
        "journal_head", sa.Column("heard", sa.String(32), nullable=False, server_default="0000000000000-000000")
    )
    op.add_column("operation", sa.Column("checkout_unknown", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_operation_not_joined",
        "operation",
        ["site_seq"],
        sqlite_where=_NOT_JOINED,
        postgresql_where=_NOT_JOINED,
    )
    op.create_table(
        "reference",
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("applied", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_reference")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_reference_not_applied",
        "reference",
        ["kind", "key"],
        sqlite_where=_NOT_APPLIED,
        postgresql_where=_NOT_APPLIED,
    )
    op.create_table(
        "elsewhere_custody",
        sa.Column("operation_id", _UUID, nullable=False),
        sa.Column("site_id", sa.String(64), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("kit", sa.String(), nullable=False),
        sa.Column("kit_key", sa.String(), nullable=False),
        sa.Column("holder_key", sa.String(), nullable=False),
        sa.Column("hlc", sa.String(32), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("closed_by", _UUID),
        sa.Column("known_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("operation_id", name=op.f("pk_elsewhere_custody")),
    )
    for column in ("kit_key", "holder_key"):
        op.create_index(
            f"ix_elsewhere_custody_{column}",
            "elsewhere_custody",
            [column],
            sqlite_where=_IS_OUT,
            postgresql_where=_IS_OUT,
        )
    op.create_table(
        "elsewhere_case",
        sa.Column("case_id", _UUID, nullable=False),
        sa.Column("site_id", sa.String(64), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("kit_key", sa.String(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("known_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_elsewhere_case")),
    )
    op.create_index(
        "ix_elsewhere_case_open",
        "elsewhere_case",
        ["kit_key"],
        sqlite_where=_NOT_RELEASED,
        postgresql_where=_NOT_RELEASED,
    )
    op.create_table(
        "centre_file",
        sa.Column("sha256", _SHA256, nullable=False),
        sa.Column("size", _SIZE, nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("held", _SIZE, nullable=False),
        sa.Column("wanted_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_centre_file")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_centre_file_wanted",
        "centre_file",
        ["wanted_at"],
        sqlite_where=_NOT_HERE,
        postgresql_where=_NOT_HERE,
    )


def _evidence() -> None:
    """Since when the centre has a photo, and since when it has it alone."""
    op.add_column("evidence", sa.Column("acked_at", _TIME))
    op.add_column("evidence", sa.Column("dropped_at", _TIME))
    # Nobody noted since when; from now on at the least.
    now = datetime.now(UTC)
    since: str | datetime = now
    if op.get_bind().dialect.name != "postgresql":
        since = now.isoformat(timespec="microseconds")
    evidence = sa.table("evidence", sa.column("size"), sa.column("acked_bytes"), sa.column("acked_at", _TIME))
    whole = evidence.c.acked_bytes >= evidence.c.size
    op.execute(evidence.update().where(whole).values(acked_at=since))
    op.drop_index("ix_evidence_waiting", "evidence")
    op.create_index(
        "ix_evidence_waiting",
        "evidence",
        ["sha256", "size", "acked_bytes", "dropped_at"],
        sqlite_where=_NOT_AT_THE_CENTRE,
        postgresql_where=_NOT_AT_THE_CENTRE,
    )
    op.create_index(
        "ix_evidence_may_go",
        "evidence",
        ["acked_at", "sha256"],
        sqlite_where=_HERE_AND_AT_THE_CENTRE,
        postgresql_where=_HERE_AND_AT_THE_CENTRE,
    )


_SAMPLE_GUARDS = (
    """
    CREATE TRIGGER journal_sample_never_changes BEFORE UPDATE ON journal_sample
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
    """
    CREATE TRIGGER journal_sample_never_shrinks BEFORE DELETE ON journal_sample
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
    """
    CREATE TRIGGER journal_sample_has_no_gaps BEFORE INSERT ON journal_sample
    WHEN NEW.sample_id IS NOT (SELECT coalesce(max(sample_id), 0) + 1 FROM journal_sample)
    BEGIN SELECT RAISE(ABORT, 'the journal continues after its last entry'); END
    """,
)


def _packing() -> None:
    """What long payloads of the journal are packed with. Those that are there stay as they are."""
    op.create_table(
        "journal_sample",
        sa.Column("sample_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("since_seq", _SIZE, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sample_id", name=op.f("pk_journal_sample")),
    )
    op.create_index("ix_journal_sample_about", "journal_sample", ["about", "sample_id"])
    if op.get_bind().dialect.name == "sqlite":
        for guard in _SAMPLE_GUARDS:
            op.execute(guard)


_FLAGS = {
    "counted": sa.text("counted = true"),
    "owed": sa.text("owed = true"),
    "with_case": sa.text("with_case = true"),
    "overridden": sa.text("overridden = true"),
    "not_first_pass": sa.text("first_pass = false"),
}
_MARKED = sa.text("marking_key <> ''")


def _history() -> None:
    """By what the operations are found and summed up. The program fills it in the same transaction."""
    op.create_table(
        "operation_words",
        sa.Column("words_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("words_id", name=op.f("pk_operation_words")),
        sa.UniqueConstraint("words", name=op.f("uq_operation_words_words")),
    )
    op.create_table(
        "history_name",
        sa.Column("name_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name_id", name=op.f("pk_history_name")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_history_name_kind_key")),
    )
    names = ("kit", "toolkit", "person", "aircraft", "work_order", "model")
    op.create_table(
        "history",
        sa.Column("site_seq", _SIZE, autoincrement=False, nullable=False),
        sa.Column("finished_us", _SIZE, nullable=False),
        sa.Column("took_us", _SIZE, nullable=False),
        sa.Column("offset_minutes", sa.SmallInteger(), nullable=False),
        *(sa.Column(name, sa.SmallInteger(), nullable=False) for name in ("type", "status", "final_status")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in names),
        *(
            sa.Column(name, sa.Boolean(), nullable=False)
            for name in ("counted", "owed", "with_case", "overridden", "first_pass", "looked")
        ),
        sa.PrimaryKeyConstraint("site_seq", name=op.f("pk_history")),
    )
    for name in ("kit", "toolkit", "aircraft", "work_order", "model", "type", "status", "final_status"):
        op.create_index(f"ix_history_{name}", "history", [name])
    for name, condition in _FLAGS.items():
        op.create_index(
            f"ix_history_{name}", "history", ["site_seq"], sqlite_where=condition, postgresql_where=condition
        )
    op.create_table(
        "history_person",
        sa.Column("person", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("site_seq", _SIZE, autoincrement=False, nullable=False),
        sa.Column("parts", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", "site_seq", name=op.f("pk_history_person")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "history_finding",
        sa.Column("site_seq", _SIZE, autoincrement=False, nullable=False),
        sa.Column("place", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("finding", sa.SmallInteger(), nullable=False),
        sa.Column("tool_class", sa.Integer(), nullable=False),
        sa.Column("unit", sa.SmallInteger(), nullable=False),
        sa.Column("marking", sa.String(), nullable=False),
        sa.Column("marking_key", sa.String(), nullable=False),
        sa.Column("tool_id", _UUID),
        sa.PrimaryKeyConstraint("site_seq", "place", name=op.f("pk_history_finding")),
        sqlite_with_rowid=False,
    )
    for name in ("finding", "tool_class"):
        op.create_index(f"ix_history_finding_{name}", "history_finding", [name, "site_seq"])
    op.create_index(
        "ix_history_finding_marking",
        "history_finding",
        ["marking_key", "site_seq"],
        sqlite_where=_MARKED,
        postgresql_where=_MARKED,
    )
    op.create_table(
        "history_word",
        sa.Column("word", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_history_word")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "history_day",
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first_seq", _SIZE, nullable=False),
        sa.Column("last_seq", _SIZE, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_history_day")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE history_text USING fts5(words, content = '', detail = none, tokenize = 'unicode61')"
        )
