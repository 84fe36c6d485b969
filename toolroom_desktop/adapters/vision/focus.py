"""Whether what lies on a table is in focus and held still, seen in its outline against the empty table."""

from __future__ import annotations

from typing import Final

import numpy as np

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.services.ports import Picture

_SIDE: Final = 1280
"""Pixels of the longer side at which edges are measured; smaller pictures are measured as they are."""
_STRANGE: Final = 24.0
"""Grey levels by which a thing differs from the empty table."""
_LEAST_SHARE: Final = 0.0005
"""Share of the picture below which nothing lies there that could be measured."""
_WIDEST_EDGE: Final = 0.0036
"""Share of the longer side. Real tools on a dark table gave up to 0.0033 when sharp and 0.0029 to 0.0048 under a blur
of 0.6 %: only the grossly blurred are refused, for a tool that is always refused could not be enrolled at all."""


def edge_width(picture: Picture, empty: Picture) -> float | None:
    """The blur of the outlines as a share of the picture's longer side; None where nothing differs.

    An ideal step of height h that a Gaussian of standard deviation s blurs is h / (s sqrt(2 pi)) steep, so the steepest
    edges and the height of the steps tell s.
    """
    difference = cv2.absdiff(_grey(picture), _grey(empty)).astype(np.float32)
    strange = difference > _STRANGE
    if strange.mean() < _LEAST_SHARE:
        return None
    height = float(np.percentile(difference[strange], 90))
    across = cv2.Scharr(difference, cv2.CV_32F, 1, 0) / 32
    down = cv2.Scharr(difference, cv2.CV_32F, 0, 1) / 32
    steep = cv2.magnitude(across, down)
    # The outlines are where it is steep: about as many pixels as the thing has on its rim.
    steepest = float(np.percentile(steep[strange], 97))
    return height / (max(steepest, 1e-3) * float(np.sqrt(2 * np.pi))) / max(difference.shape)


def in_focus(picture: Picture, empty: Picture) -> bool:
    """Whether the outlines are sharp enough to cut along; also where there is nothing to see."""
    width = edge_width(picture, empty)
    return width is None or width <= _WIDEST_EDGE


def _grey(picture: Picture) -> cv2.typing.MatLike:
    grey = cv2.cvtColor(picture.pixels, cv2.COLOR_BGR2GRAY)
    scale = _SIDE / max(grey.shape)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return grey
