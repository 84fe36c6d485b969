"""What happens before the camera, in steps that several tests share."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.station import Bench, inspection_of, table_picture
from tests.ui.steps import sign_in
from toolroom_desktop.domain.detection import FrameResult
from toolroom_desktop.domain.inspection import Inspection
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.live_inspection import LiveState, WaitingFor
from toolroom_desktop.services.live_pipeline import LiveView
from toolroom_desktop.services.operation_input import Plan
from toolroom_desktop.services.vision_ports import CameraHealth, CameraState
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.inspection import InspectionScreen

TABLE, OTHER_TABLE = 120, 180  # grey values that stand for what lies there


def begin(window: MainWindow, bench: Bench, type_: OperationType = OperationType.CHECKOUT, kit: str = "K-014") -> Plan:
    """Somebody signs in and begins an operation."""
    sign_in(window, bench.app)
    plan = bench.app.operations.plan(badge="DEMO-TECH", type_=type_, kit=kit)
    window.show_inspection(plan)
    return plan


def watch(qtbot: QtBot, bench: Bench, clock: HandClock, until: Callable[[], bool], value: int = TABLE) -> None:
    """Let the camera go on seeing the same table, and time pass, until something is the case."""

    def another_frame() -> bool:
        if until():
            return True
        clock.advance(0.2)
        bench.camera.show(value)
        return until()

    qtbot.waitUntil(another_frame, timeout=15_000)


def settle(qtbot: QtBot, bench: Bench, clock: HandClock, screen: InspectionScreen, value: int = TABLE) -> None:
    """Watch until the decision stands."""
    watch(qtbot, bench, clock, screen.bar.main.isEnabled, value)


def show_decision(window: MainWindow, bench: Bench, plan: Plan, frame: FrameResult) -> Inspection:
    """Have the decision over such frames stand on the screen, without waiting for the camera; returns it."""
    inspection = inspection_of(bench.app, frame, plan.expected)
    window.show_inspection(plan)
    presenter = window.inspection_screen.presenter
    presenter.live.end()
    state = LiveState(WaitingFor.NOTHING, 1.0, inspection)
    presenter.now = LiveView(state, CameraHealth(CameraState.LIVE), table_picture(bench), frame)
    window.inspection_screen.show_live()
    return inspection


def too_small(screen: QWidget, least: int) -> list[str]:
    """The visible buttons of a screen that a gloved finger misses, with their sizes."""
    return [
        f"{type(made).__name__} {made.text() or made.accessibleName()!r}: {made.width()} x {made.height()}"
        for made in screen.findChildren(QAbstractButton)
        if made.isVisible() and (made.width() < least or made.height() < least)
    ]
