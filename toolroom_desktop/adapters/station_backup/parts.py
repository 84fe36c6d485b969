"""What belongs to a station, and where its parts lie."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toolroom_desktop.adapters.database.engine import connect_reader
from toolroom_desktop.adapters.database.layout import DataFolder as RecordsFolder
from toolroom_desktop.config.paths import DataFolder
from toolroom_desktop.config.settings import Settings


@dataclass(frozen=True, slots=True)
class StationParts:
    """The data folder, and the folders of a station that the settings may place elsewhere."""

    root: Path
    trusted_keys: Path
    review: Path

    @classmethod
    def of(cls, data: DataFolder, settings: Settings) -> StationParts:
        """Where that station keeps its parts; a relative review folder lies in the data folder."""
        review = settings.learning.review_folder
        keys = settings.model.trusted_keys
        return cls(
            root=data.root.absolute(),
            trusted_keys=Path(keys).absolute() if keys else data.trusted_keys.absolute(),
            review=data.root.absolute() / review if review else data.review.absolute(),
        )

    @property
    def records(self) -> RecordsFolder:
        """The names of the records."""
        return RecordsFolder(self.root)

    @property
    def folders(self) -> dict[str, Path]:
        """Name in a backup -> folder, for the folders that are copied with whatever lies in them."""
        data = DataFolder(self.root)
        return {
            "models": data.models,
            "trusted-keys": self.trusted_keys,
            "cutouts": data.cutouts,
            "review": self.review,
        }

    def files(self) -> Iterator[tuple[str, Path]]:
        """(name in a backup, path) of what lies in `folders`. What begins with a dot or ends in .part is unfinished."""
        for area, folder in self.folders.items():
            for place, inner, names in os.walk(folder):
                inner[:] = sorted(name for name in inner if not name.startswith("."))
                for name in sorted(names):
                    path = Path(place) / name
                    if not name.startswith(".") and path.suffix != ".part" and path.is_file():
                        yield f"{area}/{path.relative_to(folder).as_posix()}", path


@dataclass(frozen=True, slots=True)
class Summary:
    """What a database holds, in three words."""

    site_id: str
    operations: int
    newest: datetime | None


def summary_of(database: Path) -> Summary:
    """Read it from a database of any schema that has operations; raises `sqlite3.Error` or `ValueError`."""
    with closing(connect_reader(database)) as reader:
        site = reader.execute("SELECT site_id FROM station").fetchone()
        count, newest = reader.execute("SELECT count(*), max(finished_at) FROM operation").fetchone()
    if site is None:
        raise sqlite3.DatabaseError("no station")
    return Summary(str(site[0]), int(count), datetime.fromisoformat(newest) if newest else None)
