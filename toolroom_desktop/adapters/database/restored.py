"""A note in the data folder that its records were restored, until the centre was asked what they lack.

While it lies there a station that belongs to a centre writes nothing: a single entry more, were it a sign-in, and the
records could never be completed again. Written before the records are exchanged: a note too many costs a question.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from toolroom_desktop.adapters.database.files import removed_on_failure, replace_durably, sync_folder
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.problems import file_problem


def note_restored(folder: DataFolder, at: datetime) -> None:
    """Write the note, durably. Raises `OSError`."""
    unfinished = folder.restored.with_name(f"{folder.restored.name}.part")
    with removed_on_failure(unfinished):
        with unfinished.open("w", encoding="utf-8") as file:
            json.dump({"restored_at": at.astimezone(UTC).isoformat()}, file)
            file.flush()
            os.fsync(file.fileno())
        replace_durably(unfinished, folder.restored)


@contextmanager
def noted_as_restored(folder: DataFolder, at: datetime) -> Iterator[None]:
    """Write the note before the block exchanges the records; gone again where they stayed what they were."""
    before = is_restored(folder)
    note_restored(folder, at)
    try:
        yield
    except BaseException:
        # An exchange that was cut short is finished by whoever comes next.
        if not before and not folder.exchange.exists():
            with suppress(OSError):
                folder.restored.unlink()
        raise


def is_restored(folder: DataFolder) -> bool:
    """Whether the note lies there."""
    return folder.restored.exists()


def forget_restored(folder: DataFolder) -> None:
    """Remove the note; nothing where there is none. Raises `DatabaseProblem` where it cannot be removed."""
    try:
        with suppress(FileNotFoundError):
            folder.restored.unlink()
            sync_folder(folder.path)
    except OSError as error:
        raise file_problem(error, folder.restored, area="database") from error


class FolderNote:
    """The note of one data folder. Fulfils `services.sync.completing.RestoredNote`."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder

    def waits(self) -> bool:
        """Whether it lies there."""
        return is_restored(self._folder)

    def write(self) -> None:
        """Write it where there is none."""
        try:
            if not self.waits():
                note_restored(self._folder, datetime.now(UTC))
        except OSError as error:
            raise file_problem(error, self._folder.restored, area="database") from error

    def forget(self) -> None:
        """Remove it."""
        forget_restored(self._folder)
