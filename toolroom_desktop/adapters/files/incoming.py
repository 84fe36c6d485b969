"""Files of which a part has come from the centre, as `incoming/<sha256>.part` in the data folder."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from toolroom_desktop.adapters.database.problems import file_problem

_NAME = re.compile(r"[0-9a-f]{64}")
_LAID_OUT = ".laid"


class IncomingFolder:
    """Fulfils `services.sync.fetch.IncomingFiles` and `services.sync.model_keeper.IncomingParts`.

    Used by one thread.
    """

    def __init__(self, folder: Path) -> None:
        """`folder` is made with the first piece."""
        self._folder = folder

    def held(self, sha256: str) -> int:
        """How many bytes of it lie here."""
        try:
            return self._path(sha256).stat().st_size
        except OSError:
            return 0

    def append(self, sha256: str, piece: bytes) -> int:
        """Write the next bytes durably; how many lie here now. Raises `DatabaseProblem` ("evidence.disk_full", …)."""
        path = self._path(sha256)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as file:
                file.write(piece)
                file.flush()
                os.fsync(file.fileno())
                return file.tell()
        except OSError as error:
            raise file_problem(error, path, area="evidence") from error

    def content(self, sha256: str) -> bytes:
        """What lies here of it. Raises `DatabaseProblem`."""
        path = self._path(sha256)
        try:
            return path.read_bytes()
        except OSError as error:
            raise file_problem(error, path, area="evidence") from error

    def discard(self, sha256: str) -> None:
        """Let go of it. Raises `DatabaseProblem`."""
        path = self._path(sha256)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise file_problem(error, path, area="evidence") from error

    def names(self) -> list[str]:
        """Of which files something lies here."""
        return sorted(path.stem for path in self._folder.glob("*.part") if _NAME.fullmatch(path.stem))

    def sweep(self) -> None:
        """Remove what a program that was killed had laid out."""
        for rest in self._folder.glob(f"*{_LAID_OUT}"):
            shutil.rmtree(rest, ignore_errors=True)

    @contextmanager
    def laid_out(self, texts: Mapping[str, str], files: Mapping[str, str]) -> Iterator[Path]:
        """A folder that holds these texts and files (name -> SHA-256) under their names, gone at the end.

        Raises `DatabaseProblem`.
        """
        place = self._folder / f"{uuid4().hex}{_LAID_OUT}"
        try:
            place.mkdir(parents=True)
            for name, text in texts.items():
                (place / name).write_text(text, encoding="utf-8", newline="\n")
            for name, sha256 in files.items():
                shutil.copyfile(self._path(sha256), place / name)
        except OSError as error:
            shutil.rmtree(place, ignore_errors=True)
            raise file_problem(error, place, area="evidence") from error
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def _path(self, sha256: str) -> Path:
        if not _NAME.fullmatch(sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self._folder / f"{sha256}.part"
