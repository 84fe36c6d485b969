"""Frames and stored photos as QImage: the one place where pixels change hands."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from toolroom_desktop.domain.errors import BadPhoto


def to_image(source: NDArray[np.uint8] | bytes) -> QImage:
    """A picture that owns its pixels, from a frame or from an encoded photo. May be called in any thread.

    A frame is (height, width, 3) uint8 in BGR order. Raises `BadPhoto("evidence.not_a_picture")` for bytes that are no
    picture.
    """
    if isinstance(source, bytes):
        decoded = QImage.fromData(source)
        if decoded.isNull():
            raise BadPhoto("evidence.not_a_picture")
        return decoded
    pixels = np.ascontiguousarray(source)
    height, width = pixels.shape[:2]
    # QImage only borrows the buffer, so the copy is what makes it safe to keep.
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_BGR888).copy()


def to_cutout_image(source: NDArray[np.uint8]) -> QImage:
    """A cut-out (height, width, 4) uint8 in BGRA order as an image with transparency that owns its pixels."""
    pixels = np.ascontiguousarray(source)
    height, width = pixels.shape[:2]
    # Qt's ARGB32 is one number of 32 bits, whose bytes lie in memory as B, G, R, A on every machine that we run on.
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_ARGB32).copy()
