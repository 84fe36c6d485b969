"""Reference data as an administrator of the centre changes and reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toolroom_desktop.adapters.central.connect import Server
from toolroom_desktop.adapters.central.setup import OWNER, require_schema, transaction
from toolroom_desktop.domain.errors import BadInput, NotFound, Refused, UserFacingError
from toolroom_desktop.services.reference_content import KIT, PERSON, SETTING, TOOL, TOOLKIT, check_content
from toolroom_desktop.services.reference_plan import Place, Planned, Present, faults_of
from toolroom_desktop.services.tool_import import RowKind

EDITED = (PERSON, TOOLKIT, KIT, TOOL, SETTING)
"""Kinds that an administrator changes; all others follow from what stations record."""
_TOGETHER = (TOOLKIT, KIT, TOOL)


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
            as_owner(self._server)
            for row in rows:
                changed += put(self._server, row)
        return changed

    def apply(self, planned: Sequence[Planned]) -> int:
        """Make all rows as they were planned, or none; how many that were.

        Raises `Refused("reference.changed_meanwhile")` where one of them is not any more as it was planned against.
        """
        rows = [one for one in planned if one.kind is not RowKind.UNCHANGED]
        with transaction(self._server):
            as_owner(self._server)
            # Others that change rows wait, those that only read do not.
            self._server.run("LOCK TABLE toolroom.reference IN SHARE ROW EXCLUSIVE MODE")
            present = self._present()
            for one in rows:
                if present.versions.get(one.wanted.place, 0) != one.version:
                    raise Refused("reference.changed_meanwhile", kind=one.wanted.kind, key=one.wanted.key)
            for one in rows:
                put(self._server, Put(one.wanted.kind, one.wanted.key, one.after))
            refuse_faults(present.with_these(rows), [one.wanted.place for one in rows])
        return len(rows)

    def remove(self, kind: str, key: str) -> None:
        """Have every station do without it. Raises `NotFound`, and `UserFacingError` where something needs it."""
        with transaction(self._server):
            as_owner(self._server)
            present = self._present()
            if kind not in EDITED or (kind, key) not in present.rows:
                raise NotFound("reference.unknown", kind=kind, key=key)
            after = present.without((kind, key))
            refuse_faults(after, [(kind, key)])
            put(self._server, Put(kind, key, present.rows[kind, key], deleted=True))

    def present(self) -> Present:
        """All rows that can be edited."""
        with transaction(self._server):
            as_owner(self._server)
            return self._present()

    def _present(self) -> Present:
        return present_of(self._server, EDITED)

    def rows(self, kind: str | None = None, *, deleted: bool = False) -> list[Row]:
        """All rows, or those of one kind, by kind and key; removed ones only with `deleted`."""
        with transaction(self._server):
            as_owner(self._server)
            found = self._server.run(
                f"SELECT {_COLUMNS} FROM toolroom.reference"  # noqa: S608 - no value in it
                " WHERE (CAST(:kind AS text) IS NULL OR kind = :kind) AND (:deleted OR NOT deleted) ORDER BY kind, key",
                kind=kind,
                deleted=deleted,
            )
        return [Row(*one) for one in found]

    def history(self, kind: str, key: str) -> list[Row]:
        """Every version of a row, the first one first; raises `NotFound("reference.unknown")` for none."""
        with transaction(self._server):
            as_owner(self._server)
            found = self._server.run(
                f"SELECT {_COLUMNS} FROM toolroom.reference_history"  # noqa: S608 - no value in it
                " WHERE kind = :kind AND key = :key ORDER BY number",
                kind=kind,
                key=key,
            )
        if not found:
            raise NotFound("reference.unknown", kind=kind, key=key)
        return [Row(*one) for one in found]

    def underived(self) -> list[tuple[str, int, str, str]]:
        """Entries of which nothing could be made here: (site, number, kind, reason)."""
        with transaction(self._server):
            as_owner(self._server)
            found = self._server.run(
                "SELECT toolroom.called(site_id), site_seq, kind, reason FROM toolroom.underived"
                " ORDER BY received_at, site_id, site_seq LIMIT 1000"
            )
        return [(str(site), int(seq), str(kind), str(reason)) for site, seq, kind, reason in found]


_COLUMNS = "kind, key, version, deleted, content, changed_by, changed_at"


def as_owner(server: Server) -> None:
    """Act as the owner until the transaction ends."""
    server.run(f"SET LOCAL ROLE {OWNER}")


def present_of(server: Server, kinds: Sequence[str]) -> Present:
    """The rows of these kinds, within a transaction of the owner."""
    found = server.run(
        "SELECT kind, key, version, deleted, content FROM toolroom.reference WHERE kind = ANY(CAST(:kinds AS text[]))",
        kinds=list(kinds),
    )
    rows = {(kind, key): content for kind, key, _, deleted, content in found if not deleted}
    return Present(rows, {(kind, key): int(version) for kind, key, version, _, _ in found})


def refuse_faults(after: Present, changed: Sequence[Place]) -> None:
    """Raise the first fault that the changed rows would bring."""
    if any(kind in _TOGETHER for kind, _ in changed):
        for _, error in faults_of(after, changed):
            raise error


def refuse_unusable(kind: str, key: str, content: Mapping[str, Any]) -> None:
    """Raise `UserFacingError` for content that no station could take over."""
    try:
        check_content(kind, key, content)
    except UserFacingError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput("reference.unusable", reason=f"{type(error).__name__}: {error}") from error


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
