"""Look-alikes are looked at again from near by, and what the looks disagree on stays in doubt."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from toolroom_desktop.adapters.vision.looks import ready_to_look
from toolroom_desktop.adapters.vision.second_look import SecondLook
from toolroom_desktop.domain.detection import Box, Detection, FrameResult
from toolroom_desktop.domain.inspection import PositionState, Status, UnsureReason, inspect
from toolroom_desktop.domain.thresholds import LookAlikeGroup, ModelKnowledge, Thresholds
from toolroom_desktop.services.vision_ports import ModelInfo, Picture

GROUP = LookAlikeGroup(frozenset({"minus", "plus"}), accept=0.6)
KNOWLEDGE = ModelKnowledge("fake", "0" * 64, frozenset({"minus", "plus", "brace"}), (GROUP,))
Pixels = NDArray[np.uint8]


class CloseUps:
    """Sees `first` in the whole frame; what a part shows is told by `near`, by the call's number."""

    def __init__(self, first: tuple[Detection, ...], near: Callable[[int, Pixels], tuple[Detection, ...]]) -> None:
        self.first = first
        self.near = near
        self.parts: list[Pixels] = []
        names = {name: name for name in KNOWLEDGE.classes}
        self.info = ModelInfo(KNOWLEDGE, "1", (64, 64), Thresholds(), names, names, second_look=(0, 1))
        self.opinion = None

    def detect(self, picture: Picture) -> FrameResult:
        return FrameResult(self.first, picture.width, picture.height)

    def look(self, pixels: Pixels) -> tuple[Detection, ...]:
        self.parts.append(pixels)
        return self.near(len(self.parts), pixels)


def whole(name: str, confidence: float) -> Callable[[int, Pixels], tuple[Detection, ...]]:
    """Every part shows that class where the shaft is bright."""

    def near(_call: int, pixels: Pixels) -> tuple[Detection, ...]:
        rows, columns = np.nonzero(pixels[:, :, 0])
        box = Box(float(columns.min()), float(rows.min()), columns.max() + 1.0, rows.max() + 1.0)
        return (Detection(name, confidence, box),)

    return near


SHAFT = Box(100, 150, 400, 210)
FRAME = Picture(np.zeros((400, 600, 3), np.uint8))
FRAME.pixels[150:210, 100:400] = 255
BRACE = Detection("brace", 0.9, Box(450, 20, 590, 380))


def seen_again(first: tuple[Detection, ...], near: Callable[[int, Pixels], tuple[Detection, ...]]) -> FrameResult:
    return SecondLook(CloseUps(first, near)).detect(FRAME)


def test_a_look_alike_gets_the_label_that_it_has_from_near_by() -> None:
    result = seen_again((Detection("plus", 0.8, SHAFT), BRACE), whole("minus", 0.9))
    (shaft,) = (d for d in result.detections if d.box == SHAFT)
    assert (shaft.class_name, round(shaft.confidence, 6)) == ("minus", 0.9)


def test_other_tools_are_left_as_they_were() -> None:
    detector = CloseUps((BRACE,), whole("minus", 0.9))
    assert SecondLook(detector).detect(FRAME).detections == (BRACE,)
    assert detector.parts == []


def test_looks_that_disagree_leave_two_labels_and_a_person_decides() -> None:
    def near(call: int, pixels: Pixels) -> tuple[Detection, ...]:
        return whole("minus" if call % 2 else "plus", 0.9)(call, pixels)

    result = seen_again((Detection("minus", 0.95, SHAFT),), near)
    decision = inspect({"minus": 1}, [result], Thresholds(), KNOWLEDGE)
    assert decision.status is Status.MANUAL_CHECK
    assert decision.positions[0].state is PositionState.UNSURE
    assert decision.positions[0].reasons & {UnsureReason.TWO_LABELS, UnsureReason.LOOK_ALIKE}


def test_what_shows_nothing_from_near_by_is_no_certainty() -> None:
    result = seen_again((Detection("minus", 0.95, SHAFT),), lambda _call, _pixels: ())
    decision = inspect({"minus": 1}, [result], Thresholds(), KNOWLEDGE)
    assert decision.status is Status.MANUAL_CHECK


def test_a_neighbour_in_the_part_is_not_taken_for_the_tool() -> None:
    def near(_call: int, pixels: Pixels) -> tuple[Detection, ...]:
        height, width = pixels.shape[:2]
        return (Detection("plus", 0.99, Box(0, 0, 0.2 * width, 0.2 * height)), *whole("minus", 0.8)(1, pixels))

    result = seen_again((Detection("minus", 0.9, SHAFT),), near)
    assert {d.class_name for d in result.detections} == {"minus"}


def test_each_part_holds_the_tool_with_a_margin_in_the_shape_of_the_models_input() -> None:
    detector = CloseUps((Detection("minus", 0.9, SHAFT),), whole("minus", 0.9))
    names = detector.info.names_ru
    detector.info = ModelInfo(KNOWLEDGE, "1", (96, 128), Thresholds(), names, names)
    SecondLook(detector).detect(FRAME)
    upright, turned = (part.shape[:2] for part in detector.parts)
    assert upright[1] > 300 and upright[1] / upright[0] == pytest.approx(4 / 3, rel=0.05)
    # Turned by a quarter, the tool is as tall as the frame allows.
    assert turned[0] > 300 and turned[1] > 300


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_box_of_a_turned_part_is_found_again_in_the_frame(turns: int) -> None:
    detector = CloseUps((Detection("minus", 0.9, SHAFT),), whole("minus", 0.9))
    result = SecondLook(detector, turns=(turns,)).detect(FRAME)
    assert [d.confidence for d in result.detections] == [pytest.approx(0.9)]


def test_a_model_that_wants_no_second_look_gets_none() -> None:
    detector = CloseUps((), lambda _call, _pixels: ())
    assert isinstance(ready_to_look(detector), SecondLook)
    names = detector.info.names_ru
    detector.info = ModelInfo(KNOWLEDGE, "1", (64, 64), Thresholds(), names, names)
    assert ready_to_look(detector) is detector
