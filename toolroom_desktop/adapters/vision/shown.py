"""A frame shown to a model otherwise than it was taken: in a mirror, or turned round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.domain.detection import Box
from toolroom_desktop.domain.looks import Look

Pixels = NDArray[np.uint8]

_SHOWN: Mapping[Look, Callable[[Pixels], Pixels]] = {
    Look.MIRRORED: lambda pixels: pixels[:, ::-1],
    Look.UPSIDE_DOWN: lambda pixels: pixels[::-1],
    Look.TURNED: lambda pixels: pixels[::-1, ::-1],
}


def shown(pixels: Pixels, look: Look) -> Pixels:
    """The frame (height, width, 3) as that look shows it, of the same size."""
    return np.ascontiguousarray(_SHOWN[look](pixels))


def back(box: Box, look: Look, width: int, height: int) -> Box:
    """A box of the frame as it was shown, in pixels of the frame, which is `width` x `height`."""
    if look is not Look.UPSIDE_DOWN:
        box = replace(box, x1=width - box.x2, x2=width - box.x1)
    if look is not Look.MIRRORED:
        box = replace(box, y1=height - box.y2, y2=height - box.y1)
    return box
