"""What every screen keeps to, and what the tests of all screens look for."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.conftest import OpenWindow
from tests.ui.fitting import lies_whole
from tests.ui.gallery import SCREENS, Showing
from tests.ui.station import Bench, record
from tests.ui.steps import sign_in
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT


@pytest.fixture
def busy_bench(bench: Bench) -> Bench:
    """A station where something was done."""
    record(bench.app, OperationType.CHECKOUT, "K-014")
    return bench


def test_the_main_action_is_always_at_the_same_place(
    qtbot: QtBot, open_window: OpenWindow, busy_bench: Bench, clock: HandClock
) -> None:
    window = open_window()
    sign_in(window, busy_bench.app)
    corners = {}
    sizes = set()
    for screen in ("home", "kits to check out", "inspection", "result", "saved"):
        SCREENS[screen](Showing(window, busy_bench, clock))
        qtbot.waitUntil(lambda: not window.work.busy)
        current = window.current
        assert current is not None
        assert current.main_button is not None
        corner = current.main_button.mapTo(window, current.main_button.rect().bottomRight())
        corners[screen] = (corner.x(), corner.y())
        if screen != "home":  # its main action is a tile, which reaches further up
            sizes.add((current.main_button.width(), current.main_button.height()))
    assert len(set(corners.values())) == 1, corners
    assert len(sizes) == 1, sizes


def test_a_long_toolkit_name_neither_widens_the_window_nor_cuts_a_button(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    long = Toolkit("Набор для замены колёс и тормозов основных стоек шасси Boeing 737 NG", REFERENCE_TOOLKIT.positions)
    bench.app.catalogue.take_in([long], [Kit("К-ОЧЕНЬ-ДЛИННЫЙ-014", long.name)], actor_badge=None)
    window = open_window("ru")
    sign_in(window, bench.app)
    window.show_inspection(
        bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="К-ОЧЕНЬ-ДЛИННЫЙ-014")
    )
    qtbot.waitUntil(lambda: not window.work.busy)
    lies_whole(qtbot, window.top_bar)
    assert window.width() == 1280
