"""Precision, recall and mAP are those that ultralytics computes from the same boxes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from toolroom_desktop.domain.detection import Box, Detection
from toolroom_desktop.training.evaluate.dataset import Truth
from toolroom_desktop.training.evaluate.precision import BoxFigures, PictureBoxes, box_figures

REFERENCE: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "data" / "evaluate" / "reference_precision.json").read_text(encoding="utf-8")
)
CASES = ("made_up", "demo")
FIGURES = ("precision", "recall", "ap50", "ap50_95")


def pictures(case: str) -> list[PictureBoxes]:
    names = REFERENCE[case]["names"]
    return [
        PictureBoxes(
            tuple(Detection(names[row[0]], row[1], Box(*row[2:])) for row in picture["seen"]),
            tuple(Truth(names[row[0]], Box(*row[1:])) for row in picture["truth"]),
        )
        for picture in REFERENCE[case]["pictures"]
    ]


def figures(case: str) -> BoxFigures:
    return box_figures(pictures(case), REFERENCE[case]["names"], 0.25)


@pytest.mark.parametrize("case", CASES)
def test_the_means_are_those_of_ultralytics(case: str) -> None:
    ours, theirs = figures(case), REFERENCE[case]["figures"]
    assert ours.map50 == pytest.approx(theirs["map50"], abs=1e-6)
    assert ours.map50_95 == pytest.approx(theirs["map50_95"], abs=1e-6)


@pytest.mark.parametrize("case", CASES)
def test_every_class_has_the_figures_of_ultralytics(case: str) -> None:
    ours = {one.tool_class: one for one in figures(case).classes}
    theirs = {one["class_name"]: one for one in REFERENCE[case]["figures"]["classes"]}
    assert list(ours) == list(theirs)
    for name, expected in theirs.items():
        for figure in FIGURES:
            assert getattr(ours[name], figure) == pytest.approx(expected[figure], abs=1e-6), (name, figure)


@pytest.mark.parametrize("case", CASES)
def test_the_confusion_matrix_is_that_of_ultralytics(case: str) -> None:
    assert [list(row) for row in figures(case).confusion] == REFERENCE[case]["figures"]["confusion"]


def test_the_order_of_the_detections_does_not_matter() -> None:
    turned = [PictureBoxes(picture.seen[::-1], picture.truth[::-1]) for picture in pictures("demo")]
    assert box_figures(turned, REFERENCE["demo"]["names"], 0.25).map50_95 == pytest.approx(
        figures("demo").map50_95, abs=1e-9
    )


def test_a_model_that_sees_nothing_has_no_precision_and_every_tool_is_missed() -> None:
    blind = [PictureBoxes((), picture.truth) for picture in pictures("demo")]
    found = box_figures(blind, REFERENCE["demo"]["names"], 0.25)
    assert (found.map50, found.map50_95) == (0.0, 0.0)
    assert sum(found.confusion[-1]) == found.tools > 0


def test_without_any_tool_there_are_no_classes_but_false_detections_are_counted() -> None:
    picture = PictureBoxes((Detection("brace", 0.8, Box(0, 0, 10, 10)),), ())
    found = box_figures([picture], ["brace", "pliers"], 0.25)
    assert (found.classes, found.map50) == ((), 0.0)
    assert found.confusion == ((0, 0, 1), (0, 0, 0), (0, 0, 0))
