"""A disk that is full, and a folder that nobody may write to: a clear sentence, the old file, nothing half."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from toolroom_desktop.adapters.files.table_files import TableFiles
from toolroom_desktop.config.messages import LANGUAGES, Messages
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.services.tables import Cell, Sheet, SheetColumn


def rows(count: int) -> Iterator[Sequence[Cell]]:
    for _ in range(count):
        # Chance, so that no packing makes it small.
        yield [os.urandom(64).hex()]


def refused(path: Path, count: int) -> str:
    with pytest.raises(BadInput) as raised:
        TableFiles().write(path, [Sheet("S", (SheetColumn("a"),), rows(count))], language="ru")
    for language in LANGUAGES:
        assert Messages(language).error(raised.value)
    return raised.value.code


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_full_disk_leaves_the_old_file_and_takes_the_next_one(small_disk: Path, ending: str) -> None:
    target = small_disk / f"отчёт.{ending}"
    target.write_bytes(b"old")
    film = small_disk / "somebody's film"
    film.write_bytes(bytes(shutil.disk_usage(small_disk).free - 256 * 1024))
    assert refused(target, 20_000) == "file.disk_full"
    assert target.read_bytes() == b"old"
    assert {entry.name for entry in small_disk.iterdir()} == {target.name, film.name}
    film.unlink()
    TableFiles().write(target, [Sheet("S", (SheetColumn("a"),), rows(100))], language="ru")
    assert target.stat().st_size > 1000


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_folder_without_rights_is_said(tmp_path: Path, make_read_only: Callable[[Path], None], ending: str) -> None:
    folder = tmp_path / "Отчёты"
    folder.mkdir()
    target = folder / f"отчёт.{ending}"
    target.write_bytes(b"old")
    make_read_only(folder)
    assert refused(target, 10) == "file.no_rights"
    assert refused(folder / f"new.{ending}", 10) == "file.no_rights"
    assert target.read_bytes() == b"old"
    assert [entry.name for entry in folder.iterdir()] == [target.name]
