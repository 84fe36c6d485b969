"""On a small or a much enlarged screen the windows fit all the same."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QSize

from toolroom_desktop.ui.scaling import LEAST_WINDOW, factor_that_fits

# A fresh process: how large an application draws is settled when the first one is made.
SCREEN_OF_A_NEW_PROCESS = """
from toolroom_desktop.ui.scaling import fitting_application
application = fitting_application(title_bar=True)
room = application.primaryScreen().availableSize()
print(room.width(), room.height(), application.primaryScreen().devicePixelRatio())
"""


@pytest.mark.parametrize(
    ("screen", "enlarged", "task_bar"),
    [
        ((1920, 1080), 1.5, 48),
        ((1920, 1080), 2.0, 48),
        ((1366, 768), 1.0, 48),
        ((1280, 800), 1.25, 40),
        ((1024, 768), 1.0, 48),
    ],
)
def test_title_and_window_fit_above_the_task_bar(screen: tuple[int, int], enlarged: float, task_bar: int) -> None:
    width, height = (pixels / enlarged for pixels in screen)
    room = QSize(int(width), int(height) - task_bar)
    factor = factor_that_fits(room, title_bar=True)
    assert factor < 1
    assert room.width() / factor >= LEAST_WINDOW.width()
    assert room.height() / factor - LEAST_WINDOW.height() >= 31
    assert factor < factor_that_fits(room, title_bar=False) or room.width() / factor == LEAST_WINDOW.width()


@pytest.mark.parametrize("room", [(1920, 1032), (1280, 760), (1536, 816), (3840, 2112)])
def test_where_there_is_room_nothing_is_made_smaller(room: tuple[int, int]) -> None:
    assert factor_that_fits(QSize(*room), title_bar=True) == 1


@pytest.mark.parametrize("asked_for", ["", "1", "2", "large"])
def test_a_program_on_a_small_screen_starts_with_room_enough(asked_for: str) -> None:
    """The screen of the off-screen platform has 800 x 800 pixels."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": asked_for}
    done = subprocess.run(
        [sys.executable, "-c", SCREEN_OF_A_NEW_PROCESS], env=environment, capture_output=True, text=True, check=True
    )
    width, height, ratio = (float(word) for word in done.stdout.split())
    assert LEAST_WINDOW.width() <= width <= LEAST_WINDOW.width() + 2
    assert height >= LEAST_WINDOW.height()
    assert ratio == pytest.approx(800 / LEAST_WINDOW.width(), abs=0.01)
