"""The parts of the inspection's screen by themselves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from tests.fakes import model_info
from tests.ui.station import SCREWDRIVERS
from toolroom_desktop.domain.detection import Box, PictureProblem
from toolroom_desktop.domain.errors import BadPhoto
from toolroom_desktop.domain.inspection import PositionResult, PositionState, UnsureReason
from toolroom_desktop.domain.thresholds import LookAlikeGroup
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.services.live_inspection import LiveState, WaitingFor
from toolroom_desktop.services.vision_ports import CameraState
from toolroom_desktop.ui.screens.inspection.words import (
    Names,
    listed,
    look_alikes_sentence,
    picture_advice,
    reason_words,
    similar_to,
    waiting_sentence,
)
from toolroom_desktop.ui.screens.result.digits import AnswerKeys
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.camera_view import CameraView, close_up
from toolroom_desktop.ui.widgets.checklist import Checklist, CheckRow
from toolroom_desktop.ui.widgets.images import to_image
from toolroom_desktop.ui.widgets.marks import Mark, place_label
from toolroom_desktop.ui.widgets.status_banner import StatusWord

NAMES = Names(REFERENCE_TOOLKIT, model_info(), "en")


def doubt(tool_class: str, reason: UnsureReason, group: LookAlikeGroup) -> PositionResult:
    """A tool that is unsure for one reason."""
    look_alikes = group if reason is UnsureReason.LOOK_ALIKE else None
    return PositionResult(
        tool_class, 1, 1, PositionState.UNSURE, 0.5, True, None, frozenset({reason}), look_alikes=look_alikes
    )


def test_a_frame_keeps_its_colours_and_its_own_memory() -> None:
    pixels = np.zeros((3, 5, 3), np.uint8)  # a width whose lines are not a multiple of four bytes
    pixels[1, 2] = (10, 20, 200)  # blue, green, red
    image = to_image(pixels)
    pixels[:] = 0
    assert (image.width(), image.height()) == (5, 3)
    assert image.pixelColor(2, 1) == QColor(200, 20, 10)
    assert image.pixelColor(3, 1) == QColor(0, 0, 0)


def test_a_part_of_a_frame_is_shown_without_its_neighbours() -> None:
    pixels = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)
    image = to_image(pixels[1:3, 2:5])
    blue, green, red = (int(value) for value in pixels[2, 4])
    assert image.pixelColor(2, 1) == QColor(red, green, blue)


def test_bytes_that_are_no_picture_are_refused() -> None:
    with pytest.raises(BadPhoto) as refusal:
        to_image(b"no picture")
    assert refusal.value.code == "evidence.not_a_picture"


def test_a_close_up_keeps_the_proportions_and_stays_within_the_picture() -> None:
    part = close_up(QRectF(900, 0, 60, 60), 960, 720)
    assert part.width() / part.height() == pytest.approx(960 / 720)
    assert QRectF(0, 0, 960, 720).contains(part)
    assert part.contains(QRectF(900, 0, 60, 60))
    assert part.width() < 960 / 2


def test_a_tool_as_large_as_the_picture_is_not_enlarged() -> None:
    assert close_up(QRectF(10, 10, 900, 600), 960, 720) == QRectF(0, 0, 960, 720)


def test_labels_avoid_each_other_and_stay_in_the_picture() -> None:
    within = QRectF(0, 0, 400, 300)
    box = QRectF(350, 2, 40, 200)
    first = place_label(120, 20, box, within, [])
    second = place_label(120, 20, box, within, [first])
    assert within.contains(first)
    assert within.contains(second)
    assert not first.intersects(second)


def test_the_boxes_lie_where_the_picture_is_drawn(qtbot: QtBot) -> None:
    view = CameraView(Theme())
    qtbot.addWidget(view)
    view.resize(800, 400)
    view.show_image(to_image(np.zeros((300, 400, 3), np.uint8)))
    view.show_marks([Mark("t", Box(100, 75, 300, 225), "tool")], 400, 300)
    drawn = view.grab().toImage()
    ratio = drawn.devicePixelRatio()
    # 400 x 300 becomes 533 x 400 in the middle of 800 x 400: the box's left side lies at 133 + 100 * 4/3.
    left, middle = round((133.3 + 133.3) * ratio), round(200 * ratio)
    bright = [x for x in range(left - 4, left + 5) if drawn.pixelColor(x, middle).lightness() > 150]
    assert bright, "no bright line where the box begins"
    assert drawn.pixelColor(round(400 * ratio), middle) == QColor(0, 0, 0)


def test_marks_follow_what_is_shown_and_where(qtbot: QtBot) -> None:
    view = CameraView(Theme())
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show_image(to_image(np.zeros((300, 400, 3), np.uint8)))

    def bright() -> int:
        drawn = view.grab().toImage()
        return sum(drawn.pixelColor(x, 150).lightness() > 150 for x in range(drawn.width()))

    assert bright() == 0
    view.show_marks([Mark("one", Box(100, 100, 200, 200), "")], 400, 300)
    one = bright()
    assert one > 0
    view.show_marks([Mark("one", Box(100, 100, 200, 200), ""), Mark("two", Box(250, 100, 350, 200), "")], 400, 300)
    assert bright() > one
    view.choose("two")
    assert view.chosen == "two"
    assert bright() != one
    view.show_marks([], 0, 0)
    assert bright() == 0


def test_a_status_word_is_smaller_only_when_a_single_word_is_too_long(qtbot: QtBot) -> None:
    theme = Theme()
    word = StatusWord(theme)
    qtbot.addWidget(word)
    word.show_text("KIT COMPLETE", theme.palette.ok)
    assert word.font_size(420) == theme.metrics.status
    assert word.heightForWidth(420) > 2 * theme.metrics.status
    assert word.heightForWidth(900) < 2 * theme.metrics.status
    assert word.font_size(280) < theme.metrics.status


def test_the_list_does_not_jump_while_only_figures_change(qtbot: QtBot) -> None:
    checklist = Checklist(Theme())
    qtbot.addWidget(checklist)
    checklist.resize(400, 200)
    checklist.show_rows([CheckRow(number, "present", f"tool {number}") for number in range(20)])
    checklist.show()
    bar = checklist.verticalScrollBar()
    bar.setValue(bar.maximum())
    at = bar.value()
    assert at > 0
    checklist.choose(7)
    checklist.show_rows([CheckRow(number, "present", f"tool {number}", figure="90 %") for number in range(20)])
    assert bar.value() == at
    assert checklist.chosen == 7
    checklist.show_rows([CheckRow(number, "missing", f"tool {number}") for number in reversed(range(5))])
    assert bar.value() == 0
    assert checklist.chosen is None


@pytest.mark.parametrize("waiting_for", WaitingFor)
def test_the_inspection_says_whatever_it_waits_for(waiting_for: WaitingFor) -> None:
    sentence = waiting_sentence(LiveState(waiting_for, 0.0, None), CameraState.LIVE, 5)
    assert sentence or waiting_for is WaitingFor.PICTURE


@pytest.mark.parametrize("problem", PictureProblem)
def test_every_fault_of_a_picture_comes_with_what_to_do(problem: PictureProblem) -> None:
    assert picture_advice({problem}).count(".") >= 2


@pytest.mark.parametrize("reason", UnsureReason)
def test_every_doubt_has_words(reason: UnsureReason) -> None:
    doubtful = doubt("pliers", reason, LookAlikeGroup(frozenset({"pliers", "brace"})))
    assert reason_words(doubtful, NAMES)


def test_a_look_alike_is_told_from_the_others_by_their_own_words() -> None:
    doubtful = doubt("screwdriver_plus", UnsureReason.LOOK_ALIKE, SCREWDRIVERS)
    assert similar_to(doubtful, NAMES) == "looks like Slotted / Offset cross"
    assert similar_to(replace(doubtful, look_alikes=None), NAMES) == ""


def test_two_labels_on_a_look_alike_are_said_once_so_that_the_row_is_not_cut_off() -> None:
    doubtful = doubt("screwdriver_plus", UnsureReason.LOOK_ALIKE, SCREWDRIVERS)
    both = replace(doubtful, reasons=doubtful.reasons | {UnsureReason.TWO_LABELS})
    assert reason_words(both, NAMES) == reason_words(doubtful, NAMES)
    assert "two tools" in reason_words(replace(both, reasons=frozenset({UnsureReason.TWO_LABELS})), NAMES)


def test_another_size_is_said_before_what_else_a_tool_may_be() -> None:
    doubtful = doubt("screwdriver_plus", UnsureReason.LOOK_ALIKE, SCREWDRIVERS)
    every = replace(doubtful, reasons=frozenset({*doubtful.reasons, UnsureReason.OTHER_SIZE}))
    assert reason_words(every, NAMES) == "not the usual size"


def test_a_line_says_what_looks_alike_and_where_the_difference_is() -> None:
    sentence = look_alikes_sentence([SCREWDRIVERS], NAMES)
    assert sentence == "Look-alikes: Slotted / Cross / Offset cross screwdriver: look at the tips"
    silent = LookAlikeGroup(frozenset({"pliers", "foreign_pliers"}))
    lines = look_alikes_sentence([SCREWDRIVERS, silent], NAMES).splitlines()
    assert lines == [sentence, "Look-alikes: Pliers / foreign_pliers: compare them closely"]
    assert look_alikes_sentence([], NAMES) == ""


def test_a_long_list_of_names_ends_with_how_many_more() -> None:
    assert listed(["a", "b", "c"]) == "a, b, c"
    assert listed(["a", "b", "c", "d"]) == "a, b and 2 more"


def test_a_digit_alone_is_an_answer_and_one_of_a_burst_is_not(qtbot: QtBot) -> None:
    keys = AnswerKeys(4)
    with qtbot.waitSignal(keys.answered) as answered:
        keys.typed("3")
    assert answered.args == [2]
    for burst in ("12", "K1", "5", "x"):
        with qtbot.assertNotEmitted(keys.answered, wait=120):
            for character in burst:
                keys.typed(character)
