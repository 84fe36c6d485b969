"""What the journal's payloads are packed with; a table that only ever grows, as the journal does."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from toolroom_desktop.adapters.database.columns import SequenceNumber
from toolroom_desktop.adapters.database.tables import metadata

journal_sample = Table(
    "journal_sample",
    metadata,
    Column("sample_id", Integer, primary_key=True, autoincrement=False),
    # The toolkit that it is about.
    Column("about", String, nullable=False),
    Column("since_seq", SequenceNumber, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
Index("ix_journal_sample_about", journal_sample.c.about, journal_sample.c.sample_id)
