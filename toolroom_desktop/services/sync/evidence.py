"""The photos' lane: whatever the centre has not whole, piece by piece, on a line of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from toolroom_desktop.domain.errors import CentreProblem, DatabaseProblem, NotFound, UserFacingError
from toolroom_desktop.services.ports import Clock, Database, EvidenceStore, UnitOfWork
from toolroom_desktop.services.sync.pace import Portion
from toolroom_desktop.services.sync.ports import Centre, File

PIECE_BYTES = 256 * 1024
LEAST_PIECE_BYTES = 4096
FILES_AT_ONCE = 100
# A file whose bytes do not fit its name over there is sent once more; then a person must look.
TRIES = 2


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """What a round of the lane sent. `unreadable` is the last file that could not be read here, and how many.

    lost  photos that were deleted here, because the centre had them, and that it has no more
    """

    files: int
    bytes: int
    unreadable: UserFacingError | None = None
    unreadable_files: int = 0
    lost: int = 0


class EvidenceLane:
    """Sends what is missing, file after file; one that cannot be read here holds up no other."""

    def __init__(self, database: Database, store: EvidenceStore, clock: Clock) -> None:
        self._database = database
        self._store = store
        self._clock = clock
        self._portion = Portion(PIECE_BYTES, LEAST_PIECE_BYTES)

    def run(self, centre: Centre, *, go_on: Callable[[], bool] = lambda: True) -> EvidenceReport:
        """Send until nothing is missing or `go_on` says no. Raises `CentreProblem`; what was sent stays sent."""
        skipped: list[UserFacingError] = []
        after = ""
        count = total = lost = 0
        while go_on():
            start = after
            files = self._database.read(lambda uow, start=start: uow.outbox.files(start, most=FILES_AT_ONCE))  # type: ignore[misc]
            if not files:
                break
            done: list[File] = []
            try:
                held = centre.evidence_held([file.sha256 for file in files])
                for file in files:
                    if not go_on():
                        break
                    if file.dropped and held.get(file.sha256, 0) < file.size:
                        # It cannot be sent from here. A person is told, and nothing else waits for it.
                        lost, after = lost + 1, file.sha256
                        continue
                    try:
                        sent = self._send(centre, file, held.get(file.sha256, 0))
                    except (NotFound, DatabaseProblem) as problem:
                        skipped.append(problem)
                    else:
                        count, total = count + (sent > 0), total + sent
                        done.append(file)
                    after = file.sha256
            finally:
                self._acknowledge(done)
        return EvidenceReport(count, total, skipped[-1] if skipped else None, len(skipped), lost)

    def _send(self, centre: Centre, file: File, held: int) -> int:
        """Send what is missing of one file; how many bytes that was."""
        if held >= file.size:
            return 0
        content = self._store.get(file.sha256)
        if len(content) != file.size:
            raise DatabaseProblem("evidence.damaged", path=self._store.path(file.sha256), sha256=file.sha256)
        sent = tries = 0
        while held < file.size:
            piece = content[held : held + self._portion.size]
            try:
                now = centre.put_piece(file, held, piece)
            except CentreProblem as problem:
                if problem.code == "centre.silent":
                    self._portion.failed()
                raise
            self._portion.succeeded()
            sent += len(piece)
            if now <= held:
                tries += 1
                if tries == TRIES:
                    raise CentreProblem("centre.evidence_refused", sha256=file.sha256)
            held = now
        return sent

    def _acknowledge(self, files: list[File]) -> None:
        if not files:
            return
        at = self._clock.now()

        def note(uow: UnitOfWork) -> None:
            for file in files:
                uow.outbox.acknowledge_file(file.sha256, file.size, at)

        self._database.write(note)
