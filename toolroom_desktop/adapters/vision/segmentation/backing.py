"""What lies behind the tool: the table, as it would look without it.

Everything is measured in logarithms of light, where a shadow is the same step in all three channels: `shade` is how
much darker or lighter a pixel is than the table there, `hue` is how its colour differs. A shadow has a negative shade
and no hue.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.segmentation.shapes import Colour, Field, Mask

_FLOOR: Final = 12.0
"""Added to 0..255 before the logarithm: the noise of dark pixels must not look like colour."""
_DEGREE: Final = 3
_ROUNDS: Final = 12
_GRID: Final = 96
"""Pixels of the longer side of the picture on which the surface is fitted."""


def logarithms(picture: Colour) -> Field:
    """(height, width, 3): natural logarithms of B, G, R with a floor."""
    return np.asarray(np.log(picture.astype(np.float32) + _FLOOR), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """How a picture differs from the table behind, each (height, width) float32, in units of the table's own noise.

    shade   lightness, negative where darker
    hue_a, hue_b   colour
    shade_step, hue_a_step, hue_b_step  what one unit is as a logarithm of light
    """

    shade: Field
    hue_a: Field
    hue_b: Field
    shade_step: float
    hue_a_step: float
    hue_b_step: float

    @property
    def hue(self) -> Field:
        """Strength of the difference in colour."""
        return np.asarray(np.hypot(self.hue_a, self.hue_b), np.float32)

    @property
    def light(self) -> Field:
        """Shade as a logarithm of light, negative where darker."""
        return np.asarray(self.shade * self.shade_step, np.float32)


def _spread(values: NDArray[np.float32]) -> float:
    """A standard deviation that a quarter of outliers does not move (from the median absolute deviation)."""
    return 1.4826 * float(np.median(np.abs(values - np.median(values))))


def _terms(height: int, width: int) -> NDArray[np.float32]:
    y, x = np.mgrid[-1 : 1 : complex(0, height), -1 : 1 : complex(0, width)].astype(np.float32)
    powers = [x**i * y**j for i in range(_DEGREE + 1) for j in range(_DEGREE + 1 - i)]
    return np.asarray(np.stack(powers, axis=-1).reshape(height * width, -1), np.float32)


def fitted_backing(picture: Colour, tool: Mask | None = None) -> Field:
    """The table as a smooth surface (height, width, 3) of logarithms, fitted to the picture without its outliers.

    `tool`, where given, is where the tool may be: nothing there counts as table.
    """
    height, width = picture.shape[:2]
    scale = _GRID / max(height, width)
    small_size = (max(8, round(width * scale)), max(8, round(height * scale)))
    small = cv2.resize(picture, small_size, interpolation=cv2.INTER_AREA)
    values = logarithms(np.asarray(small, np.uint8)).reshape(-1, 3)
    terms = _terms(small_size[1], small_size[0])
    y, x = np.mgrid[-1 : 1 : complex(0, small_size[1]), -1 : 1 : complex(0, small_size[0])]
    # The table is at the border and the tool in the middle, until the fit knows better.
    weights = (0.15 + np.maximum(np.abs(x), np.abs(y)) ** 2).ravel().astype(np.float32)
    if tool is not None:
        taken = cv2.resize(tool, small_size, interpolation=cv2.INTER_AREA).ravel() > 0
        if taken.mean() < 0.85:
            weights[taken] = 0
    known = weights > 0
    trust = weights.copy()
    fit = np.zeros((terms.shape[1], 3), np.float32)
    for _ in range(_ROUNDS):
        root = np.sqrt(trust)[:, None]
        fit = np.linalg.lstsq(terms * root, values * root, rcond=None)[0].astype(np.float32)
        away = np.abs(values - terms @ fit).max(axis=1)
        limit = 4.0 * max(0.01, _spread(away[known]) + float(np.median(away[known])))
        trust = weights * np.clip(1 - (away / limit) ** 2, 0, None) ** 2
    surface = (terms @ fit).reshape(small_size[1], small_size[0], 3)
    return np.asarray(cv2.resize(surface, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


def photographed_backing(picture: Colour, empty: Colour) -> Field:
    """The empty table as logarithms, brought to the light of `picture` (a camera re-adjusts when a tool comes in)."""
    change = logarithms(picture) - logarithms(empty)
    gain = np.median(change.reshape(-1, 3), axis=0)
    return np.asarray(logarithms(empty) + gain, np.float32)


def difference(picture: Colour, backing: Field, tool: Mask | None = None) -> Difference:
    """How the picture differs from its table, in units of the noise outside `tool` (or of its quieter half)."""
    away = cv2.GaussianBlur(logarithms(picture) - backing, (0, 0), 0.8)
    shade = away.mean(axis=2)
    hue_a = away[..., 2] - away[..., 1]
    hue_b = away[..., 0] - 0.5 * (away[..., 1] + away[..., 2])
    outside = np.ones(shade.shape, bool) if tool is None or tool.mean() > 0.85 else tool == 0
    steps = [max(least, _spread(field[outside])) for field, least in ((shade, 0.02), (hue_a, 0.012), (hue_b, 0.016))]
    return Difference(
        np.asarray(shade / steps[0], np.float32),
        np.asarray(hue_a / steps[1], np.float32),
        np.asarray(hue_b / steps[2], np.float32),
        *steps,
    )
