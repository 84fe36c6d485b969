"""How the database of all stations differs from a station's own.

Its schema is the station's, so that the same code asks it. What holds of one station alone does not hold here: a kit
may be out twice, two stations number their cases alike, photos lie elsewhere. Entries are numbered as they came, and
which station wrote each, and as which of its own, is kept beside.
"""

from __future__ import annotations

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, text

from toolroom_desktop.adapters.database import tables
from toolroom_desktop.adapters.database.columns import SequenceNumber, UtcDateTime
from toolroom_desktop.adapters.database.hot import driver_of

SHAPE = 1
"""Of another shape, or of another schema, it is made anew: all of it comes from the centre once more."""

metadata = MetaData()

# The stations, and how far the journal of each is here. `missing` is what the centre held of it beyond that.
gathered_site = Table(
    "gathered_site",
    metadata,
    Column("site", Integer, primary_key=True, autoincrement=False),
    Column("site_id", String(64), nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("seq", SequenceNumber, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("missing", SequenceNumber, nullable=False),
    # Since which of its entries the centre's chain does not hold; 0 where it does.
    Column("broken_at", SequenceNumber, nullable=False),
)

# Whose each entry is, and which one there.
gathered_entry = Table(
    "gathered_entry",
    metadata,
    Column("number", SequenceNumber, primary_key=True, autoincrement=False),
    Column("site", Integer, nullable=False),
    Column("seq", SequenceNumber, nullable=False),
)

gathered_state = Table(
    "gathered_state",
    metadata,
    Column("only_row", Integer, primary_key=True, autoincrement=False),
    Column("shape", Integer, nullable=False),
    # By the centre's clock: what it held then is here.
    Column("as_of", UtcDateTime),
    Column("looked_at", UtcDateTime),
    # Entries that are here, but of which nothing could be made.
    Column("not_understood", Integer, nullable=False),
)

_INDEXES = "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :table AND sql IS NOT NULL"
_OUT_ONCE = "uq_operation_kit_out_once"


def give_shape(connection: Connection) -> None:
    """Turn a new, empty station's database into one of all stations, in one transaction."""
    driver = driver_of(connection)
    for table in (tables.operation, tables.lost_tool_case):
        indexes = [row[0] for row in driver.execute(_INDEXES, {"table": table.name})]
        driver.execute(f"DROP TABLE {table.name}").close()
        _without_ties(table).create(connection)
        for index in indexes:
            driver.execute(index.replace("CREATE UNIQUE INDEX", "CREATE INDEX")).close()
    # It would hold every entry: none of them waits for the centre.
    driver.execute("DROP INDEX ix_journal_waiting").close()
    driver.execute("ALTER TABLE history ADD COLUMN site INTEGER NOT NULL DEFAULT 0").close()
    driver.execute("CREATE INDEX ix_history_site ON history (site)").close()
    metadata.create_all(connection)
    driver.execute("CREATE INDEX ix_operation_closes ON operation (closes) WHERE closes IS NOT NULL").close()
    driver.execute(
        "INSERT INTO gathered_state (only_row, shape, not_understood) VALUES (1, :shape, 0)", {"shape": SHAPE}
    ).close()


def shape_of(connection: Connection) -> int | None:
    """Of which shape it is; None for a station's own."""
    known = connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'gathered_state'")).first()
    return None if known is None else connection.execute(text("SELECT shape FROM gathered_state")).scalar()


def _without_ties(table: Table) -> Table:
    """The same columns, tied to no other table; what had to be unique beside the key need not be."""
    return Table(
        table.name,
        MetaData(),
        *(
            Column(
                column.name,
                column.type,
                primary_key=column.primary_key,
                autoincrement=False,
                nullable=column.nullable,
                unique=True if column.name == "operation_id" and column.unique else None,
                server_default=column.server_default,
            )
            for column in table.columns
        ),
    )
