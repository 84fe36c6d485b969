"""A chart: what is shown can be touched, reached by keys, and taken along."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsView
from pytestqt.qtbot import QtBot

from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.chart import Bar, Chart, Way, steps

WEEK = tuple(
    Bar(f"{day}.05", value, "—" if value is None else f"{value:g} %", f"{day} May: {value}")
    for day, value in zip(range(4, 11), (97.0, 0.0, None, 88.0, 100.0, 91.5, 99.0), strict=True)
)


def chart_of(qtbot: QtBot, way: Way = "columns", bars: tuple[Bar, ...] = WEEK) -> Chart:
    chart = Chart(Theme(), way)
    qtbot.addWidget(chart)
    chart.resize(900, 420)
    with qtbot.waitExposed(chart):
        chart.show()
    chart.show_bars(bars, most=100.0)
    return chart


def touch(chart: Chart, point: QPoint) -> None:
    plot = chart.findChildren(QGraphicsView)[0].viewport()
    QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=plot.mapFrom(chart, point))


def test_a_touch_anywhere_in_the_place_of_a_bar_chooses_it(qtbot: QtBot) -> None:
    ways: tuple[Way, ...] = ("columns", "bars")
    for way in ways:
        chart = chart_of(qtbot, way)
        for index in (0, 3, 6):
            with qtbot.waitSignal(chart.chosen) as chosen:
                touch(chart, chart.place_of(index).toPoint())
            assert chosen.args == [index]


def test_the_keyboard_walks_along_the_bars_and_says_each(qtbot: QtBot) -> None:
    chart = chart_of(qtbot)
    for _ in range(3):
        QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription() == "6 May: None"
    with qtbot.waitSignal(chart.chosen) as chosen:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert chosen.args == [2]
    for _ in range(9):
        QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.current == 0


def test_enter_chooses_nothing_before_a_bar_is_reached(qtbot: QtBot) -> None:
    chart = chart_of(qtbot)
    with qtbot.assertNotEmitted(chart.chosen):
        QTest.keyClick(chart, Qt.Key.Key_Return)


def test_other_data_forgets_where_the_keyboard_was(qtbot: QtBot) -> None:
    chart = chart_of(qtbot)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    chart.show_bars(WEEK[:2])
    assert (chart.current, chart.accessibleDescription()) == (-1, "")


def test_a_chart_of_nothing_is_shown_and_takes_no_touch(qtbot: QtBot) -> None:
    chart = chart_of(qtbot, bars=())
    with qtbot.assertNotEmitted(chart.chosen):
        touch(chart, chart.rect().center())


def test_it_is_taken_along_as_a_picture_and_as_a_drawing(qtbot: QtBot) -> None:
    chart = chart_of(qtbot, "bars")
    picture = QImage.fromData(chart.png(1200))
    assert picture.width() == 1200
    colours = {picture.pixelColor(x, picture.height() // 14).name() for x in range(0, 1200, 4)}
    assert Theme().palette.line_strong.lower() in colours
    drawing = chart.svg()
    assert QSvgRenderer(drawing).isValid()
    assert [text for text in ("10.05", "91.5 %", "—") if text.encode() not in drawing] == []


@pytest.mark.parametrize(
    ("top", "expected"),
    [(1, [0, 1]), (2, [0, 1, 2]), (7, [0, 2, 4, 6]), (100, [0, 20, 40, 60, 80, 100]), (1234, [0, 500, 1000])],
)
def test_a_scale_has_a_few_round_whole_numbers(top: float, expected: list[float]) -> None:
    assert steps(top) == expected
