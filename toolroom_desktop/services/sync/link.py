"""The station's tie to its centre: whether it belongs to one, the sync that follows from it, and how it gets one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from toolroom_desktop.domain.errors import BadInput, CentreProblem
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.services.accounts import person_known
from toolroom_desktop.services.ports import Database, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.refusals import refusals_recorded
from toolroom_desktop.services.sync.runner import SyncOutcome, SyncRunner
from toolroom_desktop.services.sync.state import SyncState

CENTRE_JOINED = "centre_joined"


@dataclass(frozen=True, slots=True)
class Kept:
    """To which centre this station belongs, and as whom. `place` is where the password lies."""

    site: str
    server: str
    place: Literal["keyring", "file"]


@dataclass(frozen=True, slots=True)
class Joined:
    """An enrolment that is kept from now on. `away` is why the centre could not be asked; None where it let us in."""

    kept: Kept
    away: CentreProblem | None


class Enrolments(Protocol):
    """Where the station keeps its enrolment."""

    def exists(self) -> bool: ...
    def look(self) -> Kept:
        """What is kept; raises `CentreProblem("enrolment.kept_damaged")`."""

    def join(self, path: Path, *, pending: int) -> Joined:
        """Take an enrolment file in, once the centre let the station in with it; kept nevertheless where it is away.

        Blocks for seconds. Raises `BadInput` for a file that is none, `CentreProblem` where the centre refuses it, and
        `DatabaseProblem` where it cannot be kept.
        """


class CentreLink:
    """Owned by the composition root: started when the station is, stopped before the database closes.

    May be used from any thread.
    """

    def __init__(
        self, database: Database, recorder: Recorder, enrolments: Enrolments, make_runner: Callable[[], SyncRunner]
    ) -> None:
        self._database = database
        self._recorder = recorder
        self._enrolments = enrolments
        self._make_runner = make_runner
        self._lock = threading.Lock()
        self._runner: SyncRunner | None = None
        self._stopped = False
        self._listeners: list[Callable[[SyncState], None]] = []

    @property
    def runner(self) -> SyncRunner | None:
        """The sync of this station; None where it belongs to no centre."""
        return self._runner

    def kept(self) -> Kept | None:
        """To which centre it belongs; None for none. Raises `CentreProblem("enrolment.kept_damaged")`."""
        return self._enrolments.look() if self._enrolments.exists() else None

    def follow(self, listener: Callable[[SyncState], None]) -> None:
        """Have `listener` called with the present state and every new one, also of a sync that begins later.

        It is called in whichever thread changed the state and must return at once.
        """
        with self._lock:
            self._listeners.append(listener)
            runner = self._runner
        if runner is not None:
            runner.follow(listener, present=True)

    def unfollow(self, listener: Callable[[SyncState], None]) -> None:
        """Call it no more."""
        with self._lock:
            self._listeners.remove(listener)
            runner = self._runner
        if runner is not None:
            runner.unfollow(listener)

    def start(self) -> None:
        """Begin to sync where the station belongs to a centre."""
        if self._enrolments.exists():
            self._begin()

    def once(self) -> SyncOutcome:
        """Sync once, in the calling thread, instead of `start`; raises `BadInput("enrolment.none")`."""
        if not self._enrolments.exists():
            raise BadInput("enrolment.none")
        return self._make_runner().once()

    def stop(self) -> None:
        """End within `runner.STOP_SECONDS`; nothing begins any more."""
        with self._lock:
            self._stopped = True
            runner = self._runner
        if runner is not None:
            runner.stop()

    def recount(self) -> None:
        """Count anew what waits."""
        if self._runner is not None:
            self._runner.recount()

    def enrol(self, path: Path, *, actor_badge: str) -> Joined:
        """Let this station belong to the centre of an enrolment file, and sync from now on.

        Blocks for seconds. Raises `Refused` without the permission, and what `Enrolments.join` raises.
        """

        def permitted(uow: UnitOfWork) -> int:
            person_known(uow, actor_badge).require(Permission.MANAGE_STATION)
            return uow.outbox.waiting().operations

        with refusals_recorded(self._database, self._recorder, badge=actor_badge, command="enrol_centre"):
            pending = self._database.read(permitted)
        joined = self._enrolments.join(path, pending=pending)
        kept = joined.kept
        payload = {"by": actor_badge, "site": kept.site, "server": kept.server, "password_in": kept.place}
        self._database.write(lambda uow: self._recorder.record(uow, CENTRE_JOINED, payload))
        self._begin()
        return joined

    def _begin(self) -> None:
        with self._lock:
            if self._stopped:
                return
            runner, began = self._runner, self._runner is None
            if runner is None:
                runner = self._runner = self._make_runner()
                for listener in self._listeners:
                    runner.follow(listener)
        if began:
            runner.start()
        else:
            # The enrolment is read anew for every line.
            runner.now()
