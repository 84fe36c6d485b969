"""History and figures of all stations: the station's own code, told whose each operation is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Connection, select

from toolroom_desktop.adapters.database.columns import folded
from toolroom_desktop.adapters.database.figures_repository import SqlFigures
from toolroom_desktop.adapters.database.gathered.shape import gathered_entry, gathered_site
from toolroom_desktop.adapters.database.history_plan import Plan, Planner
from toolroom_desktop.adapters.database.history_read import rows_of
from toolroom_desktop.adapters.database.history_repository import SqlHistory
from toolroom_desktop.adapters.database.history_writer import HistoryWriter
from toolroom_desktop.adapters.database.hot import driver_of
from toolroom_desktop.services.figures_ports import Grouping
from toolroom_desktop.services.history_rows import Choice, HistoryFilter, HistoryRow, Known

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Origin:
    """Which station wrote an entry, and as which of its own."""

    site_id: str
    station: str
    seq: int


class Origins:
    """Whose the entries are; one for each transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._names: dict[int, tuple[str, str]] | None = None

    @property
    def numbers(self) -> Mapping[str, int]:
        """The number of each station by its id."""
        return {site_id: site for site, (site_id, _) in self._sites().items()}

    def station(self, site: int) -> tuple[str, str]:
        """Id and name of the station of that number."""
        return self._sites().get(site, ("", ""))

    def name(self, site_id: str) -> str:
        """What the centre calls that station; empty for one that is not known."""
        return next((name for known, name in self._sites().values() if known == site_id), "")

    def of(self, numbers: Sequence[int]) -> dict[int, Origin]:
        """Whose these entries are."""
        found: dict[int, Origin] = {}
        for start in range(0, len(numbers), _AT_ONCE):
            part = numbers[start : start + _AT_ONCE]
            query = select(gathered_entry).where(gathered_entry.c.number.in_(part))
            for row in self._connection.execute(query):
                found[row.number] = Origin(*self.station(row.site), row.seq)
        return found

    def all(self) -> Iterator[tuple[str, str]]:
        """(id, name) of every station, by name."""
        return iter(sorted(self._sites().values(), key=lambda site: folded(site[1])))

    def _sites(self) -> dict[int, tuple[str, str]]:
        if self._names is None:
            rows = self._connection.execute(select(gathered_site.c.site, gathered_site.c.site_id, gathered_site.c.name))
            self._names = {row.site: (row.site_id, row.name) for row in rows}
        return self._names


class GatheredHistory(SqlHistory):
    """The history of all stations, in the order in which the entries came here."""

    def __init__(self, connection: Connection, site_id: str, origins: Origins) -> None:
        super().__init__(connection, site_id)
        self._origins = origins

    def choices(self, choice: Choice, text: str = "", *, limit: int) -> list[Known]:
        """Values that occur in the history and contain `text`; stations by name or id."""
        if choice is not Choice.SITE:
            return super().choices(choice, text, limit=limit)
        wanted = folded(text)
        found = [Known(site_id, name) for site_id, name in self._origins.all() if wanted in folded(f"{name} {site_id}")]
        return found[:limit]

    def _plan(self, wanted: HistoryFilter) -> Plan:
        return Planner(driver_of(self._connection), self._site_id, self._origins.numbers).plan(wanted)

    def _rows(self, numbers: Sequence[int]) -> list[HistoryRow]:
        # The rows come in the order of the numbers, and those of the history are all there.
        rows = rows_of(self._connection, self._site_id, numbers)
        origins = self._origins.of(numbers)
        return [replace(row, site_id=origins[row.site_seq].site_id, site_seq=origins[row.site_seq].seq) for row in rows]


class GatheredFigures(SqlFigures):
    """Figures of all stations."""

    def __init__(self, connection: Connection, site_id: str, origins: Origins) -> None:
        super().__init__(connection, site_id)
        self._origins = origins

    def _plan(self, wanted: HistoryFilter) -> Plan:
        return Planner(driver_of(self._connection), self._site_id, self._origins.numbers).plan(wanted)

    @staticmethod
    def _column(grouping: Grouping) -> str:
        return "h.site" if grouping is Grouping.SITE else SqlFigures._column(grouping)

    def _site(self, number: int) -> tuple[str, str]:
        return self._origins.station(number)


class GatheredHistoryWriter(HistoryWriter):
    """Tools are known to the station's own records alone."""

    def __init__(self, connection: Connection, marking_of: Callable[[UUID], str]) -> None:
        super().__init__(connection)
        self._marking_of = marking_of

    def marking_of(self, tool_id: UUID) -> str:
        """The marking of that tool as this station knows it."""
        return self._marking_of(tool_id)
