"""The folder of cut-outs: PNG files and `cutouts.json`, which names them.

    {"format": 1,
     "classes": [{"name", "ru", "en"}],
     "cutouts": [{"file", "class_name", "sha256", "source", "frame", "split"}],
     "backgrounds": [{"file", "sha256", "source"}]}

A PNG is on the disk before the list names it, and the list is replaced as a whole: a folder whose writer was killed
is readable, and what it names is there.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.services.cutouts import BackgroundRecord, Cutout, CutoutClass, CutoutRecord, Split

LIST: Final = "cutouts.json"
FORMAT: Final = 1
FOREIGN_FOLDER: Final = "foreign"
BACKGROUND_FOLDER: Final = "backgrounds"

_NOT_IN_A_NAME = '<>:"/\\|?*'
_RESERVED = {"con", "prn", "aux", "nul", FOREIGN_FOLDER, BACKGROUND_FOLDER}


def _folder_of(class_name: str) -> str:
    """A folder name for a class that every system takes."""
    cleaned = "".join("_" if letter in _NOT_IN_A_NAME or ord(letter) < 32 else letter for letter in class_name)
    cleaned = cleaned.strip(" .") or "class"
    return f"{cleaned}_" if cleaned.casefold() in _RESERVED else cleaned


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all.

    Raises `BadInput("enrol.disk_full")` or `BadInput("enrol.not_writable")`; the file that was there stays.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise BadInput("enrol.disk_full", path=path) from error
        raise BadInput("enrol.not_writable", path=path, reason=error.strerror or str(error)) from error


def _encoded(pixels: NDArray[np.uint8]) -> bytes:
    written, content = cv2.imencode(".png", pixels)
    if not written:
        raise RuntimeError(f"a picture of shape {pixels.shape} could not be encoded")
    return content.tobytes()


class CutoutFolder:
    """A cut-out store in a folder. One writer at a time."""

    def __init__(self, folder: Path) -> None:
        """Open the folder, or begin an empty one that is written with the first cut-out.

        Raises `BadInput("enrol.bad_cutout_list")` for a list that is damaged or of another format.
        """
        self.folder = folder
        self._classes: list[CutoutClass] = []
        self._cutouts: list[CutoutRecord] = []
        self._backgrounds: list[BackgroundRecord] = []
        if (folder / LIST).exists():
            self._load()

    @classmethod
    def existing(cls, folder: Path) -> CutoutFolder:
        """Open a folder that must be there; raises `BadInput("enrol.no_cutout_folder")`."""
        if not (folder / LIST).is_file():
            raise BadInput("enrol.no_cutout_folder", path=folder)
        return cls(folder)

    @property
    def classes(self) -> Sequence[CutoutClass]:
        """The classes in the order of their numbers in a data set."""
        return tuple(self._classes)

    @property
    def cutouts(self) -> Sequence[CutoutRecord]:
        """What is stored, in the order it came."""
        return tuple(self._cutouts)

    @property
    def backgrounds(self) -> Sequence[BackgroundRecord]:
        """Pictures of empty tables."""
        return tuple(self._backgrounds)

    def path(self, record: CutoutRecord | BackgroundRecord) -> Path:
        """Where the record's file is."""
        return self.folder.joinpath(*PurePosixPath(record.file).parts)

    def declare(self, classes: Sequence[CutoutClass]) -> None:
        """Take up classes; one that is known keeps its place and gains names that it lacked."""
        places = {known.name: place for place, known in enumerate(self._classes)}
        before = list(self._classes)
        for told in classes:
            place = places.get(told.name)
            if place is None:
                places[told.name] = len(self._classes)
                self._classes.append(told)
            else:
                known = self._classes[place]
                self._classes[place] = CutoutClass(known.name, known.ru or told.ru, known.en or told.en)
        if self._classes != before:
            self._save()

    def add(self, cutout: Cutout, class_name: str | None, split: Split = Split.TRAIN) -> CutoutRecord:
        """Store a cut-out durably.

        Raises `BadInput("enrol.unknown_class")`, `BadInput("enrol.disk_full")`, `BadInput("enrol.not_writable")`.
        """
        if class_name is not None and all(known.name != class_name for known in self._classes):
            raise BadInput("enrol.unknown_class", name=class_name)
        content = _encoded(cutout.pixels)
        name = self._free_name(FOREIGN_FOLDER if class_name is None else _folder_of(class_name), ".png")
        record = CutoutRecord(name, class_name, hashlib.sha256(content).hexdigest(), cutout.source, cutout.frame, split)
        write_atomically(self.path(record), content)
        self._cutouts.append(record)
        self._save()
        return record

    def add_background(self, pixels: NDArray[np.uint8], source: str) -> BackgroundRecord:
        """Store a picture (height, width, 3) BGR of an empty table; the same content is stored once."""
        content = _encoded(pixels)
        sha256 = hashlib.sha256(content).hexdigest()
        known = next((record for record in self._backgrounds if record.sha256 == sha256), None)
        if known is not None:
            return known
        record = BackgroundRecord(self._free_name(BACKGROUND_FOLDER, ".png"), sha256, source)
        write_atomically(self.path(record), content)
        self._backgrounds.append(record)
        self._save()
        return record

    def remove(self, record: CutoutRecord) -> None:
        """Take a cut-out away again, with its file."""
        self._cutouts.remove(record)
        self._save()
        self.path(record).unlink(missing_ok=True)

    def pixels(self, record: CutoutRecord) -> NDArray[np.uint8]:
        """The cut-out as (height, width, 4) BGRA.

        Raises `BadInput("enrol.cutout_damaged")` for a file that is gone, changed or no picture.
        """
        try:
            content = self.path(record).read_bytes()
        except OSError as error:
            raise BadInput("enrol.cutout_damaged", path=self.path(record)) from error
        pixels = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED) if content else None
        if (
            pixels is None
            or pixels.ndim != 3
            or pixels.shape[2] != 4
            or hashlib.sha256(content).hexdigest() != record.sha256
        ):
            raise BadInput("enrol.cutout_damaged", path=self.path(record))
        return cast("NDArray[np.uint8]", pixels)

    def _free_name(self, folder: str, suffix: str) -> str:
        # Without regard to case, as some systems have it: the classes "Wrench" and "wrench" share a folder there.
        taken = {record.file.casefold() for record in self._cutouts}
        taken |= {record.file.casefold() for record in self._backgrounds}
        start = f"{folder}/".casefold()
        number = sum(name.startswith(start) for name in taken) + 1
        while (name := f"{folder}/{number:04d}{suffix}").casefold() in taken:
            number += 1
        return name

    def _save(self) -> None:
        content = {
            "format": FORMAT,
            "classes": [{"name": known.name, "ru": known.ru, "en": known.en} for known in self._classes],
            "cutouts": [
                {
                    "file": record.file,
                    "class_name": record.class_name,
                    "sha256": record.sha256,
                    "source": record.source,
                    "frame": None if record.frame is None else list(record.frame),
                    "split": record.split.value,
                }
                for record in self._cutouts
            ],
            "backgrounds": [
                {"file": record.file, "sha256": record.sha256, "source": record.source} for record in self._backgrounds
            ],
        }
        text = json.dumps(content, ensure_ascii=False, indent=1)
        write_atomically(self.folder / LIST, text.encode())

    def _load(self) -> None:
        path = self.folder / LIST
        try:
            content: Any = json.loads(path.read_bytes())
            if content["format"] != FORMAT:
                raise ValueError(content["format"])
            self._classes = [
                CutoutClass(str(one["name"]), str(one["ru"]), str(one["en"])) for one in content["classes"]
            ]
            self._cutouts = [_record(one) for one in content["cutouts"]]
            self._backgrounds = [
                BackgroundRecord(_inside(one["file"]), str(one["sha256"]), str(one["source"]))
                for one in content["backgrounds"]
            ]
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise BadInput("enrol.bad_cutout_list", path=path) from error


def _inside(file: object) -> str:
    """A path of the list; `ValueError` for one that leaves the folder."""
    path = PurePosixPath(str(file))
    if path.is_absolute() or ".." in path.parts or ":" in str(file) or "\\" in str(file):
        raise ValueError(file)
    return str(path)


def _record(one: dict[str, Any]) -> CutoutRecord:
    frame = one["frame"]
    return CutoutRecord(
        _inside(one["file"]),
        None if one["class_name"] is None else str(one["class_name"]),
        str(one["sha256"]),
        str(one["source"]),
        None if frame is None else (int(frame[0]), int(frame[1])),
        Split(one["split"]),
    )
