"""Drawn tables with drawn tools, of which every pixel is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.services.vision_ports import Picture

HEIGHT, WIDTH = 600, 800
Pixels = NDArray[np.uint8]


def grain(seed: int, strength: float) -> NDArray[np.float32]:
    """A sensor's noise, (height, width, 3)."""
    return np.asarray(np.random.default_rng(seed).normal(0, strength, (HEIGHT, WIDTH, 3)), np.float32)


def table(seed: int = 1) -> NDArray[np.float32]:
    """A light, slightly brown table that grows darker towards the corners."""
    y, x = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
    light = 1 - 0.25 * (x**2 + y**2) / 2
    return np.asarray(np.array([170, 180, 190]) * light[..., None] + grain(seed, 0.8), np.float32)


def turned(points: list[tuple[float, float]], centre: tuple[float, float], degrees: float) -> NDArray[np.int32]:
    """Corners around (0, 0), turned and moved to `centre`, in pixels."""
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(np.round(np.array(points) @ turn.T + centre), np.int32)


def screwdriver(centre: tuple[float, float] = (400, 300), degrees: float = 20.0) -> tuple[Pixels, Pixels]:
    """Masks of the red handle and of the grey shaft, seven pixels thick."""
    handle, shaft = np.zeros((HEIGHT, WIDTH), np.uint8), np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.fillPoly(
        handle, [turned([(-150, -24), (-20, -24), (-5, -12), (-5, 12), (-20, 24), (-150, 24)], centre, degrees)], 1
    )
    cv2.fillPoly(shaft, [turned([(-5, -3.5), (150, -3.5), (150, 3.5), (-5, 3.5)], centre, degrees)], 1)
    return handle, np.asarray((shaft > 0) & (handle == 0), np.uint8)


def ring(centre: tuple[int, int] = (400, 300)) -> Pixels:
    """Mask of an open ring, 60 pixels across inside."""
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.circle(mask, centre, 42, 1, 16)
    return mask


@dataclass(frozen=True)
class Scene:
    """A photo with the mask of the tool in it."""

    picture: Picture
    mask: Pixels


def painted(
    *parts: tuple[Pixels, tuple[int, int, int]],
    shadow: tuple[int, int] | None = None,
    blur: float = 0.7,
    ground: NDArray[np.float32] | None = None,
) -> Scene:
    """Parts in their BGR colours on a table, with a soft shadow that falls by so many pixels to the right and down."""
    shown = (table() if ground is None else ground).copy()
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    for part, _ in parts:
        mask |= part
    if shadow is not None:
        moved = np.roll(mask, (shadow[1], shadow[0]), (0, 1)).astype(np.float32)
        shown *= 1 - 0.3 * cv2.GaussianBlur(moved, (0, 0), 9)[..., None]
    for part, colour in parts:
        edge = cv2.GaussianBlur(part.astype(np.float32), (0, 0), blur)[..., None]
        shown = shown * (1 - edge) + np.array(colour, np.float32) * edge
    shown += grain(7, 0.8)
    return Scene(Picture(np.clip(shown, 0, 255).astype(np.uint8)), mask)


def a_screwdriver(
    centre: tuple[float, float] = (400, 300), degrees: float = 20.0, *, shadow: tuple[int, int] | None = (14, 10)
) -> Scene:
    """A screwdriver with a shadow on the table."""
    handle, shaft = screwdriver(centre, degrees)
    return painted((handle, (40, 30, 190)), (shaft, (95, 90, 85)), shadow=shadow)


def alpha_of(scene: Scene, pixels: Pixels) -> float:
    """Overlap (IoU 0..1) of a cut-out with the scene's mask, laid over each other where they fit best."""
    cut = (pixels[..., 3] > 127).astype(np.uint8)
    ys, xs = np.nonzero(scene.mask)
    wanted = scene.mask[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    rows, columns = max(cut.shape[0], wanted.shape[0]) + 8, max(cut.shape[1], wanted.shape[1]) + 8
    still = np.zeros((rows, columns), np.uint8)
    still[4 : 4 + wanted.shape[0], 4 : 4 + wanted.shape[1]] = wanted
    best = 0.0
    for down in range(rows - cut.shape[0] + 1):
        for right in range(columns - cut.shape[1] + 1):
            moved = np.zeros_like(still)
            moved[down : down + cut.shape[0], right : right + cut.shape[1]] = cut
            best = max(best, float((moved & still).sum() / (moved | still).sum()))
    return best
