"""What comes out of the model, made into boxes of the frame.

Semantics of ultralytics 8.4 (`utils/nms.py` non_max_suppression and `utils/ops.py` scale_boxes): confidence strictly
above the threshold, the best class only, classes kept apart by an offset, boxes suppressed above an overlap of 0.7,
at most 300 kept, the border taken off, divided by the gain of each axis, clipped to the frame. All in float32, as
there: the offset costs precision, and the same precision has to be lost here.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.vision.letterbox import Fit

CLASS_OFFSET = 7680.0
"""Pixels by which the boxes of neighbouring classes are moved apart before suppression."""
SUPPRESS_ABOVE = 0.7
"""Overlap (IoU 0..1) above which the weaker of two boxes of one class goes."""
MOST_DETECTIONS = 300
MOST_CANDIDATES = 30_000

Rows = NDArray[np.float32]
"""(count, 6): x1, y1, x2, y2 in pixels, confidence 0..1, class index."""


def suppress(boxes: NDArray[np.float32], confidences: NDArray[np.float32], limit: float) -> NDArray[np.intp]:
    """Indices of the boxes to keep, most confident first: greedy non-maximum suppression above the overlap `limit`.

    `boxes` is (count, 4) as x1, y1, x2, y2. Equal confidences keep their order.
    """
    x1, y1, x2, y2 = (np.ascontiguousarray(column) for column in boxes.T)
    areas = (x2 - x1) * (y2 - y1)
    order = np.argsort(-confidences, kind="stable")
    kept: list[np.intp] = []
    while order.size:
        best, rest = order[0], order[1:]
        kept.append(best)
        width = np.minimum(x2[best], x2[rest]) - np.maximum(x1[best], x1[rest])
        height = np.minimum(y2[best], y2[rest]) - np.maximum(y1[best], y1[rest])
        shared = np.maximum(width, 0) * np.maximum(height, 0)
        if not shared.any():
            order = rest
            continue
        overlap = shared / (areas[best] + areas[rest] - shared)
        order = rest[overlap <= np.float32(limit)]
    return np.asarray(kept, dtype=np.intp)


def candidates(output: NDArray[np.float32], confidence: float) -> Rows:
    """Rows of the raw output (4 + classes, anchors) whose best class is more confident than `confidence`."""
    scores = output[4:]
    chosen = np.flatnonzero(scores.max(axis=0) > np.float32(confidence))
    # Only the few columns that matter are copied and turned round.
    few = np.take(output, chosen, axis=1).T
    classes = few[:, 4:].argmax(axis=1)
    half = few[:, 2:4] / np.float32(2)
    rows = np.empty((chosen.size, 6), np.float32)
    rows[:, :2] = few[:, :2] - half
    rows[:, 2:4] = few[:, :2] + half
    rows[:, 4] = few[np.arange(chosen.size), 4 + classes]
    rows[:, 5] = classes
    return rows


def decode_raw(output: NDArray[np.float32], confidence: float) -> Rows:
    """Detections of a raw output (4 + classes, anchors), in pixels of the model's input, most confident first."""
    rows = candidates(output, confidence)
    if rows.shape[0] > MOST_CANDIDATES:
        rows = rows[np.argsort(-rows[:, 4], kind="stable")[:MOST_CANDIDATES]]
    apart = rows[:, :4] + rows[:, 5:6] * np.float32(CLASS_OFFSET)
    kept: Rows = rows[suppress(apart, rows[:, 4], SUPPRESS_ABOVE)[:MOST_DETECTIONS]]
    return kept


def decode_final(output: NDArray[np.float32], confidence: float) -> Rows:
    """Detections of an output (count, 6) of a model that suppresses by itself; the order is the model's."""
    return output[output[:, 4] > np.float32(confidence)][:MOST_DETECTIONS]


def to_frame(rows: Rows, place: Fit) -> Rows:
    """The rows with their boxes in pixels of the frame, clipped to it. `rows` is left as it was."""
    result = rows.copy()
    result[:, 0:4:2] -= np.float32(place.left)
    result[:, 1:4:2] -= np.float32(place.top)
    result[:, 0:4:2] /= np.float32(place.gain_x)
    result[:, 1:4:2] /= np.float32(place.gain_y)
    result[:, 0:4:2] = result[:, 0:4:2].clip(0, place.frame_width)
    result[:, 1:4:2] = result[:, 1:4:2].clip(0, place.frame_height)
    return result
