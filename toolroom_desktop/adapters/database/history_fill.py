"""The history of operations that were recorded before it was kept."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, func, inspect, select

from toolroom_desktop.adapters.database import tables
from toolroom_desktop.adapters.database.history_tables import history
from toolroom_desktop.adapters.database.history_writer import HistoryWriter
from toolroom_desktop.adapters.database.operation_rows import OPERATIONS, OperationRows

_AT_ONCE = 500
_number = tables.operation.c.site_seq
_NEXT = OPERATIONS.where(_number > bindparam("after")).order_by(_number).limit(_AT_ONCE)


def fill_history(connection: Connection) -> int:
    """Write what is lacking, oldest first, in the transaction of the upgrade; how many operations it was.

    Does nothing where the schema is older than the history.
    """
    if not inspect(connection).has_table(history.name):
        return 0
    filled = 0
    after = connection.scalar(select(func.coalesce(func.max(history.c.site_seq), 0)))
    writer, kept = HistoryWriter(connection), OperationRows(connection)
    while rows := connection.execute(_NEXT, {"after": after}).all():
        for row in rows:
            writer.add(kept.operation(row))
        filled += len(rows)
        after = rows[-1].site_seq
    return filled
