"""Tables that leave the station as files: what stands in them, without how a file is laid out.

Whoever wants to write one hands `Sheet`s to `TableFiles.write`; the end of the file's name says which kind it becomes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from toolroom_desktop.services.watching import Watch, unwatched

Cell = str | int | float | date | datetime | None
"""One value. A moment is shown by its own clock: hand it over at the station's time (`astimezone` of its offset)."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column under its title; `width` is in characters, for spreadsheets."""

    title: str
    width: int = 16


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `rows` are asked for once, from the first to the last, and may be made on the way."""

    title: str
    columns: tuple[SheetColumn, ...]
    rows: Iterable[Sequence[Cell]]


class TableFiles(Protocol):
    """Tables on disk."""

    def write(
        self, path: Path, sheets: Sequence[Sheet], *, language: str, overwrite: bool = True, watch: Watch = unwatched
    ) -> None:
        """Write the tables as a whole file, in the format that its name tells (.xlsx or .csv).

        language  "ru" writes numbers of a CSV with a decimal comma, as Russian spreadsheets read them
        watch     told (rows done, 0) every thousand rows; whatever it raises ends the work with nothing written

        Raises `BadInput` with a code of `file.*` that says what to do; an existing file stays as it was then.
        """
