"""What other stations recorded of kits, and files of the centre, over one SQLAlchemy connection."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, or_, select, text, update
from sqlalchemy.dialects.sqlite import insert as insert_into_sqlite

from toolroom_desktop.adapters.database import tables
from toolroom_desktop.adapters.database.columns import folded, utc_text
from toolroom_desktop.adapters.database.hot import compiled, driver_of
from toolroom_desktop.adapters.database.operation_repository import IS_OUT
from toolroom_desktop.adapters.database.operation_rows import OPERATIONS, OperationRows
from toolroom_desktop.domain.cases import CaseState
from toolroom_desktop.domain.elsewhere import CaseElsewhere, CustodyElsewhere, WantedFile
from toolroom_desktop.domain.journal import HybridTime
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.domain.shifts import KitOut
from toolroom_desktop.services.case_json import case_json, case_of
from toolroom_desktop.services.operation_of_json import operation_of
from toolroom_desktop.services.result_json import operation_json

_custody = tables.elsewhere_custody.c
_case = tables.elsewhere_case.c
_file = tables.centre_file.c
_operation = tables.operation.c
_OUT = _custody.closed_by.is_(None)
_RELEASED = CaseState.RELEASED.value
# Once for all: a station that was away takes over thousands of them, and windows want the interpreter meanwhile.
_CUSTODY_OF = select(tables.elsewhere_custody).where(_custody.operation_id == bindparam("operation"))
_ADD_CUSTODY = insert_into_sqlite(tables.elsewhere_custody)
_SAVE_CUSTODY = compiled(
    _ADD_CUSTODY.on_conflict_do_update(index_elements=["operation_id"], set_=dict(_ADD_CUSTODY.excluded)),
    _custody.keys(),
)


class SqlElsewhere:
    """Fulfils `services.elsewhere_ports.ElsewhereRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._kept = OperationRows(connection)

    # --- custody

    def custody(self, operation_id: UUID) -> CustodyElsewhere | None:
        """What is known of that operation of another station."""
        row = self._connection.execute(_CUSTODY_OF, {"operation": str(operation_id)}).one_or_none()
        return None if row is None else _custody_of(row)

    def out(self, kit: str | None = None) -> list[CustodyElsewhere]:
        """What is out since operations of other stations, the longest first."""
        query = select(tables.elsewhere_custody).where(_OUT)
        if kit is not None:
            query = query.where(_custody.kit_key == folded(kit))
        return self._all(query)

    def kits_out(self) -> list[KitOut]:
        """What is out in a few words, the longest first."""

        def said(*names: str) -> ColumnElement[str]:
            path = ".".join(("$.operation", *names))
            return func.coalesce(func.json_extract(_custody.document, path), "")

        query = select(
            _custody.kit,
            said("holder", "badge").label("badge"),
            said("holder", "name").label("name"),
            said("finished_at").label("since"),
            said("expected_return").label("due"),
            said("aircraft").label("aircraft"),
            said("work_order").label("work_order"),
            _custody.station,
            _custody.site_id,
            _custody.operation_id,
        ).where(_OUT)
        return [
            KitOut(
                row.kit,
                row.badge,
                row.name,
                datetime.fromisoformat(row.since),
                datetime.fromisoformat(row.due) if row.due else None,
                row.aircraft,
                row.work_order,
                row.station,
                row.site_id,
                row.operation_id,
            )
            for row in self._connection.execute(query.order_by(_custody.hlc, _custody.operation_id))
        ]

    def held_by(self, badge: str) -> list[CustodyElsewhere]:
        """What is out in that person's custody, the longest first."""
        return self._all(select(tables.elsewhere_custody).where(_custody.holder_key == folded(badge), _OUT))

    def ended(self, since: datetime) -> list[CustodyElsewhere]:
        """What ended, and was heard of since then."""
        return self._all(select(tables.elsewhere_custody).where(~_OUT, _custody.known_at >= since))

    def save_custody(self, custody: CustodyElsewhere) -> None:
        """Adds it or replaces the one of its operation."""
        operation = custody.operation
        closed_by = custody.closed_by
        if closed_by is None and not operation.custody:
            # Its own count said that nothing is out since then.
            closed_by = operation.operation_id
        row = {
            "operation_id": str(operation.operation_id),
            "site_id": operation.site_id,
            "station": custody.station,
            "kit": operation.kit,
            "kit_key": folded(operation.kit),
            "holder_key": folded(operation.holder_badge),
            "hlc": str(custody.at),
            "document": json.dumps(operation_json(operation), ensure_ascii=False),
            "closed_by": None if closed_by is None else str(closed_by),
            "known_at": utc_text(custody.known_at),
        }
        driver_of(self._connection).execute(_SAVE_CUSTODY, row)

    def forget(self, before: datetime) -> int:
        """Forget what ended and was not heard of since; how many rows that were."""
        ended = delete(tables.elsewhere_custody).where(~_OUT, _custody.known_at < before)
        released = delete(tables.elsewhere_case).where(_case.state == _RELEASED, _case.known_at < before)
        return self._connection.execute(ended).rowcount + self._connection.execute(released).rowcount

    def twice(self) -> list[tuple[Operation, CustodyElsewhere]]:
        """The kits that are out here and elsewhere."""
        both = select(_custody.operation_id, _operation.operation_id.label("here")).join_from(
            tables.elsewhere_custody, tables.operation, _custody.kit_key == _operation.kit_key
        )
        found = self._connection.execute(both.where(_OUT, *IS_OUT)).all()
        return [(self._own(row.here), self._known(row.operation_id)) for row in found]

    def unjoined(self) -> list[tuple[Operation, HybridTime]]:
        """Returns of what was not known to be out, whose checkout is not known yet."""
        # Literal, so that SQLite sees that the partial index of them fits.
        not_joined = text("operation.checkout_unknown = true AND operation.closes IS NULL")
        rows = self._connection.execute(OPERATIONS.where(not_joined).order_by(_operation.site_seq)).all()
        when = select(tables.journal.c.site_seq, tables.journal.c.hlc).where(
            tables.journal.c.site_seq.in_([row.site_seq for row in rows])
        )
        times = {row.site_seq: row.hlc for row in self._connection.execute(when)} if rows else {}
        return [(self._kept.operation(row), HybridTime.parse(times[row.site_seq])) for row in rows]

    def unjoined_there(self, kit: str) -> list[CustodyElsewhere]:
        """Returns at other stations of what was not known there to be out, whose checkout is not known yet."""
        known = self._all(select(tables.elsewhere_custody).where(_custody.kit_key == folded(kit)))
        return [one for one in known if one.operation.checkout_unknown and one.operation.closes is None]

    def _all(self, query: Any) -> list[CustodyElsewhere]:
        found = [_custody_of(row) for row in self._connection.execute(query)]
        return sorted(found, key=lambda one: (one.at, one.operation.operation_id))

    def _own(self, operation_id: str) -> Operation:
        query = OPERATIONS.where(_operation.operation_id == operation_id)
        return self._kept.operation(self._connection.execute(query).one())

    def _known(self, operation_id: str) -> CustodyElsewhere:
        query = select(tables.elsewhere_custody).where(_custody.operation_id == operation_id)
        return _custody_of(self._connection.execute(query).one())

    # --- cases

    def case(self, case_id: UUID) -> CaseElsewhere | None:
        """What is known of that case of another station."""
        row = self._connection.execute(select(tables.elsewhere_case).where(_case.case_id == str(case_id))).one_or_none()
        return None if row is None else _case_of(row)

    def cases(self, kit: str | None = None) -> list[CaseElsewhere]:
        """Those that are not released, the oldest first."""
        query = select(tables.elsewhere_case).where(_case.state != _RELEASED)
        if kit is not None:
            query = query.where(_case.kit_key == folded(kit))
        found = [_case_of(row) for row in self._connection.execute(query)]
        return sorted(found, key=lambda one: (one.case.opened_at, one.case.case_id))

    def save_case(self, case: CaseElsewhere, at: datetime) -> None:
        """Adds it or replaces the one of its id."""
        row = {
            "case_id": str(case.case.case_id),
            "site_id": case.case.site_id,
            "station": case.station,
            "kit_key": folded(case.case.kit),
            "state": case.case.state.value,
            "document": json.dumps(case_json(case.case), ensure_ascii=False),
            "known_at": at,
        }
        statement = insert_into_sqlite(tables.elsewhere_case).values(**row)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["case_id"], set_=row))

    # --- files

    def want(self, sha256: str, purpose: str, at: datetime, named_by: tuple[str, str], size: int = 0) -> None:
        """Note that the file is wanted."""
        kind, key = named_by
        row = {
            "sha256": sha256,
            "size": size,
            "purpose": purpose,
            "kind": kind,
            "key": key,
            "held": 0,
            "wanted_at": at,
        }
        self._connection.execute(insert_into_sqlite(tables.centre_file).values(**row).on_conflict_do_nothing())

    def wanted(self, purpose: str, *, after: str = "", most: int) -> list[WantedFile]:
        """Files that do not lie here whole, by name."""
        not_whole = or_(_file.held < _file.size, _file.size == 0)
        query = select(tables.centre_file).where(not_whole, _file.purpose == purpose, _file.sha256 > after)
        rows = self._connection.execute(query.order_by(_file.sha256).limit(most))
        return [_wanted(row) for row in rows]

    def file(self, sha256: str) -> WantedFile | None:
        """What is noted of that file."""
        row = self._connection.execute(select(tables.centre_file).where(_file.sha256 == sha256)).one_or_none()
        return None if row is None else _wanted(row)

    def note_held(self, sha256: str, size: int, held: int) -> None:
        """How large it is, and how much of it lies here."""
        statement = update(tables.centre_file).where(_file.sha256 == sha256)
        self._connection.execute(statement.values(size=size, held=held))

    def unwant(self, names: Collection[str]) -> set[str]:
        """Forget these; which of them are evidence of this station, too."""
        self._connection.execute(delete(tables.centre_file).where(_file.sha256.in_(list(names))))
        own = select(tables.evidence.c.sha256).where(tables.evidence.c.sha256.in_(list(names)))
        return set(self._connection.scalars(own))

    def fetched(self, purpose: str) -> list[WantedFile]:
        """Files of that purpose, whole or not."""
        query = select(tables.centre_file).where(_file.purpose == purpose).order_by(_file.sha256)
        return [_wanted(row) for row in self._connection.execute(query)]


def _custody_of(row: Row[Any]) -> CustodyElsewhere:
    return CustodyElsewhere(
        operation=operation_of(json.loads(row.document)),
        station=row.station,
        at=HybridTime.parse(row.hlc),
        known_at=row.known_at,
        closed_by=None if row.closed_by is None else UUID(row.closed_by),
    )


def _wanted(row: Row[Any]) -> WantedFile:
    return WantedFile(row.sha256, row.size, row.purpose, row.held, row.wanted_at, (row.kind, row.key))


def _case_of(row: Row[Any]) -> CaseElsewhere:
    return CaseElsewhere(case_of(json.loads(row.document)), row.station)
