"""A photo of a complete kit, taken apart: the table without a tool, and each tool as a piece to lay elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.detection import Box
from toolroom_desktop.training.evaluate.dataset import Truth
from toolroom_desktop.training.evaluate.masks import Mask, Pixels, tool_masks

_LEAST_FIT = 0.7
"""Overlap (IoU) of a mask's own box with the labelled one below which the mask is not used for trials."""
_REACH = 0.012
"""Share of the longer side by which a removal reaches beyond the tool: its soft shadow goes too."""
_TABLE_SIDE = 360
"""Pixels; the empty table is painted at this size, for it has no detail."""
_MOST_COVERED = 0.04
"""Share of a laid piece that may lie over other tools."""
_SEARCH_SIDE = 288
"""Pixels; places are looked for on a picture whose longer side is this."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Something to lay on the table: `pixels` (height, width, 3) BGR, `alpha` (height, width) float 0..1.

    `axis` is the direction of its long axis in degrees.
    """

    pixels: Pixels
    alpha: NDArray[np.float32]
    axis: float


@dataclass(frozen=True, slots=True, eq=False)
class SceneTool:
    """A tool of the photo with its mask (height, width); `usable` says whether the mask fits the labelled box."""

    class_name: str
    box: Box
    mask: Mask
    usable: bool


def axis_of(mask: Mask) -> float:
    """Direction of the long axis of a shape in degrees, by its second moments."""
    moments = cv2.moments(mask.astype(np.uint8), binaryImage=True)
    return float(np.degrees(0.5 * np.arctan2(2 * moments["mu11"], moments["mu20"] - moments["mu02"])))


