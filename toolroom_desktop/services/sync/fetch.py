"""The way back of files: what other stations photographed, and whatever else the centre has for this one.

Piece by piece into a file of its own, so that a line that is cut costs one piece; what is whole is checked against its
name before it becomes evidence.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from toolroom_desktop.domain.elsewhere import WantedFile
from toolroom_desktop.domain.errors import CentreProblem, UserFacingError
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.services.ports import Clock, Database, UnitOfWork
from toolroom_desktop.services.sync.elsewhere import PHOTO
from toolroom_desktop.services.sync.ports import Centre
from toolroom_desktop.services.sync.retention import RemovableEvidence
from toolroom_desktop.services.whereabouts import known_operation

FILES_AT_ONCE = 100
MOST_BYTES = 64 * 1024 * 1024
# A photo of another station stays for so long after its custody ended.
KEEP_AFTER = timedelta(days=7)
LOOK_EVERY_SECONDS = 3600.0
# What the centre has not yet is sent by its station when that has the time.
ASK_AGAIN_SECONDS = 60.0

_log = logging.getLogger(__name__)


class IncomingFiles(Protocol):
    """Files of which a part has come, by the SHA-256 that they are to have."""

    def held(self, sha256: str) -> int:
        """How many bytes of it lie here."""

    def append(self, sha256: str, piece: bytes) -> int:
        """Write the next bytes durably; how many lie here now. Raises `DatabaseProblem`."""

    def content(self, sha256: str) -> bytes:
        """What lies here of it. Raises `DatabaseProblem`."""

    def discard(self, sha256: str) -> None:
        """Let go of it."""


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What a round of the lane brought. `not_there` counts files that the centre has not whole yet."""

    files: int = 0
    bytes: int = 0
    not_there: int = 0


class FileFetcher:
    """Used by one thread."""

    def __init__(self, database: Database, store: RemovableEvidence, incoming: IncomingFiles, clock: Clock) -> None:
        self._database = database
        self._store = store
        self._incoming = incoming
        self._clock = clock
        self._looked: float | None = None
        # Until when files are not asked for again, in seconds of the monotonic clock.
        self._rests: dict[str, float] = {}

    @property
    def anything(self) -> bool:
        """Whether there is a photo to ask the centre for."""
        return bool(self._due())

    def run(self, centre: Centre, *, go_on: Callable[[], bool] = lambda: True) -> FetchReport:
        """Fetch the photos that are wanted, until `go_on` says no. Raises `CentreProblem`; what came stays."""
        files = size = not_there = 0
        for wanted in self._due():
            if not go_on():
                break
            content = self.fetch(centre, wanted, go_on=go_on)
            if content is None:
                not_there += 1
                self._rests[wanted.sha256] = self._clock.monotonic() + ASK_AGAIN_SECONDS
                continue
            self._store.put(content)
            # Only now: what is noted as whole must lie here.
            self._note(wanted.sha256, len(content), len(content))
            self._incoming.discard(wanted.sha256)
            files, size = files + 1, size + len(content)
        return FetchReport(files, size, not_there)

    def _due(self) -> list[WantedFile]:
        """What is wanted, but for what the centre had not a moment ago."""
        now = self._clock.monotonic()
        self._rests = {name: until for name, until in self._rests.items() if until > now}
        due: list[WantedFile] = []
        after = ""
        while True:
            start = after
            page = self._database.read(
                lambda uow, start=start: uow.elsewhere.wanted(PHOTO, after=start, most=FILES_AT_ONCE)  # type: ignore[misc]
            )
            if not page:
                return due
            after = page[-1].sha256
            due += [one for one in page if one.sha256 not in self._rests]

    def fetch(self, centre: Centre, wanted: WantedFile, *, go_on: Callable[[], bool] = lambda: True) -> bytes | None:
        """One file whole, whatever it is for; None while the centre has it not, or where `go_on` said no.

        What is not what its name says is let go, and fetched anew the next time. Raises `CentreProblem`.
        """
        name = wanted.sha256
        held = self._incoming.held(name)
        while go_on():
            answer = centre.get_piece(wanted.named_by, name, held)
            if answer is None:
                if held:
                    # Too much of it lies here, or the centre lost it.
                    self._incoming.discard(name)
                return None
            size, piece = answer
            if not piece or held + len(piece) > size or size > MOST_BYTES:
                raise CentreProblem("centre.evidence_refused", sha256=name)
            held = self._incoming.append(name, piece)
            if held < size:
                self._note(name, size, held)
                continue
            content = self._incoming.content(name)
            if hashlib.sha256(content).hexdigest() != name:
                self._incoming.discard(name)
                self._note(name, size, 0)
                raise CentreProblem("centre.evidence_refused", sha256=name)
            return content
        return None

    def tidy(self) -> int:
        """Let go of photos whose custody ended long ago; how many. Looks once an hour, and first at what was lost."""
        now = self._clock.monotonic()
        if self._looked is not None and now - self._looked < LOOK_EVERY_SECONDS:
            return 0
        if self._looked is None:
            self._want_again_what_is_gone()
        self._looked = now
        since = self._clock.now() - KEEP_AFTER

        def old(uow: UnitOfWork) -> list[str]:
            needed = _photos_of(uow, since)
            return [one.sha256 for one in uow.elsewhere.fetched(PHOTO) if one.sha256 not in needed]

        names = self._database.read(old)
        if not names:
            return 0
        own = self._database.write(lambda uow: uow.elsewhere.unwant(names))
        for name in set(names) - own:
            self._incoming.discard(name)
            try:
                self._store.remove(name)
            except UserFacingError as problem:
                # It is an orphan now: the next start removes it.
                _log.warning("a photo of another station could not be deleted: %s", problem)
        return len(names)

    def _want_again_what_is_gone(self) -> None:
        """After a restore the records know of photos that no backup took along."""
        whole = [one for one in self._database.read(lambda uow: uow.elsewhere.fetched(PHOTO)) if one.whole]
        gone = [one for one in whole if not self._store.path(one.sha256).exists()]
        for one in gone:
            self._note(one.sha256, one.size, 0)

    def _note(self, sha256: str, size: int, held: int) -> None:
        self._database.write(lambda uow: uow.elsewhere.note_held(sha256, size, held))


def _photos_of(uow: UnitOfWork, since: datetime) -> set[str]:
    """The photos that a return may need: of what is out elsewhere, or was so since then."""
    needed: set[str] = set()
    for custody in uow.elsewhere.out() + uow.elsewhere.ended(since):
        shown: Operation | None = custody.operation
        while shown is not None:
            needed |= {shown.photos.clean, shown.photos.annotated}
            shown = known_operation(uow, shown.closes)
    return needed
