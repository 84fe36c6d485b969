"""Reference data as an administrator of the centre changes and reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toolroom_desktop.adapters.central.connect import Server
from toolroom_desktop.adapters.central.setup import OWNER, require_schema, transaction


@dataclass(frozen=True, slots=True)
class Put:
    """What a row is to be. `again` has every station take it once more although it is so already."""

    kind: str
    key: str
    content: Mapping[str, Any]
    deleted: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is, or was at `version`."""

    kind: str
    key: str
    version: int
    deleted: bool
    content: Mapping[str, Any]
    changed_by: str
    changed_at: datetime


class ReferenceData:
    """Over a connection of somebody who may act as the owner. All raise `CentreProblem`."""

    def __init__(self, server: Server) -> None:
        self._server = server
        require_schema(server)

    def change(self, rows: Sequence[Put]) -> int:
        """Make all rows so, or none; how many were not so yet."""
        changed = 0
        with transaction(self._server):
            self._server.run(f"SET LOCAL ROLE {OWNER}")
            for row in rows:
                changed += put(self._server, row)
        return changed

    def rows(self, kind: str | None = None, *, deleted: bool = False) -> list[Row]:
        """All rows, or those of one kind, by kind and key; removed ones only with `deleted`."""
        with transaction(self._server):
            self._server.run(f"SET LOCAL ROLE {OWNER}")
            found = self._server.run(
                "SELECT kind, key, version, deleted, content, changed_by, changed_at FROM toolroom.reference"
                " WHERE (CAST(:kind AS text) IS NULL OR kind = :kind) AND (:deleted OR NOT deleted) ORDER BY kind, key",
                kind=kind,
                deleted=deleted,
            )
        return [Row(*one) for one in found]


def put(server: Server, row: Put) -> bool:
    """Make one row so, within a transaction of the owner; whether it was not so yet."""
    version = server.run(
        "SELECT toolroom.put_reference(:kind, :key, CAST(:content AS jsonb), :gone, session_user, :again)",
        kind=row.kind,
        key=row.key,
        content=json.dumps(row.content, ensure_ascii=False),
        gone=row.deleted,
        again=row.again,
    )[0][0]
    return version is not None
