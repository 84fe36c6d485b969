"""Look-alikes are believed only where looks at the mirrored, the overturned and the turned frame agree.

A screwdriver stays the same screwdriver in a mirror. A network that knows its tip says the same again; one that guesses
from the handle or a glint guesses otherwise. So the whole frame is looked at once more in each of these ways, and a
look-alike keeps the least confidence that it earned in any of them. Where a look saw another tool of the group, neither
label is believed, however many looks were for it: both stay on the object as just plausible, and a person decides.
Other tools are left as the first look saw them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from toolroom_desktop.adapters.vision.close_detector import SAME_THING, CloseDetector
from toolroom_desktop.adapters.vision.shown import Pixels, back, shown
from toolroom_desktop.domain.detection import Detection, FrameResult
from toolroom_desktop.domain.looks import Look
from toolroom_desktop.domain.objects import SeenObject, objects_of
from toolroom_desktop.services.vision_ports import ModelInfo, Picture

STEP = 0.005
"""Of confidence, between the labels of an object that looks disagree on."""
Labels = Mapping[str, float]
"""Confidence 0..1 by class."""


class AgreeingLooks:
    """`Detector` that believes a look-alike no more than the most doubtful of its looks."""

    def __init__(self, detector: CloseDetector, looks: Sequence[Look] = tuple(Look)) -> None:
        """`looks` are those besides the first."""
        self.detector = detector
        self._looks = tuple(looks)
        groups = detector.info.knowledge.look_alikes
        self._group_of = {name: group.classes for group in groups for name in group.classes}

    @property
    def info(self) -> ModelInfo:
        """What is known about the model, with the looks that are in use."""
        return replace(self.detector.info, agreeing_looks=self._looks)

    def detect(self, picture: Picture) -> FrameResult:
        """Detections and quality of one frame, boxes in pixels of `picture`."""
        first = self.detector.detect(picture)
        alike = tuple(d for d in first.detections if d.class_name in self._group_of)
        objects = objects_of(alike, self.info.thresholds)
        if not objects:
            return first
        looks = [_labels(tuple(self._seen(picture.pixels, look)), objects, self._group_of) for look in self._looks]
        detections = list(first.detections)
        for index, seen in enumerate(objects):
            labels = [labels_of[index] for labels_of in looks]
            rivals = _rivals(seen, labels)
            most = self._in_doubt(seen) if rivals else self._most(seen, labels)
            detections = [self._no_surer(d, seen, most) for d in detections]
            detections.extend(replace(rival, confidence=min(rival.confidence, most - STEP)) for rival in rivals)
        return replace(first, detections=tuple(d for d in detections if d.confidence > 0))

    def _seen(self, pixels: Pixels, look: Look) -> Iterable[Detection]:
        height, width = pixels.shape[:2]
        for found in self.detector.look(shown(pixels, look)):
            if found.class_name in self._group_of:
                yield replace(found, box=back(found.box, look, width, height))

    def _in_doubt(self, seen: SeenObject) -> float:
        """Just plausible, with room for another label below it: the decision asks a person then."""
        return min(seen.confidence, self.info.thresholds.review_of(seen.tool_class) + 2 * STEP)

    def _most(self, seen: SeenObject, looks: Sequence[Labels]) -> float:
        """How much the object's label may be believed where no look saw another one."""
        name = seen.tool_class
        least = min([seen.confidence, *(labels.get(name, 0.0) for labels in looks)])
        winning = 1 + sum(_winner(labels) == name for labels in looks)
        if 2 * winning >= 1 + len(looks):
            # Most looks saw it: something lies there, so that it is in doubt and not missing.
            least = max(least, min(seen.confidence, self.info.thresholds.review_of(name)))
        return least

    def _no_surer(self, detection: Detection, seen: SeenObject, most: float) -> Detection:
        """The object's label with `most` confidence at most; its other labels below it, so that it keeps its name."""
        group = self._group_of[seen.tool_class]
        if detection.class_name not in group or detection.box.overlap(seen.box) < self.info.thresholds.same_object:
            return detection
        room = most if detection.class_name == seen.tool_class else most - STEP
        return replace(detection, confidence=min(detection.confidence, room))


def _winner(labels: Labels) -> str | None:
    return max(sorted(labels), key=lambda name: labels[name]) if labels else None


def _labels(
    found: Sequence[Detection], objects: Sequence[SeenObject], group_of: Mapping[str, frozenset[str]]
) -> list[dict[str, float]]:
    """What one look saw of each object: the greatest confidence of each class of its group.

    A detection belongs to the object that it overlaps most: crossed screwdrivers lie in each other's boxes.
    """
    labels: list[dict[str, float]] = [{} for _ in objects]
    for detection in found:
        overlaps = [detection.box.overlap(seen.box) for seen in objects]
        index = max(range(len(objects)), key=overlaps.__getitem__)
        if overlaps[index] >= SAME_THING and detection.class_name in group_of[objects[index].tool_class]:
            before = labels[index].get(detection.class_name, 0.0)
            labels[index][detection.class_name] = max(before, detection.confidence)
    return labels


def _rivals(seen: SeenObject, looks: Sequence[Labels]) -> list[Detection]:
    """Every other label that won a look, with the greatest confidence that it won with."""
    rivals: dict[str, float] = {}
    for labels in looks:
        winner = _winner(labels)
        if winner is not None and winner != seen.tool_class:
            rivals[winner] = max(rivals.get(winner, 0.0), labels[winner])
    return [Detection(name, confidence, seen.box) for name, confidence in sorted(rivals.items())]
