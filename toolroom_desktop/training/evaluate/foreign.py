"""Things that belong to no kit, to lay among the tools: cut-outs from a store, or made-up shapes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.files.cutouts import CutoutFolder
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.services.cutouts import CutoutRecord, Split
from toolroom_desktop.training.evaluate.masks import Pixels
from toolroom_desktop.training.evaluate.scene import Piece, axis_of, turned

_LENGTH = (0.15, 0.35)
"""How long a thing of unknown size is, as a share of the picture's longer side."""
_LONGEST = 0.5


class ForeignThings(Protocol):
    """Where foreign things come from. `origin` names it in the report: "cutouts" or "shapes"."""

    @property
    def origin(self) -> str: ...

    @property
    def count(self) -> int:
        """How many different things there are; 0 where they are made without end."""

    def piece(self, rng: np.random.Generator, side: int) -> Piece:
        """A thing for a picture whose longer side is `side` pixels."""


def _fitted(pixels: Pixels, alpha: NDArray[np.float32], length: float) -> Piece:
    piece = Piece(pixels, alpha, axis_of(alpha > 0.5))
    scale = length / max(alpha.shape)
    return turned(piece, 0.0, scale)


class CutoutThings:
    """Cut-outs of a store that are of none of the expected classes; those held back from training where there are."""

    origin = "cutouts"

    def __init__(self, folder: Path, expected: Collection[str]) -> None:
        """Raises `BadInput`: those of the store, or evaluate.no_foreign where it has none."""
        self._store = CutoutFolder.existing(folder)
        foreign = [record for record in self._store.cutouts if record.class_name not in expected]
        held_back = [record for record in foreign if record.split is Split.HELD_BACK]
        self._records: Sequence[CutoutRecord] = held_back or foreign
        self.count = len(self._records)
        if not self._records:
            raise BadInput("evaluate.no_foreign", path=folder)

    def piece(self, rng: np.random.Generator, side: int) -> Piece:
        """One of the cut-outs at its true share of the frame, where that is known."""
        record = self._records[int(rng.integers(self.count))]
        coded = self._store.pixels(record)
        share = float(rng.uniform(*_LENGTH))
        if record.frame is not None:
            share = min(_LONGEST, max(coded.shape[:2]) / max(record.frame))
        alpha = (coded[:, :, 3] / np.float32(255)).astype(np.float32)
        return _fitted(cast(Pixels, np.ascontiguousarray(coded[:, :, :3])), alpha, share * side)


class ShapeThings:
    """Bars, tapered bars, discs and rings with the enlarged grain of other photos, too large to show what they were."""

    origin = "shapes"
    count = 0

    def __init__(self, photos: Sequence[Path]) -> None:
        """`photos` give the grain; the first few are enough."""
        reader = FilePhotoReader()
        self._grains = [_small(reader.read(path).pixels) for path in photos[:8]]

    def piece(self, rng: np.random.Generator, side: int) -> Piece:
        """A shape of a random kind, size and grain."""
        length = int(side * rng.uniform(*_LENGTH))
        width = max(8, int(length * rng.uniform(0.12, 0.4)))
        canvas = np.zeros((width + 8, length + 8), np.uint8)
        middle = canvas.shape[0] // 2
        kind = int(rng.integers(4))
        if kind == 0:
            cv2.line(canvas, (4 + width // 2, middle), (length + 3 - width // 2, middle), 255, width)
        elif kind == 1:
            narrow = max(2, width // 4)
            corners = [(4, 4), (4, 3 + width), (length + 3, middle + narrow), (length + 3, middle - narrow)]
            cv2.fillConvexPoly(canvas, np.array(corners, np.int32), 255)
        elif kind == 2:
            canvas = np.zeros((2 * width + 8, 2 * width + 8), np.uint8)
            cv2.circle(canvas, (width + 4, width + 4), width, 255, cv2.FILLED)
        else:
            cv2.line(canvas, (4 + width // 2, middle), (length + 3 - width // 2, middle), 255, max(3, width // 3))
            cv2.circle(canvas, (4 + width // 2, middle), width // 2, 255, cv2.FILLED)
            cv2.circle(canvas, (4 + width // 2, middle), width // 5, 0, cv2.FILLED)
        alpha = cv2.GaussianBlur(canvas.astype(np.float32) / 255, (0, 0), 1.0)
        return Piece(self._grain(rng, canvas.shape), np.asarray(alpha, np.float32), axis_of(canvas > 127))

    def _grain(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Pixels:
        source = self._grains[int(rng.integers(len(self._grains)))]
        edge = 24
        row = int(rng.integers(max(1, source.shape[0] - edge)))
        column = int(rng.integers(max(1, source.shape[1] - edge)))
        crop = source[row : row + edge, column : column + edge]
        grain = cv2.resize(crop, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC).astype(np.float32)
        tint = rng.uniform(40, 200, 3).astype(np.float32)
        return np.clip(grain * 0.5 + tint * 0.5, 0, 255).astype(np.uint8)


def _small(pixels: Pixels) -> Pixels:
    return cast(Pixels, cv2.resize(pixels, (240, 180), interpolation=cv2.INTER_AREA))
