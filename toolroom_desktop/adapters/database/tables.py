"""The tables of a station, for SQLite and PostgreSQL alike.

The journal's columns hold the very texts that its hashes are computed from. Everything else is a projection of it,
written in the same transaction.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
    text,
)

from toolroom_desktop.adapters.database.columns import SequenceNumber, UtcDateTime

_SHA256 = String(64)
_UUID = String(36)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

station = Table(
    "station",
    metadata,
    Column("only_row", Integer, primary_key=True, autoincrement=False),
    Column("site_id", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    # The highest number that a lost-tool case ever had here. No case may get the number of another one, not even of
    # one that these records, restored from a backup, do not know any more.
    Column("case_serial", Integer, nullable=False, server_default="0"),
    CheckConstraint("only_row = 1", name="one_station"),
)

journal = Table(
    "journal",
    metadata,
    Column("site_seq", SequenceNumber, primary_key=True, autoincrement=False),
    Column("op_id", _UUID, nullable=False, unique=True),
    Column("site_id", String(64), nullable=False),
    Column("hlc", String(32), nullable=False),
    Column("wall_at", String(32), nullable=False),
    Column("clock_back", Boolean, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("payload", Text, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("model_sha256", _SHA256),
    Column("prev_hash", _SHA256, nullable=False),
    Column("hash", _SHA256, nullable=False),
    Column("seal", _SHA256, nullable=False),
    # The one column that changes: when the centre confirmed the entry. It is no part of the hash.
    Column("acked_at", UtcDateTime),
)
_WAITING = text("acked_at IS NULL")
Index("ix_journal_waiting", journal.c.site_seq, sqlite_where=_WAITING, postgresql_where=_WAITING)
# What the journal says of one tool or operation is looked for among the entries of a few kinds.
Index("ix_journal_of_kind", journal.c.kind, journal.c.site_seq)

journal_head = Table(
    "journal_head",
    metadata,
    Column("site_id", String(64), primary_key=True),
    Column("site_seq", SequenceNumber, nullable=False),
    Column("hash", _SHA256, nullable=False),
    Column("hlc", String(32), nullable=False),
    # The latest time of another station that was heard of.
    Column("heard", String(32), nullable=False, server_default="0000000000000-000000"),
)

person = Table(
    "person",
    metadata,
    Column("badge_key", String, primary_key=True),
    Column("badge", String, nullable=False),
    Column("name", String, nullable=False),
    Column("role", String(32), nullable=False),
    Column("pin_hash", String, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("wrong_pins", Integer, nullable=False),
    Column("locked_until", UtcDateTime),
    Column("expires_on", String(10)),
    Column("must_change_pin", Boolean, nullable=False),
)

toolkit = Table(
    "toolkit",
    metadata,
    Column("name_key", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("title_ru", String, nullable=False),
    Column("title_en", String, nullable=False),
    Column("thresholds", Text, nullable=False),
)

toolkit_position = Table(
    "toolkit_position",
    metadata,
    Column("toolkit_key", ForeignKey("toolkit.name_key", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("tool_class", String, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("name_ru", String, nullable=False),
    Column("name_en", String, nullable=False),
    CheckConstraint("quantity > 0", name="quantity_positive"),
)

kit = Table(
    "kit",
    metadata,
    Column("number_key", String, primary_key=True),
    Column("number", String, nullable=False),
    Column("toolkit_key", ForeignKey("toolkit.name_key"), nullable=False, index=True),
    # NULL where the label says nothing, so that any number of kits may have none.
    Column("code_key", String, unique=True),
    Column("code", String, nullable=False),
)

evidence = Table(
    "evidence",
    metadata,
    Column("sha256", _SHA256, primary_key=True),
    Column("size", SequenceNumber, nullable=False),
    Column("acked_bytes", SequenceNumber, nullable=False),
    # Since when the centre has it whole; NULL while it has not.
    Column("acked_at", UtcDateTime),
    # Since when the file lies at the centre alone.
    Column("dropped_at", UtcDateTime),
    sqlite_with_rowid=False,
)
_NOT_AT_THE_CENTRE = text("acked_bytes < size")
Index(
    "ix_evidence_waiting",
    evidence.c.sha256,
    # With all that is asked for, so that it is what SQLite reads.
    evidence.c.size,
    evidence.c.acked_bytes,
    evidence.c.dropped_at,
    sqlite_where=_NOT_AT_THE_CENTRE,
    postgresql_where=_NOT_AT_THE_CENTRE,
)
_HERE_AND_AT_THE_CENTRE = text("acked_at IS NOT NULL AND dropped_at IS NULL")
Index(
    "ix_evidence_may_go",
    evidence.c.acked_at,
    evidence.c.sha256,
    sqlite_where=_HERE_AND_AT_THE_CENTRE,
    postgresql_where=_HERE_AND_AT_THE_CENTRE,
)

# What the station remembers of its last round with the centre.
sync_state = Table(
    "sync_state",
    metadata,
    Column("only_row", Integer, primary_key=True, autoincrement=False),
    Column("epoch", String(64), nullable=False),
    Column("last_success", UtcDateTime),
    Column("digest_at", UtcDateTime),
    # How far the centre's changes are known, in the centre's own words.
    Column("cursor", String(128), nullable=False, server_default=""),
    Column("pulled_at", UtcDateTime),
    CheckConstraint("only_row = 1", name="one_memory"),
)


def _to_evidence() -> ForeignKey:
    # Deferred: the order in which a command writes its rows is its own matter, the commit is not.
    return ForeignKey("evidence.sha256", deferrable=True, initially="DEFERRED")


operation = Table(
    "operation",
    metadata,
    Column(
        "site_seq",
        ForeignKey("journal.site_seq", deferrable=True, initially="DEFERRED"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("operation_id", _UUID, nullable=False, unique=True),
    Column("site_id", String(64), nullable=False),
    Column("type", String(16), nullable=False),
    Column("toolkit", String, nullable=False),
    Column("kit", String, nullable=False),
    Column("kit_key", String, nullable=False),
    Column("person_badge", String, nullable=False),
    Column("person_key", String, nullable=False),
    Column("person_name", String, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime, nullable=False),
    Column("utc_offset_minutes", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("final_status", String(16), nullable=False),
    Column("match_percentage", Float, nullable=False),
    Column("result", Text, nullable=False),
    Column("expected", Text, nullable=False),
    Column("counted", Text, nullable=False),
    Column("photo_clean", _SHA256, _to_evidence(), index=True),
    Column("photo_annotated", _SHA256, _to_evidence(), index=True),
    Column("model_name", String, nullable=False),
    Column("model_sha256", _SHA256, nullable=False),
    Column("app_version", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("closes", _UUID),
    # The operation that ended this one's custody; NULL while the kit is out since it.
    Column("closed_by", _UUID),
    Column("giver_badge", String, nullable=False),
    Column("giver_name", String, nullable=False),
    Column("witness_badge", String, nullable=False),
    Column("witness_name", String, nullable=False),
    Column("work_order", String, nullable=False),
    Column("aircraft", String, nullable=False),
    Column("expected_return", UtcDateTime),
    # What is out with the holder after the operation; '{}' where nothing is.
    Column("custody", Text, nullable=False),
    Column("holder_badge", String, nullable=False),
    Column("holder_key", String, nullable=False),
    Column("holder_name", String, nullable=False),
    Column("overrides", Text, nullable=False),
    Column("cases", Text, nullable=False),
    # What was recorded of it afterwards.
    Column("later", Text, nullable=False),
    # A return of what was not known here to be out.
    Column("checkout_unknown", Boolean, nullable=False, server_default=false()),
)
_KIT_IS_OUT = text("custody <> '{}' AND closed_by IS NULL")
Index(
    "uq_operation_kit_out_once",
    operation.c.kit_key,
    unique=True,
    sqlite_where=_KIT_IS_OUT,
    postgresql_where=_KIT_IS_OUT,
)
Index("ix_operation_held_by", operation.c.holder_key, sqlite_where=_KIT_IS_OUT, postgresql_where=_KIT_IS_OUT)
Index("ix_operation_of_kit", operation.c.kit_key, operation.c.site_seq)
_COUNT_OWED = text("counted = '[]' AND status <> 'success'")
Index("ix_operation_count_owed", operation.c.site_seq, sqlite_where=_COUNT_OWED, postgresql_where=_COUNT_OWED)
_NOT_JOINED = text("checkout_unknown = true AND closes IS NULL")
Index("ix_operation_not_joined", operation.c.site_seq, sqlite_where=_NOT_JOINED, postgresql_where=_NOT_JOINED)

tool = Table(
    "tool",
    metadata,
    Column("tool_id", _UUID, primary_key=True),
    Column("tool_class", String, nullable=False),
    # NULL for a spare one.
    Column("kit_key", ForeignKey("kit.number_key")),
    Column("unit", Integer, nullable=False),
    Column("part_number", String, nullable=False),
    Column("serial_number", String, nullable=False),
    Column("serial_key", String, nullable=False, index=True),
    Column("marking", String, nullable=False),
    # NULL where nothing is engraved, so that any number of tools may have none.
    Column("marking_key", String, unique=True),
    Column("calibration_due", String(10), index=True),
    Column("state", String(16), nullable=False),
    Column("photo", _SHA256, _to_evidence()),
    Column("note", Text, nullable=False),
)
_IN_A_KIT = text("kit_key IS NOT NULL")
Index(
    "uq_tool_one_at_a_place",
    tool.c.kit_key,
    tool.c.tool_class,
    tool.c.unit,
    unique=True,
    sqlite_where=_IN_A_KIT,
    postgresql_where=_IN_A_KIT,
)
_NOT_SERVICEABLE = text("state <> 'serviceable'")
Index("ix_tool_not_serviceable", tool.c.state, sqlite_where=_NOT_SERVICEABLE, postgresql_where=_NOT_SERVICEABLE)

# Places of a kit that are known to hold nothing: a tool was taken out, and no other one put in.
empty_place = Table(
    "empty_place",
    metadata,
    Column("kit_key", ForeignKey("kit.number_key"), primary_key=True),
    Column("tool_class", String, primary_key=True),
    Column("unit", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

lost_tool_case = Table(
    "lost_tool_case",
    metadata,
    Column("case_id", _UUID, primary_key=True),
    Column("number", String(32), nullable=False, unique=True),
    Column("site_id", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("kit", String, nullable=False),
    Column("kit_key", String, nullable=False),
    Column("toolkit", String, nullable=False),
    Column("tool_class", String, nullable=False),
    Column("unit", Integer, nullable=False),
    Column("marking", String, nullable=False),
    Column("tool_id", _UUID),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("operation_id", _UUID, nullable=False, index=True),
    Column("found_out_at", String(16), nullable=False),
    Column("holder_badge", String, nullable=False),
    Column("holder_name", String, nullable=False),
    Column("aircraft", String, nullable=False),
    Column("work_order", String, nullable=False),
    Column("events", Text, nullable=False),
)
_NOT_RELEASED = text("state <> 'released'")
Index(
    "ix_lost_tool_case_open",
    lost_tool_case.c.kit_key,
    sqlite_where=_NOT_RELEASED,
    postgresql_where=_NOT_RELEASED,
)

shift = Table(
    "shift",
    metadata,
    Column("shift_id", _UUID, primary_key=True),
    Column("site_id", String(64), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("started_by", String, nullable=False),
    # NULL while it runs.
    Column("ended_at", UtcDateTime),
    Column("document", Text, nullable=False),
)
_RUNS = text("ended_at IS NULL")
Index("ix_shift_running", shift.c.started_at, sqlite_where=_RUNS, postgresql_where=_RUNS)

# Everything as the centre has it, whatever became of it here; also of kinds that this program does not know.
reference = Table(
    "reference",
    metadata,
    Column("kind", String(32), primary_key=True),
    Column("key", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    # Whether it was taken over into the station's own tables, and why not: the code and details of a sentence as JSON.
    Column("applied", Boolean, nullable=False),
    Column("problem", Text, nullable=False),
    sqlite_with_rowid=False,
)
_NOT_APPLIED = text("applied = false")
Index(
    "ix_reference_not_applied",
    reference.c.kind,
    reference.c.key,
    sqlite_where=_NOT_APPLIED,
    postgresql_where=_NOT_APPLIED,
)

# Operations of other stations since which a kit is out, or was until it came back somewhere.
elsewhere_custody = Table(
    "elsewhere_custody",
    metadata,
    Column("operation_id", _UUID, primary_key=True),
    Column("site_id", String(64), nullable=False),
    # What people call that station.
    Column("station", String, nullable=False),
    Column("kit", String, nullable=False),
    Column("kit_key", String, nullable=False),
    Column("holder_key", String, nullable=False),
    Column("hlc", String(32), nullable=False),
    # The result JSON of the operation as its station recorded it.
    Column("document", Text, nullable=False),
    Column("closed_by", _UUID),
    Column("known_at", UtcDateTime, nullable=False),
)
_OUT_ELSEWHERE = text("closed_by IS NULL")
for _column in (elsewhere_custody.c.kit_key, elsewhere_custody.c.holder_key):
    Index(f"ix_elsewhere_custody_{_column.name}", _column, sqlite_where=_OUT_ELSEWHERE, postgresql_where=_OUT_ELSEWHERE)

# Lost-tool cases of other stations.
elsewhere_case = Table(
    "elsewhere_case",
    metadata,
    Column("case_id", _UUID, primary_key=True),
    Column("site_id", String(64), nullable=False),
    Column("station", String, nullable=False),
    Column("kit_key", String, nullable=False),
    Column("state", String(16), nullable=False),
    Column("document", Text, nullable=False),
    Column("known_at", UtcDateTime, nullable=False),
)
Index("ix_elsewhere_case_open", elsewhere_case.c.kit_key, sqlite_where=_NOT_RELEASED, postgresql_where=_NOT_RELEASED)

# Files that the centre has and this station wants: photos of other stations' custody, models.
centre_file = Table(
    "centre_file",
    metadata,
    Column("sha256", _SHA256, primary_key=True),
    # 0 while nobody said.
    Column("size", SequenceNumber, nullable=False),
    Column("purpose", String(16), nullable=False),
    # The centre's row that names it.
    Column("kind", String(32), nullable=False),
    Column("key", String, nullable=False),
    Column("held", SequenceNumber, nullable=False),
    Column("wanted_at", UtcDateTime, nullable=False),
    sqlite_with_rowid=False,
)
_NOT_HERE = text("held < size OR size = 0")
Index("ix_centre_file_wanted", centre_file.c.wanted_at, sqlite_where=_NOT_HERE, postgresql_where=_NOT_HERE)
