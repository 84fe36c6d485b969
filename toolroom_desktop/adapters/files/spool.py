"""Lines on their way from the records into a file: a few in memory, more in a temporary file."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator

from toolroom_desktop.domain.errors import BadInput

MOST_IN_MEMORY = 4 << 20
"""Bytes."""
_AT_ONCE = 256


class TemporarySpool:
    """Fulfils `services.reports.ports.Spool`. Raises `BadInput("file.no_room")` where the disk is full."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=MOST_IN_MEMORY, mode="w+b")  # noqa: SIM115 - see `close`
        self._lock = threading.Lock()

    def put(self, line: str) -> None:
        """Add a line, which has no line break in it."""
        try:
            with self._lock:
                self._file.seek(0, 2)
                self._file.write(line.encode("utf-8", "surrogatepass") + b"\n")
        except OSError as error:
            raise BadInput("file.no_room", reason=error.strerror or str(error)) from error

    def lines(self) -> Iterator[str]:
        """All lines from the first one, also several times and at once."""
        at = 0
        while True:
            # Each walk keeps its own place, so that a preview and a file may be made of the same lines.
            with self._lock:
                self._file.seek(at)
                part = [line for line in (self._file.readline() for _ in range(_AT_ONCE)) if line]
                at = self._file.tell()
            for line in part:
                yield line.decode("utf-8", "surrogatepass").rstrip("\n")
            if len(part) < _AT_ONCE:
                return

    def close(self) -> None:
        """Let go of them."""
        self._file.close()
