"""Precision and recall of boxes: mAP50, mAP50-95, each class, and the confusion matrix.

The definitions are those of ultralytics 8.4 (`engine/validator.py` match_predictions, `utils/metrics.py` compute_ap,
ap_per_class and ConfusionMatrix), so that the figures can be compared: average precision is interpolated at 101
points of recall, as COCO does, for overlaps (IoU) 0.50, 0.55 .. 0.95.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.domain.detection import Detection
from toolroom_desktop.training.evaluate.dataset import Truth

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

OVERLAPS: Floats = np.linspace(0.5, 0.95, 10)
"""The overlaps (IoU) over which mAP50-95 is the mean."""
CONFUSION_OVERLAP = 0.45
"""Overlap above which a detection and a tool are the same place in the confusion matrix."""
_EPSILON = 1e-16
_CURVE = np.linspace(0, 1, 1000)
_RECALLS = np.linspace(0, 1, 101)


@dataclass(frozen=True, slots=True)
class PictureBoxes:
    """What was seen in one picture and what lies there. Boxes in pixels."""

    seen: tuple[Detection, ...]
    truth: tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """One class: how many tools, precision and recall at the confidence of the best mean F1, average precision."""

    tool_class: str
    tools: int
    precision: float
    recall: float
    ap50: float
    ap50_95: float


@dataclass(frozen=True, slots=True)
class BoxFigures:
    """Figures of boxes over all pictures; means are over the classes that have tools.

    `best_confidence` is where the smoothed mean F1 is greatest. `confusion` is (classes + 1, classes + 1): rows what
    was seen, columns what lies there, the last of each the background, in the order of `names`.
    """

    pictures: int
    tools: int
    map50: float
    map50_95: float
    best_confidence: float
    classes: tuple[ClassFigures, ...]
    names: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    confusion_confidence: float


def overlaps(first: Floats, second: Floats) -> Floats:
    """Intersection over union, (n, m), of boxes (n, 4) with boxes (m, 4) as x1, y1, x2, y2."""
    corner = np.maximum(first[:, None, :2], second[None, :, :2])
    opposite = np.minimum(first[:, None, 2:], second[None, :, 2:])
    shared = np.clip(opposite - corner, 0, None).prod(axis=2)
    areas = [(boxes[:, 2:] - boxes[:, :2]).prod(axis=1) for boxes in (first, second)]
    result: Floats = shared / (areas[0][:, None] + areas[1][None, :] - shared + 1e-7)
    return result


def match(seen_classes: NDArray[np.intp], true_classes: NDArray[np.intp], overlap: Floats) -> Flags:
    """Which detections are right at each of `OVERLAPS`, (detections, 10).

    `overlap` is (tools, detections), detections by falling confidence. Each takes the best tool of its class that no
    surer one has taken.
    """
    own = np.where(true_classes[:, None] == seen_classes[None, :], overlap, 0.0)
    right = np.zeros((seen_classes.size, OVERLAPS.size), bool)
    taken = np.zeros((true_classes.size, OVERLAPS.size), bool)
    if not true_classes.size:
        return right
    levels = np.arange(OVERLAPS.size)
    for index in np.flatnonzero((own >= OVERLAPS[0]).any(axis=0)):
        free = np.where(taken, 0.0, own[:, index, None])
        best = free.argmax(axis=0)
        right[index] = free[best, levels] >= OVERLAPS
        taken[best, levels] |= right[index]
    return right


def average_precision(recall: Floats, precision: Floats) -> float:
    """Area under the precision-recall curve, interpolated at 101 points."""
    known_recall = np.concatenate(([0.0], recall, [recall[-1] if recall.size else 1.0], [1.0]))
    envelope = np.concatenate(([1.0], precision, [0.0], [0.0]))
    envelope = np.flip(np.maximum.accumulate(np.flip(envelope)))
    heights = np.interp(_RECALLS, known_recall, envelope)
    return float(((heights[1:] + heights[:-1]) / 2 * np.diff(_RECALLS)).sum())


def _smooth(values: Floats, share: float) -> Floats:
    width = round(values.size * share * 2) // 2 + 1
    edge = np.ones(width // 2)
    padded = np.concatenate((edge * values[0], values, edge * values[-1]))
    return np.convolve(padded, np.ones(width) / width, mode="valid")


@dataclass(frozen=True, slots=True)
class _Collected:
    """All detections of all pictures, by falling confidence, and all tools."""

    right: Flags
    confidence: Floats
    seen: NDArray[np.intp]
    truth: NDArray[np.intp]


def _boxes(items: Sequence[Detection] | Sequence[Truth]) -> Floats:
    return np.array([(i.box.x1, i.box.y1, i.box.x2, i.box.y2) for i in items], float).reshape(-1, 4)


def _indices(items: Sequence[Detection] | Sequence[Truth], places: dict[str, int]) -> NDArray[np.intp]:
    return np.array([places[i.class_name] for i in items], np.intp)


def _sorted(seen: Sequence[Detection]) -> list[Detection]:
    return sorted(seen, key=lambda detection: -detection.confidence)


def _collect(pictures: Sequence[PictureBoxes], places: dict[str, int]) -> _Collected:
    rights, confidences, seen_classes, true_classes = [], [], [], []
    for picture in pictures:
        seen = _sorted(picture.seen)
        classes, truth = _indices(seen, places), _indices(picture.truth, places)
        rights.append(match(classes, truth, overlaps(_boxes(picture.truth), _boxes(seen))))
        confidences.append(np.array([detection.confidence for detection in seen], float))
        seen_classes.append(classes)
        true_classes.append(truth)
    confidence = np.concatenate(confidences) if confidences else np.zeros(0)
    order = np.argsort(-confidence, kind="stable")
    return _Collected(
        right=np.concatenate(rights)[order] if rights else np.zeros((0, OVERLAPS.size), bool),
        confidence=confidence[order],
        seen=np.concatenate(seen_classes)[order] if seen_classes else np.zeros(0, np.intp),
        truth=np.concatenate(true_classes) if true_classes else np.zeros(0, np.intp),
    )


def _confusion(pictures: Sequence[PictureBoxes], places: dict[str, int], confidence: float) -> list[list[int]]:
    size = len(places)
    matrix = [[0] * (size + 1) for _ in range(size + 1)]
    for picture in pictures:
        seen = [detection for detection in _sorted(picture.seen) if detection.confidence > confidence]
        free = overlaps(_boxes(picture.truth), _boxes(seen))
        place_of: dict[int, int] = {}
        for index in range(len(seen)):
            if not picture.truth:
                break
            best = int(free[:, index].argmax())
            if free[best, index] > CONFUSION_OVERLAP:
                place_of[index] = best
                free[best] = 0
        for index, detection in enumerate(seen):
            column = places[picture.truth[place_of[index]].class_name] if index in place_of else size
            matrix[places[detection.class_name]][column] += 1
        for index, tool in enumerate(picture.truth):
            if index not in place_of.values():
                matrix[size][places[tool.class_name]] += 1
    return matrix


def box_figures(pictures: Sequence[PictureBoxes], names: Sequence[str], confusion_confidence: float) -> BoxFigures:
    """The figures of `pictures` for a model with the classes `names`.

    Detections should reach down to a confidence of 0.001, as ultralytics' own validation takes them. The confusion
    matrix counts those above `confusion_confidence`.
    """
    places = {name: place for place, name in enumerate(names)}
    collected = _collect(pictures, places)
    present, counts = np.unique(collected.truth, return_counts=True)
    precision_curves = np.zeros((present.size, _CURVE.size))
    recall_curves = np.zeros_like(precision_curves)
    averages = np.zeros((present.size, OVERLAPS.size))
    for row, (index, count) in enumerate(zip(present, counts, strict=True)):
        own = collected.seen == index
        if not own.any():
            continue
        right = collected.right[own].cumsum(axis=0)
        wrong = (~collected.right[own]).cumsum(axis=0)
        recall, precision = right / (count + _EPSILON), right / (right + wrong)
        falling = -collected.confidence[own]
        recall_curves[row] = np.interp(-_CURVE, falling, recall[:, 0], left=0)
        precision_curves[row] = np.interp(-_CURVE, falling, precision[:, 0], left=1)
        averages[row] = [average_precision(recall[:, level], precision[:, level]) for level in range(OVERLAPS.size)]
    f1 = 2 * precision_curves * recall_curves / (precision_curves + recall_curves + _EPSILON)
    best = int(_smooth(f1.mean(axis=0), 0.1).argmax()) if present.size else 0
    classes = tuple(
        ClassFigures(
            tool_class=names[index],
            tools=int(counts[row]),
            precision=float(precision_curves[row, best]),
            recall=float(recall_curves[row, best]),
            ap50=float(averages[row, 0]),
            ap50_95=float(averages[row].mean()),
        )
        for row, index in enumerate(present)
    )
    return BoxFigures(
        pictures=len(pictures),
        tools=int(collected.truth.size),
        map50=float(averages[:, 0].mean()) if present.size else 0.0,
        map50_95=float(averages.mean()) if present.size else 0.0,
        best_confidence=float(_CURVE[best]),
        classes=classes,
        names=tuple(names),
        confusion=tuple(tuple(row) for row in _confusion(pictures, places, confusion_confidence)),
        confusion_confidence=confusion_confidence,
    )
