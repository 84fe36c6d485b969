"""Composed scenes cut into single tools without end, as the network of the second opinion learns them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.random import Generator
from torch.utils.data import IterableDataset, get_worker_info

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.pieces import Pixels, piece_of
from toolroom_desktop.domain.detection import Box
from toolroom_desktop.training.evaluate.dataset import LabelledPhoto

FROM_ONE_SCENE = 4
"""Decoding a scene costs as much as cutting several pieces; more of one scene would make a batch of one light."""
MIXED = 256
"""Pieces that wait to be drawn, so that those of one scene come apart."""
LEAST_SIDE = 24.0
"""Pixels; a smaller box shows nothing."""
BOX_ERROR = 0.018
"""Standard deviation of a side of a box, as a share of its longer side: what a detector's boxes are off."""
EMPTY_PLACES = 0.06
"""Share of the scenes of which a place without a tool is shown too."""


@dataclass(frozen=True, slots=True)
class LabelledBox:
    """A box of a scene in pixels with the index of its class."""

    index: int
    box: Box


def boxes_of(photo: LabelledPhoto, classes: Sequence[str], width: int, height: int) -> list[LabelledBox]:
    """The boxes of a scene that are large enough; what is none of `classes` is something else: the index after them."""
    found: list[LabelledBox] = []
    for label in photo.labels:
        box = label.in_pixels(width, height).box
        if max(box.x2 - box.x1, box.y2 - box.y1) >= LEAST_SIDE:
            index = classes.index(label.class_name) if label.class_name in classes else len(classes)
            found.append(LabelledBox(index, box))
    return found


def _elsewhere(boxes: Sequence[LabelledBox], width: int, height: int, dice: Generator) -> Box | None:
    """A place that is no tool and hardly touches one; None where none was found."""
    for _ in range(8):
        wide, high = np.exp(dice.uniform(np.log(width / 16), np.log(width / 2.5), 2)).tolist()
        if high >= height:
            continue
        x, y = dice.uniform(0, width - wide), dice.uniform(0, height - high)
        place = Box(x, y, x + wide, y + high)
        if all(place.overlap(known.box) < 0.15 for known in boxes):
            return place
    return None


def _as_found(box: Box, dice: Generator) -> Box:
    """The box as a detector might have it."""
    error = (dice.normal(0, BOX_ERROR, 4) * max(box.x2 - box.x1, box.y2 - box.y1)).tolist()
    moved = Box(box.x1 + error[0], box.y1 + error[1], box.x2 + error[2], box.y2 + error[3])
    return moved if moved.x2 - moved.x1 > 2 and moved.y2 - moved.y1 > 2 else box


def changed(piece: Pixels, dice: Generator) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """A piece as another camera from another side might show it: (3, side, side), RGB, 0..1."""
    turned = np.rot90(piece, int(dice.integers(4)))
    turned = turned[:, ::-1] if dice.random() < 0.5 else turned
    light = np.exp(dice.normal(0, 0.12)) * np.exp(dice.normal(0, 0.04, 3))
    seen = np.ascontiguousarray(turned).astype(np.float32) * (light / 255).astype(np.float32)
    if dice.random() < 0.25:
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), float(dice.uniform(0.4, 1.4))), np.float32)
    if dice.random() < 0.3:
        seen = seen + dice.uniform(0, 0.03) * dice.standard_normal(seen.shape, np.float32)
    return np.ascontiguousarray(np.clip(seen, 0, 1)[:, :, ::-1].transpose(2, 0, 1), np.float32)


class Pieces(IterableDataset[tuple[torch.Tensor, int]]):  # type: ignore[misc]
    """Endless pieces of `photos`: (3, side, side) RGB 0..1, and the index of the class; mirrored tools stay what they
    are.
    """

    def __init__(self, photos: Sequence[LabelledPhoto], classes: Sequence[str], side: int, seed: int) -> None:
        self._photos = list(photos)
        self._classes = tuple(classes)
        self._side = side
        self._seed = seed

    def __iter__(self) -> Iterator[tuple[torch.Tensor, int]]:
        worker = get_worker_info()
        dice = np.random.default_rng([self._seed, 0 if worker is None else worker.id])
        cv2.setNumThreads(1)
        waiting: list[tuple[torch.Tensor, int]] = []
        while True:
            photo = self._photos[int(dice.integers(len(self._photos)))]
            for piece, index in self._of_scene(photo, dice):
                shown = (torch.from_numpy(changed(piece, dice)), index)
                if len(waiting) < MIXED:
                    waiting.append(shown)
                    continue
                place = int(dice.integers(MIXED))
                yield waiting[place]
                waiting[place] = shown

    def _of_scene(self, photo: LabelledPhoto, dice: Generator) -> Iterator[tuple[Pixels, int]]:
        scene = cv2.imdecode(np.fromfile(photo.path, np.uint8), cv2.IMREAD_COLOR)
        if scene is None:
            return
        pixels = np.asarray(scene, np.uint8)
        height, width = pixels.shape[:2]
        boxes = boxes_of(photo, self._classes, width, height)
        for place in dice.permutation(len(boxes))[:FROM_ONE_SCENE].tolist():
            yield piece_of(pixels, _as_found(boxes[place].box, dice), self._side), boxes[place].index
        if dice.random() < EMPTY_PLACES * FROM_ONE_SCENE:
            nothing = _elsewhere(boxes, width, height, dice)
            if nothing is not None:
                yield piece_of(pixels, nothing, self._side), len(self._classes)
