"""A tool cut out of a frame, alone on grey: what the network of the second opinion sees, at work and in training."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.letterbox import FILL, fit
from toolroom_desktop.domain.detection import Box

MARGIN = 0.06
"""Of the box's longer side, around it: boxes are not exact, and a tip lies at their edge."""

Pixels = NDArray[np.uint8]


def piece_of(pixels: Pixels, box: Box, side: int) -> Pixels:
    """The part of a picture (height, width, 3) that a box frames, with a margin, fitted into a square on grey.

    What lies beside the box is not shown, so that a neighbour cannot be mistaken for the tool. The result is
    (side, side, 3) in the picture's own channel order; a box outside the picture gives a grey square.
    """
    height, width = pixels.shape[:2]
    extra = MARGIN * max(box.x2 - box.x1, box.y2 - box.y1)
    left, top = max(0, round(box.x1 - extra)), max(0, round(box.y1 - extra))
    right, bottom = min(width, round(box.x2 + extra)), min(height, round(box.y2 + extra))
    canvas = np.full((side, side, 3), FILL, np.uint8)
    if right <= left or bottom <= top:
        return canvas
    place = fit((bottom - top, right - left), (side, side))
    inner = canvas[place.top : place.top + place.inner_height, place.left : place.left + place.inner_width]
    # Averaging keeps a thin tip that picking single pixels would lose.
    way = cv2.INTER_AREA if place.gain_x < 1 else cv2.INTER_LINEAR
    cv2.resize(pixels[top:bottom, left:right], (place.inner_width, place.inner_height), dst=inner, interpolation=way)
    return canvas


def as_input(pieces: list[Pixels]) -> NDArray[np.float32]:
    """Squares (side, side, 3) in BGR as input (count, 3, side, side), RGB, 0..1."""
    stacked = np.stack(pieces)[:, :, :, ::-1].transpose(0, 3, 1, 2)
    return np.ascontiguousarray(stacked, np.float32) / np.float32(255)
