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
class Dataset:
    """A checked dataset: class names in label order, and the pictures of its two parts."""

    folder: Path
    names: tuple[str, ...]
    train: tuple[Path, ...]
    val: tuple[Path, ...]

    def labels_of(self, picture: Path) -> Path:
        """The label file of a picture."""
        return self.folder / "labels" / picture.parent.name / f"{picture.stem}.txt"


def _pictures(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(p for p in folder.glob("*") if p.suffix.lower() in PICTURES))


def class_names(folder: Path) -> tuple[str, ...]:
    """The class names of a dataset in label order; raises `BadInput("dataset.no_description")`."""
    try:
        content = yaml.safe_load((folder / "data.yaml").read_text("utf-8"))
        names = content["names"]
        listed = [names[index] for index in range(len(names))]  # a list, or a mapping by number
    except (OSError, ValueError, TypeError, KeyError, yaml.YAMLError) as error:
        raise BadInput("dataset.no_description", path=folder) from error
    if not listed or not all(isinstance(name, str) for name in listed):
        raise BadInput("dataset.no_description", path=folder)
    return tuple(listed)


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
        if len(place) != 4 or not all(-0.001 <= value <= 1.001 for value in place) or min(place[2:]) <= 0:
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
    names = class_names(folder)
    train, val = _pictures(folder / "images" / "train"), _pictures(folder / "images" / "val")
    if not train or not val:
        raise BadInput("dataset.empty", path=folder)
    dataset = Dataset(folder, names, train, val)
    for picture in (*train, *val):
        _check_labels(dataset.labels_of(picture), len(names))
    twice = _same(train, val)
    if twice is not None:
        raise BadInput("dataset.validation_in_training", train=twice[0], val=twice[1])
    return dataset