def bounds(mask: Mask) -> Box | None:
    """The box around a mask in pixels; None for an empty one."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return None
    return Box(float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1))


def grown(mask: Mask, pixels: int) -> Mask:
    """The mask with a rim of that many pixels."""
    if pixels < 1:
        return mask
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * pixels + 1, 2 * pixels + 1))
    result: Mask = cv2.dilate(mask.astype(np.uint8), disc) > 0
    return result


def turned(piece: Piece, degrees: float, scale: float = 1.0) -> Piece:
    """The piece turned clockwise as seen, and scaled, on a canvas that holds all of it."""
    height, width = piece.alpha.shape
    matrix = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, scale), np.float64)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    size = (int(np.ceil(width * cos + height * sin)) + 2, int(np.ceil(width * sin + height * cos)) + 2)
    matrix[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    flags = cv2.INTER_AREA if scale < 0.5 else cv2.INTER_LINEAR
    pixels = cv2.warpAffine(piece.pixels, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    alpha = cv2.warpAffine(piece.alpha, matrix, size, flags=cv2.INTER_LINEAR)
    return Piece(cast(Pixels, pixels), cast("NDArray[np.float32]", alpha), piece.axis + degrees)


class Scene:
    """One photo of a kit, its tools, and what can be done with them."""

    def __init__(self, name: str, pixels: Pixels, truth: Sequence[Truth]) -> None:
        """`pixels` is (height, width, 3) BGR. Finding the masks takes one or two seconds."""
        self.name = name
        self.pixels = pixels
        self.height, self.width = pixels.shape[:2]
        self.tools = tuple(
            SceneTool(tool.class_name, tool.box, mask, _fits(mask, tool.box))
            for tool, mask in zip(truth, tool_masks(pixels, truth), strict=True)
        )
        self._reach = max(4, round(_REACH * max(self.height, self.width)))
        self._without: dict[int, Pixels] = {}

    @cached_property
    def table(self) -> Pixels:
        """The table as it would be without any tool, with the noise of the photo."""
        covered = grown(self.occupied(), self._reach)
        scale = min(1.0, _TABLE_SIDE / max(self.height, self.width))
        size = (max(1, round(self.width * scale)), max(1, round(self.height * scale)))
        small = cv2.resize(self.pixels, size, interpolation=cv2.INTER_AREA)
        hidden = cv2.resize(covered.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
        painted = cv2.inpaint(small, cv2.dilate(hidden, np.ones((3, 3), np.uint8)), 4, cv2.INPAINT_TELEA)
        smooth = cv2.resize(painted, (self.width, self.height), interpolation=cv2.INTER_CUBIC).astype(np.float32)
        rest = self.pixels.astype(np.float32) - cv2.GaussianBlur(self.pixels, (0, 0), 3).astype(np.float32)
        free = ~covered
        spread = float(np.median(np.abs(rest[free]))) * 1.48 if free.any() else 0.0
        grain = np.random.default_rng(0).normal(0, spread, (self.height, self.width, 1)).astype(np.float32)
        return in_bytes(smooth + grain)

    def occupied(self, without: int | None = None) -> Mask:
        """Where tools lie, but for one."""
        masks = [tool.mask for index, tool in enumerate(self.tools) if index != without]
        return np.logical_or.reduce(masks) if masks else np.zeros((self.height, self.width), bool)

    def without(self, index: int) -> Pixels:
        """The photo with one tool and its near shadow painted over by the table; kept for the next time."""
        if index not in self._without:
            region = grown(self.tools[index].mask, self._reach) & ~grown(self.occupied(index), 2)
            self._without[index] = blend(self.pixels, self.table, _soft(region, 2.0))
        return self._without[index]

    def piece(self, index: int) -> Piece:
        """A tool as a piece, with a narrow soft rim of the table around it."""
        tool = self.tools[index]
        region = grown(tool.mask, 2) & ~grown(self.occupied(index), 1)
        around = bounds(region)
        if around is None:
            raise ValueError("a tool without a mask cannot be laid")
        margin = 4
        rows = slice(max(0, int(around.y1) - margin), int(around.y2) + margin)
        columns = slice(max(0, int(around.x1) - margin), int(around.x2) + margin)
        alpha = _soft(region, 1.2)[rows, columns]
        return Piece(self.pixels[rows, columns].copy(), alpha.copy(), axis_of(tool.mask))


def _fits(mask: Mask, box: Box) -> bool:
    around = bounds(mask)
    return around is not None and around.overlap(box) >= _LEAST_FIT


def _soft(mask: Mask, sigma: float) -> NDArray[np.float32]:
    blurred = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), sigma)
    return np.asarray(blurred, np.float32)


def in_bytes(values: NDArray[np.floating[Any]]) -> Pixels:
    """Grey values as a picture holds them."""
    result: Pixels = np.clip(np.rint(values), 0, 255).astype(np.uint8)
    return result


def blend(under: Pixels, over: Pixels, alpha: NDArray[np.float32]) -> Pixels:
    """`over` laid on `under`; all of one size, `alpha` (height, width) 0..1."""
    share = alpha[:, :, None]
    mixed = under.astype(np.float32) * (1 - share) + over.astype(np.float32) * share
    return in_bytes(mixed)


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """A picture with something laid on it, and where that lies."""

    pixels: Pixels
    box: Box


def lay(
    pixels: Pixels,
    occupied: Mask,
    pieces: Iterable[Piece],
    target: tuple[float, float] | None,
    rng: np.random.Generator,
) -> Laid | None:
    """Lay the first of `pieces` (ways to turn one thing) that finds a place where it covers no other tool.

    The place nearest to `target` (x, y in pixels) is taken, or any free one where that is None. None where nothing
    fits.
    """
    height, width = occupied.shape
    scale = min(1.0, _SEARCH_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    full = grown(occupied, max(2, round(0.006 * max(height, width)))).astype(np.float32)
    ground = np.asarray(cv2.resize(full, size, interpolation=cv2.INTER_AREA), np.float32)
    best: tuple[float, Piece, int, int] | None = None
    for piece in pieces:
        shape = cv2.resize(piece.alpha, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        if shape.shape[0] >= ground.shape[0] or shape.shape[1] >= ground.shape[1] or shape.sum() <= 0:
            continue
        covered = np.asarray(cv2.matchTemplate(ground, shape, cv2.TM_CCORR)) / float(shape.sum())
        rows, columns = np.indices(covered.shape)
        if target is None:
            away = rng.random(covered.shape)
        else:
            x, y = target[0] * scale - shape.shape[1] / 2, target[1] * scale - shape.shape[0] / 2
            away = np.hypot(columns - x, rows - y) / np.hypot(*size)
        cost = np.where(covered <= _MOST_COVERED, away + 2 * covered, np.inf)
        place = int(cost.argmin())
        row, column = divmod(place, covered.shape[1])
        if np.isfinite(cost[row, column]) and (best is None or cost[row, column] < best[0]):
            left = min(width - piece.alpha.shape[1], round(column / scale))
            top = min(height - piece.alpha.shape[0], round(row / scale))
            best = (float(cost[row, column]), piece, left, top)
    if best is None:
        return None
    _, piece, left, top = best
    if left < 0 or top < 0:
        return None
    result = pixels.copy()
    rows_at, columns_at = slice(top, top + piece.alpha.shape[0]), slice(left, left + piece.alpha.shape[1])
    result[rows_at, columns_at] = blend(result[rows_at, columns_at], piece.pixels, piece.alpha)
    around = bounds(piece.alpha > 0.5) or Box(0, 0, piece.alpha.shape[1], piece.alpha.shape[0])
    return Laid(result, Box(around.x1 + left, around.y1 + top, around.x2 + left, around.y2 + top))
