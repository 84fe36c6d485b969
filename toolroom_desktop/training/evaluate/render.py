"""The picture of a trial: the kit changed as planned, then turned, dimmed, blurred and so on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.detection import Box
from toolroom_desktop.training.evaluate.foreign import ForeignThings
from toolroom_desktop.training.evaluate.masks import Pixels
from toolroom_desktop.training.evaluate.plan import Disturbance, Trial, TrialKind
from toolroom_desktop.training.evaluate.scene import Piece, Scene, in_bytes, lay, turned

_MARGIN = 0.03
"""Share of the longer side that stays free around the tools when the picture is turned."""
_JITTER = 2.0
"""Pixels and grey levels by which the frames of one inspection differ."""
OTHER_SIZES = ((0.5, 0.65), (1.55, 1.8))
"""Factors on the length of a tool of another size; nearer ones are as far apart as a slant makes equal ones."""


@dataclass(frozen=True, slots=True, eq=False)
class TrialPicture:
    """The frames of one trial, and the corners (n, 2) in pixels of the place where something was changed."""

    frames: tuple[Pixels, ...]
    changed: tuple[tuple[float, float], ...] = ()


def render(scene: Scene, trial: Trial, foreign: ForeignThings, frames: int = 1) -> TrialPicture | None:
    """Make the picture of a trial, the same for the same seed; None where it cannot be made of this photo.

    It cannot where the mask of a tool does not fit its label, or where nothing can be laid without hiding a tool.
    """
    rng = np.random.default_rng(trial.seed)
    edited = _edited(scene, trial, foreign, rng)
    if edited is None:
        return None
    pixels, place = edited
    boxes = [tool.box for index, tool in enumerate(scene.tools) if index != trial.absent]
    matrix, size = _geometry(scene, trial.disturbance, boxes + ([place] if place else []))
    disturbed = _disturbed(pixels, scene, trial.disturbance, matrix, size, rng)
    shown = tuple(disturbed if not number else _jittered(disturbed, rng) for number in range(frames))
    return TrialPicture(shown, _corners(place, matrix))


def _edited(
    scene: Scene, trial: Trial, foreign: ForeignThings, rng: np.random.Generator
) -> tuple[Pixels, Box | None] | None:
    used = [index for index in (trial.absent, trial.brought) if index is not None]
    if not all(scene.tools[index].usable for index in used):
        return None
    pixels, place = scene.pixels, None
    if trial.absent is not None:
        pixels, place = scene.without(trial.absent), scene.tools[trial.absent].box
    if trial.kind in (TrialKind.COMPLETE, TrialKind.REMOVED):
        return pixels, place
    target = None if place is None else ((place.x1 + place.x2) / 2, (place.y1 + place.y2) / 2)
    if trial.brought is not None:
        piece = scene.piece(trial.brought)
    else:
        piece = foreign.piece(rng, max(scene.height, scene.width))
    axis = None if trial.absent is None else _axis(scene, trial.absent)
    scale = 1.0
    if trial.kind is TrialKind.OTHER_SIZE:
        scale = float(rng.uniform(*OTHER_SIZES[int(rng.integers(len(OTHER_SIZES)))]))
    laid = lay(pixels, scene.occupied(trial.absent), _ways(piece, axis, scale, rng), target, rng)
    return None if laid is None else (laid.pixels, laid.box)


def _axis(scene: Scene, index: int) -> float:
    return scene.piece(index).axis


def _ways(piece: Piece, axis: float | None, scale: float, rng: np.random.Generator) -> Iterator[Piece]:
    """The piece turned so that it lies as what it replaces, either way round and a little off, or any way."""
    if axis is None:
        angles: Sequence[float] = [float(angle) for angle in rng.uniform(0, 360, 4)]
    else:
        flip = float(rng.choice([0.0, 180.0]))
        angles = [axis - piece.axis + flip + step for step in (0.0, 180.0, 12.0, -12.0, 90.0)]
    for angle in angles:
        yield turned(piece, angle, scale)


def _geometry(
    scene: Scene, disturbance: Disturbance, boxes: Sequence[Box]
) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """The affine map (2, 3) of the disturbance and the size (width, height) of its picture, which holds every tool."""
    width, height = scene.width, scene.height
    turn = disturbance.turn % 360
    middle = ((width - 1) / 2, (height - 1) / 2)
    matrix = np.asarray(cv2.getRotationMatrix2D(middle, -turn, disturbance.scale), np.float64)
    if turn % 90 == 0:
        size = (width, height) if turn % 180 == 0 else (height, width)
        matrix[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
        return matrix, size
    margin = _MARGIN * max(width, height)
    corners = np.array([point for box in boxes for point in _mapped(box, matrix)]).reshape(-1, 2)
    low, high = corners.min(axis=0) - margin, corners.max(axis=0) + margin
    # Boxes reach further than the tools in them, so that the picture need not grow beyond the turned photo.
    matrix[:, 2] -= low
    return matrix, (int(np.ceil(high[0] - low[0])), int(np.ceil(high[1] - low[1])))


def _mapped(box: Box, matrix: NDArray[np.float64]) -> list[tuple[float, float]]:
    points = ((box.x1, box.y1), (box.x2, box.y1), (box.x2, box.y2), (box.x1, box.y2))
    return [(float(matrix[0] @ (x, y, 1)), float(matrix[1] @ (x, y, 1))) for x, y in points]


def _corners(place: Box | None, matrix: NDArray[np.float64]) -> tuple[tuple[float, float], ...]:
    return () if place is None else tuple(_mapped(place, matrix))


def _disturbed(
    pixels: Pixels,
    scene: Scene,
    disturbance: Disturbance,
    matrix: NDArray[np.float64],
    size: tuple[int, int],
    rng: np.random.Generator,
) -> Pixels:
    if disturbance.turn % 360 or disturbance.scale != 1:
        # Around the photo the table goes on, without what lies at its edge.
        around = cv2.warpAffine(scene.table, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        flags = cv2.INTER_NEAREST if disturbance.turn % 90 == 0 and disturbance.scale == 1 else cv2.INTER_LINEAR
        inside = cv2.warpAffine(pixels, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        whole = np.full(pixels.shape[:2], 255, np.uint8)
        here = cv2.warpAffine(whole, matrix, size, flags=cv2.INTER_NEAREST)[:, :, None] > 0
        pixels = cast(Pixels, np.where(here, inside, around))
    result = pixels.astype(np.float32) * np.float32(disturbance.brightness)
    if disturbance.blur:
        result = np.asarray(cv2.GaussianBlur(result, (0, 0), disturbance.blur * max(size) / 1000), np.float32)
    if disturbance.noise:
        result += rng.normal(0, disturbance.noise, result.shape).astype(np.float32)
    return in_bytes(result)


def _jittered(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """The next frame of the same table: the camera trembles a little, and every frame has noise of its own."""
    dx, dy = rng.uniform(-_JITTER, _JITTER, 2)
    matrix = np.array([[1, 0, dx], [0, 1, dy]], np.float64)
    size = (pixels.shape[1], pixels.shape[0])
    moved = cv2.warpAffine(pixels, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    noisy = moved.astype(np.float32) + rng.normal(0, _JITTER, moved.shape).astype(np.float32)
    return in_bytes(noisy)
