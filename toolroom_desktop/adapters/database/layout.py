"""Where the records lie inside the data folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The names inside one data folder."""

    path: Path

    @property
    def database(self) -> Path:
        """The SQLite file; SQLite keeps its `-wal` and `-shm` files beside it."""
        return self.path / "toolroom.sqlite"

    @property
    def unfinished(self) -> Path:
        """A new database until it is whole."""
        return self.path / "toolroom.sqlite.new"

    @property
    def backups(self) -> Path:
        """The folder of the backups."""
        return self.path / "backups"

    @property
    def lock(self) -> Path:
        """The file that the one running program keeps locked."""
        return self.path / "toolroom.lock"

    @property
    def holder(self) -> Path:
        """Who holds the lock; a file of its own because Windows lets nobody else read a locked one."""
        return self.path / "toolroom.running"

    @property
    def evidence(self) -> Path:
        """The folder of the evidence files."""
        return self.path / "evidence"

    @property
    def exchange(self) -> Path:
        """The note of a restore that is under way."""
        return self.path / "restore.json"

    @property
    def restored(self) -> Path:
        """The note that the records were restored, until the centre was asked what they lack."""
        return self.path / "restored.json"

    @property
    def case_ledger(self) -> Path:
        """The open lost-tool cases once more, which stay whatever takes the records' place."""
        return self.path / "open-cases.jsonl"
