"""Inspections: which thresholds hold, and the decision over photos."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.inspection import Inspection, inspect
from toolroom_desktop.domain.looks import decided
from toolroom_desktop.domain.thresholds import Thresholds
from toolroom_desktop.domain.toolkit import ClassThreshold, Toolkit
from toolroom_desktop.services.operation_input import Evidence
from toolroom_desktop.services.vision_ports import Detector, ModelInfo, PhotoReader, other_looks_of


@dataclass(frozen=True, slots=True)
class StationThresholds:
    """What this station wants otherwise than the model's manifest; None keeps the manifest's number."""

    match_percentage: float = 95.0
    review: float | None = None
    accept: float | None = None
    per_class: Mapping[str, ClassThreshold] | None = None


def thresholds_for(model: ModelInfo, station: StationThresholds, toolkit: Toolkit) -> Thresholds:
    """The thresholds that hold: the model's manifest, over it the station's settings, over them the toolkit's own."""
    base = replace(
        model.thresholds,
        match_percentage=station.match_percentage,
        review=model.thresholds.review if station.review is None else station.review,
        accept=model.thresholds.accept if station.accept is None else station.accept,
    )
    return base.overridden_by(station.per_class or {}, toolkit.thresholds)


def check_match_percentage(percentage: float) -> float:
    """`percentage` itself, or `BadInput` unless it lies in 1..100."""
    if not 1.0 <= percentage <= 100.0:
        raise BadInput("threshold.out_of_range", value=percentage)
    return percentage


@dataclass(frozen=True, slots=True)
class Inspecting:
    """The decision over photos of one scene."""

    detector: Detector
    photos: PhotoReader
    station: StationThresholds

    def thresholds(self, toolkit: Toolkit) -> Thresholds:
        """The thresholds that hold for `toolkit` at this station with this model."""
        return thresholds_for(self.detector.info, self.station, toolkit)

    def unseen(self, toolkit: Toolkit, *, expected: Mapping[str, int]) -> Evidence:
        """What an operation is recorded with where everything is counted by hand, away from the camera."""
        return Evidence(None, inspect(expected, (), self.thresholds(toolkit), self.detector.info.knowledge))

    def check_photos(
        self, paths: Sequence[Path], toolkit: Toolkit, *, expected: Mapping[str, int] | None = None
    ) -> Evidence:
        """Judge several photos of one and the same table as frames; the last one becomes the evidence picture.

        `expected` defaults to the toolkit's whole list. Raises `BadPhoto` for the first photo that cannot be used.
        """
        pictures = [self.photos.read(path) for path in paths]
        wanted, thresholds = toolkit.expected if expected is None else expected, self.thresholds(toolkit)

        def judged(detector: Detector) -> Inspection:
            frames = [detector.detect(picture) for picture in pictures]
            return inspect(wanted, frames, thresholds, self.detector.info.knowledge)

        others = (judged(look) for look in other_looks_of(self.detector))
        return Evidence(pictures[-1], decided(judged(self.detector), others))
