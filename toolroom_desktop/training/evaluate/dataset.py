"""Photos with known content: a data set in YOLO's layout, or the rendered tables with their truth file.

A label line is ``class cx cy w h`` or, with an outline, ``class x1 y1 x2 y2 x3 y3 ..``, all as shares of the picture.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import Any

import yaml

from toolroom_desktop.adapters.vision.photo_headers import PNG_SIGNATURE, Damaged, Truncated, jpeg_size, png_size
from toolroom_desktop.domain.detection import Box
from toolroom_desktop.domain.errors import BadInput, BadPhoto

DATA_FILE = "data.yaml"
TABLES_FILE = "tables.json"
PICTURE_ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})
_ROUNDING = 0.002
"""By how much a label may reach over the edge of its picture: what rounding makes of a box that ends there."""

Point = tuple[float, float]


class Split(StrEnum):
    """Which part of a data set."""

    TRAIN = "train"
    VAL = "val"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Truth:
    """A tool that lies there, with its box in pixels; `outline` (pixels) is empty where only the box is known."""

    class_name: str
    box: Box
    outline: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A tool that lies there; box and outline as shares 0..1 of the picture's width and height."""

    class_name: str
    box: Box
    outline: tuple[Point, ...] = ()

    def in_pixels(self, width: int, height: int) -> Truth:
        """The same in pixels of a picture of that size."""
        box = Box(self.box.x1 * width, self.box.y1 * height, self.box.x2 * width, self.box.y2 * height)
        return Truth(self.class_name, box, tuple((x * width, y * height) for x, y in self.outline))


@dataclass(frozen=True, slots=True)
class LabelledPhoto:
    """A photo with everything that lies on it. `foreign` counts the things that are no tools of any class."""

    path: Path
    split: Split
    labels: tuple[Label, ...]
    foreign: int = 0

    def shows(self, expected: Mapping[str, int]) -> bool:
        """Whether exactly the expected tools lie there and nothing else."""
        return not self.foreign and Counter(label.class_name for label in self.labels) == Counter(expected)


@dataclass(frozen=True, slots=True)
class Dataset:
    """The photos of one split (or all), each once, in the order of their paths."""

    path: Path
    split: Split
    photos: tuple[LabelledPhoto, ...]

    @property
    def classes(self) -> frozenset[str]:
        """The classes that lie on any photo."""
        return frozenset(label.class_name for photo in self.photos for label in photo.labels)


