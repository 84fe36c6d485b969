"""Evidence files, named by their content."""

from __future__ import annotations

import hashlib
import os
import re
import threading
import time
from collections.abc import Callable, Collection
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from toolroom_desktop.adapters.database.files import removed_on_failure, replace_durably, sync_folder
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.database.problems import file_problem
from toolroom_desktop.domain.errors import DatabaseProblem, NotFound

# A file is written before the record that names it; a younger one may still be waiting for its record.
ORPHAN_AGE = timedelta(days=1)

_NAME = re.compile(r"[0-9a-f]{64}")


class FileEvidenceStore:
    """JPEG files as `evidence/<first two digits>/<sha256>.jpg`. May be used from any thread."""

    def __init__(self, data_folder: Path, *, wall_clock: Callable[[], float] = time.time) -> None:
        """`wall_clock` gives seconds since 1970, as file times are."""
        self._folder = DataFolder(data_folder.absolute()).evidence
        self._wall_clock = wall_clock
        # Windows does not replace a file that another thread is just reading.
        self._putting = threading.Lock()

    def put(self, content: bytes) -> str:
        """Write durably and return the SHA-256 in hex; the same content is stored once.

        A damaged file of that name is replaced. Raises `DatabaseProblem` with `evidence.disk_full`,
        `evidence.read_only` or `evidence.disk_error`, leaving nothing behind.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        try:
            with self._putting:
                if not self._renew(target, content):
                    self._write(target, content)
        except OSError as error:
            raise file_problem(error, target, area="evidence") from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """The content, verified against its name.

        Raises `NotFound("evidence.gone")` when there is no such file and `DatabaseProblem` with `evidence.damaged` or
        `evidence.disk_error` when it cannot be trusted or read.
        """
        target = self.path(sha256)
        try:
            content = target.read_bytes()
        except FileNotFoundError as error:
            raise NotFound("evidence.gone", path=target, sha256=sha256) from error
        except OSError as error:
            raise file_problem(error, target, area="evidence") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DatabaseProblem("evidence.damaged", path=target, sha256=sha256)
        return content

    def path(self, sha256: str) -> Path:
        """Where the file is or would be; `ValueError` for what is no SHA-256 in hex."""
        if not _NAME.fullmatch(sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self._folder / sha256[:2] / f"{sha256}.jpg"

    def remove_orphans(self, known: Collection[str]) -> int:
        """Remove files that are older than `ORPHAN_AGE` and not `known` to any record; the number of removed files.

        Unfinished files of a program that died go too. Files that are not of this store's making stay.
        """
        oldest_to_keep = self._wall_clock() - ORPHAN_AGE.total_seconds()
        removed = 0
        for path in sorted(self._folder.glob("??/*")):
            ours = path.suffix in (".jpg", ".part") and _NAME.fullmatch(path.name.split(".")[0])
            if not ours or (path.suffix == ".jpg" and path.stem in known):
                continue
            try:
                if path.stat().st_mtime < oldest_to_keep:
                    path.unlink()
                    removed += 1
            except OSError as error:
                raise file_problem(error, path, area="evidence") from error
        return removed

    def remove(self, sha256: str) -> bool:
        """Delete a file that lies at the centre; whether it is gone.

        A younger one than `ORPHAN_AGE` stays: it may have been put anew just now, for a record that is not there yet.
        Raises `DatabaseProblem` with `evidence.read_only` or `evidence.disk_error`.
        """
        target = self.path(sha256)
        try:
            with self._putting:
                if target.stat().st_mtime >= self._wall_clock() - ORPHAN_AGE.total_seconds():
                    return False
                target.unlink()
        except FileNotFoundError:
            return True
        except OSError as error:
            raise file_problem(error, target, area="evidence") from error
        return True

    def _renew(self, target: Path, content: bytes) -> bool:
        """Whether the content is there already; if so the file counts as written now and is no orphan."""
        try:
            if target.read_bytes() != content:
                return False
            now = self._wall_clock()
            os.utime(target, (now, now))
        except FileNotFoundError:
            return False
        return True

    def _write(self, target: Path, content: bytes) -> None:
        folder = target.parent
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            sync_folder(self._folder)
            sync_folder(self._folder.parent)
        unfinished = folder / f"{target.stem}.{uuid4().hex}.part"
        with removed_on_failure(unfinished):
            with unfinished.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            replace_durably(unfinished, target)
