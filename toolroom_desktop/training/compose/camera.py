"""What a real camera makes of a scene: uneven light, exposure, colour cast, lens blur, noise, JPEG."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.training.compose.pixels import Pixels


def _light(picture: NDArray[np.float32], dice: Generator) -> None:
    height, width = picture.shape[:2]
    small = (1.0 + dice.normal(0, 0.13, (3, 4))).astype(np.float32)
    picture *= cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)[:, :, None]
    if dice.random() < 0.35:  # the lens is darker at its edge
        x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
        y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
        picture *= (1.0 - dice.uniform(0, 0.45) * (x * x + y * y) / 2)[:, :, None]
    if dice.random() < 0.15:  # a lamp mirrored in the table
        spot = np.zeros((height // 8, width // 8), np.float32)
        at = (int(dice.integers(0, width // 8)), int(dice.integers(0, height // 8)))
        axes = (int(dice.integers(2, 3 + width // 50)), int(dice.integers(2, 3 + width // 50)))
        cv2.ellipse(spot, at, axes, float(dice.uniform(0, 180)), 0, 360, 1.0, -1)
        soft = cv2.GaussianBlur(spot, (0, 0), float(dice.uniform(1, 8)))
        picture += np.asarray(dice.uniform(20, 140) * cv2.resize(soft, (width, height))[:, :, None], np.float32)


def _blur(picture: NDArray[np.float32], dice: Generator) -> NDArray[np.float32]:
    width = picture.shape[1]
    kind = dice.random()
    if kind < 0.45:
        return np.asarray(
            cv2.GaussianBlur(picture, (0, 0), float(dice.uniform(0.3, max(0.5, 0.0016 * width)))), np.float32
        )
    if kind < 0.55:  # the table or the camera moved
        length = int(dice.integers(3, max(4, width // 120)))
        kernel = np.zeros((length, length), np.float32)
        cv2.line(kernel, (0, int(dice.integers(0, length))), (length - 1, int(dice.integers(0, length))), 1.0)
        return np.asarray(cv2.filter2D(picture, -1, kernel / kernel.sum()), np.float32)
    if kind < 0.62:  # sharpened by the camera
        soft = cv2.GaussianBlur(picture, (0, 0), 1.5)
        return np.asarray(picture + dice.uniform(0.3, 1.0) * (picture - soft), np.float32)
    return picture


def photograph(picture: NDArray[np.float32], dice: Generator) -> Pixels:
    """The scene (height, width, 3) BGR float 0..255 as 8 bits; `picture` is used up."""
    height, width = picture.shape[:2]
    if dice.random() < 0.6:
        _light(picture, dice)
    picture = _blur(picture, dice)
    picture *= np.exp(dice.normal(0, 0.05, 3)).astype(np.float32) * float(np.exp(dice.normal(0, 0.18)))
    strength = float(abs(dice.normal(0, 4.5)))
    if strength > 0.5:
        coarse = int(dice.choice([1, 1, 2]))
        noise = dice.standard_normal((height // coarse, width // coarse, 3 if dice.random() < 0.5 else 1), np.float32)
        if coarse > 1:
            noise = np.atleast_3d(cv2.resize(noise, (width, height), interpolation=cv2.INTER_LINEAR))
        picture += strength * noise
    return np.asarray(np.clip(picture, 0, 255), np.uint8)
