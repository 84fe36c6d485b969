"""Brings how sync is out of the threads of sync into that of the windows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.sync.link import CentreLink
from toolroom_desktop.services.sync.state import SyncState
from toolroom_desktop.ui.work.runner import Work

# What is said of a time changes with the minute and with the day.
_MINUTE = 60_000


class SyncWatch(QObject):
    """The newest state of sync. Owned by the window, and has no Qt parent: a thread of sync may be about to call it."""

    changed = Signal()
    """There is a new state, or a minute has passed."""
    _told = Signal(object)

    def __init__(self, link: CentreLink) -> None:
        super().__init__()
        self.state: SyncState | None = None
        """None where this station belongs to no centre."""
        self._link = link
        self._told.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.setInterval(_MINUTE)
        self._timer.timeout.connect(self.changed)
        self._timer.start()
        link.follow(self._hear)

    def recount(self, work: Work) -> None:
        """Something was recorded: have it counted, off the GUI thread."""
        if self.state is not None:
            work.run(self._link.recount, _counted, _not_counted)

    def stop(self) -> None:
        """Hear nothing any more. A second call does nothing."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        self._told.disconnect(self._take)
        self._link.unfollow(self._hear)

    def _hear(self, state: SyncState) -> None:
        """Called in the threads of sync."""
        self._told.emit(state)

    @Slot(object)
    def _take(self, state: SyncState) -> None:
        self.state = state
        self.changed.emit()


def _counted(_nothing: None) -> None:
    """The new state comes by itself."""


def _not_counted(_error: UserFacingError) -> None:
    """Whatever keeps the records from being read is said where they are needed."""
