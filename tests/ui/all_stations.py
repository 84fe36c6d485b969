"""A station that sees others: their journals come from a centre in the test's hands, all else is the real thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from tests.centre.overviews import MemoryOverview
from tests.ui.elsewhere import NoSecrets
from tests.ui.station import Bench
from toolroom_desktop.adapters.database.gathered.store import GatheredDatabase
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.services.all_stations import GatheredStations
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.sync.gathering import Gathering


class Overview:
    """Brings the journals of those stations, by their names, to `bench`, which the centre lets see them."""

    def __init__(self, bench: Bench, stations: Mapping[str, Bench]) -> None:
        of_all, app = bench.app.all_stations, bench.app
        assert isinstance(of_all, GatheredStations)
        store = of_all._store
        assert isinstance(store, GatheredDatabase)
        # Of the records of a station the centre wants the database alone.
        self.centre = MemoryOverview({name: cast(Records, one.app) for name, one in stations.items()}, app.clock.now)
        recorder = Recorder(app.clock, NoSecrets())
        self._gathering = Gathering(store, self.centre, app.database, recorder, app.clock, rest=lambda _seconds: None)
        self._gathering.hear(allowed=True)

    def bring(self) -> None:
        """Bring everything that is new."""
        while self._gathering.work(lambda: True, within=10):
            pass

    def bring_a_part(self, entries: int) -> None:
        """Bring so many entries, and lose the line."""
        whole = self.centre.entries

        def few(heads: Mapping[str, int], *, without: object = (), most: int = 0) -> object:
            del without, most
            return whole(heads, most=entries)

        self.centre.entries = few  # type: ignore[method-assign,assignment]
        self._gathering.work(lambda: False, within=10)
        self.centre.entries = whole  # type: ignore[method-assign]

    def take_the_right_away(self) -> None:
        """The centre lets the station see others no more."""
        self._gathering.hear(allowed=False)
        self._gathering.work(lambda: True, within=10)
