"""Sums over the history, of a million operations in a moment.

SQLite hands the narrow rows over as one text of numbers, and numpy does the rest: grouping and sorting in SQL takes
several times as long, and as rows of Python ten times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from toolroom_desktop.adapters.database.columns import folded
from toolroom_desktop.adapters.database.history_codes import FINDINGS
from toolroom_desktop.adapters.database.history_plan import Plan, Planner
from toolroom_desktop.adapters.database.hot import driver_of
from toolroom_desktop.services.figures_ports import Grouping, Tally
from toolroom_desktop.services.history_rows import Finding, HistoryFilter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_COLUMNS = {
    Grouping.PERSON: "h.person",
    Grouping.KIT: "h.kit",
    Grouping.TOOLKIT: "h.toolkit",
    Grouping.MODEL: "h.model",
    Grouping.SITE: "0",
}
_LOOKED, _FIRST_PASS, _COUNTED = 1, 2, 4
_FLAGS = f"h.looked * {_LOOKED} + (h.looked AND h.first_pass) * {_FIRST_PASS} + h.counted * {_COUNTED}"
_US_PER_SECOND = 1_000_000
_SHIFT, _MIDDLE, _MASK = 40, 1 << 39, (1 << 40) - 1
_ALL = 1 << 62
_MISSING = FINDINGS[Finding.MISSING]


class SqlFigures:
    """Fulfils `services.figures.FiguresRepository`."""

    def __init__(self, connection: Connection, site_id: str) -> None:
        self._connection = connection
        self._site_id = site_id

    def tally(self, wanted: HistoryFilter, *, durations: bool = False) -> Tally:
        """Of all operations that the filter finds."""
        found = self._tallies(wanted, "0", durations=durations)
        return found.get(0, Tally(durations={} if durations else None))

    def tallies(
        self, wanted: HistoryFilter, grouping: Grouping, *, durations: bool = False
    ) -> list[tuple[str, str, Tally]]:
        """Of every person, kit, toolkit, model, station or tool class, as (key, title, tally), in any order."""
        if grouping is Grouping.TOOL_CLASS:
            missing = self._missing(wanted, "f.tool_class")
            return [(*self._name(number), Tally(missing=count)) for number, count in missing.items()]
        found = self._tallies(wanted, self._column(grouping), durations=durations)
        if grouping is Grouping.SITE:
            return [(*self._site(number), tally) for number, tally in found.items()]
        if grouping is Grouping.PERSON:
            return self._people(found)
        return [(*self._name(number), tally) for number, tally in found.items()]

    # --- sums

    def _tallies(self, wanted: HistoryFilter, column: str, *, durations: bool) -> dict[int, Tally]:
        """By the number of the group."""
        import numpy as np

        plan = self._plan(wanted)
        if plan.empty:
            return {}
        packed = f"({column}) * 8 + {_FLAGS}"
        query, parameters = plan.of_all(f"{packed} AS packed, h.took_us AS took_us")
        took = ", group_concat(took_us)" if durations else ""
        row = driver_of(self._connection).execute(f"SELECT group_concat(packed){took} FROM ({query})", parameters)  # noqa: S608
        said = row.fetchone()
        if said[0] is None:
            return {}
        numbers = _numbers(said[0])
        groups, places = np.unique(numbers >> 3, return_inverse=True)
        counts = {flag: np.bincount(places, (numbers & flag) > 0) for flag in (_LOOKED, _FIRST_PASS, _COUNTED)}
        operations = np.bincount(places)
        seconds = _durations(places, _numbers(said[1]), len(groups)) if durations else None
        missing = self._missing(wanted, column)
        return {
            int(group): Tally(
                operations=int(operations[place]),
                looked=int(counts[_LOOKED][place]),
                first_pass=int(counts[_FIRST_PASS][place]),
                counts=int(counts[_COUNTED][place]),
                durations=None if seconds is None else seconds[place],
                missing=missing.get(int(group), 0),
            )
            for place, group in enumerate(groups)
        }

    def _missing(self, wanted: HistoryFilter, column: str) -> Mapping[int, int]:
        """How many tools were found missing, by group: those of the class and marking that are asked for."""
        asked = wanted if wanted.findings else replace(wanted, findings=frozenset({Finding.MISSING}))
        plan = self._plan(asked)
        if plan.empty:
            return {}
        query, parameters = plan.numbers(newest_first=True, limit=_ALL)
        conditions = [f"f.finding = {_MISSING}"]
        if wanted.tool_class.strip():
            conditions.append("f.tool_class = :f_class")
        if wanted.marking.strip():
            conditions.append("f.marking_key = :f_marking")
        rows = driver_of(self._connection).execute(
            f"SELECT {column}, count(*) FROM ({query}) AS q "  # noqa: S608
            "CROSS JOIN history_finding AS f ON f.site_seq = q.site_seq "
            f"CROSS JOIN history AS h ON h.site_seq = q.site_seq WHERE {' AND '.join(conditions)} GROUP BY 1",
            parameters,
        )
        return dict(rows.fetchall())

    def _plan(self, wanted: HistoryFilter) -> Plan:
        return Planner(driver_of(self._connection), self._site_id).plan(wanted)

    @staticmethod
    def _column(grouping: Grouping) -> str:
        return _COLUMNS[grouping]

    # --- names

    def _site(self, _number: int) -> tuple[str, str]:
        return self._site_id, self._site_id

    def _name(self, number: int) -> tuple[str, str]:
        query = "SELECT value, title FROM history_name WHERE name_id = ?"
        row = driver_of(self._connection).execute(query, (number,)).fetchone()
        return ("", "") if row is None else (row[0], row[1] or row[0])

    def _people(self, found: Mapping[int, Tally]) -> list[tuple[str, str, Tally]]:
        """Whoever was called otherwise at times is one person, under the newest name."""
        of_badge: dict[str, list[tuple[int, str, str, Tally]]] = defaultdict(list)
        for number, tally in found.items():
            badge, name = self._name(number)
            of_badge[folded(badge)].append((number, badge, name, tally))
        people: list[tuple[str, str, Tally]] = []
        for names in of_badge.values():
            _, badge, name, _ = max(names, key=lambda known: known[0])
            people.append((badge, name, _sum(tally for *_, tally in names)))
        return people


def _numbers(text: str) -> NDArray[np.int64]:
    import numpy as np

    return np.fromstring(text, dtype=np.int64, sep=",")


def _durations(places: NDArray[np.int64], took_us: NDArray[np.int64], groups: int) -> list[dict[int, int]]:
    """How many took so many seconds, rounded, by group."""
    import numpy as np

    seconds = (took_us + _US_PER_SECOND // 2) // _US_PER_SECOND
    # Both in one number: sorting pairs takes twice as long.
    both, counts = np.unique((places << _SHIFT) + seconds + _MIDDLE, return_counts=True)
    found: list[dict[int, int]] = [{} for _ in range(groups)]
    for value, count in zip(both.tolist(), counts.tolist(), strict=True):
        found[value >> _SHIFT][(value & _MASK) - _MIDDLE] = count
    return found


def _sum(tallies: Iterable[Tally]) -> Tally:
    every = list(tallies)
    durations: dict[int, int] | None = None
    if every[0].durations is not None:
        durations = defaultdict(int)
        for tally in every:
            for seconds, count in (tally.durations or {}).items():
                durations[seconds] += count
        durations = dict(durations)
    return Tally(
        operations=sum(tally.operations for tally in every),
        looked=sum(tally.looked for tally in every),
        first_pass=sum(tally.first_pass for tally in every),
        counts=sum(tally.counts for tally in every),
        durations=durations,
        missing=sum(tally.missing for tally in every),
    )
