"""What is wrong with a dataset, said before hours are spent on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.errors import BadInput

PICTURES = (".jpg", ".jpeg", ".png")
HASH_SIDE = 16
SAME_PICTURE = 10
"""Of 256 bits: fewer that differ make two pictures one and the same, resized or coded again."""
FLAT = 6.0
"""Standard deviation of the grey values below which a picture has no face to compare."""


@dataclass(frozen=True, slots=True)
class Description:
    """What data.yaml says: class names in label order, and where the pictures of the two parts lie."""

    names: tuple[str, ...]
    train: Path
    val: Path


@dataclass(frozen=True, slots=True)
class Dataset:
    """A checked dataset: class names in label order, and the pictures of its two parts."""

    names: tuple[str, ...]
    train: tuple[Path, ...]
    val: tuple[Path, ...]


def labels_of(picture: Path) -> Path:
    """The label file of a picture: in "labels" where the picture is in "images", as YOLO datasets have it."""
    parts = list(picture.parts)
    last = len(parts) - 1 - parts[::-1].index("images")
    return Path(*parts[:last], "labels", *parts[last + 1 : -1], f"{picture.stem}.txt")


def _pictures(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(p for p in folder.glob("*") if p.suffix.lower() in PICTURES))


def describe(folder: Path) -> Description:
    """What the data.yaml of a dataset says; raises `BadInput("dataset.no_description")`."""
    try:
        content = yaml.safe_load((folder / "data.yaml").read_text("utf-8"))
        names = content["names"]
        listed = [names[index] for index in range(len(names))]  # a list, or a mapping by number
        base = folder / content.get("path", ".")
        train, val = base / content["train"], base / content["val"]
    except (OSError, ValueError, TypeError, KeyError, AttributeError, yaml.YAMLError) as error:
        raise BadInput("dataset.no_description", path=folder) from error
    if not listed or not all(isinstance(name, str) for name in listed):
        raise BadInput("dataset.no_description", path=folder)
    if "images" not in train.parts or "images" not in val.parts:
        raise BadInput("dataset.no_description", path=folder)
    return Description(tuple(listed), train, val)


def _is_place(numbers: list[float]) -> bool:
    """Whether these are a box (centre, width, height) or an outline (x y x y ...), in shares of the picture."""
    if not all(-0.001 <= value <= 1.001 for value in numbers):
        return False
    return min(numbers[2:]) > 0 if len(numbers) == 4 else len(numbers) >= 6 and len(numbers) % 2 == 0


def _check_labels(path: Path, classes: int) -> None:
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise BadInput("dataset.no_labels", path=path) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            index, *place = (float(part) for part in line.split())
        except ValueError as error:
            raise BadInput("dataset.bad_label", path=path, line=number) from error
        if not _is_place(place):
            raise BadInput("dataset.bad_label", path=path, line=number)
        if index != int(index) or not 0 <= index < classes:
            raise BadInput("dataset.unknown_class", path=path, line=number, value=f"{index:g}", most=classes - 1)


def fingerprint(picture: Path) -> NDArray[np.uint8] | None:
    """Difference hash of a picture as 256 bits in 32 bytes; None for a picture without contrast.

    Raises `BadInput("dataset.picture_not_readable")`.
    """
    coded = np.fromfile(picture, np.uint8)
    grey = cv2.imdecode(coded, cv2.IMREAD_REDUCED_GRAYSCALE_4) if coded.size else None
    if grey is None:
        raise BadInput("dataset.picture_not_readable", path=picture)
    small = cv2.resize(grey, (HASH_SIDE + 1, HASH_SIDE), interpolation=cv2.INTER_AREA)
    if float(small.std()) < FLAT:
        return None
    return np.packbits(small[:, 1:] > small[:, :-1])


def _same(train: Iterable[Path], val: Iterable[Path]) -> tuple[Path, Path] | None:
    """A training picture that is also a validation picture."""
    held = [(path, bits) for path in val if (bits := fingerprint(path)) is not None]
    if not held:
        return None
    table = np.stack([bits for _, bits in held])
    for path in train:
        bits = fingerprint(path)
        if bits is None:
            continue
        differing = np.bitwise_count(table ^ bits).sum(axis=1)
        nearest = int(differing.argmin())
        if differing[nearest] < SAME_PICTURE:
            return path, held[nearest][0]
    return None


def check_dataset(folder: Path) -> Dataset:
    """Read a dataset in YOLO layout and refuse what would spoil a training.

    Raises `BadInput`: dataset.no_description, dataset.empty, dataset.no_labels, dataset.bad_label,
    dataset.unknown_class, dataset.picture_not_readable, dataset.validation_in_training.
    """
    told = describe(folder)
    dataset = Dataset(told.names, _pictures(told.train), _pictures(told.val))
    if not dataset.train or not dataset.val:
        raise BadInput("dataset.empty", path=folder)
    for picture in (*dataset.train, *dataset.val):
        _check_labels(labels_of(picture), len(told.names))
    twice = _same(dataset.train, dataset.val)
    if twice is not None:
        raise BadInput("dataset.validation_in_training", train=twice[0], val=twice[1])
    return dataset
