"""The reports screen: choosing, looking, saving, printing, and stopping what is under way."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench, record
from tests.ui.steps import scan, sign_in
from tests.unit.printing.test_pdf import pages_of
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.reports.content import ReportFormat, ReportName
from toolroom_desktop.services.reports.making import Reports
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.reports import ReportsScreen, view
from toolroom_desktop.ui.screens.reports.choices import When
from toolroom_desktop.ui.screens.reports.paper import printer_for
from toolroom_desktop.ui.screens.reports.presenter import Doing
from toolroom_desktop.ui.shell import Place


def opened(open_window: OpenWindow, bench: Bench, badge: str = "DEMO-LEAD", language: str = "en") -> MainWindow:
    window = open_window(language)
    sign_in(window, bench.app, badge)
    window.go(Place.REPORTS)
    return window


def wait(qtbot: QtBot, screen: ReportsScreen) -> None:
    qtbot.waitUntil(lambda: screen.presenter.doing is Doing.NOTHING and not screen.presenter.busy, timeout=20_000)


def choose(qtbot: QtBot, screen: ReportsScreen, name: ReportName) -> None:
    screen.cards[name].click()
    wait(qtbot, screen)


def entries(bench: Bench) -> list[Any]:
    return bench.app.database.read(
        lambda uow: [entry.payload for entry in uow.journal.entries() if entry.kind == "report_made"]
    )


@pytest.mark.parametrize(("badge", "count"), [("DEMO-LEAD", 9), ("DEMO-QA", 9), ("DEMO-ADMIN", 9), ("DEMO-STORE", 1)])
def test_everybody_finds_the_reports_that_are_theirs(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, badge: str, count: int
) -> None:
    window = opened(open_window, bench, badge)
    assert len(window.reports_screen.cards) == count


def test_a_report_is_looked_at_page_by_page_and_enlarged(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    for _ in range(12):
        record(bench.app, OperationType.CHECKOUT)
        record(bench.app, OperationType.CHECKIN)
    screen = opened(open_window, bench).reports_screen
    choose(qtbot, screen, ReportName.SHIFT)
    prepared = screen.presenter.prepared
    assert prepared is not None
    assert prepared.pages.count > 1
    assert screen.page_view.has_page
    assert not screen.back_page.isEnabled()
    screen.next_page.click()
    wait(qtbot, screen)
    assert screen.back_page.isEnabled()
    screen.page_view.enlarge(True)
    assert screen.page_view.widget().width() > screen.page_view.viewport().width()


def test_an_empty_time_says_so_and_leads_to_the_nearest_day(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    record(bench.app, OperationType.CHECKOUT)
    record(bench.app, OperationType.CHECKIN)
    clock.advance(4 * 86_400)
    screen = opened(open_window, bench).reports_screen
    choose(qtbot, screen, ReportName.WHO_HAD_WHAT)
    assert "2026-05-04" in screen.nearest_button.text()
    screen.nearest_button.click()
    wait(qtbot, screen)
    assert not screen.presenter.is_empty
    assert screen.panel.first_field.text() == "2026-05-04"
    assert screen.panel.time_buttons[When.DAYS].isChecked()


def test_days_of_ones_own_are_typed_as_people_write_them(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    record(bench.app, OperationType.CHECKOUT)
    screen = opened(open_window, bench, language="ru").reports_screen
    choose(qtbot, screen, ReportName.SHIFT)
    screen.panel.time_buttons[When.DAYS].click()
    screen.panel.first_field.setText("03/04/2026")
    screen.panel.days_button.click()
    screen.panel.first_field.setText("01.05.2026")
    screen.panel.last_field.setText("04.05.2026")
    screen.panel.days_button.click()
    wait(qtbot, screen)
    assert screen.bar.main.isEnabled()
    assert not screen.presenter.is_empty


def test_a_kit_is_scanned_and_an_unknown_one_is_said(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    record(bench.app, OperationType.CHECKOUT)
    window = opened(open_window, bench)
    screen = window.reports_screen
    screen.cards[ReportName.KIT].click()
    assert not screen.bar.main.isEnabled()
    scan(window, "KIT-RRJ32S-014")
    wait(qtbot, screen)
    assert screen.presenter.prepared is not None
    assert screen.presenter.prepared.report.about.kit == "K-014"
    screen.presenter.choose_subject("kit", "nothing")
    wait(qtbot, screen)
    assert "nothing" in screen.notice.sentence
    assert not screen.bar.main.isEnabled()


@pytest.mark.parametrize("format_", list(ReportFormat))
def test_a_report_is_saved_in_every_format_and_its_folder_remembered(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path, format_: ReportFormat,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    record(bench.app, OperationType.CHECKOUT)
    target = tmp_path / f"Отчёт.{format_.value}"
    offered: list[str] = []

    def answered(dialog: QFileDialog) -> None:
        offered.append(dialog.selectedFiles()[0])
        dialog.fileSelected.emit(str(target))
        dialog.reject()

    monkeypatch.setattr(QFileDialog, "open", answered)
    screen = opened(open_window, bench, language="ru").reports_screen
    choose(qtbot, screen, ReportName.SHIFT)
    screen.panel.format_buttons[format_].click()
    screen.bar.main.click()
    wait(qtbot, screen)
    assert target.stat().st_size > 500
    assert Path(offered[0]).name == f"2026-05-04 Отчёт за смену.{format_.value}"
    assert str(target) in screen.notice.sentence
    (said,) = entries(bench)
    assert (said["format"], said["by"], said["language"]) == (format_.value, "DEMO-LEAD", "ru")
    assert screen.presenter.folder == tmp_path


def test_a_file_that_cannot_be_written_is_said_and_the_report_stays(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path
) -> None:
    record(bench.app, OperationType.CHECKOUT)
    screen = opened(open_window, bench).reports_screen
    choose(qtbot, screen, ReportName.SHIFT)
    screen.presenter.save(tmp_path / "nowhere" / "x.pdf")
    wait(qtbot, screen)
    assert "There is no folder" in screen.notice.sentence
    assert screen.presenter.prepared is not None
    assert screen.bar.main.isEnabled()
    assert entries(bench) == []


def test_the_other_language_makes_the_same_report_in_other_words(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    record(bench.app, OperationType.CHECKOUT)
    screen = opened(open_window, bench).reports_screen
    choose(qtbot, screen, ReportName.SHIFT)
    assert screen.presenter.prepared is not None
    assert screen.presenter.prepared.words.language == "en"
    screen.panel.language_buttons["ru"].click()
    wait(qtbot, screen)
    assert screen.presenter.prepared is not None
    assert screen.presenter.prepared.words.language == "ru"


def test_a_report_goes_through_the_print_dialog_and_gets_its_number(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(12):
        record(bench.app, OperationType.CHECKOUT)
        record(bench.app, OperationType.CHECKIN)
    paper = tmp_path / "paper.pdf"

    def into_a_file(prepared: Any) -> QPrinter:
        printer = printer_for(prepared)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(paper))
        return printer

    monkeypatch.setattr(view, "printer_for", into_a_file)
    # The dialog is the system's own; here it is agreed to as it is.
    monkeypatch.setattr(QDialog, "open", lambda dialog: dialog.done(1))
    screen = opened(open_window, bench).reports_screen
    choose(qtbot, screen, ReportName.SHIFT)
    assert screen.presenter.prepared is not None
    pages = screen.presenter.prepared.pages.count
    screen.print_button.click()
    wait(qtbot, screen)
    assert "printer" in screen.notice.sentence
    assert pages_of(paper.read_bytes()) == pages
    (said,) = entries(bench)
    assert (said["format"], said["file"]) == ("paper", "")


def test_what_takes_long_is_stopped_and_leaves_nothing(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(bench.app, OperationType.CHECKOUT)
    begun, go_on = threading.Event(), threading.Event()
    make = Reports.make

    def slow(self: Reports, request: Any, *, badge: str | None, watch: Any) -> Any:
        begun.set()
        assert go_on.wait(10)
        watch(1, 0)
        return make(self, request, badge=badge, watch=watch)

    monkeypatch.setattr(Reports, "make", slow)
    window = opened(open_window, bench)
    screen = window.reports_screen
    screen.cards[ReportName.SHIFT].click()
    assert begun.wait(10)
    assert screen.progress.isVisible()
    assert screen.cancel_button.isVisible()
    screen.cancel_button.click()
    go_on.set()
    wait(qtbot, screen)
    assert screen.presenter.prepared is None
    assert not screen.progress.isVisible()
    assert "Stopped" in screen.notice.sentence


def test_leaving_while_a_report_is_made_is_safe(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    record(bench.app, OperationType.CHECKOUT)
    window = opened(open_window, bench)
    for _ in range(5):
        window.reports_screen.cards[ReportName.SHIFT].click()
        window.show_home()
        window.go(Place.REPORTS)
    choose(qtbot, window.reports_screen, ReportName.SHIFT)
    assert window.reports_screen.presenter.prepared is not None


def test_back_leads_from_the_report_to_the_choice_and_home(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = opened(open_window, bench)
    screen = window.reports_screen
    choose(qtbot, screen, ReportName.SHIFT)
    screen.bar.back.click()
    assert screen.presenter.choice is None
    screen.bar.back.click()
    assert window.current is window.home_screen
