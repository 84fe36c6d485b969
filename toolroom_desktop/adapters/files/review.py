"""The review folder: `<date>_<operation id>/photo.jpg` with `result.json` beside it."""

from __future__ import annotations

import errno
import json
import logging
import os
import re
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toolroom_desktop.adapters.database.files import sync_folder
from toolroom_desktop.adapters.database.problems import file_problem
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.domain.review import Difference
from toolroom_desktop.services.review import PHOTO_FILE

_log = logging.getLogger(__name__)

RESULT_FILE = "result.json"
LEAST_FREE_BYTES = 512 << 20
"""The last half gigabyte of a disk belongs to the records."""
LEFT_BEHIND_SECONDS = 86_400.0
"""An unfinished folder so old belongs to a program that died."""
LARGEST_RESULT = 4 << 20
LARGEST_PHOTO = 64 << 20

_NAME = re.compile(r"\d{4}-\d{2}-\d{2}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UNFINISHED = re.compile(rf"\.{_NAME.pattern}\.(part|gone)")


class FileReviewFolder:
    """Cases as folders. One writer at a time; anybody may read, move or remove folders meanwhile."""

    def __init__(
        self, place: Path, *, most_cases: int, most_bytes: int, least_free_bytes: int = LEAST_FREE_BYTES
    ) -> None:
        """`most_cases` and `most_bytes` are how much may lie there; nothing is touched before the first `keep`."""
        self._place = place.absolute()
        self._most_cases = most_cases
        self._most_bytes = most_bytes
        self._least_free_bytes = least_free_bytes

    @property
    def place(self) -> Path:
        """The folder of all cases."""
        return self._place

    def keep(self, name: str, photo: bytes, document: Mapping[str, Any]) -> None:
        """Write a case, whole or not at all; one that is there already stays as it is.

        Afterwards the oldest go where there are more than the folder may hold: first those in which the model was
        only unsure, then the others. Raises `DatabaseProblem` with `review.disk_full`, `review.read_only` or
        `review.disk_error`; nothing that was there is touched then.
        """
        if not _NAME.fullmatch(name):
            raise ValueError(f"not the name of a case: {name!r}")
        text = json.dumps(document, ensure_ascii=False, indent=1).encode()
        try:
            if self._path(name).is_dir():
                return
            self._place.mkdir(parents=True, exist_ok=True)
            if shutil.disk_usage(self._place).free < self._least_free_bytes + len(photo) + len(text):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._place))
            self._write(name, {PHOTO_FILE: photo, RESULT_FILE: text})
        except OSError as error:
            raise file_problem(error, self._place, area="review") from error
        self._make_room(name)

    def names(self) -> list[str]:
        """The names of all cases, oldest first (they begin with the date, and the ids grow with time)."""
        try:
            return sorted(p.name for p in self._place.iterdir() if _NAME.fullmatch(p.name) and p.is_dir())
        except FileNotFoundError:
            return []
        except OSError as error:
            raise file_problem(error, self._place, area="review") from error

    def document(self, name: str) -> Mapping[str, Any]:
        """What was kept beside the photo; raises `DatabaseProblem("review.damaged")` for what cannot be read."""
        content = self._read(name, RESULT_FILE, LARGEST_RESULT)
        try:
            document = json.loads(content)
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
            raise DatabaseProblem("review.damaged", name=name, reason=str(error)) from error
        if not isinstance(document, dict):
            raise DatabaseProblem("review.damaged", name=name, reason=RESULT_FILE)
        return document

    def photo(self, name: str) -> bytes:
        """The photo as JPEG bytes; raises `DatabaseProblem("review.damaged")` where it cannot be read."""
        return self._read(name, PHOTO_FILE, LARGEST_PHOTO)

    # --- writing

    def _path(self, name: str) -> Path:
        return self._place / name

    def _write(self, name: str, files: Mapping[str, bytes]) -> None:
        self._remove_left_behind()
        unfinished = self._place / f".{name}.part"
        shutil.rmtree(unfinished, ignore_errors=True)
        try:
            unfinished.mkdir()
            for file_name, content in files.items():
                with (unfinished / file_name).open("xb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            sync_folder(unfinished)
            unfinished.rename(self._path(name))
            sync_folder(self._place)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise

    def _remove_left_behind(self) -> None:
        oldest = time.time() - LEFT_BEHIND_SECONDS
        for path in self._place.glob(".*"):
            if _UNFINISHED.fullmatch(path.name) and path.stat().st_mtime < oldest:
                shutil.rmtree(path, ignore_errors=True)

    # --- making room

    def _make_room(self, newest: str) -> None:
        """Remove what is too much. What cannot be removed (somebody looks at it just now) goes the next time."""
        try:
            sizes = {name: self._size(name) for name in self.names()}
        except (OSError, DatabaseProblem) as error:
            _log.warning("the review folder could not be measured: %s", error)
            return
        count, total = len(sizes), sum(sizes.values())
        if count <= self._most_cases and total <= self._most_bytes:
            return
        # Oldest first; a stable sort puts those with mere doubts before the others.
        for name in sorted((n for n in sizes if n != newest), key=lambda n: not self._only_doubts(n)):
            if count <= self._most_cases and total <= self._most_bytes:
                return
            if self._remove(name):
                count, total = count - 1, total - sizes[name]

    def _size(self, name: str) -> int:
        return sum(path.stat().st_size for path in self._path(name).iterdir())

    def _only_doubts(self, name: str) -> bool:
        """Whether a case teaches least: the model was unsure, not wrong; or it cannot be read at all."""
        try:
            found = {entry["difference"] for entry in self.document(name)["differences"]}
        except (DatabaseProblem, KeyError, TypeError):
            return True
        return found <= {Difference.DOUBT.value}

    def _remove(self, name: str) -> bool:
        going = self._place / f".{name}.gone"
        try:
            self._path(name).rename(going)
            shutil.rmtree(going)
        except OSError as error:
            _log.info("the case %s could not be removed: %s", name, error)
            return False
        return True

    def _read(self, name: str, file_name: str, largest: int) -> bytes:
        if not _NAME.fullmatch(name):
            raise ValueError(f"not the name of a case: {name!r}")
        try:
            with (self._path(name) / file_name).open("rb") as file:
                content = file.read(largest + 1)
        except OSError as error:
            raise DatabaseProblem("review.damaged", name=name, reason=error.strerror or str(error)) from error
        if len(content) > largest:
            raise DatabaseProblem("review.damaged", name=name, reason=f"{file_name}: more than {largest} bytes")
        return content
