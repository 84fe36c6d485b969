"""A detector that also looks at the same frame turned round, for whoever asks it to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolroom_desktop.adapters.vision.shown import back, shown
from toolroom_desktop.domain.detection import FrameResult
from toolroom_desktop.domain.looks import Look
from toolroom_desktop.services.vision_ports import Detector, ModelInfo, Picture


class ShownOtherwise:
    """`Detector` that is shown every frame in a certain way."""

    def __init__(self, detector: Detector, look: Look) -> None:
        self.detector = detector
        self.look = look

    @property
    def info(self) -> ModelInfo:
        """What is known about the model."""
        return self.detector.info

    def detect(self, picture: Picture) -> FrameResult:
        """Detections and quality of one frame, boxes in pixels of `picture`."""
        found = self.detector.detect(replace(picture, pixels=shown(picture.pixels, self.look)))
        width, height = picture.width, picture.height
        detections = (replace(d, box=back(d.box, self.look, width, height)) for d in found.detections)
        return replace(found, detections=tuple(detections))


class LooksAgain:
    """`LookingAgain`: a detector with other looks that share its network."""

    def __init__(self, detector: Detector, looks: Sequence[Look]) -> None:
        self.detector = detector
        self.other_looks: tuple[Detector, ...] = tuple(ShownOtherwise(detector, look) for look in looks)

    @property
    def info(self) -> ModelInfo:
        """What is known about the model."""
        return self.detector.info

    def detect(self, picture: Picture) -> FrameResult:
        """Detections and quality of one frame as it was taken, boxes in its pixels."""
        return self.detector.detect(picture)
