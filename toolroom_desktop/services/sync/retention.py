"""Photos that the station need not keep: the centre has had them for long enough, and nothing open needs them.

A photo goes in three steps, each of which may be the last before the program dies: the centre is asked whether it
holds it whole at this moment, the records say that it lies there alone from now on, and then its file is deleted. A
file whose record says so already is an orphan, which the next start removes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.services.ports import Clock, Database, EvidenceStore, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.sync.ports import Centre, File

PHOTOS_DROPPED = "photos_dropped"
# So few that nobody at the counter waits for the command that marks them.
PORTION = 50
# After a look that found nothing more to do: what keeps a photo here ends once a day, not every second.
REST_SECONDS = 3600.0

_log = logging.getLogger(__name__)


class RemovableEvidence(EvidenceStore, Protocol):
    """A store that can be told to let a photo go."""

    def remove(self, sha256: str) -> bool:
        """Delete the file unless it was just put anew; whether it is gone. Raises `DatabaseProblem`."""


def needed_photos(uow: UnitOfWork) -> set[str]:
    """SHA-256 of the photos that something open needs, whatever their age.

    That is: whatever leads to a kit that is out, to a count that is owed, or to a lost-tool case that is not released,
    and the pictures of the tools themselves.
    """
    needed = {tool.photo for tool in uow.tools.all()}
    seen: set[UUID] = set()

    def need(operation: Operation | None) -> None:
        while operation is not None and operation.operation_id not in seen:
            seen.add(operation.operation_id)
            needed.update((operation.photos.clean, operation.photos.annotated))
            needed.update(position.photo for position in operation.counted)
            # A return is compared with the photo of the issue, however many part returns lie between.
            operation = None if operation.closes is None else uow.operations.by_id(operation.closes)

    for operation in (*uow.operations.open_checkouts(), *uow.operations.counts_owed()):
        need(operation)
    for case in uow.cases.open():
        need(uow.operations.by_id(case.operation_id))
        for event in case.events:
            needed.add(event.photo)
            if event.operation_id is not None:
                need(uow.operations.by_id(event.operation_id))
    needed.discard("")
    return needed


@dataclass(frozen=True, slots=True)
class _Portion:
    files: tuple[File, ...]
    seen_seq: int
    """The journal's end when it was decided what is needed."""


class PhotoRetention:
    """Lets photos go. Used by one thread."""

    def __init__(
        self,
        *,
        database: Database,
        store: RemovableEvidence,
        recorder: Recorder,
        clock: Clock,
        keep: timedelta | None,
        also_needed: Callable[[], Collection[str]] = tuple,
    ) -> None:
        """`keep` is how long a photo stays after the centre has it, None for ever; `also_needed` are further ones."""
        self._database = database
        self._store = store
        self._recorder = recorder
        self._clock = clock
        self._keep = keep
        self._also_needed = also_needed
        self._after: tuple[datetime, str] | None = None
        self._rests_until: float | None = None

    def run(
        self, line: Callable[[], Centre], *, go_on: Callable[[], bool] = lambda: True, at_once: bool = False
    ) -> int:
        """Let go what may, portion by portion, until `go_on` says no; how many photos that were.

        `line` opens a line to the centre, and is asked only where something may go. After a look that found nothing
        more the next ones do nothing for `REST_SECONDS`, unless `at_once`. Raises `CentreProblem`, `DatabaseProblem`.
        """
        if self._keep is None or (self._resting and not at_once):
            return 0
        self._after = None
        dropped = 0
        centre: Centre | None = None
        try:
            while go_on():
                portion = self._next()
                if portion is None:
                    self._rests_until = self._clock.monotonic() + REST_SECONDS
                    break
                centre = centre or line()
                dropped += self._let_go(centre, portion)
        finally:
            if centre is not None:
                centre.close()
        return dropped

    def count(self) -> int:
        """How many photos may go by what the records say; the centre is not asked."""
        self._after = None
        count = 0
        while (portion := self._next()) is not None:
            count += len(portion.files)
        return count

    @property
    def _resting(self) -> bool:
        return self._rests_until is not None and self._clock.monotonic() < self._rests_until

    def _next(self) -> _Portion | None:
        """The next photos that may go; None where there are no more."""
        keep = self._keep
        if keep is None:
            return None
        before = self._clock.now() - keep

        def look(uow: UnitOfWork) -> _Portion | None:
            after = self._after
            found = uow.photos.old(before, after, most=PORTION)
            if not found:
                return None
            needed = needed_photos(uow) | set(self._also_needed())
            free: list[File] = []
            while found and len(free) < PORTION:
                for since, file in found:
                    if len(free) == PORTION:
                        break
                    after = (since, file.sha256)
                    if file.sha256 not in needed:
                        free.append(file)
                else:
                    found = uow.photos.old(before, after, most=PORTION)
            self._after = after
            return _Portion(tuple(free), uow.journal.head().site_seq) if free else None

        return self._database.read(look)

    def _let_go(self, centre: Centre, portion: _Portion) -> int:
        held = centre.evidence_held([file.sha256 for file in portion.files])
        # Less than whole: the centre lost it. The next round finds that by its count, and sends it once more.
        files = [file for file in portion.files if held.get(file.sha256, 0) >= file.size]
        if not files or not self._marked(files, portion.seen_seq):
            return 0
        for file in files:
            try:
                self._store.remove(file.sha256)
            except UserFacingError as problem:
                # It is an orphan now: the next start removes it.
                _log.warning("a photo that the centre has could not be deleted: %s", problem)
        return len(files)

    def _marked(self, files: list[File], seen_seq: int) -> bool:
        at = self._clock.now()
        names = [file.sha256 for file in files]

        def mark(uow: UnitOfWork) -> bool:
            if uow.journal.head().site_seq != seen_seq:
                # Something was recorded meanwhile, and may need one of them.
                return False
            uow.photos.drop(names, at)
            payload = {"photos": names, "bytes": sum(file.size for file in files)}
            self._recorder.record(uow, PHOTOS_DROPPED, payload)
            return True

        marked = self._database.write(mark)
        if not marked:
            self._after = None
        return marked
