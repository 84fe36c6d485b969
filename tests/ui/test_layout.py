"""What every screen keeps to, and what the tests of all screens look for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.conftest import OpenWindow
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


def visible(window: QWidget, kind: type[QWidget]) -> Iterator[QWidget]:
    for widget in window.findChildren(kind):
        if widget.isVisible():
            yield widget


def cut_off(window: QWidget) -> list[str]:
    """Texts that do not fit into their place."""
    found = []
    for widget in visible(window, QLabel):
        assert isinstance(widget, QLabel)
        if not widget.text():
            continue
        needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        too_wide = not widget.wordWrap() and widget.sizeHint().width() > widget.width() + 1
        if too_wide or needed > widget.height() + 1:
            found.append(f"{widget.text()!r}: {widget.sizeHint()} in {widget.size()}")
    for widget in visible(window, QAbstractButton):
        hint = widget.minimumSizeHint()
        if hint.width() > widget.width() + 1 or hint.height() > widget.height() + 1:
            found.append(f"{widget.text()!r}: {hint} in {widget.size()}")  # type: ignore[attr-defined]
    return found


def outside(window: QWidget) -> list[str]:
    """Widgets that reach over the window's edge, where no scroll area lets them."""
    found = []
    for widget in [*visible(window, QLabel), *visible(window, QAbstractButton)]:
        if any(isinstance(parent, QAbstractScrollArea) for parent in _parents(widget)):
            continue
        corner = widget.mapTo(window, widget.rect().bottomRight())
        if corner.x() >= window.width() or corner.y() >= window.height():
            found.append(f"{type(widget).__name__} {widget.geometry()}")
    return found


def _parents(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def touchable(window: QWidget) -> Iterator[QWidget]:
    """Everything that a finger is meant to meet."""
    for kind in (QAbstractButton, QLineEdit):
        yield from visible(window, kind)


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab should come here; among exclusive choices it comes to the chosen one, arrows lead to the others."""
    if isinstance(widget, QAbstractButton) and widget.group() is not None and not widget.isChecked():
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


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
    qtbot.wait(20)
    assert window.width() == 1280
    assert cut_off(window.top_bar) == []
