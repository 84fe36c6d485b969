"""One thing as it lies on a table: turned, scaled, tilted, tinted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.training.compose.pixels import SOLID, Pixels
from toolroom_desktop.training.compose.things import Thing, long_axis, look_of

ROUGHEST = 1.35
"""How far a cut-out may be enlarged; beyond it has nothing to show but blur."""
ROUGHEST_CLOSE = 2.4
"""The same for a close look, which the station cuts out of the frame and enlarges too."""


BENT = 0.35
"""Share of the things that are bent a little, so that the network learns a kind of tool and not one piece of it."""

GLOSSY = 0.5
"""Share of the things whose parts are lit otherwise than on the photo: which part shines says nothing about a tool."""
SQUEEZED = 0.3
"""Share of the broad things that are made slimmer: jaws and handles come together, or the camera looks aslant."""
BROAD = 0.33
"""Breadth from which a thing counts as broad, as a share of its length."""


@dataclass(frozen=True, slots=True)
class Lying:
    """A thing ready to be laid down. `colour` (height, width, 3) BGR float 0..255, `alpha` (height, width) 0..1."""

    tool_class: str | None
    colour: NDArray[np.float32]
    alpha: NDArray[np.float32]


def _corners_after(
    size: tuple[int, int], pixels_long: float, axis: float, angle: float, dice: Generator, along: float | None
) -> NDArray[np.float32]:
    """Where the cut-out's corners come to lie: scaled, stretched a little, turned, seen slightly from the side.

    `along` is the direction of a broad thing's main axis in the cut-out in radians; None for a slim thing.
    """
    height, width = size
    scale = pixels_long / axis
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) - (width / 2, height / 2)
    stretch = np.diag(np.exp(dice.normal(0, 0.05, 2)))
    if along is not None and dice.random() < SQUEEZED:
        # Wide open pliers may have their main axis across: either axis is as good a guess.
        sine, cosine = np.sin(along), np.cos(along)
        to_axes = np.array([[cosine, sine], [-sine, cosine]])
        factors = [float(dice.uniform(0.5, 0.95)), 1.0]
        stretch = stretch @ to_axes.T @ np.diag(factors if dice.random() < 0.5 else factors[::-1]) @ to_axes
    lean = np.array([[1.0, dice.normal(0, 0.04)], [0.0, 1.0]])
    sine, cosine = np.sin(angle), np.cos(angle)
    turned = corners @ (stretch @ lean).T @ np.array([[cosine, sine], [-sine, cosine]]) * scale
    # A camera that does not look straight down: what is farther away is smaller.
    tilt = dice.normal(0, 0.06, 2) / max(1.0, pixels_long)
    return np.asarray(turned / (1.0 + turned @ tilt)[:, None], np.float32)


def _bent(flat: NDArray[np.float32], axis: float, dice: Generator) -> NDArray[np.float32]:
    """Another of its kind: every part shifted a little, as jaws open, handles bend and makers differ.

    `flat` is (height, width, 4). Parts move by a hundredth or two of the thing's length, neighbours together.
    """
    height, width = flat.shape[:2]
    reach = float(dice.uniform(0.004, 0.02)) * axis
    shifts = (dice.normal(0, 1, (4, 4, 2)) * reach).astype(np.float32)
    # As coarse across as along: a finer field across a slim shaft would give it another tip.
    side = max(height, width)
    moved = cv2.resize(shifts, (side, side), interpolation=cv2.INTER_CUBIC)[:height, :width]
    to_x = np.arange(width, dtype=np.float32)[None, :] + moved[:, :, 0]
    to_y = np.arange(height, dtype=np.float32)[:, None] + moved[:, :, 1]
    return np.asarray(cv2.remap(flat, to_x, to_y, cv2.INTER_LINEAR), np.float32)


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
    """A lamp at one side: a ramp of brightness across the thing; often it shines elsewhere than on the photo, too."""
    height, width = colour.shape[:2]
    along = np.linspace(-0.5, 0.5, width, dtype=np.float32)[None, :] * dice.normal(0, 0.35)
    across = np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None] * dice.normal(0, 0.35)
    light = 1.0 + along + across
    if dice.random() < GLOSSY:
        parts = np.exp(dice.normal(0, 0.28, (6, 6))).astype(np.float32)
        light = light * cv2.resize(parts, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(colour * np.maximum(light, 0.1)[:, :, None], np.float32)


@lru_cache(maxsize=4096)
def _axis(thing: Thing) -> float:
    return long_axis(look_of(thing))


@lru_cache(maxsize=4096)
def _main_direction(thing: Thing) -> float | None:
    """Direction of the main axis of a broad thing in its cut-out, radians; None for a slim one."""
    solid = (look_of(thing)[:, :, 3] >= SOLID).astype(np.uint8)
    sides = cv2.minAreaRect(cv2.convexHull(cv2.findNonZero(solid)))[1]
    if min(sides) < BROAD * max(sides):
        return None
    moments = cv2.moments(solid, binaryImage=True)
    return 0.5 * float(np.arctan2(2 * moments["mu11"], moments["mu20"] - moments["mu02"]))


def lay(
    thing: Thing, pixels_long: float, dice: Generator, *, angle: float | None = None, roughest: float = ROUGHEST
) -> Lying:
    """The thing `pixels_long` along its long axis, turned by `angle` radians (any, where None), mirrored or not."""
    pixels: Pixels = look_of(thing)
    axis, along = _axis(thing), _main_direction(thing)
    pixels_long = min(pixels_long, axis * roughest)
    if dice.random() < 0.5:
        pixels = np.ascontiguousarray(pixels[:, ::-1])
        along = None if along is None else -along
    if pixels_long < axis * 0.5:  # shrink smoothly first, or thin shafts break up
        pixels = np.asarray(
            cv2.resize(pixels, None, fx=pixels_long / axis, fy=pixels_long / axis, interpolation=cv2.INTER_AREA),
            np.uint8,
        )
        axis = pixels_long
    height, width = pixels.shape[:2]
    to = _corners_after(
        (height, width), pixels_long, axis, dice.uniform(0, 2 * np.pi) if angle is None else angle, dice, along
    )
    to -= to.min(0) - 1
    out_width, out_height = (int(v) + 3 for v in np.ceil(to.max(0)))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(corners, to)
    # Premultiplied, or the colour of transparent pixels bleeds into the edge.
    alpha = pixels[:, :, 3:].astype(np.float32) / 255.0
    tint = _tinted(np.ascontiguousarray(pixels[:, :, :3]), dice)
    flat = np.asarray(cv2.merge([*cv2.split(tint * alpha), alpha]), np.float32)
    if dice.random() < BENT:
        margin = int(0.05 * axis)
        wider = cv2.copyMakeBorder(flat, margin, margin, margin, margin, cv2.BORDER_CONSTANT)
        flat = _bent(np.asarray(wider, np.float32), axis, dice)
        moved = np.array([[1, 0, -margin], [0, 1, -margin], [0, 0, 1]], np.float64)
        turn = np.asarray(turn, np.float64) @ moved
    laid = cv2.warpPerspective(flat, turn, (out_width, out_height), flags=cv2.INTER_LINEAR)
    mask = laid[:, :, 3]
    colour = laid[:, :, :3] / np.maximum(mask, 1e-3)[:, :, None]
    return Lying(thing.tool_class, _lit(colour, dice), np.asarray(mask, np.float32))
