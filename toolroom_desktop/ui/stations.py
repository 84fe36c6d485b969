"""Whose records the windows show: this station's own or those of all stations. One choice holds for every screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from toolroom_desktop.domain.people import Permission
from toolroom_desktop.services.all_stations import Standing, StationsRecords
from toolroom_desktop.services.ports import Changes
from toolroom_desktop.services.sync.state import SyncState
from toolroom_desktop.ui.sync_watch import SyncWatch

if TYPE_CHECKING:
    from toolroom_desktop.ui.shell import Shell


@dataclass(frozen=True, slots=True)
class Shown:
    """The records that a screen asks until the choice is another one: never a page of these and a page of those.

    everywhere  whether they are those of all stations: nothing of them may be changed here
    station     what people call a station, by its site_id
    """

    records: StationsRecords
    everywhere: bool
    station: Callable[[str], str]


class Stations(QObject):
    """Owned by the window, and has no Qt parent: a thread that brings records may be about to call it.

    lost  whether all stations were shown and the centre does not let this one see them any more
    """

    switched = Signal()
    """Other records are shown from now on."""
    told = Signal()
    """More is here, sync stands otherwise, or a minute has passed."""
    _came = Signal()

    def __init__(self, shell: Shell, watch: SyncWatch) -> None:
        super().__init__()
        self._shell = shell
        self._watch = watch
        self._changes: Changes | None = None
        self.lost = False
        self._came.connect(self.look, Qt.ConnectionType.QueuedConnection)
        watch.changed.connect(self.look)

    @property
    def offered(self) -> bool:
        """Whether whoever is signed in may see all stations, and this station may."""
        return self._all() is not None

    @property
    def everywhere(self) -> bool:
        """Whether all stations are chosen."""
        return self._shell.session.all_stations

    @property
    def shown(self) -> Shown:
        """The records of the present choice."""
        app = self._shell.app
        everything = self._all() if self.everywhere else None
        own = StationsRecords(
            history=app.history,
            history_export=app.history_export,
            figures=app.figures,
            figure_export=app.figure_export,
            desk=app.desk,
            reports=app.reports,
            changes=app.desk.changes,
        )
        return Shown(everything or own, everything is not None, app.all_stations.station)

    @property
    def standing(self) -> Standing:
        """How much of all stations' records is here."""
        return self._shell.app.all_stations.standing()

    @property
    def sync(self) -> SyncState | None:
        """How it stands with the centre; None where this station belongs to none."""
        return self._watch.state

    def choose(self, *, everywhere: bool) -> None:
        """Show those of all stations, or this station's own again."""
        records = self._all() if everywhere else None
        chosen = records is not None
        if chosen == self.everywhere and not self.lost:
            return
        self.lost = False
        self._shell.session.all_stations = chosen
        self._follow(None if records is None else records.changes)
        self.switched.emit()

    def begin(self) -> None:
        """Somebody else sits here, or nobody: this station's own records are shown."""
        self.lost = False
        self._shell.session.all_stations = False
        self._follow(None)

    def stop(self) -> None:
        """Hear nothing any more."""
        self._follow(None)

    @Slot()
    def look(self) -> None:
        """See whether what is shown may still be seen, and tell what is known of it now."""
        if self.everywhere and self._all() is None:
            self.begin()
            self.lost = True
            self.switched.emit()
        else:
            self.told.emit()

    def _all(self) -> StationsRecords | None:
        person = self._shell.session.person
        if person is None or not person.may(Permission.SEE_ALL_STATIONS):
            return None
        return self._shell.app.all_stations.records()

    def _follow(self, changes: Changes | None) -> None:
        if self._changes is not None:
            self._changes.unfollow(self._tell)
        self._changes = changes
        if changes is not None:
            changes.follow(self._tell)

    def _tell(self) -> None:
        # In the thread that brought them: the signal crosses over.
        self._came.emit()
