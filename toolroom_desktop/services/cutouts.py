"""Cut-outs: pictures of single things on nothing, from which training scenes are put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Split(StrEnum):
    """Which part of the material a cut-out belongs to; `HELD_BACK` is never trained on."""

    TRAIN = "train"
    HELD_BACK = "held_back"


@dataclass(frozen=True, slots=True)
class CutoutClass:
    """A tool class of a cut-out folder with the names people use for it."""

    name: str
    ru: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class CutoutRecord:
    """One stored cut-out.

    file        path in the folder, with forward slashes
    class_name  None for a foreign thing, which is pasted without a label
    sha256      of the PNG file, in hex
    source      what it was cut from: folder and file name, and what tells the things of one picture apart
    frame       (width, height) in pixels of that picture, or None when its scale is unknown
    """

    file: str
    class_name: str | None
    sha256: str
    source: str
    frame: tuple[int, int] | None
    split: Split = Split.TRAIN


@dataclass(frozen=True, slots=True)
class BackgroundRecord:
    """One stored picture of an empty table."""

    file: str
    sha256: str
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Cutout:
    """A thing cut out of a picture, before it is stored.

    `pixels` is (height, width, 4) uint8 in BGRA order with a soft edge, cropped to the thing and a few transparent
    pixels around it; the colours under the edge are those of the thing, not of what lay behind it.
    """

    pixels: NDArray[np.uint8]
    source: str
    frame: tuple[int, int] | None


class CutoutStore(Protocol):
    """A folder of cut-outs."""

    @property
    def classes(self) -> Sequence[CutoutClass]:
        """The classes in the order of their numbers in a data set."""

    @property
    def cutouts(self) -> Sequence[CutoutRecord]:
        """What is stored, in the order it came."""

    @property
    def backgrounds(self) -> Sequence[BackgroundRecord]:
        """Pictures of empty tables."""

    def declare(self, classes: Sequence[CutoutClass]) -> None:
        """Take up classes; one that is known keeps its place and gains names that it lacked."""

    def add(self, cutout: Cutout, class_name: str | None, split: Split = Split.TRAIN) -> CutoutRecord:
        """Store a cut-out durably; raises `BadInput` for an unknown class and when the disk is full."""

    def add_background(self, pixels: NDArray[np.uint8], source: str) -> BackgroundRecord:
        """Store a picture (height, width, 3) BGR of an empty table; the same content is stored once."""

    def remove(self, record: CutoutRecord) -> None:
        """Take a cut-out away again, with its file."""

    def pixels(self, record: CutoutRecord) -> NDArray[np.uint8]:
        """The cut-out as (height, width, 4) BGRA; raises `BadInput` for a file that is gone or damaged."""
