"""Evidence as files that lie here or at the centre alone, over one SQLAlchemy connection."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, case, func, select, tuple_, update

from toolroom_desktop.adapters.database import tables
from toolroom_desktop.services.sync.ports import Dropped, File, PhotoFigures

_evidence = tables.evidence.c


class SqlPhotos:
    """Which photos may go, and which did."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def old(self, before: datetime, after: tuple[datetime, str] | None, *, most: int) -> list[tuple[datetime, File]]:
        """Photos that lie here and that the centre has since before `before`, the longest first."""
        query = select(_evidence.acked_at, _evidence.sha256, _evidence.size, _evidence.acked_bytes).where(
            _evidence.acked_at.is_not(None), _evidence.dropped_at.is_(None), _evidence.acked_at <= before
        )
        if after is not None:
            query = query.where(tuple_(_evidence.acked_at, _evidence.sha256) > after)
        rows = self._connection.execute(query.order_by(_evidence.acked_at, _evidence.sha256).limit(most))
        return [(row.acked_at, File(row.sha256, row.size, row.acked_bytes)) for row in rows]

    def known(self, names: Collection[str]) -> set[str]:
        """Which of these belong to the records, wherever they lie."""
        return set(self._connection.scalars(select(_evidence.sha256).where(_evidence.sha256.in_(list(names)))))

    def drop(self, names: Collection[str], at: datetime) -> None:
        """Note that these lie at the centre alone."""
        statement = update(tables.evidence).where(_evidence.sha256.in_(list(names)), _evidence.dropped_at.is_(None))
        self._connection.execute(statement.values(dropped_at=at))

    def dropped(self, sha256: str) -> Dropped | None:
        """What is noted of a photo that lies at the centre alone."""
        query = select(_evidence.dropped_at, _evidence.acked_at).where(_evidence.sha256 == sha256)
        row = self._connection.execute(query).one_or_none()
        return None if row is None or row.dropped_at is None else Dropped(row.dropped_at, row.acked_at)

    def figures(self) -> PhotoFigures:
        """How many photos lie where."""
        gone = _evidence.dropped_at.is_not(None)
        doubtful = gone & (_evidence.acked_bytes < _evidence.size)

        def count(which: object) -> object:
            return func.coalesce(func.sum(case((which, 1), else_=0)), 0)  # type: ignore[arg-type]

        def size(which: object) -> object:
            return func.coalesce(func.sum(case((which, _evidence.size), else_=0)), 0)  # type: ignore[arg-type]

        columns = (count(~gone), size(~gone), count(gone), size(gone), count(doubtful))
        return PhotoFigures(*self._connection.execute(select(*columns)).one())  # type: ignore[call-overload]
