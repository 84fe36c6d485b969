"""The tables by which the history of operations is found, counted and summed up.

They say nothing that the operations do not say, and are written in the same transaction: narrow rows of numbers, so
that any filter goes by an index in the order of the journal, and three years are summed up in a moment. The words
themselves are kept once, in `history_name`. The full text lies in `history_text`, a table of SQLite's FTS5 that only
SQLite knows; the steps make it, and it keeps no words but its index.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, SmallInteger, String, Table, Text, UniqueConstraint, text

from toolroom_desktop.adapters.database.columns import SequenceNumber
from toolroom_desktop.adapters.database.tables import metadata

_NUMBER = Integer

# Kits, toolkits, people, aircraft, work orders, models and tool classes as the operations name them.
history_name = Table(
    "history_name",
    metadata,
    Column("name_id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    # In the form in which it is compared; of a person the badge and, after a separator, the name.
    Column("key", String, nullable=False),
    Column("value", String, nullable=False),
    Column("title", String, nullable=False),
    UniqueConstraint("kind", "key"),
)

# Longer texts of the operations' rows that many of them say alike.
operation_words = Table(
    "operation_words",
    metadata,
    Column("words_id", Integer, primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False, unique=True),
)

# One narrow row for each operation. Names are numbers of `history_name`, 0 where there is none.
history = Table(
    "history",
    metadata,
    Column("site_seq", SequenceNumber, primary_key=True, autoincrement=False),
    # Microseconds since 1970, UTC.
    Column("finished_us", SequenceNumber, nullable=False),
    Column("took_us", SequenceNumber, nullable=False),
    Column("offset_minutes", SmallInteger, nullable=False),
    Column("type", SmallInteger, nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("final_status", SmallInteger, nullable=False),
    Column("kit", Integer, nullable=False),
    Column("toolkit", Integer, nullable=False),
    Column("person", Integer, nullable=False),
    Column("aircraft", Integer, nullable=False),
    Column("work_order", Integer, nullable=False),
    Column("model", Integer, nullable=False),
    Column("counted", Boolean, nullable=False),
    Column("owed", Boolean, nullable=False),
    Column("with_case", Boolean, nullable=False),
    Column("overridden", Boolean, nullable=False),
    Column("first_pass", Boolean, nullable=False),
    # Whether recognition judged a picture.
    Column("looked", Boolean, nullable=False),
)
# Each in the order of the journal, because an index of SQLite ends with the row's own number.
for _name in ("kit", "toolkit", "aircraft", "work_order", "model", "type", "status", "final_status"):
    Index(f"ix_history_{_name}", history.c[_name])
for _name, _condition in (
    ("counted", "counted = true"),
    ("owed", "owed = true"),
    ("with_case", "with_case = true"),
    ("overridden", "overridden = true"),
    ("not_first_pass", "first_pass = false"),
):
    Index(
        f"ix_history_{_name}",
        history.c.site_seq,
        sqlite_where=text(_condition),
        postgresql_where=text(_condition),
    )

# Who took part in an operation, and as what (bits of `history_codes.PARTS`).
history_person = Table(
    "history_person",
    metadata,
    Column("person", Integer, primary_key=True, autoincrement=False),
    Column("site_seq", SequenceNumber, primary_key=True, autoincrement=False),
    Column("parts", SmallInteger, nullable=False),
    sqlite_with_rowid=False,
)

# What was said of single tools beyond that they are there.
history_finding = Table(
    "history_finding",
    metadata,
    Column("site_seq", SequenceNumber, primary_key=True, autoincrement=False),
    Column("place", SmallInteger, primary_key=True, autoincrement=False),
    Column("finding", SmallInteger, nullable=False),
    Column("tool_class", Integer, nullable=False),
    Column("unit", SmallInteger, nullable=False),
    Column("marking", String, nullable=False),
    Column("marking_key", String, nullable=False),
    Column("tool_id", String(36)),
    sqlite_with_rowid=False,
)
Index("ix_history_finding_finding", history_finding.c.finding, history_finding.c.site_seq)
Index("ix_history_finding_tool_class", history_finding.c.tool_class, history_finding.c.site_seq)
_MARKED = text("marking_key <> ''")
Index(
    "ix_history_finding_marking",
    history_finding.c.marking_key,
    history_finding.c.site_seq,
    sqlite_where=_MARKED,
    postgresql_where=_MARKED,
)

# The words of `history_text`, to find those that begin in some way.
history_word = Table(
    "history_word",
    metadata,
    Column("word", String, primary_key=True),
    sqlite_with_rowid=False,
)

# Which part of the journal a day (days since 1970, UTC) lies in, whatever the clock did meanwhile.
history_day = Table(
    "history_day",
    metadata,
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("first_seq", SequenceNumber, nullable=False),
    Column("last_seq", SequenceNumber, nullable=False),
)
