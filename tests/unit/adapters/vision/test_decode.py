"""From the model's numbers to boxes, against a slow transcription of the rules with one box after another."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from toolroom_desktop.adapters.vision.decode import (
    CLASS_OFFSET,
    MOST_DETECTIONS,
    SUPPRESS_ABOVE,
    decode_final,
    decode_raw,
    to_frame,
)
from toolroom_desktop.adapters.vision.letterbox import fit

F = np.float32
Numbers = NDArray[np.float32]


def slow_overlap(a: list[np.float32], b: list[np.float32]) -> np.float32:
    width = max(F(0), min(a[2], b[2]) - max(a[0], b[0]))
    height = max(F(0), min(a[3], b[3]) - max(a[1], b[1]))
    shared = width * height
    area_a, area_b = (a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1])
    return F(shared / (area_a + area_b - shared)) if shared > 0 else F(0)


def slow_decode(output: Numbers, confidence: float) -> list[list[float]]:
    found = []
    for x, y, width, height, *scores in output.T:
        best = max(range(len(scores)), key=lambda index: scores[index])
        if scores[best] > F(confidence):
            corners = [x - width / F(2), y - height / F(2), x + width / F(2), y + height / F(2)]
            found.append((corners, scores[best], best))
    found.sort(key=lambda row: -row[1])
    kept: list[tuple[list[np.float32], np.float32, int]] = []
    for row in found:
        apart = [value + F(row[2]) * F(CLASS_OFFSET) for value in row[0]]
        others = ([value + F(k[2]) * F(CLASS_OFFSET) for value in k[0]] for k in kept)
        if all(slow_overlap(other, apart) <= F(SUPPRESS_ABOVE) for other in others):
            kept.append(row)
    return [[*map(float, row[0]), float(row[1]), float(row[2])] for row in kept[:MOST_DETECTIONS]]


def random_output(seed: int, classes: int, anchors: int) -> Numbers:
    random = np.random.default_rng(seed)
    centres = random.uniform(0, 480, (2, max(1, anchors // 4))).repeat(4, 1)[:, :anchors]
    centres = np.resize(centres, (2, anchors)) + random.normal(0, 4, (2, anchors))
    sides = random.uniform(30, 60, (2, anchors))
    scores = random.permutation(np.linspace(0, 1, classes * anchors)).reshape(classes, anchors)
    return np.vstack([centres, sides, scores]).astype(np.float32)


@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(1, 60), st.sampled_from([0.0, 0.25, 0.5, 0.9, 1.0]))
def test_the_quick_decoding_finds_what_the_slow_one_finds(
    seed: int, classes: int, anchors: int, confidence: float
) -> None:
    output = random_output(seed, classes, anchors)
    assert decode_raw(output, confidence).tolist() == slow_decode(output, confidence)


def column(x: float, y: float, width: float, height: float, *scores: float) -> list[float]:
    return [x, y, width, height, *scores]


def table(*columns: list[float]) -> Numbers:
    return np.array(columns, np.float32).T


def test_the_threshold_itself_is_not_enough() -> None:
    assert len(decode_raw(table(column(50, 50, 20, 20, 0.25)), 0.25)) == 0
    assert len(decode_raw(table(column(50, 50, 20, 20, float(np.nextafter(F(0.25), F(1))))), 0.25)) == 1


def test_only_the_best_class_of_a_box_counts() -> None:
    assert decode_raw(table(column(50, 50, 20, 20, 0.6, 0.9, 0.8)), 0.25)[:, 5].tolist() == [1]


def test_an_overlap_of_exactly_the_limit_is_kept() -> None:
    # 17 of 20 rows shared: 340 / (400 + 400 - 340) = 0.739; 14 of 20: 280 / 520 = 0.538
    assert len(decode_raw(table(column(50, 50, 20, 20, 0.9), column(50, 53, 20, 20, 0.8)), 0.25)) == 1
    assert len(decode_raw(table(column(50, 50, 20, 20, 0.9), column(50, 56, 20, 20, 0.8)), 0.25)) == 2
    # 70 of 100 rows in a box of 100 by 100: the overlap is the limit itself
    assert len(decode_raw(table(column(50, 50, 100, 100, 0.9), column(50, 35, 100, 70, 0.8)), 0.25)) == 2


def test_boxes_of_different_classes_never_suppress_each_other() -> None:
    same_place = table(column(50, 50, 20, 20, 0.9, 0.0), column(50, 50, 20, 20, 0.0, 0.8))
    assert decode_raw(same_place, 0.25)[:, 5].tolist() == [0, 1]


def test_at_most_three_hundred_are_kept_and_they_are_the_best() -> None:
    scores = np.linspace(0.3, 0.9, 400)
    output = table(*(column(10 + 30 * i, 10, 20, 20, s) for i, s in enumerate(scores)))
    rows = decode_raw(output, 0.25)
    assert len(rows) == MOST_DETECTIONS
    assert np.array_equal(rows[:, 4], np.sort(output[4])[::-1][:MOST_DETECTIONS])


def test_a_model_that_suppresses_by_itself_is_taken_at_its_word() -> None:
    rows = np.array([[1, 2, 3, 4, 0.9, 1], [1, 2, 3, 4, 0.8, 1], [0, 0, 0, 0, 0.25, 0]], np.float32)
    assert decode_final(rows, 0.25).tolist() == rows[:2].tolist()


@given(st.integers(1, 4000), st.integers(1, 4000), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_box_of_the_frame_comes_back_where_it_was(
    height: int, width: int, left: float, top: float, right: float, bottom: float
) -> None:
    place = fit((height, width), (480, 480))
    box = [left * width, top * height, right * width, bottom * height]
    there = [
        box[0] * place.gain_x + place.left,
        box[1] * place.gain_y + place.top,
        box[2] * place.gain_x + place.left,
        box[3] * place.gain_y + place.top,
    ]
    back = to_frame(np.array([[*there, 0.5, 0]], np.float32), place)[0, :4]
    assert np.allclose(back, box, atol=1e-4 * max(height, width))


def test_boxes_are_clipped_to_the_frame() -> None:
    place = fit((100, 200), (480, 480))
    rows = np.array([[-50, -50, 900, 900, 0.5, 0]], np.float32)
    assert to_frame(rows, place)[0, :4].tolist() == [0, 0, 200, 100]
    assert rows[0, 0] == -50
