"""A small disk for the Windows of the tests: a file system in memory that Wine shows as drive E:."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from installer.wine import Wine

FILLER = "filler"
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Disk:
    """One small disk."""

    root: Path

    def free(self) -> int:
        """Bytes."""
        return shutil.disk_usage(self.root).free

    def fill(self, *, leave: int = 0) -> None:
        """Take all room but `leave` bytes, also while somebody else takes some of it."""
        with (self.root / FILLER).open("ab") as file:
            while (room := self.free() - leave) >= PAGE:
                # Half of it each time, since asking for more than there is gives nothing.
                part = room if room < 16 * PAGE else room // 2
                with contextlib.suppress(OSError):
                    os.posix_fallocate(file.fileno(), os.fstat(file.fileno()).st_size, part)

    def empty(self) -> None:
        """Give the room back."""
        (self.root / FILLER).unlink(missing_ok=True)


@contextmanager
def small_disk(wine: Wine, place: Path, megabytes: int) -> Iterator[Disk]:
    """Drive E: with so much room; the test is skipped where nothing can be mounted."""
    place.mkdir()
    told = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "toolroom-test", str(place)]
    if os.geteuid() != 0 or subprocess.run(told, check=False, capture_output=True).returncode:
        pytest.skip("needs the right to mount a small file system")
    drive = wine.prefix / "dosdevices" / "e:"
    drive.unlink(missing_ok=True)
    drive.symlink_to(place)
    try:
        yield Disk(place)
    finally:
        wine.wait()
        drive.unlink()
        subprocess.run(["umount", str(place)], check=True)
