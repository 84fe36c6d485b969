"""Folders of photos and cut-outs made elsewhere, in the layouts that people have.

1. ``images/``, ``masks/``, ``labels/`` and ``classes.txt``: one tool in each photo, with a mask;
2. RGBA PNG files whose names begin with a class number (``07_wrench.png``), with a ``data.yaml`` that names classes;
3. a folder for each class with photos of one tool each, and perhaps ``empty.jpg`` beside them or above;
4. YOLO outlines (more than four numbers after the class) or
5. YOLO boxes, with a ``data.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.services.cutouts import CutoutClass
from toolroom_desktop.services.enrolment import Box, Cut, Material, Outline, ToolCutter, Verdict
from toolroom_desktop.services.vision_ports import PhotoReader, Picture

PHOTO_SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png"})
EMPTY_NAME: Final = "empty"
_MOST_OVERLAP: Final = 0.03
"""Share of a box that may lie in another: where boxes overlap, nothing says which tool a pixel belongs to."""
_NUMBERED = re.compile(r"(\d+)[_-]")

Frame = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FolderContent:
    """What a folder holds: the classes in the order of their numbers, and every thing to cut out."""

    classes: tuple[CutoutClass, ...]
    materials: tuple[Material, ...]


@dataclass(frozen=True)
class _Photo:
    """A photo of one tool, with what is known about it."""

    path: Path
    source: str
    class_name: str | None
    frame: Frame | None
    reader: PhotoReader
    mask: Path | None = None
    box: Box | None = None
    neighbours: Sequence[Box] = ()
    empty: Path | None = None

    def cut(self, cutter: ToolCutter) -> tuple[Cut, Frame | None]:
        picture = self.reader.read(self.path)
        frame = self.frame or (picture.width, picture.height)
        if self.empty is not None:
            empty = self.reader.read(self.empty)
            if empty.pixels.shape != picture.pixels.shape:
                raise BadInput(
                    "enrol.empty_other_size",
                    width=picture.width,
                    height=picture.height,
                    empty_width=empty.width,
                    empty_height=empty.height,
                )
            return cutter.against_empty(picture, empty), frame
        if self.mask is not None:
            return cutter.with_mask(picture, self._mask_for(picture)), frame
        if self.box is not None:
            if any(_overlap(self.box, other) > _MOST_OVERLAP for other in self.neighbours):
                return Cut(Verdict.TWO_TOOLS), frame
            return cutter.in_box(picture, self.box), frame
        return cutter.alone(picture), frame

    def _mask_for(self, picture: Picture) -> NDArray[np.uint8]:
        assert self.mask is not None
        mask = self.reader.read(self.mask)
        if (mask.width, mask.height) != (picture.width, picture.height):
            raise BadInput(
                "enrol.mask_other_size",
                path=self.mask.name,
                width=picture.width,
                height=picture.height,
                mask_width=mask.width,
                mask_height=mask.height,
            )
        return np.asarray(mask.pixels.max(axis=2) > 127, np.uint8)


@dataclass(frozen=True)
class _Outlined:
    """One outlined thing of a photo."""

    path: Path
    source: str
    class_name: str | None
    frame: Frame | None
    reader: PhotoReader
    outline: Outline
    others: Sequence[Outline]

    def cut(self, cutter: ToolCutter) -> tuple[Cut, Frame | None]:
        picture = self.reader.read(self.path)
        # Of a foreign thing nobody knows how large it is beside the tools of a kit.
        frame = self.frame or (None if self.class_name is None else (picture.width, picture.height))
        return cutter.along_outline(picture, self.outline, self.others), frame


@dataclass(frozen=True)
class _Ready:
    """A cut-out made elsewhere."""

    path: Path
    source: str
    class_name: str | None
    frame: Frame | None

    def cut(self, cutter: ToolCutter) -> tuple[Cut, Frame | None]:
        pixels = cv2.imdecode(np.fromfile(self.path, np.uint8), cv2.IMREAD_UNCHANGED)
        if pixels is None or pixels.ndim != 3 or pixels.shape[2] != 4:
            raise BadInput("enrol.no_alpha", path=self.path.name)
        if pixels.dtype == np.uint16:
            pixels = cv2.convertScaleAbs(pixels, alpha=1 / 257)
        return cutter.cleaned(np.asarray(pixels, np.uint8)), self.frame


@dataclass(frozen=True, slots=True)
class FolderReader:
    """Reads one folder.

    folder    where the photos are
    classes   a ``data.yaml`` that names the classes, where the folder has none of its own
    masks     whether given masks and boxes are used
    foreign   whether the things are foreign ones, stored without a class
    frame     size of the pictures that ready cut-outs were cut from
    empty     a photo of the empty table for the whole folder
    """

    folder: Path
    classes: Path | None = None
    masks: bool = True
    foreign: bool = False
    frame: Frame | None = None
    empty: Path | None = None
    reader: PhotoReader = FilePhotoReader()  # noqa: RUF009 - it has no state

    def content(self) -> FolderContent:
        """The classes and things of the folder.

        Raises `BadInput`: enrol.no_folder, enrol.empty_folder, enrol.no_class_names, enrol.bad_classes,
        enrol.bad_label.
        """
        if not self.folder.is_dir():
            raise BadInput("enrol.no_folder", path=self.folder)
        names = self._names()
        found = self._materials(names)
        if not found:
            raise BadInput("enrol.empty_folder", path=self.folder)
        if not names and not self.foreign:
            names = sorted({str(one.class_name) for one in found if one.class_name is not None})
        classes = () if self.foreign else tuple(CutoutClass(name) for name in names)
        return FolderContent(classes, tuple(found))

    def _names(self) -> list[str]:
        for path in (self.classes, self.folder / "data.yaml", self.folder / "classes.txt"):
            if path is None or (path is not self.classes and not path.is_file()):
                continue
            return _class_names(path)
        return []

    def _materials(self, names: Sequence[str]) -> list[Material]:
        labels = sorted(self.folder.rglob("labels"))
        labels = [folder for folder in labels if folder.is_dir() and (folder.parent / "images").is_dir()]
        if labels:
            return [one for folder in labels for one in self._labelled(folder, names)]
        ready = [
            path for path in _pictures(self.folder) if path.suffix.lower() == ".png" and _NUMBERED.match(path.name)
        ]
        if ready:
            return [self._ready(path, names) for path in ready]
        return list(self._by_folder())

    def _class(self, number: int, names: Sequence[str], path: Path) -> str | None:
        if self.foreign:
            return None
        if not names:
            raise BadInput("enrol.no_class_names", path=self.folder)
        if not 0 <= number < len(names):
            raise BadInput("enrol.bad_label", path=path.name, value=number, most=len(names) - 1)
        return names[number]

    def _ready(self, path: Path, names: Sequence[str]) -> Material:
        number = _NUMBERED.match(path.name)
        assert number is not None
        return _Ready(
            path, f"{self.folder.resolve().name}/{path.name}", self._class(int(number[1]), names, path), self.frame
        )

    def _by_folder(self) -> Iterator[Material]:
        common = self.empty or _empty_of(self.folder)
        for folder in sorted(path for path in self.folder.iterdir() if path.is_dir()):
            empty = self.empty or _empty_of(folder) or common
            for path in _pictures(folder):
                if path.stem.casefold() != EMPTY_NAME:
                    source = f"{self.folder.resolve().name}/{folder.name}/{path.name}"
                    name = None if self.foreign else folder.name
                    yield _Photo(path, source, name, self.frame, self.reader, empty=empty)

    def _labelled(self, labels: Path, names: Sequence[str]) -> Iterator[Material]:
        base = labels.parent
        prefix = (Path(self.folder.resolve().name) / base.relative_to(self.folder)).as_posix()
        mask_folder = base / "masks"
        for path in _pictures(base / "images"):
            lines = _label_lines(labels / f"{path.stem}.txt")
            source = f"{prefix}/{path.name}"
            mask = next((one for one in _pictures(mask_folder) if one.stem == path.stem), None) if self.masks else None
            if len(lines) == 1 and (mask is not None or mask_folder.is_dir() or self.empty is not None):
                name = self._class(lines[0][0], names, path)
                yield _Photo(path, source, name, self.frame, self.reader, mask, empty=self.empty)
                continue
            outlines = [_outline(values) for _, values in lines]
            for place, (number, values) in enumerate(lines):
                name = self._class(number, names, path)
                own = source if len(lines) == 1 else f"{source}#{place + 1}"
                if self.foreign and 0 <= number < len(names):
                    # Whoever composes scenes may want to leave out foreign tools that look like the kit's own.
                    own += f" {names[number]}"
                if len(values) > 4:
                    others = tuple(other for at, other in enumerate(outlines) if at != place)
                    yield _Outlined(path, own, name, self.frame, self.reader, outlines[place], others)
                elif self.masks:
                    near = tuple(_box(other) for at, (_, other) in enumerate(lines) if at != place and len(other) == 4)
                    yield _Photo(path, own, name, self.frame, self.reader, box=_box(values), neighbours=near)
                elif len(lines) == 1:
                    yield _Photo(path, own, name, self.frame, self.reader)


def _pictures(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in PHOTO_SUFFIXES and path.is_file())


def _empty_of(folder: Path) -> Path | None:
    return next((path for path in _pictures(folder) if path.stem.casefold() == EMPTY_NAME), None)


def _class_names(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix.lower() == ".txt":
            return [line.strip() for line in text.splitlines() if line.strip()]
        content: Any = yaml.safe_load(text)
        names = content["names"]
        if isinstance(names, dict):
            names = [names[number] for number in range(len(names))]
        if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
            raise TypeError("names")
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise BadInput("enrol.bad_classes", path=path) from error
    return list(names)


def _label_lines(path: Path) -> list[tuple[int, list[float]]]:
    """Class number and the numbers after it, line by line; nothing where there is no file."""
    if not path.is_file():
        return []
    lines: list[tuple[int, list[float]]] = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = line.split()
        if not parts:
            continue
        try:
            number, values = int(parts[0]), [float(part) for part in parts[1:]]
        except ValueError:
            raise BadInput("enrol.bad_label_line", path=path.name, line=line[:60]) from None
        if len(values) < 4 or len(values) % 2 or not all(np.isfinite(values)):
            raise BadInput("enrol.bad_label_line", path=path.name, line=line[:60])
        lines.append((number, values))
    return lines


def _outline(values: Sequence[float]) -> Outline:
    if len(values) == 4:
        box = _box(values)
        return [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
    return list(zip(values[::2], values[1::2], strict=True))


def _overlap(box: Box, other: Box) -> float:
    """Share of the box that the other one covers."""
    width = min(box.right, other.right) - max(box.left, other.left)
    height = min(box.bottom, other.bottom) - max(box.top, other.top)
    area = (box.right - box.left) * (box.bottom - box.top)
    return max(0.0, width) * max(0.0, height) / area if area > 0 else 1.0


def _box(values: Sequence[float]) -> Box:
    x, y, width, height = values
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
