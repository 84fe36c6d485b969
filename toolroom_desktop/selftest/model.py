"""The shipped model sees on one table of the demonstration what it saw where it was released."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolroom_desktop.adapters.vision.looks import ready_to_look
from toolroom_desktop.domain.detection import Box, Detection
from toolroom_desktop.domain.errors import BadProgram
from toolroom_desktop.selftest.bench import Workbench, own_file
from toolroom_desktop.services.doctor import Check, Grade

LEAST_OVERLAP = 0.95
"""IoU of a box with its reference."""
MOST_CONFIDENCE_APART = 0.02
LEAST_CONFIDENCE = 0.25
"""Fainter detections are not compared: there the order of a processor's additions already decides."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What was seen, and by which model file."""

    sha256: str
    detections: tuple[Detection, ...]


def reference_file(model: str) -> Path:
    """Where the reference of that model lies."""
    return own_file(f"{model}.json")


def read_reference(path: Path) -> Reference:
    """Read a reference; raises `BadProgram`: selftest.reference_missing, selftest.reference_damaged."""
    try:
        content: dict[str, Any] = json.loads(path.read_bytes())
        boxes = content["boxes"]
        detections = tuple(
            Detection(b["class_name"], float(b["confidence"]), Box(*map(float, b["box"]))) for b in boxes
        )
        return Reference(str(content["sha256"]), detections)
    except FileNotFoundError as error:
        raise BadProgram("selftest.reference_missing", path=path) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadProgram("selftest.reference_damaged", path=path, reason=str(error)) from error


def write_reference(bench: Workbench) -> Path:
    """Write down what the shipped model sees here, and return where; for developers, after a new model was released."""
    known = bench.detector().info.knowledge
    path = reference_file(known.name)
    boxes = [
        {
            "class_name": seen.class_name,
            "confidence": round(seen.confidence, 4),
            "box": [round(side, 2) for side in (seen.box.x1, seen.box.y1, seen.box.x2, seen.box.y2)],
        }
        for seen in _seen(bench)
        if seen.confidence >= LEAST_CONFIDENCE
    ]
    path.write_text(json.dumps({"sha256": known.sha256, "boxes": boxes}, indent=1) + "\n", encoding="utf-8")
    return path


def look(bench: Workbench, *, reference: Path | None = None) -> Check:
    """Compare with `reference`, by default the one that ships with the model."""
    info = bench.detector().info
    wanted = read_reference(reference or reference_file(info.knowledge.name))
    if wanted.sha256 != info.knowledge.sha256:
        raise BadProgram("selftest.reference_of_another", model=info.knowledge.name)
    left = list(_seen(bench))
    worst_overlap, worst_apart = 1.0, 0.0
    for expected in wanted.detections:
        same = [seen for seen in left if seen.class_name == expected.class_name]
        found = max(same, key=lambda seen: seen.box.overlap(expected.box), default=None)
        if found is None:
            raise BadProgram("selftest.model_missed", tool=expected.class_name)
        left.remove(found)
        worst_overlap = min(worst_overlap, found.box.overlap(expected.box))
        worst_apart = max(worst_apart, abs(found.confidence - expected.confidence))
    surplus = [seen for seen in left if seen.confidence >= LEAST_CONFIDENCE + MOST_CONFIDENCE_APART]
    if surplus:
        raise BadProgram("selftest.model_surplus", tool=surplus[0].class_name)
    if worst_overlap < LEAST_OVERLAP or worst_apart > MOST_CONFIDENCE_APART:
        raise BadProgram("selftest.model_differs", overlap=f"{worst_overlap:.3f}", apart=f"{worst_apart:.3f}")
    facts = {
        "model": info.knowledge.name,
        "sha256": info.knowledge.sha256,
        "boxes": len(wanted.detections),
        "least_overlap": worst_overlap,
        "most_confidence_apart": worst_apart,
    }
    details: dict[str, object] = {
        "model": info.knowledge.name,
        "count": len(wanted.detections),
        "overlap": f"{worst_overlap:.3f}",
    }
    return Check("model", Grade.GOOD, "selftest.model", details, facts)


def _seen(bench: Workbench) -> tuple[Detection, ...]:
    # As at the counter: a second network that cannot be asked here shows here.
    return ready_to_look(bench.detector()).detect(bench.table()).detections
