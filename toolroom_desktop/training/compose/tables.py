"""Tables to lay things on: parts of photographed tables, and plain, mottled, wooden, tiled and studded made-up ones."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.errors import BadPhoto
from toolroom_desktop.training.compose.pixels import Pixels

LARGEST_SIDE = 1600


@lru_cache(maxsize=40)
def table_photo(path: Path) -> Pixels:
    """A photographed table (height, width, 3) BGR, at most `LARGEST_SIDE` long; raises `BadPhoto`."""
    try:
        coded = np.fromfile(path, np.uint8)
    except OSError as error:
        raise BadPhoto("photo.not_an_image", path=path) from error
    pixels = cv2.imdecode(coded, cv2.IMREAD_COLOR) if coded.size else None
    if pixels is None:
        raise BadPhoto("photo.not_an_image", path=path)
    shrink = LARGEST_SIDE / max(pixels.shape[:2])
    if shrink < 1:
        pixels = cv2.resize(pixels, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    return np.asarray(pixels, np.uint8)


def _part_of_photo(photo: Pixels, width: int, height: int, dice: Generator) -> Pixels:
    """A turned, flipped part of the photo, mirrored where it ends."""
    scale = max(width / photo.shape[1], height / photo.shape[0]) * dice.uniform(0.9, 2.2)
    turn: NDArray[np.float64] = cv2.getRotationMatrix2D(  # type: ignore[assignment]
        (photo.shape[1] * dice.uniform(0.3, 0.7), photo.shape[0] * dice.uniform(0.3, 0.7)),
        float(dice.choice([0, 90, 180, 270]) + dice.normal(0, 12)),
        scale,
    )
    turn[:, 2] += np.array((width / 2 - photo.shape[1] / 2, height / 2 - photo.shape[0] / 2))
    part = cv2.warpAffine(photo, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(part[:, :: int(dice.choice([-1, 1]))], np.uint8)


def _noise(width: int, height: int, cell: float, dice: Generator) -> NDArray[np.float32]:
    """Smooth noise -1..1 whose spots are about `cell` pixels."""
    small = dice.uniform(-1, 1, (max(2, int(height / cell) + 2), max(2, int(width / cell) + 2))).astype(np.float32)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


def _colour(dice: Generator) -> NDArray[np.float32]:
    """A colour that tables and mats have, BGR 0..255: mostly greys, black, wood, green and blue mats."""
    kind = dice.random()
    if kind < 0.45:
        grey = dice.uniform(8, 235)
        return np.asarray(grey + dice.normal(0, 6, 3), np.float32)
    hue = {0: dice.uniform(8, 24), 1: dice.uniform(50, 80), 2: dice.uniform(100, 120), 3: dice.uniform(0, 180)}[
        int(dice.integers(0, 4))
    ]
    hsv = np.array([[[hue, dice.uniform(40, 255), dice.uniform(30, 240)]]], np.uint8)
    return np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2BGR)[0, 0], np.float32)


def _plain(width: int, height: int, dice: Generator) -> NDArray[np.float32]:
    table = np.empty((height, width, 3), np.float32)
    table[:] = _colour(dice)
    strength = dice.uniform(0, 18)
    table += (strength * _noise(width, height, dice.uniform(60, 400), dice))[:, :, None]
    return table


def _mottled(width: int, height: int, dice: Generator) -> NDArray[np.float32]:
    table = _plain(width, height, dice)
    for cell in (2.5, 7.0, 22.0, 70.0):
        table += (dice.uniform(0, 12) * _noise(width, height, cell, dice))[:, :, None]
    return table


def _wood(width: int, height: int, dice: Generator) -> NDArray[np.float32]:
    """Boards: long streaks across the picture, and joints between them."""
    table = _plain(width, height, dice)
    streaks = dice.uniform(-1, 1, (height // 2 + 1, max(2, width // 160) + 2)).astype(np.float32)
    grain = cv2.resize(cv2.GaussianBlur(streaks, (1, 5), 0), (width, height), interpolation=cv2.INTER_CUBIC)
    table += dice.uniform(5, 26) * grain[:, :, None]
    joint = tuple(float(v) for v in np.clip(table.mean((0, 1)) * dice.uniform(0.3, 0.8), 0, 255))
    for y in np.arange(dice.uniform(0, 200), height, dice.uniform(90, 400)):
        cv2.line(table, (0, int(y)), (width, int(y + dice.normal(0, 3))), joint, int(dice.integers(1, 4)))
    return table


def _tiled(width: int, height: int, dice: Generator) -> NDArray[np.float32]:
    """Floor tiles with joints, which a network likes to take for thin tools."""
    table = _mottled(width, height, dice)
    joint = tuple(float(v) for v in np.clip(table.mean((0, 1)) + dice.normal(0, 45), 0, 255))
    step, start = dice.uniform(150, 500), dice.uniform(0, 200)
    slant = dice.normal(0, 0.15)
    for at in np.arange(start - step, max(width, height) + step, step):
        wide = int(dice.integers(1, 7))
        cv2.line(table, (int(at), 0), (int(at + slant * height), height), joint, wide)
        cv2.line(table, (0, int(at)), (width, int(at - slant * width)), joint, wide)
    return table


def _studded(width: int, height: int, dice: Generator) -> NDArray[np.float32]:
    """A rubber mat with studs."""
    table = _plain(width, height, dice)
    step = dice.uniform(14, 46)
    lift = dice.uniform(-35, 45)
    tone = tuple(float(v) for v in np.clip(table.mean((0, 1)) + lift, 0, 255))
    for row, y in enumerate(np.arange(0, height + step, step)):
        for x in np.arange((row % 2) * step / 2, width + step, step):
            cv2.circle(table, (int(x), int(y)), max(2, int(step * 0.3)), tone, -1, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(table, (0, 0), 1.2), np.float32)


_MADE_UP = (_plain, _mottled, _mottled, _wood, _tiled, _studded)


def _stains(table: NDArray[np.float32], dice: Generator) -> None:
    """Spots and scratches; none of them is a tool."""
    height, width = table.shape[:2]
    for _ in range(int(dice.integers(0, 6))):
        tone = tuple(float(v) for v in table[dice.integers(0, height), dice.integers(0, width)] + dice.normal(0, 30))
        at = (int(dice.integers(0, width)), int(dice.integers(0, height)))
        if dice.random() < 0.5:
            axes = (int(dice.integers(2, 40)), int(dice.integers(2, 20)))
            cv2.ellipse(table, at, axes, float(dice.uniform(0, 180)), 0, 360, tone, -1, cv2.LINE_AA)
        else:
            to = (at[0] + int(dice.normal(0, width / 5)), at[1] + int(dice.normal(0, height / 5)))
            cv2.line(table, at, to, tone, int(dice.integers(1, 4)), cv2.LINE_AA)


def make_table(width: int, height: int, photos: tuple[Path, ...], dice: Generator) -> Pixels:
    """A table (height, width, 3) BGR; two in three are photographed where there are photos."""
    if photos and dice.random() < 0.65:
        table = _part_of_photo(table_photo(photos[int(dice.integers(len(photos)))]), width, height, dice).astype(
            np.float32
        )
        middle = np.array(cv2.mean(table)[:3], np.float32)
        contrast, exposure = dice.uniform(0.7, 1.25, 2).astype(np.float32)
        table = table * contrast + middle * (exposure - contrast)
        if dice.random() < 0.25:
            table = table[:, :, list(dice.permutation(3))]
    else:
        table = _MADE_UP[int(dice.integers(len(_MADE_UP)))](width, height, dice)
        if dice.random() < 0.3:  # the table ends in the picture: another one beside it
            other = _plain(width, height, dice)
            edge = np.array([[0, 0], [width, 0], [width, 0], [0, 0]], np.float64)
            edge[2:, 1] = height * dice.uniform(0.03, 0.3, 2)
            hole = np.zeros((height, width), np.uint8)
            cv2.fillPoly(hole, [edge.astype(np.int32)], 1)
            hole = hole[:: int(dice.choice([-1, 1]))]
            table[hole > 0] = other[hole > 0]
    table = np.ascontiguousarray(table, np.float32)
    _stains(table, dice)
    return np.asarray(np.clip(table, 0, 255), np.uint8)
