"""Sync at once, at somebody's wish or because an operation was saved."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench, record, seen
from tests.ui.steps import press, sign_in
from tests.ui.sync.centre import synced, texts, told
from tests.unit.services.test_sync_runner import HandLines
from toolroom_desktop.domain.errors import CentreProblem
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.ui.shell import Place


def test_sync_now_does_not_wait_and_says_when_it_is_done(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, enrolled: HandLines
) -> None:
    enrolled.failure = CentreProblem("centre.nobody_listens", server="centre.example:5432")
    bench.app.centre.start()
    window = open_window()
    qtbot.waitUntil(lambda: window.sync_indicator.text().startswith("Offline"))
    sign_in(window, bench.app, "DEMO-TECH")
    window.go(Place.SYNC)
    screen = window.sync_screen
    qtbot.waitUntil(lambda: not window.work.busy)
    assert screen.bar.main.text() == "Sync now"
    enrolled.failure = None
    waiting = enrolled.gate
    waiting.clear()
    screen.bar.main.click()
    assert screen.progress.isVisible()
    assert not screen.bar.main.isEnabled()
    assert "Syncing… You may go on working meanwhile." in texts(window)
    waiting.set()
    qtbot.waitUntil(lambda: not screen.progress.isVisible())
    qtbot.waitUntil(lambda: screen.standing.text() == "Everything recorded here is at the centre")
    assert screen.bar.main.isEnabled()
    assert window.sync_indicator.text().startswith("Synced")


def test_sync_now_that_fails_says_why_at_once(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, enrolled: HandLines
) -> None:
    bench.app.centre.start()
    window = open_window()
    qtbot.waitUntil(lambda: window.sync_indicator.text().startswith("Synced"))
    sign_in(window, bench.app, "DEMO-LEAD")
    window.go(Place.SYNC)
    enrolled.failure = CentreProblem("centre.wrong_password", server="c", database="d", reason="r")
    window.sync_screen.bar.main.click()
    qtbot.waitUntil(lambda: not window.sync_screen.progress.isVisible())
    assert "toolroom central rotate-password" in window.sync_screen.sentence.text()
    assert window.sync_indicator.text() == "Centre: needs\nattention"


def test_the_bar_follows_what_is_left(
    open_window: OpenWindow, bench: Bench, enrolled: HandLines, clock: HandClock
) -> None:
    window = open_window()
    sign_in(window, bench.app, "DEMO-LEAD")
    bench.app.centre.start()
    enrolled.hanging = True
    told(window, synced(clock, pending_operations=400, pending_bytes=1000, pending_files=2))
    window.go(Place.SYNC)
    presenter = window.sync_screen.presenter
    presenter.sync_now()
    assert presenter.progress == 0.0
    told(window, synced(clock, working=True, pending_operations=100, pending_bytes=1000, pending_files=2))
    assert presenter.progress == pytest.approx(0.375)
    told(window, synced(clock, working=True, pending_operations=0, pending_bytes=500, pending_files=1))
    assert presenter.progress == pytest.approx(0.75)
    told(window, synced(clock, rounds=2, working_photos=True, pending_bytes=100, pending_files=1))
    assert presenter.syncing, "photos are still going"
    told(window, synced(clock, rounds=2))
    assert not presenter.syncing


def test_the_page_that_was_left_no_longer_waits(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, enrolled: HandLines
) -> None:
    bench.app.centre.start()
    window = open_window()
    sign_in(window, bench.app, "DEMO-LEAD")
    qtbot.waitUntil(lambda: window.sync_watch.state is not None and window.sync_watch.state.rounds > 0)
    window.go(Place.SYNC)
    enrolled.hanging = True
    window.sync_screen.bar.main.click()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.current is window.home_screen
    window.go(Place.SYNC)
    assert not window.sync_screen.progress.isVisible()


def test_an_operation_that_was_just_saved_counts_as_pending(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, enrolled: HandLines
) -> None:
    bench.app.centre.start()
    window = open_window()
    qtbot.waitUntil(lambda: window.sync_indicator.text().startswith("Synced"))
    sign_in(window, bench.app)
    operation = record(bench.app, OperationType.CHECKOUT, frame=seen(REFERENCE_TOOLKIT), counts={"brace": Count.FOUND})
    window.show_saved(operation)
    qtbot.waitUntil(lambda: "pending" in window.sync_indicator.text())
