"""What looking once more needs of a detector."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.vision.opinion import Opinion
from toolroom_desktop.domain.detection import Detection
from toolroom_desktop.services.vision_ports import Detector

SAME_THING = 0.45
"""Overlap with the first box from which a box of another look means the same thing."""


class CloseDetector(Detector, Protocol):
    """A detector that can be shown any picture: a part of a frame, or a frame in a mirror."""

    @property
    def opinion(self) -> Opinion | None:
        """The network of the second opinion that it brings."""

    def look(self, pixels: NDArray[np.uint8]) -> tuple[Detection, ...]:
        """Detections in a picture (height, width, 3) in BGR, boxes in its pixels."""
