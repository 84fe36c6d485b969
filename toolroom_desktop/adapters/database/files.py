"""Files that are there whole or not at all, also after a power cut."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def sync_file(path: Path) -> None:
    """Force the content of a file to disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to disk. Windows cannot open a folder and writes its names through by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def removed_on_failure(unfinished: Path) -> Iterator[None]:
    """Remove `unfinished` when the body fails, and raise what the body raised."""
    try:
        yield
    except BaseException:
        # Where the disk is gone or read-only the file stays; the first error is the one that says why.
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def replace_durably(source: Path, target: Path) -> None:
    """Put the finished, already synced `source` in the place of `target`; both lie in the same folder."""
    source.replace(target)
    sync_folder(target.parent)
