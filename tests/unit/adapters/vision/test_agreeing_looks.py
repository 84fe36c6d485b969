"""Look-alikes are believed where mirrored looks agree; where one differs, a person looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from toolroom_desktop.adapters.vision.agreeing_looks import AgreeingLooks
from toolroom_desktop.adapters.vision.close_detector import SAME_THING
from toolroom_desktop.adapters.vision.looks import ready_to_look
from toolroom_desktop.domain.detection import Box, Detection, FrameResult
from toolroom_desktop.domain.inspection import Inspection, PositionState, Status, UnsureReason, inspect
from toolroom_desktop.domain.looks import Look
from toolroom_desktop.domain.thresholds import LookAlikeGroup, ModelKnowledge, Thresholds
from toolroom_desktop.services.vision_ports import ModelInfo, Picture

GROUP = LookAlikeGroup(frozenset({"minus", "plus"}), accept=0.6)
KNOWLEDGE = ModelKnowledge("fake", "0" * 64, frozenset({"minus", "plus", "brace"}), (GROUP,))
NAMES = {name: name for name in KNOWLEDGE.classes}
Pixels = NDArray[np.uint8]
Labels = dict[str, float]

SHAFT = Box(100, 150, 400, 210)
FRAME = Picture(np.zeros((400, 600, 3), np.uint8))
FRAME.pixels[150:210, 100:400] = 255
BRACE = Detection("brace", 0.9, Box(450, 20, 590, 380))


class Mirrors:
    """Sees `first` in the frame; what a further look sees of the shaft is told by `again`, by its number from 1."""

    def __init__(self, first: tuple[Detection, ...], again: Callable[[int], Labels]) -> None:
        self.first = first
        self.again = again
        self.shown: list[Pixels] = []
        self.info = ModelInfo(KNOWLEDGE, "1", (64, 64), Thresholds(), NAMES, NAMES)
        self.opinion = None

    def detect(self, picture: Picture) -> FrameResult:
        return FrameResult(self.first, picture.width, picture.height)

    def look(self, pixels: Pixels) -> tuple[Detection, ...]:
        self.shown.append(pixels)
        rows, columns = np.nonzero(pixels[:, :, 0])
        box = Box(float(columns.min()), float(rows.min()), columns.max() + 1.0, rows.max() + 1.0)
        return tuple(Detection(name, sure, box) for name, sure in self.again(len(self.shown)).items())


def decided(first: Labels, again: Callable[[int], Labels], expected: str = "minus") -> Inspection:
    detector = AgreeingLooks(Mirrors(tuple(Detection(name, sure, SHAFT) for name, sure in first.items()), again))
    return inspect({expected: 1}, [detector.detect(FRAME)], Thresholds(), KNOWLEDGE)


def test_a_look_alike_that_all_looks_agree_on_is_believed_as_far_as_the_most_doubtful_of_them() -> None:
    decision = decided({"minus": 0.95}, lambda number: {"minus": (0.9, 0.7, 0.8)[number - 1]})
    assert decision.status is Status.SUCCESS
    assert decision.positions[0].confidence == pytest.approx(0.7)


@pytest.mark.parametrize("differing", [1, 2, 3])
@pytest.mark.parametrize("expected", ["minus", "plus"])
def test_one_look_that_sees_another_look_alike_brings_a_person_in(differing: int, expected: str) -> None:
    decision = decided(
        {"minus": 0.95}, lambda number: {"plus": 0.9} if number == differing else {"minus": 0.9}, expected
    )
    assert decision.status is Status.MANUAL_CHECK
    assert UnsureReason.TWO_LABELS in decision.positions[0].reasons


@pytest.mark.parametrize("expected", ["minus", "plus"])
def test_a_majority_of_the_looks_is_not_believed_either(expected: str) -> None:
    decision = decided({"minus": 0.95}, lambda _number: {"plus": 0.95}, expected)
    assert decision.status is Status.MANUAL_CHECK
    assert decision.positions[0].state is PositionState.UNSURE
    assert decision.extras == () or expected == "plus"


@pytest.mark.parametrize("other", [{"plus": 0.9}, {"minus": 0.45}, {"minus": 0.9, "plus": 0.6}])
def test_the_tool_keeps_the_name_that_it_had_at_first_sight(other: Labels) -> None:
    first = (Detection("minus", 0.75, SHAFT), Detection("plus", 0.5, SHAFT))
    result = AgreeingLooks(Mirrors(first, lambda _number: other)).detect(FRAME)
    assert max(result.detections, key=lambda d: d.confidence).class_name == "minus"
    assert min(d.confidence for d in result.detections) >= Thresholds().review


@pytest.mark.parametrize("blind", [1, 2, 3])
def test_a_look_that_sees_nothing_leaves_the_tool_in_doubt_and_not_missing(blind: int) -> None:
    decision = decided({"minus": 0.95}, lambda number: {} if number == blind else {"minus": 0.9})
    assert decision.status is Status.MANUAL_CHECK
    assert decision.positions[0].state is PositionState.UNSURE


def test_what_no_other_look_sees_is_not_there() -> None:
    decision = decided({"minus": 0.75}, lambda _number: {})
    assert decision.positions[0].state is PositionState.MISSING


def test_other_tools_are_left_as_the_first_look_saw_them_and_cost_no_look() -> None:
    mirrors = Mirrors((BRACE,), lambda _number: {})
    assert AgreeingLooks(mirrors).detect(FRAME).detections == (BRACE,)
    assert mirrors.shown == []


def test_each_look_shows_the_whole_frame_another_way() -> None:
    mirrors = Mirrors((Detection("minus", 0.9, SHAFT), BRACE), lambda _number: {"minus": 0.9})
    result = AgreeingLooks(mirrors, (Look.MIRRORED, Look.UPSIDE_DOWN, Look.TURNED)).detect(FRAME)
    corners = [tuple(int(value) for value in np.argwhere(shown[:, :, 0])[0]) for shown in mirrors.shown]
    assert corners == [(150, 200), (190, 100), (190, 200)]
    assert result.detections == (Detection("minus", 0.9, SHAFT), BRACE)


def test_what_another_look_sees_elsewhere_says_nothing_about_the_tool() -> None:
    class Elsewhere(Mirrors):
        def look(self, pixels: Pixels) -> tuple[Detection, ...]:
            return (*super().look(pixels), Detection("plus", 0.99, Box(10, 10, 60, 60)))

    result = AgreeingLooks(Elsewhere((Detection("minus", 0.9, SHAFT),), lambda _number: {"minus": 0.9})).detect(FRAME)
    assert result.detections == (Detection("minus", 0.9, SHAFT),)


def test_crossed_screwdrivers_are_not_taken_for_each_other() -> None:
    other = Box(120, 160, 420, 230)  # what lies across the shaft
    assert SAME_THING < other.overlap(SHAFT) < 0.6

    class Crossed(Mirrors):
        def look(self, pixels: Pixels) -> tuple[Detection, ...]:
            shaft = super().look(pixels)[0]
            height, _ = pixels.shape[:2]
            move = 20 if shaft.box.x1 == SHAFT.x1 else -20
            down = shaft.box.y1 == SHAFT.y1
            y1, y2 = (other.y1, other.y2) if down else (height - other.y2, height - other.y1)
            return shaft, Detection("plus", 0.9, Box(shaft.box.x1 + move, y1, shaft.box.x2 + move, y2))

    mirrors = Crossed((Detection("minus", 0.9, SHAFT), Detection("plus", 0.9, other)), lambda _number: {"minus": 0.9})
    mirrors.info = replace(mirrors.info, thresholds=Thresholds(same_object=0.6))
    result = AgreeingLooks(mirrors).detect(FRAME)
    assert sorted((d.class_name, d.confidence) for d in result.detections) == [("minus", 0.9), ("plus", 0.9)]


def test_a_manifest_asks_for_the_looks_that_it_wants() -> None:
    mirrors = Mirrors((Detection("minus", 0.9, SHAFT),), lambda _number: {"minus": 0.9})
    assert ready_to_look(mirrors) is mirrors
    mirrors.info = replace(mirrors.info, agreeing_looks=("turned",))
    ready_to_look(mirrors).detect(FRAME)
    assert len(mirrors.shown) == 1
