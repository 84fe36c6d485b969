"""Every tool that was found is shown, alone, to a second network; mostly a label is believed no more than by both.

The detector looks at the whole table and has to find and to name at once; a tip is a few pixels to it, and a stranger's
wrench looks much like one of the kit. The second network sees one tool at a time, as large as its input, and knows
things that are no tool of the kit. Where it names another tool, or none, the label is only plausible and a person
decides. Look-alikes differ by what only it can see: among them its word counts alone where both name one tool, or where
it is sure of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.vision.close_detector import CloseDetector
from toolroom_desktop.adapters.vision.opinion import Opinion, Shares
from toolroom_desktop.domain.detection import Detection, FrameResult
from toolroom_desktop.domain.objects import SeenObject, objects_of
from toolroom_desktop.services.vision_ports import ModelInfo, Picture

STEP = 0.005
"""Of confidence, between the labels of an object that the networks disagree on."""

SURE = 0.85
"""Of the second network's confidence, from which it names another look-alike than the first did, and tells two tools
whose boxes overlap apart.
"""

ONE_PLACE = 0.8
"""Overlap from which two labels are of one thing; crossed screwdrivers overlap by a half."""


class SecondOpinion:
    """`Detector` that asks a second network about each object of the first."""

    def __init__(self, detector: CloseDetector, opinion: Opinion) -> None:
        """Both know the same classes, in whatever order."""
        self.detector = detector
        self._opinion = opinion

    @property
    def info(self) -> ModelInfo:
        """What is known about the model."""
        return self.detector.info

    def detect(self, picture: Picture) -> FrameResult:
        """Detections and quality of one frame, boxes in pixels of `picture`."""
        first = self.detector.detect(picture)
        return replace(first, detections=tuple(self._judged(picture.pixels, first.detections)))

    def _judged(self, pixels: NDArray[np.uint8], detections: tuple[Detection, ...]) -> Iterable[Detection]:
        thresholds = self.info.thresholds
        # What no decision looks at stays as it is.
        yield from (d for d in detections if d.confidence < thresholds.review_of(d.class_name))
        objects = objects_of(detections, thresholds)
        for seen, shares in zip(objects, self._opinion.of(pixels, [seen.box for seen in objects]), strict=True):
            found = _best(seen, detections)
            two = self._two_things(pixels, found, detections)
            if two:
                yield from two
                continue
            one_thing = all(one.box.overlap(seen.box) >= ONE_PLACE for one in found)
            labels = self._labels(seen, shares, one_thing=one_thing)
            yield from (Detection(name, sure, seen.box) for name, sure in labels)

    def _two_things(
        self, pixels: NDArray[np.uint8], found: Sequence[Detection], detections: Sequence[Detection]
    ) -> tuple[Detection, ...]:
        """The labels of an object that is two tools whose boxes overlap; none where that is not sure.

        Tools that lie crosswise or aslant side by side share much of their boxes. Each place is shown by itself: only
        where the second network surely sees in each a tool that the detector saw there, they are two. A box between
        the places may be a third tool, which must not vanish.
        """
        places = _places(found)
        if len(places) != 2 or any(self._between(other, places) for other in detections):
            return ()
        answers = self._opinion.of(pixels, [place[0].box for place in places])
        two: list[Detection] = []
        for place, shares in zip(places, answers, strict=True):
            surely = self._surely(place, shares)
            if surely is None:
                return ()
            two.append(surely)
        return tuple(two)

    def _surely(self, place: Sequence[Detection], shares: Shares) -> Detection | None:
        """What surely lies at a place, the surest label of which comes first; of look-alikes the second network's word
        says which.
        """
        favourite = int(shares.argmax())
        share, named = float(shares[favourite]), {one.class_name: one for one in place}
        name = self._opinion.names[favourite] if favourite < len(self._opinion.names) else ""
        if share < SURE or name not in named:
            return None
        group = self.info.knowledge.group_of(name)
        if len(named) > 1 and (group is None or not named.keys() <= group.classes):
            return None
        sure = share if group is not None else min(named[name].confidence, share)
        return replace(named[name], box=place[0].box, confidence=sure, by_itself=True)

    def _between(self, other: Detection, places: Sequence[Sequence[Detection]]) -> bool:
        """Whether a detection belongs to an object of two places and frames neither."""
        thresholds = self.info.thresholds
        nearest = max(other.box.overlap(place[0].box) for place in places)
        plausible = other.confidence >= thresholds.review_of(other.class_name)
        return plausible and thresholds.same_object <= nearest < ONE_PLACE

    def _labels(self, seen: SeenObject, shares: Shares, *, one_thing: bool) -> Iterable[tuple[str, float]]:
        """What the object is called after both networks, the likeliest first."""
        names = self._opinion.names
        believed = {name: min(sure, float(shares[names.index(name)])) for name, sure in seen.labels}
        best = max(believed, key=lambda name: (believed[name], name))
        favourite = int(shares.argmax())
        if one_thing and self._tells_apart(seen, shares, favourite):
            yield names[favourite], max(float(shares[favourite]), self.info.thresholds.review_of(names[favourite]))
            return
        if one_thing and favourite < len(names) and names[favourite] == best:
            yield best, max(believed[best], self.info.thresholds.review_of(best))
            return
        doubted = min(seen.confidence, self.info.thresholds.review_of(seen.tool_class) + 2 * STEP)
        yield seen.tool_class, doubted
        # All labels stay plausible: two tools that lie crosswise are one object, and neither may vanish.
        others = {name for name, _ in seen.labels} | set(names[favourite : favourite + 1])
        for name in sorted(others - {seen.tool_class}):
            yield name, max(doubted - STEP, self.info.thresholds.review_of(name))

    def _tells_apart(self, seen: SeenObject, shares: Shares, favourite: int) -> bool:
        """Whether the object is one of look-alikes to both networks, and the second says which: surely, if another."""
        group = self.info.knowledge.group_of(seen.tool_class)
        # What is something else has no name.
        named = {name for name, _ in seen.labels} | set(self._opinion.names[favourite : favourite + 1])
        if group is None or favourite == len(self._opinion.names) or not named <= group.classes:
            return False
        return self._opinion.names[favourite] == seen.tool_class or float(shares[favourite]) >= SURE


def _places(found: Sequence[Detection]) -> list[list[Detection]]:
    """Labels by the place that they frame, the surest first."""
    places: list[list[Detection]] = []
    for one in sorted(found, key=lambda label: -label.confidence):
        at = next((place for place in places if place[0].box.overlap(one.box) >= ONE_PLACE), None)
        if at is None:
            places.append([one])
        else:
            at.append(one)
    return places


def _best(seen: SeenObject, detections: Sequence[Detection]) -> tuple[Detection, ...]:
    """The detections behind the labels of an object, the surest of each."""
    return tuple(
        max(
            (d for d in detections if (d.class_name, d.confidence) == label),
            key=lambda found: found.box.overlap(seen.box),
        )
        for label in seen.labels
    )
