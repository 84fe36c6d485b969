"""Pictures of a real table with one tool on it, as a camera over the counter gives them."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tests.fakes import HandCamera
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.config.paths import resource
from toolroom_desktop.services.enrolment import Box, Cut, Outline, Place, Verdict
from toolroom_desktop.services.vision_ports import Picture

_EMPTY = "13_empty_table.jpg"
_LAID = "01_complete.jpg"  # on the same table
_NOISE_LEVELS = 2


def _table(name: str) -> NDArray[np.uint8]:
    return FilePhotoReader().read(resource("demo", "tables", name)).pixels


def _noisy(pixels: NDArray[np.uint8], seed: int) -> NDArray[np.uint8]:
    noise = np.random.default_rng(seed).integers(-_NOISE_LEVELS, _NOISE_LEVELS + 1, pixels.shape)
    return np.clip(pixels.astype(np.int16) + noise, 0, 255).astype(np.uint8)


def empty_table() -> NDArray[np.uint8]:
    """The table with nothing on it, (720, 960, 3) BGR."""
    return _noisy(_table(_EMPTY), 1)


def table_with(tool: str, x: float, y: float, degrees: float = 0.0, seed: int = 2) -> NDArray[np.uint8]:
    """The same table with a tool of the rendered kit, its centre at that share of the picture, turned by so much."""
    laid = _table(_LAID)
    with resource("demo", "tables", "tables.json").open(encoding="utf-8") as file:
        tables = json.load(file)["tables"]
    boxes = next(table["boxes"] for table in tables if table["file"] == _LAID)
    left, top, right, bottom = (round(edge) for edge in next(b["box"] for b in boxes if b["class_name"] == tool))
    crop = laid[max(0, top - 6) : bottom + 6, max(0, left - 6) : right + 6]
    side = math.ceil(math.hypot(crop.shape[0], crop.shape[1]))
    table = _table(_EMPTY)
    height, width = table.shape[:2]
    turn = cv2.getRotationMatrix2D((crop.shape[1] / 2, crop.shape[0] / 2), degrees, 1.0)
    turn[0, 2] += side / 2 - crop.shape[1] / 2
    turn[1, 2] += side / 2 - crop.shape[0] / 2
    turned = cv2.warpAffine(crop, turn, (side, side))
    # Where the crop is, with a soft rim that hides where its table ends.
    inside = cv2.warpAffine(np.full(crop.shape[:2], 255, np.uint8), turn, (side, side))
    soft = cv2.GaussianBlur(cv2.erode(inside, np.ones((5, 5), np.uint8)), (0, 0), 1.5)[..., None] / 255
    x0, y0 = round(x * width - side / 2), round(y * height - side / 2)
    rows = slice(max(0, y0), min(height, y0 + side))
    columns = slice(max(0, x0), min(width, x0 + side))
    part = (slice(rows.start - y0, rows.stop - y0), slice(columns.start - x0, columns.stop - x0))
    # The light of the two pictures differs from place to place: level the crop's table to the one it is laid on.
    place = table[rows, columns]
    rim = np.median(crop.reshape(-1, 3), axis=0) - np.median(place.reshape(-1, 3), axis=0)
    laid_on = np.clip(turned[part] - rim, 0, 255)
    table[rows, columns] = np.round(place * (1 - soft[part]) + laid_on * soft[part]).astype(np.uint8)
    return _noisy(table, seed)


class CounterCamera(HandCamera):
    """A camera whose whole pictures are put in by the test."""

    def lay(self, pixels: NDArray[np.uint8]) -> None:
        """The next frame."""
        with self._condition:
            self._sequence += 1
            self._picture = Picture(pixels, self._sequence)
            self._condition.notify_all()


class ScriptedCutter:
    """`ToolCutter` that answers at once with a square, or with the verdict that it was given.

    It waits while `gate` is closed, and `thread` is the one that it was called in last.
    """

    def __init__(self) -> None:
        self.verdict = Verdict.OK
        self.place = Place(0.5, 0.5, 0.0)
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()
        self.thread: threading.Thread | None = None

    def lay(self, centre: tuple[float, float], angle: float) -> None:
        """Where the tool lies from now on, in shares of the picture, and its direction in degrees."""
        self.place = Place(*centre, angle % 360)

    def against_empty(self, picture: Picture, empty: Picture) -> Cut:
        self.thread = threading.current_thread()
        self.entered.set()
        self.gate.wait(20)
        return self._answer()

    def alone(self, picture: Picture) -> Cut:
        return self._answer()

    def with_mask(self, picture: Picture, mask: NDArray[np.uint8]) -> Cut:
        return self._answer()

    def in_box(self, picture: Picture, box: Box) -> Cut:
        return self._answer()

    def along_outline(self, picture: Picture, outline: Outline, others: Sequence[Outline]) -> Cut:
        return self._answer()

    def cleaned(self, pixels: NDArray[np.uint8]) -> Cut:
        return self._answer()

    def alike(self, first: NDArray[np.uint8], second: NDArray[np.uint8]) -> bool:
        return False

    def _answer(self) -> Cut:
        if self.verdict is not Verdict.OK:
            return Cut(self.verdict)
        return Cut(Verdict.OK, np.full((40, 60, 4), 255, np.uint8), self.place)
