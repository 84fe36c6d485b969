"""A station's database in a folder as people name them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from toolroom_desktop.adapters.database.database import SqliteDatabase


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """A folder that is not there yet, with blanks, Cyrillic, and what URLs and settings files take for signs."""
    return tmp_path / "Инструментальная №1 100% #2? данные"


@pytest.fixture
def database(data_folder: Path) -> Iterator[SqliteDatabase]:
    """A new database, open."""
    opened = SqliteDatabase.open(data_folder, site_id_factory=lambda: "station-1")
    yield opened
    opened.close()
