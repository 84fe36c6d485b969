"""The records of all stations, as far as this one has brought them from the centre.

They lie in a database of their own beside the station's, made of the entries of every journal by the same rules: so
the desk, the history, the figures and the reports ask them in the same way, with or without a network.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from toolroom_desktop.services.desk import Desk
from toolroom_desktop.services.figure_export import FigureExport
from toolroom_desktop.services.figures import Figures
from toolroom_desktop.services.history_export import HistoryExport
from toolroom_desktop.services.history_query import HistoryQueries
from toolroom_desktop.services.ports import Changes
from toolroom_desktop.services.reports.making import Reports
from toolroom_desktop.services.sync.gathering_ports import GatheredStore


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of all stations' records is here.

    as_of    by the centre's clock: what it held then is here; None before all of it was here for the first time
    missing  how many entries it held at the last look that are not here yet; `held` how many are
    looked   by this station's clock, when the centre was last asked; None if never
    broken   stations of whose journal no more is taken in, because it does not hold at the centre
    """

    as_of: datetime | None = None
    missing: int = 0
    held: int = 0
    looked: datetime | None = None
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StationsRecords:
    """The same questions as of this station's own records. Whatever is exported or made is recorded in its own journal.

    Where they go while somebody still asks, whoever asks is told `NotFound("stations.gone")`.

    changes  tells after every portion that came
    """

    history: HistoryQueries
    history_export: HistoryExport
    figures: Figures
    figure_export: FigureExport
    desk: Desk
    reports: Reports
    changes: Changes


class AllStations(Protocol):
    """Owned by the composition root. May be used from any thread; nothing here waits for the network."""

    def records(self) -> StationsRecords | None:
        """What may be asked; None where the centre does not let this station see others, or never said so."""

    def standing(self) -> Standing:
        """How much of it is here."""

    def station(self, site_id: str) -> str:
        """What the centre calls that station; the beginning of its id where the centre never said."""

    def close(self) -> None:
        """The program ends; after the sync, which writes here."""


class GatheredStations:
    """What was brought from the centre. Fulfils `AllStations`."""

    def __init__(self, store: GatheredStore, records: StationsRecords) -> None:
        """`records` ask `store`."""
        self._store = store
        self._records = records

    def records(self) -> StationsRecords | None:
        """What may be asked, as long as it is here."""
        return None if self._store.standing() is None else self._records

    def standing(self) -> Standing:
        """How much of it is here."""
        here = self._store.standing()
        if here is None:
            return Standing()
        broken = tuple(site.name for site in here.sites if site.broken_at)
        return Standing(here.as_of, here.missing, here.held, here.looked_at, broken)

    def station(self, site_id: str) -> str:
        """What the centre calls that station; the beginning of its id where the centre never said."""
        here = self._store.standing()
        sites = () if here is None else here.sites
        return next((site.name for site in sites if site.site_id == site_id), site_id[:8])

    def close(self) -> None:
        """Let go of the files; whoever asks from now on is told that there is nothing."""
        self._store.close()


class OwnStationOnly:
    """A station that belongs to no centre."""

    def records(self) -> StationsRecords | None:
        """There is nothing."""
        return None

    def standing(self) -> Standing:
        """There is nothing."""
        return Standing()

    def station(self, site_id: str) -> str:
        """Nobody gave it a name."""
        return site_id[:8]

    def close(self) -> None:
        """There is nothing."""
