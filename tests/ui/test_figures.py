"""The figures: what is asked is drawn, every bar leads to its operations, and what is seen can be taken along."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench, record, seen
from tests.ui.steps import sign_in
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.services.figure_export import EXPORTED
from toolroom_desktop.services.figures import Grouping, Measure
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.figures.presenter import Period
from toolroom_desktop.ui.shell import Place


@pytest.fixture
def days(bench: Bench, clock: HandClock) -> list[int]:
    """Three days: two operations, none, and three of which one lacked its pliers and was counted."""
    record(bench.app, OperationType.CHECKOUT)
    clock.advance(timedelta(minutes=40).total_seconds())
    record(bench.app, OperationType.CHECKIN)
    clock.advance(timedelta(days=2).total_seconds())
    record(bench.app, OperationType.CHECKOUT)
    clock.advance(timedelta(minutes=40).total_seconds())
    record(
        bench.app,
        OperationType.CHECKIN,
        frame=seen(REFERENCE_TOOLKIT, missing=("pliers",)),
        counts={"pliers": Count.MISSING},
    )
    record(bench.app, OperationType.CHECKOUT, "K-015")
    return [2, 0, 3]


def open_figures(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, language: str = "en", badge: str = "DEMO-LEAD"
) -> MainWindow:
    window = open_window(language)
    sign_in(window, bench.app, badge)
    window.go(Place.FIGURES)
    quiet(qtbot, window)
    return window


def quiet(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.work.busy)


def shown(window: MainWindow) -> list[str]:
    return [bar.shown for bar in window.figures_screen.chart.bars]


def test_the_last_thirty_days_are_shown_day_by_day_at_first(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, days: list[int]
) -> None:
    window = open_figures(qtbot, open_window, bench)
    assert shown(window)[-3:] == [str(number) for number in days]
    assert len(shown(window)) == int(Period.MONTH)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (Measure.FIRST_PASS, ["100.0 %", "—", "66.7 %"]),
        (Measure.COUNTS, ["0", "0", "1"]),
        (Measure.MISSING, None),
    ],
)
def test_every_measure_is_a_touch_away(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, days: list[int], measure: Measure, expected: list[str] | None
) -> None:
    window = open_figures(qtbot, open_window, bench)
    window.figures_screen.measure_buttons[measure].click()
    quiet(qtbot, window)
    if measure is Measure.MISSING:
        assert [(bar.name, bar.shown) for bar in window.figures_screen.chart.bars] == [("Pliers", "1")]
    else:
        assert shown(window)[-3:] == expected


def test_a_bar_leads_to_its_operations_and_back_to_the_same_question(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, days: list[int]
) -> None:
    window = open_figures(qtbot, open_window, bench)
    screen = window.figures_screen
    screen.presenter.group(Grouping.KIT)
    quiet(qtbot, window)
    assert [(bar.name, bar.shown) for bar in screen.chart.bars] == [("K-014", "4"), ("K-015", "1")]
    screen.chart.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(screen.chart, key)
    quiet(qtbot, window)
    assert window.current is window.history_screen
    assert window.history_screen.presenter.search.wanted.kit.casefold() == "k-015"
    assert window.history_screen.list_page.model.rowCount() == 1
    window.go(Place.FIGURES)
    quiet(qtbot, window)
    assert screen.presenter.question.group is Grouping.KIT


def test_the_first_pass_rate_leads_to_what_did_not_pass(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, days: list[int]
) -> None:
    window = open_figures(qtbot, open_window, bench)
    window.figures_screen.presenter.measure(Measure.FIRST_PASS)
    quiet(qtbot, window)
    window.figures_screen.chart.chosen.emit(int(Period.MONTH) - 1)
    quiet(qtbot, window)
    assert window.history_screen.list_page.model.rowCount() == 1


def test_an_empty_period_says_what_to_do(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_figures(qtbot, open_window, bench)
    screen = window.figures_screen
    assert screen.empty_text.isVisible()
    assert "longer" in screen.empty_text.text()
    assert not screen.data_button.isEnabled()


def test_tools_are_told_apart_only_where_they_are_missing(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, days: list[int]
) -> None:
    window = open_figures(qtbot, open_window, bench)
    presenter = window.figures_screen.presenter
    asked = [presenter.groups]
    groups = [presenter.question.group]
    for measure in (Measure.MISSING, Measure.OPERATIONS):
        presenter.measure(measure)
        asked.append(presenter.groups)
        groups.append(presenter.question.group)
    quiet(qtbot, window)
    assert [Grouping.TOOL_CLASS in choices for choices in asked] == [False, True, False]
    assert groups == [None, Grouping.TOOL_CLASS, None]


def test_the_numbers_are_taken_along_and_recorded(
    qtbot: QtBot,
    open_window: OpenWindow,
    bench: Bench,
    days: list[int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = open_figures(qtbot, open_window, bench)
    target = tmp_path / "Цифры за месяц.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.figures_screen.data_button.click()
    quiet(qtbot, window)
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + int(Period.MONTH)
    assert lines[-1].replace(";", ",").split(",")[1:] == ["3", "3"]
    assert str(target) in window.figures_screen.notice.sentence
    kinds = bench.app.database.read(lambda uow: [entry.kind for entry in uow.journal.entries()])
    assert kinds[-1] == EXPORTED


def test_the_chart_is_taken_along_as_a_picture(
    qtbot: QtBot,
    open_window: OpenWindow,
    bench: Bench,
    days: list[int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = open_figures(qtbot, open_window, bench)
    target = tmp_path / "chart.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.figures_screen.picture_button.click()
    quiet(qtbot, window)
    assert QImage(str(target)).width() == 1600


def test_a_folder_that_is_gone_is_said(
    qtbot: QtBot,
    open_window: OpenWindow,
    bench: Bench,
    days: list[int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = open_figures(qtbot, open_window, bench)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "gone" / "chart.png"), ""))
    window.figures_screen.picture_button.click()
    quiet(qtbot, window)
    assert "gone" in window.figures_screen.notice.sentence


def test_a_technician_finds_no_way_to_the_figures(open_window: OpenWindow, bench: Bench) -> None:
    from toolroom_desktop.ui.screens.home.ways import Way, ways_of

    person = bench.app.database.read(lambda uow: uow.people.by_badge("DEMO-TECH"))
    assert person is not None
    assert Way.FIGURES not in ways_of(person, can_care=True)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_everything_fits(qtbot: QtBot, open_window: OpenWindow, bench: Bench, days: list[int], language: str) -> None:
    window = open_figures(qtbot, open_window, bench, language)
    screen = window.figures_screen
    for made in (*screen.measure_buttons.values(), screen.group_button, screen.period_button, screen.data_button):
        assert made.width() >= made.sizeHint().width()
        assert made.height() >= window.shell.theme.metrics.touch - 2
        assert screen.rect().contains(made.rect().translated(made.mapTo(screen, made.rect().topLeft())))
