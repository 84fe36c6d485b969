"""Lines on their way from the records into a file: a few in memory, more in a temporary file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from toolroom_desktop.domain.errors import BadInput

MOST_IN_MEMORY = 4 << 20
"""Bytes."""


class TemporarySpool:
    """Fulfils `services.reports.ports.Spool`. Raises `BadInput("file.no_room")` where the disk is full."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=MOST_IN_MEMORY, mode="w+b")  # noqa: SIM115 - see `close`

    def put(self, line: str) -> None:
        """Add a line, which has no line break in it."""
        try:
            self._file.write(line.encode("utf-8", "surrogatepass"))
            self._file.write(b"\n")
        except OSError as error:
            raise BadInput("file.no_room", reason=error.strerror or str(error)) from error

    def lines(self) -> Iterator[str]:
        """All lines from the first one, also several times, one walk after the other."""
        try:
            self._file.seek(0)
        except OSError as error:
            raise BadInput("file.no_room", reason=error.strerror or str(error)) from error
        for line in self._file:
            yield line.decode("utf-8", "surrogatepass").rstrip("\n")

    def close(self) -> None:
        """Let go of them."""
        self._file.close()
