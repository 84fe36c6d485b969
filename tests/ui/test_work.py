"""Background work of the windows: what ends because of it ends in the GUI thread."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.ui.work.garbage import Garbage
from toolroom_desktop.ui.work.runner import Work


class Screen(QObject):
    """A screen that is gone but for a cycle, or for whoever still holds it; says where it ended."""

    def __init__(self, ended: list[int]) -> None:
        super().__init__()
        self._ended = ended
        self.cycle: Screen | None = None

    def look(self) -> int:
        return threading.get_ident()

    def refuse(self) -> int:
        raise UserFacingError("settings.unreadable", path=str(self), reason="denied")

    def __del__(self) -> None:
        self._ended.append(threading.get_ident())


@pytest.fixture
def work() -> Iterator[Work]:
    made = Work()
    yield made
    made.finish()


@pytest.fixture
def garbage() -> Iterator[Garbage]:
    """The collector of a program that Python left its own to until now."""
    before = gc.isenabled()
    gc.enable()
    made = Garbage()
    made.begin()
    yield made
    made.end()
    assert gc.isenabled()
    if not before:
        gc.disable()


def make_much() -> int:
    """Make so many objects that Python would look through all of them several times."""
    kept: list[list[object]] = [[] for _ in range(400_000)]
    for one in kept:
        one.append(one)
    return threading.get_ident()


def test_a_screen_in_a_cycle_ends_in_the_gui_thread_whoever_made_the_object_too_many(
    qtbot: QtBot, work: Work, garbage: Garbage
) -> None:
    ended: list[int] = []
    screen = Screen(ended)
    screen.cycle = screen
    del screen
    workers: list[int] = []
    for _ in range(3):
        work.run(make_much, workers.append, lambda _error: None)
    qtbot.waitUntil(lambda: len(workers) == 3, timeout=30_000)
    assert threading.get_ident() not in workers
    qtbot.waitUntil(lambda: bool(ended), timeout=30_000)
    assert ended == [threading.get_ident()]


@pytest.mark.parametrize("call", [Screen.look, Screen.refuse])
def test_a_screen_that_only_its_own_call_kept_alive_ends_in_the_gui_thread(
    qtbot: QtBot, work: Work, call: Callable[[Screen], int]
) -> None:
    ended: list[int] = []
    answers: list[object] = []
    for _ in range(50):
        screen = Screen(ended)
        work.run(partial(call, screen), answers.append, answers.append)
        del screen
    qtbot.waitUntil(lambda: len(answers) == 50)
    qtbot.waitUntil(lambda: len(ended) == 50)
    assert set(ended) == {threading.get_ident()}
