"""The register of tools in real windows: found by a scan, changed by a record, taken in from a list."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock, plain_picture
from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench, record
from tests.ui.steps import press, scan, sign_in
from toolroom_desktop.adapters.files.tool_lists import read_tool_list
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.toolkit import Kit
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.services.tool_lists import ToolLists
from toolroom_desktop.services.tool_records import ToolRecord
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.models.roles import JUDGEMENT_ROLE
from toolroom_desktop.ui.screens.tools.doing import Doing
from toolroom_desktop.ui.shell import Place


def open_tools(qtbot: QtBot, window: MainWindow, bench: Bench, badge: str = "DEMO-LEAD", subject: str = "") -> Any:
    """As somebody who keeps tools does; the first kit is shown."""
    sign_in(window, bench.app, badge)
    window.go(Place.TOOLS, subject)
    screen = window.tools_screen
    qtbot.waitUntil(lambda: screen.list_page.model.rowCount() > 0)
    return screen


def choose(screen: Any, row: int) -> None:
    screen.list_page.table.setCurrentIndex(screen.list_page.model.index(row, 0))


def cell(screen: Any, row: int, column: int, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
    model = screen.list_page.model
    return model.data(model.index(row, column), role)


def open_tool(qtbot: QtBot, window: MainWindow, screen: Any, marking: str) -> None:
    """By a scan of its marking."""
    scan(window, marking)
    qtbot.waitUntil(lambda: screen.presenter.doing is Doing.TOOL and marking in screen.tool_page.title.text())
    idle(qtbot, screen)


def idle(qtbot: QtBot, screen: Any) -> None:
    qtbot.waitUntil(lambda: not screen.presenter.waiting and not screen.presenter.busy)


def history(bench: Bench, marking: str) -> list[ToolRecord]:
    return bench.app.tools.history(bench.app.tools.by_scan(marking).tool_id)


def texts(screen: Any) -> list[str]:
    return [label.text() for label in screen.findChildren(QLabel) if label.isVisible()]


# --- looking


def test_the_first_kit_is_shown_with_words_for_calibration_and_state(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    screen = open_tools(qtbot, open_window(), bench, subject="K-015")
    qtbot.waitUntil(lambda: screen.list_page.heading.text().startswith("K-015"))
    idle(qtbot, screen)
    row = next(row for row in range(11) if cell(screen, row, 0) == "Safety wire pliers")
    assert cell(screen, row, 1) == "015-05"
    assert (cell(screen, row, 3), cell(screen, row, 3, JUDGEMENT_ROLE)) == ("2026-05-13\nends soon", "look")
    assert (cell(screen, row, 4), cell(screen, row, 4, JUDGEMENT_ROLE)) == ("serviceable", "ok")


def test_a_scan_of_a_kit_or_a_tool_goes_right_there(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    screen = open_tools(qtbot, window, bench)
    scan(window, "KIT-RRJ32S-015")
    qtbot.waitUntil(lambda: screen.list_page.heading.text().startswith("K-015"))
    scan(window, "014-05")
    qtbot.waitUntil(lambda: screen.presenter.doing is Doing.TOOL)
    assert screen.presenter.tool.marking == "014-05"
    press(qtbot, window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: screen.list_page.heading.text().startswith("K-014"))
    scan(window, "NOBODY-1")
    qtbot.waitUntil(lambda: "NOBODY-1" in screen.notice.sentence)


def test_a_search_finds_kits_and_tools(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    screen = open_tools(qtbot, open_window("ru"), bench)
    screen.list_page.search_field.setText("коловорот")
    qtbot.waitUntil(lambda: screen.list_page.heading.text() == "Подходящий инструмент")
    assert [cell(screen, row, 0) for row in range(2)] == ["Коловорот\nK-014", "Коловорот\nK-015"]
    screen.list_page.search_field.setText("никогда")
    qtbot.waitUntil(lambda: screen.list_page.shelves.rowCount() == 0)


def test_the_lists_cross_the_kits(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    screen = open_tools(qtbot, open_window(), bench)
    shelves = screen.list_page.shelves
    titles = [shelves.data(shelves.index(row)) for row in range(3)]
    assert titles == ["Spare tools", "Calibration due", "Not serviceable"]
    for row, rows in ((0, 2), (1, 1)):
        screen.list_page.list.setCurrentIndex(shelves.index(row))
        qtbot.waitUntil(lambda: screen.list_page.heading.text() == titles[row])  # noqa: B023
        assert screen.list_page.model.rowCount() == rows
    screen.list_page.list.setCurrentIndex(shelves.index(2))
    qtbot.waitUntil(lambda: screen.list_page.remark.text() == "Every tool is serviceable.")


def test_a_place_of_which_nothing_is_known_says_so_and_can_be_written_down(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    bench.app.catalogue.take_in([], [Kit("K-099", REFERENCE_TOOLKIT.name)], actor_badge=None)
    window = open_window()
    screen = open_tools(qtbot, window, bench, subject="K-099")
    qtbot.waitUntil(lambda: screen.list_page.heading.text().startswith("K-099"))
    choose(screen, 3)
    assert cell(screen, 3, 4) == "not written down"
    assert screen.bar.main.text() == "Write down"
    screen.bar.main.click()
    screen.data_page.form.fields["marking"].setText("NEW-1")
    screen.data_page.form.fields["calibration_due"].setText("31.03.2027")
    screen.bar.main.click()
    idle(qtbot, screen)
    tool = bench.app.tools.by_scan("NEW-1")
    assert (tool.kit, tool.tool_class, str(tool.calibration_due)) == ("K-099", "brace", "2027-03-31")
    assert history(bench, "NEW-1")[0].by == "DEMO-LEAD"


# --- who may


@pytest.mark.parametrize(
    ("badge", "on_list", "on_tool"),
    [
        ("DEMO-LEAD", {"Import", "Export"}, {"Photo", "Take out", "State", "Swap"}),
        ("DEMO-STORE", {"Export"}, {"Photo", "Take out", "State", "Swap"}),
        ("DEMO-ADMIN", {"Import", "Export"}, {"Photo"}),
    ],
)
def test_everybody_sees_what_they_may_do(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, badge: str, on_list: set[str], on_tool: set[str]
) -> None:
    window = open_window()
    screen = open_tools(qtbot, window, bench, badge)
    actions = [screen.import_button, screen.export_button, screen.photo_button]
    actions += [screen.out_button, screen.state_button, screen.swap_button]
    assert {action.text() for action in actions if action.isVisible()} == on_list
    open_tool(qtbot, window, screen, "014-05")
    assert {action.text() for action in actions if action.isVisible()} == on_tool


# --- changing


def test_a_damaged_tool_goes_to_repair_and_comes_back(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    screen = open_tools(qtbot, window, bench, "DEMO-STORE")
    open_tool(qtbot, window, screen, "014-05")
    for state in (ToolState.UNSERVICEABLE, ToolState.IN_REPAIR, ToolState.SERVICEABLE):
        screen.state_button.click()
        assert not screen.bar.main.isEnabled(), "a state and a reason are owed"
        screen.state_page.buttons[state].setChecked(True)
        screen.state_page.reason.field.setText("backlash")
        screen.bar.main.click()
        idle(qtbot, screen)
        assert bench.app.tools.by_scan("014-05").state is state
    assert screen.presenter.doing is Doing.TOOL
    qtbot.waitUntil(lambda: "State: in repair → serviceable" in texts(screen))
    assert [entry.by for entry in history(bench, "014-05")[:3]] == ["DEMO-STORE"] * 3


def test_a_swap_offers_the_fit_spare_tools_and_takes_a_new_one(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    screen = open_tools(qtbot, window, bench, "DEMO-STORE")
    open_tool(qtbot, window, screen, "014-05")
    screen.swap_button.click()
    qtbot.waitUntil(lambda: screen.place_page.chosen is not None)
    assert screen.place_page.chosen.marking == "S-02"
    assert not screen.bar.main.isEnabled()
    screen.place_page.reason.field.setText("worn jaws")
    screen.bar.main.click()
    idle(qtbot, screen)
    assert bench.app.tools.by_scan("S-02").kit == "K-014"
    assert screen.presenter.tool.marking == "S-02"
    screen.swap_button.click()
    qtbot.waitUntil(lambda: screen.place_page.chosen is not None)
    screen.place_page.new_button.setChecked(True)
    screen.place_page.form.fields["marking"].setText("NEW-2")
    screen.place_page.reason.field.setText("bought")
    screen.bar.main.click()
    idle(qtbot, screen)
    assert bench.app.tools.by_scan("NEW-2").kit == "K-014"
    assert bench.app.tools.by_scan("S-02").kit == ""


def test_an_empty_place_is_red_and_can_be_filled(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    screen = open_tools(qtbot, window, bench, "DEMO-STORE")
    open_tool(qtbot, window, screen, "014-05")
    screen.out_button.click()
    screen.out_page.reason.field.setText("lent to K-015")
    screen.bar.main.click()
    idle(qtbot, screen)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert (cell(screen, 4, 4), cell(screen, 4, 4, JUDGEMENT_ROLE)) == ("empty", "bad")
    choose(screen, 4)
    screen.bar.main.click()
    qtbot.waitUntil(lambda: screen.place_page.chosen is not None)
    screen.bar.main.click()
    idle(qtbot, screen)
    assert bench.app.tools.in_kit("K-014").places[4].tool is not None


def test_data_is_entered_and_a_day_that_is_none_is_said(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    screen = open_tools(qtbot, window, bench)
    open_tool(qtbot, window, screen, "014-05")
    screen.bar.main.click()
    screen.data_page.form.fields["calibration_due"].setText("03/04/2027")
    screen.bar.main.click()
    assert "two dates" in screen.notice.sentence and screen.presenter.doing is Doing.FORM
    screen.data_page.form.fields["calibration_due"].setText("2027-04-03")
    press(qtbot, window, Qt.Key.Key_Return)
    idle(qtbot, screen)
    assert str(bench.app.tools.by_scan("014-05").calibration_due) == "2027-04-03"
    assert screen.notice.sentence == ""


def test_a_refusal_keeps_what_was_typed_and_says_why(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014")
    window = open_window()
    screen = open_tools(qtbot, window, bench, "DEMO-STORE")
    assert "out with" in screen.list_page.remark.text()
    open_tool(qtbot, window, screen, "014-05")
    screen.out_button.click()
    screen.out_page.reason.field.setText("lent to K-015")
    screen.bar.main.click()
    qtbot.waitUntil(lambda: "K-014" in screen.notice.sentence)
    assert screen.presenter.doing is Doing.OUT and screen.out_page.reason.reason == "lent to K-015"


def test_a_photo_comes_from_the_stations_camera(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    screen = open_tools(qtbot, window, bench, "DEMO-STORE")
    open_tool(qtbot, window, screen, "014-05")
    screen.photo_button.click()
    assert not screen.bar.main.isEnabled()
    bench.camera.put(plain_picture(90))
    qtbot.waitUntil(screen.bar.main.isEnabled)
    screen.bar.main.click()
    idle(qtbot, screen)
    assert bench.app.tools.by_scan("014-05").photo
    qtbot.waitUntil(lambda: screen.tool_page.photo.has_picture)


def test_a_lost_tool_shows_its_case_and_offers_no_state(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    record(bench.app, OperationType.INVENTORY, "K-014", counts={"brace": Count.MISSING})
    window = open_window()
    screen = open_tools(qtbot, window, bench, "DEMO-STORE")
    assert "Open cases" in screen.list_page.remark.text()
    open_tool(qtbot, window, screen, "014-04")
    qtbot.waitUntil(lambda: any(text.startswith("Case ") for text in texts(screen)))
    screen.state_button.click()
    assert not any(made.isVisible() for made in screen.state_page.buttons.values())
    assert any("comes back with its case" in text for text in texts(screen))


# --- lists


def list_file(folder: Path, text: str) -> Path:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_is_looked_at_and_then_taken_in(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = list_file(tmp_path, "marking;class;note\n014-05;;checked\nNEW-9;brace;\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    screen = open_tools(qtbot, open_window(), bench)
    screen.import_button.click()
    qtbot.waitUntil(lambda: screen.presenter.plan is not None)
    assert screen.import_page.counts.text() == "New: 1, changed: 1, unchanged: 0"
    model = screen.import_page.model
    assert model.data(model.index(0, 3)) == "Note: — → checked"
    screen.bar.main.click()
    qtbot.waitUntil(lambda: screen.presenter.doing is Doing.LIST)
    assert screen.notice.sentence == "2 tools taken in from the list."
    assert bench.app.tools.by_scan("014-05").note == "checked"
    assert history(bench, "NEW-9")[0].by == "DEMO-LEAD"


def test_a_list_with_errors_shows_them_and_cannot_be_taken_in(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path
) -> None:
    screen = open_tools(qtbot, open_window(), bench)
    screen.presenter.read_list(list_file(tmp_path, "marking;class;kit\nA-1;brace;K-99\nA-2;brace;\n"))
    qtbot.waitUntil(lambda: screen.presenter.plan is not None)
    model = screen.import_page.model
    assert [model.data(model.index(0, column)) for column in range(3)] == ["2", "error", "kit"]
    assert "K-99" in model.data(model.index(0, 3))
    assert not screen.bar.main.isEnabled()
    screen.bar.back.click()
    assert screen.presenter.doing is Doing.LIST
    screen.presenter.read_list(tmp_path / "gone.xlsx")
    qtbot.waitUntil(lambda: "gone.xlsx" in screen.notice.sentence)


def test_an_import_that_is_stopped_takes_nothing_in(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = threading.Event()
    read = ToolLists.read

    def read_once_stopped(self: ToolLists, *given: Any, **named: Any) -> Any:
        assert stopped.wait(10)
        return read(self, *given, **named)

    monkeypatch.setattr(ToolLists, "read", read_once_stopped)
    screen = open_tools(qtbot, open_window(), bench)
    rows = "".join(f"M-{number};brace\n" for number in range(3000))
    screen.presenter.read_list(list_file(tmp_path, "marking;class\n" + rows))
    screen.bar.back.click()
    stopped.set()
    qtbot.waitUntil(lambda: not screen.presenter.waiting)
    assert screen.presenter.doing is Doing.LIST and "stopped" in screen.notice.sentence
    assert bench.app.tools.answering("M-1") == []


def test_all_tools_go_out_into_a_list_and_the_journal_says_so(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "все"), "Excel (*.xlsx)"))
    screen = open_tools(qtbot, open_window("ru"), bench, "DEMO-STORE")
    screen.export_button.click()
    qtbot.waitUntil(lambda: "все.xlsx" in screen.notice.sentence)
    assert len(read_tool_list(tmp_path / "все.xlsx").rows) == len(bench.app.tools.everything())
    entries = bench.app.database.read(lambda uow: list(uow.journal.entries()))
    assert (entries[-1].kind, entries[-1].payload["by"]) == ("exported", "DEMO-STORE")


def test_a_calibration_that_is_over_is_said_in_words_and_red(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    clock.advance(20 * 24 * 3600)
    screen = open_tools(qtbot, open_window("ru"), bench, subject="K-015")
    qtbot.waitUntil(lambda: screen.list_page.heading.text().startswith("K-015"))
    assert (cell(screen, 4, 3), cell(screen, 4, 3, JUDGEMENT_ROLE)) == ("истекла 13.05.2026", "bad")
    assert isinstance(screen.list_page.chosen.tool, Tool)
