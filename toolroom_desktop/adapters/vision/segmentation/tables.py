"""The table as it would look without the tool: a background for training scenes where nobody photographed it empty."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.segmentation.shapes import Mask, grown, kernel

TABLE_SIDE: Final = 1024
"""Pixels of the longer side; a background needs no more."""
_PAINT_SIDE: Final = 320
_AROUND: Final = 0.035
"""Share of the longer side around the tool where its shadow lies."""


def table_behind(picture: NDArray[np.uint8], mask: Mask) -> NDArray[np.uint8]:
    """The picture (height, width, 3) BGR, at most `TABLE_SIDE` long, with the masked tool painted over.

    The hole is filled from its rim on a small copy and gets the grain of the table around it, so that no smooth spot
    gives away where a tool was.
    """
    shrink = min(1.0, TABLE_SIDE / max(picture.shape[:2]))
    table = np.asarray(cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), np.uint8)
    height, width = table.shape[:2]
    hole = cv2.resize(mask, (width, height), interpolation=cv2.INTER_NEAREST)
    hole = grown(np.asarray(hole, np.uint8), _AROUND * max(height, width))
    small_size = (max(8, width * _PAINT_SIDE // max(height, width)), max(8, height * _PAINT_SIDE // max(height, width)))
    small = cv2.resize(table, small_size, interpolation=cv2.INTER_AREA)
    small_hole = cv2.resize(hole, small_size, interpolation=cv2.INTER_NEAREST)
    painted = cv2.inpaint(small, cv2.dilate(small_hole, kernel(3)), 4, cv2.INPAINT_TELEA)
    smooth = cv2.resize(painted, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    # The grain is borrowed from the mirrored picture, where the tool hardly ever lies as well.
    grain = table.astype(np.float32) - cv2.GaussianBlur(table, (0, 0), 3).astype(np.float32)
    grain[hole > 0] = 0
    soft = cv2.GaussianBlur(hole.astype(np.float32), (0, 0), 4)[:, :, None]
    filled = table * (1 - soft) + (smooth + grain[:, ::-1]) * soft
    return np.asarray(np.clip(filled, 0, 255), np.uint8)
