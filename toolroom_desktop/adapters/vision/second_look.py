"""A second look at tools that look alike: cut out of the full frame, upright and turned, with the same network.

In the whole frame the tips of screwdrivers are a few pixels. The network sees the cut-out of such a tool two to three
times larger, and once more turned by a quarter: whoever only guesses guesses differently then. What the looks agree on
stays; where they differ, each label keeps the confidence that it earned on average, and the decision finds two
plausible labels on one object and asks a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.vision.close_detector import SAME_THING, CloseDetector
from toolroom_desktop.domain.detection import Box, Detection, FrameResult
from toolroom_desktop.domain.objects import objects_of
from toolroom_desktop.services.vision_ports import ModelInfo, Picture

MARGIN = 0.12
"""Of the longer side, around the box."""
LEAST_SIDE = 48
"""Pixels; a smaller thing has nothing to show in a second look."""
USUAL_TURNS = (0, 1)


@dataclass(frozen=True, slots=True)
class _Look:
    """A part of the frame: its corner in the frame, and how often it was turned by a quarter."""

    x: int
    y: int
    turns: int
    pixels: NDArray[np.uint8]

    def back(self, box: Box) -> Box:
        """A box of the turned part in pixels of the frame."""
        height, width = self.pixels.shape[:2]
        for _ in range(self.turns):  # undo one turn counter-clockwise: (x, y) was (height_before ... )
            box = Box(height - box.y2, box.x1, height - box.y1, box.x2)
            height, width = width, height
        return Box(box.x1 + self.x, box.y1 + self.y, box.x2 + self.x, box.y2 + self.y)


def _look(pixels: NDArray[np.uint8], box: Box, turns: int, input_size: tuple[int, int]) -> _Look:
    """The box with a margin, in the shape of the model's input where the frame has room for it, turned."""
    height, width = pixels.shape[:2]
    extra = 2 * MARGIN * max(box.x2 - box.x1, box.y2 - box.y1)
    wide, high = box.x2 - box.x1 + extra, box.y2 - box.y1 + extra
    shape = input_size[1] / input_size[0] if turns % 2 == 0 else input_size[0] / input_size[1]
    wide, high = max(wide, high * shape), max(high, wide / shape)
    x, y = (box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2
    left, top = max(0, int(x - wide / 2)), max(0, int(y - high / 2))
    right, bottom = min(width, int(x + wide / 2) + 1), min(height, int(y + high / 2) + 1)
    return _Look(left, top, turns, np.ascontiguousarray(np.rot90(pixels[top:bottom, left:right], turns)))


class SecondLook:
    """`Detector` that looks twice at the classes of look-alike groups."""

    def __init__(self, detector: CloseDetector, *, turns: Sequence[int] = USUAL_TURNS) -> None:
        """`turns` are the quarter turns, counter-clockwise, at which the cut-out is looked at; at least one."""
        self.detector = detector
        self._turns = tuple(turns)
        groups = detector.info.knowledge.look_alikes
        self._group_of = {name: group.classes for group in groups for name in group.classes}

    @property
    def info(self) -> ModelInfo:
        """What is known about the model."""
        return self.detector.info

    def detect(self, picture: Picture) -> FrameResult:
        """Detections and quality of one frame, boxes in pixels of `picture`."""
        first = self.detector.detect(picture)
        return replace(first, detections=tuple(self._again(picture.pixels, first.detections)))

    def _again(self, pixels: NDArray[np.uint8], detections: tuple[Detection, ...]) -> Iterable[Detection]:
        alike = tuple(d for d in detections if d.class_name in self._group_of)
        yield from (d for d in detections if d.class_name not in self._group_of)
        thresholds = self.info.thresholds
        judged: set[Detection] = set()
        for seen in objects_of(alike, thresholds):
            box = seen.box
            mine = [d for d in alike if d.box.overlap(box) >= thresholds.same_object]
            judged.update(mine)
            if max(box.x2 - box.x1, box.y2 - box.y1) < LEAST_SIDE:
                yield from mine
                continue
            yield from self._judge(pixels, box, mine, self._group_of[seen.tool_class])
        yield from (d for d in alike if d not in judged)

    def _judge(
        self, pixels: NDArray[np.uint8], box: Box, first: Sequence[Detection], group: frozenset[str]
    ) -> Iterable[Detection]:
        """One object after all looks: every class of the group with its average confidence, the best one first."""
        scores: dict[str, list[float]] = defaultdict(list)
        looks = [_look(pixels, box, turns, self.info.input_size) for turns in self._turns]
        for look in looks:
            best: dict[str, float] = {}
            for found in self.detector.look(look.pixels):
                if found.class_name in group and look.back(found.box).overlap(box) >= SAME_THING:
                    best[found.class_name] = max(best.get(found.class_name, 0.0), found.confidence)
            for name in group:
                scores[name].append(best.get(name, 0.0))
        for name in sorted(group, key=lambda name: (-sum(scores[name]), name)):
            mean = sum(scores[name]) / len(looks)
            if mean > 0:
                yield Detection(name, mean, box)
        if not any(sum(values) for values in scores.values()):
            # Nothing at all from near by: what was seen from afar is a weak hint, and stays one.
            yield from (replace(d, confidence=d.confidence / 2) for d in first)