def read_dataset(path: Path, split: Split = Split.VAL) -> Dataset:
    """Read a folder with `data.yaml` or `tables.json`, or one of these files itself.

    The tables have no splits: they are all for validation. Raises `BadInput` with a code of `evaluate` for every way in
    which it cannot be used.
    """
    file = path
    if path.is_dir():
        file = path / TABLES_FILE if (path / TABLES_FILE).is_file() else path / DATA_FILE
    if not file.is_file():
        raise BadInput("evaluate.dataset_missing", path=path)
    photos = _tables(file) if file.suffix.casefold() == ".json" else _yolo(file, split)
    if split is Split.TRAIN:
        photos = [photo for photo in photos if photo.split is Split.TRAIN]
    if not photos:
        raise BadInput("evaluate.no_photos", path=path, split=split.value)
    return Dataset(path, split, tuple(sorted(photos, key=lambda photo: photo.path)))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput("evaluate.not_readable", path=path, reason=error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise BadInput("evaluate.not_readable", path=path, reason="UTF-8") from error


# --- YOLO ----------------------------------------------------------------------------------------------------------


def _yolo(file: Path, split: Split) -> list[LabelledPhoto]:
    try:
        content = yaml.safe_load(_text(file))
    except (yaml.YAMLError, RecursionError) as error:
        raise BadInput("evaluate.dataset_damaged", path=file, where="YAML") from error
    if not isinstance(content, dict):
        raise BadInput("evaluate.dataset_damaged", path=file, where="names")
    names = _names(content.get("names"), file)
    root = file.parent / str(content.get("path") or ".")
    photos: dict[Path, LabelledPhoto] = {}
    unlabelled: list[Path] = []
    # Validation first: a photo that both parts name counts as one of validation.
    for part in (Split.VAL, Split.TRAIN):
        if split not in (part, Split.ALL):
            continue
        for path in _pictures(content.get(part.value), root, file, part):
            labels = label_file(path)
            if not labels.is_file():
                unlabelled.append(path)
            elif path.resolve() not in photos:
                photos[path.resolve()] = LabelledPhoto(path, part, _labels(labels, names))
    if unlabelled:
        raise BadInput("evaluate.no_labels", count=len(unlabelled), path=min(unlabelled))
    return list(photos.values())


def _names(value: object, file: Path) -> list[str]:
    listed = list(value) if isinstance(value, list) else []
    if isinstance(value, dict) and set(value) == set(range(len(value))):
        listed = [value[index] for index in range(len(value))]
    names = [str(name) for name in listed]
    if not names or len(set(names)) != len(names):
        raise BadInput("evaluate.dataset_damaged", path=file, where="names")
    return names


def _pictures(value: object, root: Path, file: Path, part: Split) -> list[Path]:
    folders = value if isinstance(value, list) else [] if value is None else [value]
    found: list[Path] = []
    for name in folders:
        folder = root / str(name)
        if not folder.is_dir():
            raise BadInput("evaluate.dataset_damaged", path=file, where=f"{part.value}: {name}")
        found += [path for path in folder.rglob("*") if path.suffix.casefold() in PICTURE_ENDINGS and path.is_file()]
    return found


def label_file(picture: Path) -> Path:
    """Where the labels of a picture lie: the last folder called images becomes labels, as ultralytics has it."""
    parts = list(picture.with_suffix(".txt").parts)
    for place in range(len(parts) - 2, -1, -1):
        if parts[place] == "images":
            parts[place] = "labels"
            break
    return Path(*parts)


def _labels(path: Path, names: Sequence[str]) -> tuple[Label, ...]:
    lines = enumerate(_text(path).splitlines(), start=1)
    return tuple(_label(line.split(), names, path, number) for number, line in lines if line.strip())


def _label(fields: Sequence[str], names: Sequence[str], path: Path, line: int) -> Label:
    try:
        index, values = float(fields[0]), [float(field) for field in fields[1:]]
    except ValueError as error:
        raise BadInput("evaluate.label_damaged", path=path, line=line) from error
    outlined = len(values) >= 6 and len(values) % 2 == 0
    if not (len(values) == 4 or outlined) or index != int(index) or not all(map(isfinite, values)):
        raise BadInput("evaluate.label_damaged", path=path, line=line)
    if not 0 <= index < len(names):
        raise BadInput("evaluate.label_class_unknown", path=path, line=line, number=int(index), count=len(names))
    outline: tuple[Point, ...] = ()
    if outlined:
        outline = tuple(zip(values[::2], values[1::2], strict=True))
        xs, ys = zip(*outline, strict=True)
        box = Box(min(xs), min(ys), max(xs), max(ys))
    else:
        x, y, width, height = values
        box = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    if min(box.x1, box.y1) < -_ROUNDING or max(box.x2, box.y2) > 1 + _ROUNDING or box.area <= 0:
        raise BadInput("evaluate.label_out_of_range", path=path, line=line)
    inside = Box(max(0.0, box.x1), max(0.0, box.y1), min(1.0, box.x2), min(1.0, box.y2))
    return Label(names[int(index)], inside, outline)


# --- the rendered tables -------------------------------------------------------------------------------------------


def _tables(file: Path) -> list[LabelledPhoto]:
    try:
        tables = json.loads(_text(file))["tables"]
        return [_table(table, file) for table in tables]
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput("evaluate.dataset_damaged", path=file, where="tables") from error


def _table(table: Mapping[str, Any], file: Path) -> LabelledPhoto:
    path = file.with_name(str(table["file"]))
    width, height = picture_size(path)
    tools, boxes = Counter(dict(table["tools"])), list(table["boxes"])
    labels: list[Label] = []
    for place, entry in enumerate(boxes, start=1):
        x1, y1, x2, y2 = (float(side) for side in entry["box"])
        box = Box(x1 / width, y1 / height, x2 / width, y2 / height)
        if entry["class_name"] in table["foreign"]:
            continue
        if min(box.x1, box.y1) < -_ROUNDING or max(box.x2, box.y2) > 1 + _ROUNDING or box.area <= 0:
            raise BadInput("evaluate.label_out_of_range", path=f"{file} ({path.name})", line=place)
        labels.append(Label(str(entry["class_name"]), box))
    if Counter(label.class_name for label in labels) != +tools:
        raise ValueError("boxes and tools differ")
    return LabelledPhoto(path, Split.VAL, tuple(labels), foreign=len(table["foreign"]))


def picture_size(path: Path) -> tuple[int, int]:
    """Width and height in pixels of a JPEG or PNG file, without decoding it. Raises `BadPhoto`."""
    try:
        content = path.read_bytes()
        header = png_size(content) if content.startswith(PNG_SIGNATURE) else jpeg_size(content)
    except FileNotFoundError as error:
        raise BadPhoto("photo.missing", path=str(path)) from error
    except OSError as error:
        raise BadPhoto("photo.not_readable", path=str(path), reason=error.strerror or str(error)) from error
    except (Truncated, Damaged) as error:
        raise BadPhoto("photo.damaged", path=str(path)) from error
    return header.width, header.height


# --- which photos show the kit --------------------------------------------------------------------------------------


def kit_photos(dataset: Dataset, expected: Mapping[str, int], names: Iterable[str] = ()) -> tuple[LabelledPhoto, ...]:
    """The complete photos, or those of them that `names` name by file name or stem.

    Raises `BadInput`: evaluate.kit_photo_unknown or evaluate.kit_photo_not_complete.
    """
    chosen: dict[Path, LabelledPhoto] = {}
    wanted = list(names)
    for name in wanted:
        found = [photo for photo in dataset.photos if name in (photo.path.name, photo.path.stem)]
        if not found:
            raise BadInput("evaluate.kit_photo_unknown", name=name, path=dataset.path)
        for photo in found:
            if not photo.shows(expected):
                raise BadInput("evaluate.kit_photo_not_complete", path=photo.path)
            chosen[photo.path] = photo
    return tuple(chosen.values()) if wanted else tuple(photo for photo in dataset.photos if photo.shows(expected))


def check_classes(dataset: Dataset, expected: Mapping[str, int], known: frozenset[str], model: str) -> None:
    """Refuse a model that cannot see what the data set or the toolkit holds.

    Raises `BadInput`: evaluate.model_lacks_classes or evaluate.toolkit_beyond_model.
    """
    lacking = sorted(dataset.classes - known)
    if lacking:
        raise BadInput("evaluate.model_lacks_classes", model=model, classes=", ".join(lacking))
    lacking = sorted(set(expected) - known)
    if lacking:
        raise BadInput("evaluate.toolkit_beyond_model", model=model, classes=", ".join(lacking))
