"""A station with real records and real windows, whose camera and clock are in the test's hands."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.e2e.days.day import Day
from tests.fakes import HandClock
from tests.ui.conftest import OpenWindow, bench, clock, open_window
from tests.ui.station import Bench

__all__ = ["bench", "clock", "open_window"]

BeginDay = Callable[..., Day]


@pytest.fixture
def begin_day(
    request: pytest.FixtureRequest, qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> BeginDay:
    """Opens the windows in a language; `TOOLROOM_SHOTS` names a folder for a picture of every stage."""
    place = os.environ.get("TOOLROOM_SHOTS")

    def begin(language: str = "en", **station: object) -> Day:
        shots = Path(place) / f"{request.node.originalname} {language}" if place else None
        return Day(qtbot, open_window(language, **station), bench, clock, shots)

    return begin
