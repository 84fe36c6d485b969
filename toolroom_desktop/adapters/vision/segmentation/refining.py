"""The outline found at working size, followed at the full size of the photo."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.segmentation.shapes import Mask, grown, shrunk, whole_pieces


def at_full_size(picture: NDArray[np.uint8], mask: Mask) -> Mask:
    """The mask in pixels of `picture`, its edge moved by at most about two working pixels onto the picture's edge.

    A guided filter (He, Sun, Tang 2010) with the photo as guide: within a small window the mask is made a linear
    function of the grey value, so that it steps where the photo steps.
    """
    height, width = picture.shape[:2]
    scale = max(height, width) / max(mask.shape)
    ys, xs = np.nonzero(mask)
    pad = 8
    top, bottom = max(0, ys.min() - pad), min(mask.shape[0], ys.max() + 1 + pad)
    left, right = max(0, xs.min() - pad), min(mask.shape[1], xs.max() + 1 + pad)
    piece = np.ascontiguousarray(mask[top:bottom, left:right])
    # The window at full size; the last row and column take what rounding leaves over.
    y0, x0 = round(top * height / mask.shape[0]), round(left * width / mask.shape[1])
    y1, x1 = round(bottom * height / mask.shape[0]), round(right * width / mask.shape[1])
    size = (x1 - x0, y1 - y0)
    rough = cv2.resize(piece.astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
    rough = cv2.GaussianBlur(rough, (0, 0), max(0.6, 0.5 * scale))
    guide = picture[y0:y1, x0:x1].astype(np.float32) / 255
    radius = max(2, round(2 * scale))
    field = np.asarray(rough, np.float32)
    filtered = np.mean([_guided(guide[..., channel], field, radius) for channel in range(3)], axis=0)
    band = grown(piece, 1) - shrunk(piece, 1)
    near = cv2.resize(band, size, interpolation=cv2.INTER_NEAREST) > 0
    settled = np.where(near, filtered, rough) > 0.5
    whole = np.zeros((height, width), np.uint8)
    whole[y0:y1, x0:x1] = settled
    return whole_pieces(whole, smallest=0.02)


def _guided(guide: NDArray[np.float32], field: NDArray[np.float32], radius: int) -> NDArray[np.float32]:
    size = (2 * radius + 1, 2 * radius + 1)
    mean_guide = cv2.boxFilter(guide, -1, size)
    mean_field = cv2.boxFilter(field, -1, size)
    covariance = cv2.boxFilter(guide * field, -1, size) - mean_guide * mean_field
    variance = cv2.boxFilter(guide * guide, -1, size) - mean_guide * mean_guide
    slope = covariance / (variance + 4e-4)
    level = mean_field - slope * mean_guide
    return np.asarray(cv2.boxFilter(slope, -1, size) * guide + cv2.boxFilter(level, -1, size), np.float32)
