"""Small painted tables for the tests of the evaluation, and models that know too much or too little about them.

Every class has a hue of its own, which neither turning nor dimming changes, so that a detector can be made that is
never wrong.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.fakes import model_info
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.detection import Box, Detection, FrameResult
from toolroom_desktop.domain.thresholds import LookAlikeGroup
from toolroom_desktop.services.vision_ports import ModelInfo, Picture
from toolroom_desktop.training.evaluate.scene import Piece

CLASSES = ("brace", "pliers", "screwdriver_minus", "screwdriver_plus")
HUES = {"brace": 0, "pliers": 60, "screwdriver_minus": 110, "screwdriver_plus": 150}
"""OpenCV's hues, 0..179."""
GROUP = LookAlikeGroup(frozenset(("screwdriver_minus", "screwdriver_plus")), 0.6)
WIDTH, HEIGHT = 480, 360
PLACES = {
    "brace": (30, 40, 190, 80),
    "pliers": (260, 30, 310, 150),
    "screwdriver_minus": (60, 180, 220, 210),
    "screwdriver_plus": (300, 220, 440, 250),
}
"""x1, y1, x2, y2 in pixels."""
INFO = model_info(*CLASSES, look_alikes=(GROUP,))


def colour(hue: int) -> tuple[int, int, int]:
    """A strong colour of that hue as (blue, green, red)."""
    blue, green, red = cv2.cvtColor(np.array([[[hue, 220, 180]]], np.uint8), cv2.COLOR_HSV2BGR)[0, 0]
    return int(blue), int(green), int(red)


def table(*names: str, seed: int = 0) -> NDArray[np.uint8]:
    """A grey table with these tools in their places."""
    rng = np.random.default_rng(seed)
    pixels = np.clip(rng.normal(90, 3, (HEIGHT, WIDTH, 1)), 0, 255).astype(np.uint8).repeat(3, axis=2)
    for name in names:
        x1, y1, x2, y2 = PLACES[name]
        cv2.rectangle(pixels, (x1, y1), (x2 - 1, y2 - 1), colour(HUES[name]), cv2.FILLED)
    return pixels


def write_dataset(folder: Path, photos: dict[str, tuple[str, ...]], *, part: str = "val") -> Path:
    """A data set with these photos: file stem -> the tools on it."""
    images, labels = folder / "images" / part, folder / "labels" / part
    images.mkdir(parents=True)
    labels.mkdir(parents=True)
    for number, (stem, names) in enumerate(photos.items()):
        coded = cv2.imencode(".png", table(*names, seed=number))[1]
        (images / f"{stem}.png").write_bytes(coded.tobytes())
        (labels / f"{stem}.txt").write_text("".join(label_line(name) for name in names), encoding="utf-8")
    (folder / "data.yaml").write_text(
        f"path: .\ntrain: images/{part}\nval: images/{part}\nnames: [{', '.join(CLASSES)}]\n", encoding="utf-8"
    )
    return folder


def label_line(name: str) -> str:
    """The label of a tool in its place."""
    x1, y1, x2, y2 = PLACES[name]
    shares = ((x1 + x2) / 2 / WIDTH, (y1 + y2) / 2 / HEIGHT, (x2 - x1) / WIDTH, (y2 - y1) / HEIGHT)
    return f"{CLASSES.index(name)} {' '.join(f'{share:.6f}' for share in shares)}\n"


class GreyBars:
    """`ForeignThings` without colour."""

    origin = "shapes"
    count = 0

    def piece(self, rng: np.random.Generator, side: int) -> Piece:
        pixels = np.full((30, 80, 3), int(rng.integers(20, 60)), np.uint8)
        return Piece(pixels, np.ones((30, 80), np.float32), 0.0)


class KnowsTheTruth:
    """`Detector` that finds every tool by its hue, and nothing else."""

    def __init__(self, info: ModelInfo = INFO, confidence: float = 0.9) -> None:
        self.info = info
        self.confidence = confidence
        self.looked = 0

    def detect(self, picture: Picture) -> FrameResult:
        self.looked += 1
        hsv = cv2.cvtColor(picture.pixels, cv2.COLOR_BGR2HSV).astype(int)
        strong = (hsv[:, :, 1] > 90) & (hsv[:, :, 2] > 40)
        found: list[Detection] = []
        for name, hue in HUES.items():
            away = np.abs(hsv[:, :, 0] - hue)
            mask = (strong & (np.minimum(away, 180 - away) <= 12)).astype(np.uint8)
            count, _, boxes, _ = cv2.connectedComponentsWithStats(
                cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((5, 5)))
            )
            for x, y, width, height, area in np.asarray(boxes)[1:count].tolist():
                if area > 500:
                    box = Box(float(x), float(y), float(x + width), float(y + height))
                    found.append(Detection(name, self.confidence, box))
        return FrameResult(tuple(found), picture.width, picture.height)


class SeesEverything:
    """`Detector` that finds the complete kit on any table: what must never be trusted."""

    def __init__(self, info: ModelInfo = INFO) -> None:
        self.info = info

    def detect(self, picture: Picture) -> FrameResult:
        found = tuple(
            Detection(name, 0.9, Box(20.0 * place, 0.0, 20.0 * place + 15, 40.0)) for place, name in enumerate(CLASSES)
        )
        return FrameResult(found, picture.width, picture.height)
