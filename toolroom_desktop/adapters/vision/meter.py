"""Cheap measures of frames: how usable one is, and how much two differ."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.detection import FrameQuality
from toolroom_desktop.services.vision_ports import Picture

QUALITY_WIDTH = 640
"""Pixels; the width at which `FrameQuality` is defined."""
_GLARE_FROM = 250
_BRIGHTEST_FROM = 0.99

_CHANGE_WIDTH = 100
_SAMPLES = 4
"""Each pixel of the small picture is the mean of 4 x 4 samples, which takes the sensor's noise to a quarter."""
_NOTICEABLE = 18
"""Grey levels."""
_MOST_DRIFT = 24
"""Grey levels by which the whole picture may drift between two frames (daylight, exposure) without having changed.

Beyond it the light was switched or the lens covered, and that is a change."""


Grey = NDArray[np.integer[Any] | np.floating[Any]]
"""What OpenCV's annotations make of a grey frame (height, width) of bytes."""


def _at_quality_width(grey: Grey) -> Grey:
    """The grey frame at `QUALITY_WIDTH`: halved by averaging as often as it goes, the rest by interpolation.

    Averaging by a fraction would cost ten times as much. The interpolation keeps more of the noise, so that a sharp
    frame measures up to half as sharp again, which the limits allow for.
    """
    while grey.shape[1] >= 2 * QUALITY_WIDTH and grey.shape[0] >= 2:
        grey = cv2.resize(grey, (grey.shape[1] // 2, grey.shape[0] // 2), interpolation=cv2.INTER_AREA)
    height, width = grey.shape
    if width == QUALITY_WIDTH:
        return grey
    return cv2.resize(grey, (QUALITY_WIDTH, max(1, round(height * QUALITY_WIDTH / width))))


def measure_quality(pixels: NDArray[np.uint8]) -> FrameQuality:
    """The quality of a frame (height, width, 3) in BGR."""
    grey = _at_quality_width(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY))
    _, deviation = cv2.meanStdDev(grey)
    # The mean of a Laplacian is zero but for the border: its mean square is its variance, at a twentieth of the cost.
    edges = cv2.norm(cv2.Laplacian(grey, cv2.CV_16S), cv2.NORM_L2SQR) / grey.size
    # counted[v] pixels are darker than or equal to v
    counted = np.cumsum(cv2.calcHist([grey], [0], None, [256], [0, 256]))
    return FrameQuality(
        brightness=float(np.searchsorted(counted, _BRIGHTEST_FROM * grey.size)),
        contrast=float(deviation[0, 0]),
        sharpness=float(edges),
        glare=float(1 - counted[_GLARE_FROM - 1] / grey.size),
    )


def _small_grey(pixels: NDArray[np.uint8]) -> NDArray[np.int16]:
    height, width = pixels.shape[:2]
    size = (_CHANGE_WIDTH, max(1, round(height * _CHANGE_WIDTH / width)))
    # Sampling before averaging: averaging all pixels costs forty times as much and shows the same changes.
    sampled = cv2.resize(pixels, (size[0] * _SAMPLES, size[1] * _SAMPLES), interpolation=cv2.INTER_NEAREST)
    small = cv2.resize(sampled, size, interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(small, cv2.COLOR_BGR2GRAY).astype(np.int16)


class GreyMeter:
    """`PictureMeter` on grey pictures of 100 pixels in width."""

    def change(self, before: Picture, after: Picture) -> float:
        """Share of the picture that differs noticeably, 0..1; 1.0 when the sizes differ."""
        if before.pixels.shape != after.pixels.shape:
            return 1.0
        difference = _small_grey(after.pixels) - _small_grey(before.pixels)
        drift = int(np.clip(np.median(difference), -_MOST_DRIFT, _MOST_DRIFT))
        return float(np.count_nonzero(np.abs(difference - drift) >= _NOTICEABLE) / difference.size)
