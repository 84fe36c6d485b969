"""Physical things in one frame: detections that overlap are one, whatever their classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from toolroom_desktop.domain.detection import Box, Detection
from toolroom_desktop.domain.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class SeenObject:
    """One physical thing in one frame: its labels with the best confidence of each, and the box of the best."""

    labels: tuple[tuple[str, float], ...]
    box: Box
    plausible: frozenset[str]

    @property
    def tool_class(self) -> str:
        """The best label."""
        return self.labels[0][0]

    @property
    def confidence(self) -> float:
        """The confidence of the best label, 0..1."""
        return self.labels[0][1]

    @property
    def two_labels(self) -> bool:
        """Whether more than one label is plausible."""
        return len(self.plausible) > 1


def objects_of(detections: Iterable[Detection], thresholds: Thresholds) -> tuple[SeenObject, ...]:
    """Detections of one frame as physical objects: the connected groups of overlapping boxes.

    Two that a closer look has shown to be things of their own are not connected by their overlap.
    Detections below their class's review threshold are dropped first. Independent of the order of `detections`.
    """
    kept = sorted(
        (d for d in detections if d.confidence >= thresholds.review_of(d.class_name)),
        key=lambda d: (-d.confidence, d.class_name, d.box, d.by_itself),
    )
    group = list(range(len(kept)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    for first in range(len(kept)):
        for second in range(first + 1, len(kept)):
            if kept[first].by_itself and kept[second].by_itself:
                continue
            if kept[first].box.overlap(kept[second].box) >= thresholds.same_object:
                low, high = sorted((root(first), root(second)))
                group[high] = low
    members: dict[int, list[Detection]] = defaultdict(list)
    for index, detection in enumerate(kept):
        members[root(index)].append(detection)
    objects: list[SeenObject] = []
    for detections_of_one in members.values():
        best: dict[str, float] = {}
        for detection in detections_of_one:  # sorted: the first of a class is its best
            best.setdefault(detection.class_name, detection.confidence)
        labels = tuple(sorted(best.items(), key=lambda item: (-item[1], item[0])))
        objects.append(SeenObject(labels, detections_of_one[0].box, frozenset(best)))
    return tuple(sorted(objects, key=lambda o: (-o.confidence, o.tool_class, o.box)))
