"""The program from its start to its end: start window, failure, faults, order of closing."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.station import Bench, open_bench
from tests.ui.steps import STATION_MS
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.services.context import AppContext
from toolroom_desktop.ui.app import Station
from toolroom_desktop.ui.main_window import MainWindow

Build = Callable[[Callable[[str], None]], AppContext]
ENGLISH = Settings.model_validate({"station": {"language": "en"}})


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[Build], Station]]:
    """Starts a station and, after the test, sees it end."""
    started: list[Station] = []
    ended: list[int] = []

    def start_(build: Build) -> Station:
        station = Station(build, ENGLISH, tmp_path / "settings.toml", crash_folder=tmp_path / "crashes")
        station.ended.connect(ended.append)
        started.append(station)
        station.start()
        return station

    yield start_
    for station in started:
        station.stop()
    qtbot.waitUntil(lambda: len(ended) >= len(started), timeout=STATION_MS)
    for station in started:
        station.start_window.deleteLater()
        if station.window is not None:
            station.window.deleteLater()
        station.deleteLater()


def bench_of(folder: Path) -> Bench:
    return open_bench(folder / "data", HandClock())


def window_of(qtbot: QtBot, station: Station) -> MainWindow:
    """The main window, once it is there."""
    qtbot.waitUntil(lambda: station.window is not None, timeout=STATION_MS)
    assert station.window is not None
    return station.window


def test_the_start_window_says_what_is_going_on_until_the_station_is_there(
    qtbot: QtBot, tmp_path: Path, start: Callable[[Build], Station]
) -> None:
    go_on = threading.Event()

    def build(report: Callable[[str], None]) -> AppContext:
        report("start.model")
        go_on.wait(10)
        return bench_of(tmp_path).app

    station = start(build)
    qtbot.waitUntil(lambda: "model" in station.start_window.sentence)
    assert station.start_window.isVisible()
    go_on.set()
    window = window_of(qtbot, station)
    assert window.isVisible()
    assert not station.start_window.isVisible()
    assert window.current is window.sign_in_screen


def test_what_is_there_at_the_start_is_kept_out_of_the_collectors_way_until_the_end(
    qtbot: QtBot, tmp_path: Path, start: Callable[[Build], Station]
) -> None:
    assert gc.get_freeze_count() == 0
    station = start(lambda _report: bench_of(tmp_path).app)
    window_of(qtbot, station)
    assert gc.get_freeze_count() > 10_000
    with qtbot.waitSignal(station.ended, timeout=STATION_MS):
        station.stop()
    assert gc.get_freeze_count() == 0


def test_garbage_is_collected_in_the_gui_thread_alone_until_the_end(
    qtbot: QtBot, tmp_path: Path, start: Callable[[Build], Station]
) -> None:
    gc.enable()
    collecting: list[bool] = []

    def build(_report: Callable[[str], None]) -> AppContext:
        collecting.append(gc.isenabled())
        return bench_of(tmp_path).app

    station = start(build)
    window_of(qtbot, station)
    collecting.append(gc.isenabled())
    with qtbot.waitSignal(station.ended, timeout=STATION_MS):
        station.stop()
    assert collecting == [False, False]
    assert gc.isenabled()


def test_a_station_that_cannot_start_says_why_and_what_to_do(qtbot: QtBot, start: Callable[[Build], Station]) -> None:
    def build(_report: Callable[[str], None]) -> AppContext:
        raise DatabaseProblem("settings.unreadable", path="D:/инструмент", reason="denied")

    station = start(build)
    qtbot.waitUntil(station.start_window.close_button.isVisible)
    assert "D:/инструмент" in station.start_window.sentence
    assert "Check the rights" in station.start_window.sentence
    with qtbot.waitSignal(station.ended, timeout=STATION_MS) as ended:
        station.start_window.close_button.click()
    assert ended.args == [2]


@pytest.mark.expects_log
def test_a_fault_while_starting_leaves_a_report_and_names_it(
    qtbot: QtBot, tmp_path: Path, start: Callable[[Build], Station]
) -> None:
    def build(_report: Callable[[str], None]) -> AppContext:
        raise ZeroDivisionError("seven")

    station = start(build)
    qtbot.waitUntil(station.start_window.close_button.isVisible)
    reports = list((tmp_path / "crashes").glob("crash-*.txt"))
    assert len(reports) == 1
    assert str(reports[0]) in station.start_window.sentence
    assert "ZeroDivisionError: seven" in reports[0].read_text(encoding="utf-8")


@pytest.mark.expects_log
def test_a_fault_in_any_thread_is_said_on_the_screen_and_the_station_goes_on(
    qtbot: QtBot, tmp_path: Path, start: Callable[[Build], Station]
) -> None:
    station = start(lambda _report: bench_of(tmp_path).app)
    window = window_of(qtbot, station)

    def fail() -> None:
        raise RuntimeError("кабель")

    thread = threading.Thread(target=fail, name="cable")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "кабель" in window.notice.sentence)
    report = next((tmp_path / "crashes").glob("crash-*.txt"))
    assert str(report) in window.notice.sentence
    text = report.read_text(encoding="utf-8")
    assert "thread cable" in text
    window.notice.close_button.click()
    assert window.notice.sentence == ""
    assert window.current is window.sign_in_screen


def test_closing_the_window_leaves_the_screen_and_then_closes_the_services(
    qtbot: QtBot, tmp_path: Path, start: Callable[[Build], Station], monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    bench = bench_of(tmp_path)
    close = AppContext.close

    def noted(context: AppContext) -> None:
        order.append("services")
        close(context)

    monkeypatch.setattr(AppContext, "close", noted)
    station = start(lambda _report: bench.app)
    window = window_of(qtbot, station)
    monkeypatch.setattr(window.sign_in_screen, "leave", lambda: order.append("screen"))
    before = sys.excepthook
    with qtbot.waitSignal(station.ended, timeout=STATION_MS) as ended:
        window.close()
    assert order == ["screen", "services"]
    assert ended.args == [0]
    assert sys.excepthook is not before, "the hooks are given back"


def test_a_start_window_that_is_closed_early_still_closes_the_services(
    qtbot: QtBot, tmp_path: Path, start: Callable[[Build], Station]
) -> None:
    go_on = threading.Event()
    bench = bench_of(tmp_path)

    def build(_report: Callable[[str], None]) -> AppContext:
        go_on.wait(10)
        return bench.app

    station = start(build)
    station.start_window.close()
    QTimer.singleShot(50, go_on.set)
    with qtbot.waitSignal(station.ended, timeout=STATION_MS) as ended:
        pass
    assert ended.args == [0]
    assert station.window is None
    assert not any(w.isVisible() for w in QApplication.topLevelWidgets())
