"""Masks and what is done to their shape; a mask is (height, width) uint8 of 0 and 1."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2

Mask = NDArray[np.uint8]
"""(height, width), 0 or 1."""
Colour = NDArray[np.uint8]
"""(height, width, 3) BGR."""
Field = NDArray[np.float32]
"""(height, width) or (height, width, channels)."""

Labels = NDArray[np.int32]
"""(height, width): 0 for nothing, then the number of the piece."""


def kernel(radius: float) -> Mask:
    """A round structuring element of that radius in pixels."""
    size = 2 * max(1, round(radius)) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)


def a_mask(condition: NDArray[Any]) -> Mask:
    """The mask of what is true or not zero."""
    return np.asarray(condition != 0, np.uint8)


def beyond(mask: Mask) -> Mask:
    """What is not in the mask."""
    return np.asarray(mask == 0, np.uint8)


def without(mask: Mask, other: Mask) -> Mask:
    """What is in the mask and not in the other."""
    return np.asarray((mask > 0) & (other == 0), np.uint8)


def grown(mask: Mask, radius: float) -> Mask:
    """The mask with `radius` pixels more on every side."""
    return np.asarray(cv2.dilate(mask, kernel(radius)), np.uint8)


def shrunk(mask: Mask, radius: float) -> Mask:
    """The mask with `radius` pixels less on every side."""
    return np.asarray(cv2.erode(mask, kernel(radius)), np.uint8)


def opened(mask: Mask, radius: float) -> Mask:
    """The mask without parts narrower than about twice `radius`."""
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel(radius)), np.uint8)


def closed(mask: Mask, radius: float) -> Mask:
    """The mask with gaps narrower than about twice `radius` filled."""
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel(radius)), np.uint8)


def without_dust(mask: Mask) -> Mask:
    """The mask without single pixels and hairs one pixel wide."""
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)), np.uint8)


def outline(mask: Mask) -> Mask:
    """The outermost pixels of the mask."""
    return a_mask((mask > 0) & (cv2.erode(mask, np.ones((3, 3), np.uint8)) == 0))


def strongest_nearby(field: Field) -> Field:
    """The greatest value among each pixel and its eight neighbours."""
    return np.asarray(cv2.dilate(field, np.ones((3, 3), np.uint8)), np.float32)


def pieces(mask: Mask, connectivity: int = 8) -> tuple[int, Labels, NDArray[np.int32]]:
    """Number of labels, the labels, and for each label left, top, width, height and area in pixels."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=connectivity)
    return count, np.asarray(labels, np.int32), np.asarray(stats, np.int32)


def on_border(stats: NDArray[np.int32], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which of the pieces lie on the border of a picture of that shape."""
    height, width = shape[:2]
    return np.asarray(
        (stats[:, 0] <= 1)
        | (stats[:, 1] <= 1)
        | (stats[:, 0] + stats[:, 2] >= width - 1)
        | (stats[:, 1] + stats[:, 3] >= height - 1)
    )


def chosen(keep: NDArray[np.bool_], labels: Labels) -> Mask:
    """The mask of the pieces that are kept; label 0 never is."""
    keep = keep.copy()
    keep[0] = False
    return np.asarray(keep[labels], np.uint8)


def whole_pieces(mask: Mask, smallest: float = 0.012, pinhole: float = 0.0004) -> Mask:
    """The mask without loose specks and without pinholes.

    `smallest` is the share of the largest piece below which a piece is a speck, `pinhole` the share of the whole mask
    below which a hole is a fault of the mask.
    """
    count, labels, stats = pieces(mask, 4)
    if count <= 1:
        return mask.copy()
    areas = stats[:, cv2.CC_STAT_AREA].copy()
    areas[0] = 0
    kept = chosen(areas >= max(1.0, smallest * areas.max()), labels)
    _, labels, stats = pieces(beyond(kept), 4)
    small = stats[:, cv2.CC_STAT_AREA] < max(6.0, pinhole * float(kept.sum()))
    return np.asarray(kept | chosen(small, labels), np.uint8)
