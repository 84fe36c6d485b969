"""One thing as it lies on a table: turned, scaled, tilted, tinted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.training.compose.things import Pixels, Thing, cutout, long_axis

ROUGHEST = 1.35
"""How far a cut-out may be enlarged; beyond it has nothing to show but blur."""
ROUGHEST_CLOSE = 2.4
"""The same for a close look, which the station cuts out of the frame and enlarges too."""


@dataclass(frozen=True, slots=True)
class Lying:
    """A thing ready to be laid down. `colour` (height, width, 3) BGR float 0..255, `alpha` (height, width) 0..1."""

    tool_class: str | None
    colour: NDArray[np.float32]
    alpha: NDArray[np.float32]


def _corners_after(
    size: tuple[int, int], pixels_long: float, axis: float, angle: float, dice: Generator
) -> NDArray[np.float32]:
    """Where the cut-out's corners come to lie: scaled, stretched a little, turned, seen slightly from the side."""
    height, width = size
    scale = pixels_long / axis
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) - (width / 2, height / 2)
    stretch = np.diag(np.exp(dice.normal(0, 0.05, 2)))
    lean = np.array([[1.0, dice.normal(0, 0.04)], [0.0, 1.0]])
    sine, cosine = np.sin(angle), np.cos(angle)
    turned = corners @ (stretch @ lean).T @ np.array([[cosine, sine], [-sine, cosine]]) * scale
    # A camera that does not look straight down: what is farther away is smaller.
    tilt = dice.normal(0, 0.06, 2) / max(1.0, pixels_long)
    return np.asarray(turned / (1.0 + turned @ tilt)[:, None], np.float32)


def _tinted(colour: Pixels, dice: Generator) -> Pixels:
    """Another lamp, another exposure, another polish: one curve per channel, and more or less colour."""
    levels = np.linspace(0, 1, 256, dtype=np.float64)[:, None] ** float(np.exp(dice.normal(0, 0.22))) * 255.0
    middle = np.array(cv2.mean(colour)[:3])
    levels = (levels - middle) * float(np.exp(dice.normal(0, 0.12))) + middle
    levels = levels * np.exp(dice.normal(0, 0.05, 3)) * float(np.exp(dice.normal(0, 0.15)))
    curves = np.clip(levels, 0, 255).astype(np.uint8)[None]
    colour = np.asarray(cv2.LUT(colour, curves), np.uint8)
    if dice.random() < 0.3:
        keep = float(dice.uniform(0.3, 1.3))
        mix = np.full((3, 3), (1 - keep) / 3, np.float32) + np.eye(3, dtype=np.float32) * keep
        colour = np.asarray(cv2.transform(colour, mix), np.uint8)
    return colour


def _lit(colour: NDArray[np.float32], dice: Generator) -> NDArray[np.float32]:
    """A lamp at one side: a ramp of brightness across the thing."""
    height, width = colour.shape[:2]
    along = np.linspace(-0.5, 0.5, width, dtype=np.float32)[None, :] * dice.normal(0, 0.35)
    across = np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None] * dice.normal(0, 0.35)
    return np.asarray(colour * (1.0 + along + across)[:, :, None], np.float32)


@lru_cache(maxsize=4096)
def _axis(thing: Thing) -> float:
    return long_axis(cutout(thing.path))


def lay(
    thing: Thing, pixels_long: float, dice: Generator, *, angle: float | None = None, roughest: float = ROUGHEST
) -> Lying:
    """The thing `pixels_long` along its long axis, turned by `angle` radians (any, where None), mirrored or not."""
    pixels: Pixels = cutout(thing.path)
    axis = _axis(thing)
    pixels_long = min(pixels_long, axis * roughest)
    if dice.random() < 0.5:
        pixels = np.ascontiguousarray(pixels[:, ::-1])
    if pixels_long < axis * 0.5:  # shrink smoothly first, or thin shafts break up
        pixels = np.asarray(
            cv2.resize(pixels, None, fx=pixels_long / axis, fy=pixels_long / axis, interpolation=cv2.INTER_AREA),
            np.uint8,
        )
        axis = pixels_long
    height, width = pixels.shape[:2]
    to = _corners_after(
        (height, width), pixels_long, axis, dice.uniform(0, 2 * np.pi) if angle is None else angle, dice
    )
    to -= to.min(0) - 1
    out_width, out_height = (int(v) + 3 for v in np.ceil(to.max(0)))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(corners, to)
    # Premultiplied, or the colour of transparent pixels bleeds into the edge.
    alpha = pixels[:, :, 3:].astype(np.float32) / 255.0
    tint = _tinted(np.ascontiguousarray(pixels[:, :, :3]), dice)
    flat = cv2.merge([*cv2.split(tint * alpha), alpha])
    laid = cv2.warpPerspective(flat, turn, (out_width, out_height), flags=cv2.INTER_LINEAR)
    mask = laid[:, :, 3]
    colour = laid[:, :, :3] / np.maximum(mask, 1e-3)[:, :, None]
    return Lying(thing.tool_class, _lit(colour, dice), np.asarray(mask, np.float32))
