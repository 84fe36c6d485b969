"""The colour of a kit's grips, and a tool of another make in that colour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.training.compose.pixels import SOLID, Pixels

COLOURED = 90
"""Saturation (0..255) from which a pixel of a kit's tool has a colour and is not steel or black rubber."""
LEAST_LIGHT = 30
"""Value (0..255) below which saturation is noise."""
LEAST_SHARE = 0.04
"""Share of coloured pixels from which a tool has a colour at all: a rust stain or a print is none."""
NEAR = 8
"""Hues that are one colour, on either side."""
PAINTED_FROM, PAINTED_WHOLLY = 70.0, 120.0
"""Saturations between which a pixel of a foreign tool takes on the colour more and more."""


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour as OpenCV counts: `hue` 0..179, `value` 0..255."""

    hue: int
    value: int


def paint_of(cutouts: Iterable[Pixels]) -> Paint | None:
    """The colour that most coloured pixels of these tools have; None for tools of bare steel.

    `cutouts` are (height, width, 4) BGRA.
    """
    solid = [
        cv2.cvtColor(np.ascontiguousarray(pixels[:, :, :3]), cv2.COLOR_BGR2HSV)[pixels[:, :, 3] >= SOLID]
        for pixels in cutouts
    ]
    every = np.concatenate([np.empty((0, 3), np.uint8), *solid])
    coloured = every[(every[:, 1] >= COLOURED) & (every[:, 2] >= LEAST_LIGHT)]
    if len(coloured) < max(1.0, LEAST_SHARE * len(every)):
        return None
    # Red lies at both ends of the circle of hues: the middle is found around the most frequent one.
    counts = np.bincount(coloured[:, 0], minlength=180)
    frequent = int(np.argmax(np.sum([np.roll(counts, shift) for shift in range(-4, 5)], axis=0)))
    away = (coloured[:, 0].astype(int) - frequent + 90) % 180 - 90
    near = np.abs(away) <= NEAR
    hue = round(frequent + float(np.median(away[near]))) % 180
    return Paint(hue, int(np.median(coloured[near, 2])))


def painted(pixels: Pixels, paint: Paint) -> Pixels:
    """The same tool with its grips in another colour; what is grey, black or white stays as it is."""
    hsv = cv2.cvtColor(np.ascontiguousarray(pixels[:, :, :3]), cv2.COLOR_BGR2HSV).astype(np.float32)
    how_much = np.clip((hsv[:, :, 1] - PAINTED_FROM) / (PAINTED_WHOLLY - PAINTED_FROM), 0.0, 1.0)
    grips = (how_much > 0.5) & (pixels[:, :, 3] >= SOLID)
    if not grips.any():
        return pixels
    darker = paint.value / max(1.0, float(np.median(hsv[:, :, 2][grips])))
    hsv[:, :, 0] = np.where(how_much > 0, paint.hue, hsv[:, :, 0])
    hsv[:, :, 2] *= 1.0 + how_much * (darker - 1.0)
    colour = cv2.cvtColor(np.clip(hsv, 0, 255).astype(np.uint8), cv2.COLOR_HSV2BGR)
    return np.asarray(np.dstack([colour, pixels[:, :, 3]]), np.uint8)
