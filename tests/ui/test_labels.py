"""Labels in windows: what is chosen is what is seen, saved and printed, in its own size."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench
from tests.ui.steps import scan, sign_in
from tests.unit.printing.test_labels import cut_out, read_qr
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.labels import CutMarks, LabelCode, format_named
from toolroom_desktop.services.labels import LabelKind
from toolroom_desktop.ui.label_aim import Wanted, write_aim
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.labels import LabelsScreen
from toolroom_desktop.ui.screens.labels.presenter import Doing, printer_for
from toolroom_desktop.ui.shell import Place


def labels(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, wanted: Wanted | None = None, badge: str = "DEMO-STORE"
) -> tuple[MainWindow, LabelsScreen]:
    """The screen, its first preview laid out."""
    window = open_window()
    sign_in(window, bench.app, badge)
    window.go(Place.LABELS, write_aim(wanted) if wanted is not None else "")
    screen = window.labels_screen
    ready(qtbot, screen)
    return window, screen


def ready(qtbot: QtBot, screen: LabelsScreen) -> None:
    qtbot.waitUntil(lambda: screen.presenter.doing is Doing.NOTHING)


def press(qtbot: QtBot, screen: LabelsScreen, made: QPushButton) -> None:
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)
    ready(qtbot, screen)


def journal_of(bench: Bench) -> list[str]:
    entries = bench.app.database.read(lambda uow: list(uow.journal.entries()))
    return [str(entry.payload["what"]) for entry in entries if entry.kind == "exported"]


def test_the_tools_lead_to_labels_of_what_is_shown(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    sign_in(window, bench.app, "DEMO-STORE")
    window.go(Place.TOOLS)
    tools = window.tools_screen
    QTest.mouseClick(tools.labels_button, Qt.MouseButton.LeftButton)
    assert window.current is window.labels_screen
    presenter = window.labels_screen.presenter
    assert (presenter.kind, presenter.names) == (LabelKind.KITS, ())
    window.go(Place.TOOLS, "K-014")
    qtbot.waitUntil(lambda: tools.presenter.shown is not None and tools.presenter.shown.kit is not None)
    QTest.mouseClick(tools.labels_button, Qt.MouseButton.LeftButton)
    assert (presenter.kind, presenter.kit) == (LabelKind.TOOLS, "K-014")
    window.go(Place.TOOLS, "014-05")
    qtbot.waitUntil(lambda: tools.presenter.tool is not None)
    QTest.mouseClick(tools.labels_button, Qt.MouseButton.LeftButton)
    assert presenter.names == ("014-05",)
    ready(qtbot, window.labels_screen)


def test_the_people_lead_to_the_label_of_a_badge(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    sign_in(window, bench.app, "DEMO-ADMIN")
    window.go(Place.PEOPLE, "DEMO-QA")
    qtbot.waitUntil(lambda: window.people_screen.chosen is not None)
    QTest.mouseClick(window.people_screen.labels_button, Qt.MouseButton.LeftButton)
    presenter = window.labels_screen.presenter
    assert (presenter.kind, presenter.names) == (LabelKind.BADGES, ("DEMO-QA",))
    assert presenter.options.format.name == "CARD-A4"
    ready(qtbot, window.labels_screen)


def test_only_what_somebody_may_print_can_be_chosen(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    _, screen = labels(qtbot, open_window, bench)
    assert not screen.panel.kind_buttons[LabelKind.BADGES].isVisible()
    window = open_window()
    sign_in(window, bench.app)
    window.go(Place.TOOLS)
    assert not window.tools_screen.labels_button.isVisible()


def test_every_choice_is_seen_at_once(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    _, screen = labels(qtbot, open_window, bench, Wanted(LabelKind.TOOLS, kit="K-014"))
    panel, presenter = screen.panel, screen.presenter
    assert screen.page_view.has_page
    many = presenter.preview.labels if presenter.preview is not None else 0
    assert many > 5
    assert f"{many} label" in screen.state.text()
    press(qtbot, screen, panel.format_buttons[format_named("62x29")])
    assert presenter.preview is not None
    assert presenter.preview.pages == many
    assert screen.next_page.isVisible()
    press(qtbot, screen, screen.next_page)
    assert presenter.page == 1
    press(qtbot, screen, panel.code_buttons[LabelCode.CODE_128])
    press(qtbot, screen, panel.mark_buttons[CutMarks.FRAME])
    press(qtbot, screen, panel.lines_buttons[False])
    press(qtbot, screen, panel.copies.more)
    options = presenter.options
    assert (options.code, options.marks, options.with_lines, options.copies) == (
        LabelCode.CODE_128,
        CutMarks.FRAME,
        False,
        2,
    )
    assert presenter.preview.labels == 2 * many
    assert not panel.start.isVisible(), "a roll is never used in part"


def test_a_sheet_used_in_part_is_begun_where_it_is_told(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    _, screen = labels(qtbot, open_window, bench)
    stepper = screen.panel.start
    stepper.field.setText("20")
    stepper.field.editingFinished.emit()
    ready(qtbot, screen)
    assert screen.presenter.options.start == 20
    press(qtbot, screen, screen.panel.format_buttons[format_named("L7163")])
    assert screen.presenter.options.start == 1


def test_a_label_without_room_is_said_with_the_formats_that_hold_it(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    _, screen = labels(qtbot, open_window, bench, Wanted(LabelKind.TOOLS, kit="K-014"))
    press(qtbot, screen, screen.panel.code_buttons[LabelCode.CODE_128])
    assert "too fine for a scanner on a label of L4731" in screen.notice.sentence
    assert "L7160" in screen.notice.sentence
    assert not screen.bar.main.isEnabled()
    assert not screen.page_view.isVisible()
    press(qtbot, screen, screen.panel.code_buttons[LabelCode.QR])
    assert screen.notice.sentence == ""
    assert screen.page_view.isVisible()
    assert screen.bar.main.isEnabled()


def test_what_is_scanned_is_labelled_anew(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window, screen = labels(qtbot, open_window, bench)
    for code in ("KIT-RRJ32S-015", "TR:K:K-014", "K-015"):
        scan(window, code)
        qtbot.waitUntil(lambda: not screen.presenter.busy)
    assert screen.presenter.names == ("K-015", "K-014")
    assert screen.panel.names_field.text() == "K-015, K-014"
    scan(window, "no-such")
    qtbot.waitUntil(lambda: "no-such" in window.notice.sentence)


def test_a_number_that_nobody_has_is_named(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    _, screen = labels(qtbot, open_window, bench)
    screen.panel.names_field.setText("K-014, K-999")
    screen.panel.names_field.editingFinished.emit()
    ready(qtbot, screen)
    assert "K-999" in screen.notice.sentence
    assert not screen.bar.main.isEnabled()


def test_saved_labels_are_a_file_and_in_the_journal(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path
) -> None:
    _, screen = labels(qtbot, open_window, bench)
    assert journal_of(bench) == [], "a look is no export"
    path = tmp_path / "метки комплектов.pdf"
    screen.presenter.save(path)
    ready(qtbot, screen)
    assert path.read_bytes().startswith(b"%PDF")
    assert "100 %" in screen.notice.sentence
    assert journal_of(bench) == ["labels.kits"]
    screen.presenter.save(tmp_path / "no folder" / "x.pdf")
    ready(qtbot, screen)
    assert "x.pdf" in screen.notice.sentence
    assert not (tmp_path / "no folder").exists()


def test_labels_are_printed_in_their_own_size_and_never_fitted(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path
) -> None:
    """The printer here writes a file; what it is given is what paper would be given."""
    _, screen = labels(qtbot, open_window, bench)
    printer = printer_for(screen.presenter.options.format)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    screen.presenter.print_to(printer)
    ready(qtbot, screen)
    assert "sent to the printer" in screen.notice.sentence
    assert journal_of(bench) == ["labels.kits"]
    content = (tmp_path / "printed.pdf").read_bytes()
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)", content)
    assert box is not None
    assert [float(side) for side in box.groups()] == pytest.approx([595.3, 841.9], abs=0.6)
    if shutil.which("pdftoppm") is None:
        return
    order = ["pdftoppm", "-r", "300", "-gray", "-singlefile", "printed.pdf", "page"]
    subprocess.run(order, cwd=tmp_path, check=True)
    page = cv2.imdecode(np.frombuffer((tmp_path / "page.pgm").read_bytes(), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert page is not None
    label = np.asarray(cut_out(page.astype(np.uint8), format_named("L7160"), 0, 300))
    assert read_qr(label) == "KIT-RRJ32S-014"


def test_another_paper_in_the_print_dialog_is_refused_and_nothing_is_printed(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, tmp_path: Path
) -> None:
    _, screen = labels(qtbot, open_window, bench)
    printer = printer_for(screen.presenter.options.format)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageSize(QPageSize(QSizeF(100, 150), QPageSize.Unit.Millimeter))
    screen.presenter.print_to(printer)
    ready(qtbot, screen)
    assert "210 x 297" in screen.notice.sentence
    assert "100 x 150" in screen.notice.sentence
    assert not (tmp_path / "printed.pdf").exists()
    assert journal_of(bench) == []


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_screen_speaks_the_language_of_the_windows(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, language: str
) -> None:
    window = open_window(language)
    sign_in(window, bench.app, "DEMO-ADMIN")
    window.go(Place.LABELS)
    ready(qtbot, window.labels_screen)
    said = window.labels_screen.panel.kind_buttons[LabelKind.TOOLS].text()
    assert said == {"ru": "Инструменты", "en": "Tools"}[language]
