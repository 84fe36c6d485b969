"""The inspection of a recorded operation, read back from its result (docs/result.schema.json)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from toolroom_desktop.domain.detection import Box, PictureProblem, QualityLimits
from toolroom_desktop.domain.inspection import (
    Extra,
    Inspection,
    ManualReason,
    PositionResult,
    PositionState,
    Status,
    UnsureReason,
)
from toolroom_desktop.domain.thresholds import LookAlikeGroup, Thresholds
from toolroom_desktop.domain.toolkit import ClassThreshold

# A newer station of this toolroom may know words that this program does not.
_REASONS = frozenset(reason.value for reason in UnsureReason)
_MANUAL_REASONS = frozenset(reason.value for reason in ManualReason)
_PROBLEMS = frozenset(problem.value for problem in PictureProblem)


def _box(sides: Sequence[float] | None) -> Box | None:
    return None if sides is None else Box(*sides)


def _thresholds(said: Mapping[str, Any]) -> Thresholds:
    return Thresholds(
        review=said["review"],
        accept=said["accept"],
        match_percentage=said["match_percentage"],
        same_object=said["same_object"],
        agreement=said["agreement"],
        quality=QualityLimits(**said["quality"]),
        per_class={name: ClassThreshold(own["accept"], own["review"]) for name, own in said["per_class"].items()},
    )


def _extras(result: Mapping[str, Any]) -> tuple[Extra, ...]:
    """The detections beyond the kit stand behind those of the positions, one for each of `extra_tools`."""
    number = len(result["extra_tools"])
    detected = result["detected_tools"][-number:] if number else []
    return tuple(Extra(seen["class_name"], seen["confidence"], Box(*seen["box"])) for seen in detected)


def kept_inspection(result: Mapping[str, Any]) -> Inspection:
    """What recognition said then, with numbers as they were rounded for the record."""
    groups = [
        LookAlikeGroup(frozenset(said["class_names"]), None, said["look_at_ru"], said["look_at_en"])
        for said in result["look_alikes"]
    ]
    units = Counter(position["class_name"] for position in result["positions"])
    positions = tuple(
        PositionResult(
            tool_class=said["class_name"],
            unit=said["unit"],
            of_units=units[said["class_name"]],
            state=PositionState(said["state"]),
            confidence=said["confidence"],
            found=said["found"],
            box=_box(said["box"]),
            reasons=frozenset(UnsureReason(reason) for reason in said["reasons"] if reason in _REASONS),
            look_alikes=next((group for group in groups if group.classes == frozenset(said["look_alikes"])), None),
        )
        for said in result["positions"]
    )
    return Inspection(
        status=Status(result["status"]),
        match_percentage=result["match_percentage"],
        positions=positions,
        extras=_extras(result),
        manual_reasons=frozenset(
            ManualReason(reason) for reason in result["manual_reasons"] if reason in _MANUAL_REASONS
        ),
        picture_problems=frozenset(
            PictureProblem(problem) for problem in result["picture_problems"] if problem in _PROBLEMS
        ),
        thresholds=_thresholds(result["thresholds"]),
        model_name=result["model"]["name"],
        model_sha256=result["model"]["sha256"],
        frames=result["frames"],
        width=result["image"]["width"],
        height=result["image"]["height"],
    )
