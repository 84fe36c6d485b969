"""Disks that are full and places that nobody can write to, made by the operating system itself."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest


def _mount(*arguments: str) -> bool:
    try:
        return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def _unmount(place: Path) -> None:
    subprocess.run(["umount", "--lazy", str(place)], capture_output=True, check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of three megabytes."""
    place = tmp_path / "Малый диск"
    place.mkdir()
    if not _mount("-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)):
        pytest.skip("a file system of a few megabytes can be mounted by root only")
    yield place
    _unmount(place)


@pytest.fixture
def make_read_only() -> Iterator[Callable[[Path], None]]:
    """Makes a file or folder read-only until the end of the test, for root too."""
    with ExitStack() as undo:

        def make(place: Path) -> None:
            if hasattr(os, "geteuid") and os.geteuid() == 0:
                if not _mount("--bind", str(place), str(place)):
                    pytest.skip("root ignores file modes, and here it may not mount a read-only view either")
                undo.callback(_unmount, place)
                assert _mount("-o", "remount,bind,ro", str(place))
            else:
                before = place.stat().st_mode
                undo.callback(place.chmod, before)
                place.chmod(before & ~0o222)

        yield make
