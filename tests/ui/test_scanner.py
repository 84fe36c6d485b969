"""A scanner types like a keyboard; its rhythm tells it from a person."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.steps import press, scan, type_slowly
from toolroom_desktop.ui.scanner import Rhythm, Scanner, as_latin_keys


class Desk(QWidget):
    """A field, a note and a button, as on any screen."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit(self)
        self.note = QPlainTextEdit(self)
        self.button = QPushButton("go", self)
        column = QVBoxLayout(self)
        for widget in (self.field, self.note, self.button):
            column.addWidget(widget)
        self.pressed = 0
        self.button.clicked.connect(self._count)
        self.entered = 0
        self.field.returnPressed.connect(self._enter)

    def _count(self) -> None:
        self.pressed += 1

    def _enter(self) -> None:
        self.entered += 1


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def codes(desk: Desk) -> Iterator[list[str]]:
    """What the scanner reported."""
    scanner = Scanner(desk)
    reported: list[str] = []
    scanner.scanned.connect(reported.append)
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(scanner)
    yield reported
    application.removeEventFilter(scanner)


def test_a_scan_is_reported_once_and_leaves_the_field_as_it_was(desk: Desk, codes: list[str]) -> None:
    desk.field.setText("K-0")
    desk.field.setFocus()
    scan(desk, "KIT-RRJ32S-014")
    assert codes == ["KIT-RRJ32S-014"]
    assert desk.field.text() == "K-0"
    assert desk.entered == 0, "the scanner's Enter is swallowed"


def test_a_scan_into_a_note_leaves_the_note_as_it_was(desk: Desk, codes: list[str]) -> None:
    desk.note.setPlainText("Бокорезы ищут")
    desk.note.setFocus()
    scan(desk, "DEMO-TECH")
    assert codes == ["DEMO-TECH"]
    assert desk.note.toPlainText() == "Бокорезы ищут"


def test_a_scan_presses_no_button(desk: Desk, codes: list[str]) -> None:
    desk.button.setFocus()
    scan(desk, "DEMO-TECH")
    assert codes == ["DEMO-TECH"]
    assert desk.pressed == 0


def test_a_scanner_may_end_with_tab(desk: Desk, codes: list[str]) -> None:
    desk.field.setFocus()
    scan(desk, "DEMO-TECH", Qt.Key.Key_Tab)
    assert codes == ["DEMO-TECH"]
    assert desk.field.hasFocus()


def test_a_person_types_into_the_field_and_enter_stays_theirs(qtbot: QtBot, desk: Desk, codes: list[str]) -> None:
    type_slowly(qtbot, desk.field, "K-014")
    press(qtbot, desk, Qt.Key.Key_Return)
    assert codes == []
    assert desk.field.text() == "K-014"
    assert desk.entered == 1


def test_a_fast_word_without_enter_stays_in_the_field(qtbot: QtBot, desk: Desk, codes: list[str]) -> None:
    desk.field.setFocus()
    QTest.keyClicks(desk.field, "pasted")
    press(qtbot, desk, Qt.Key.Key_Return)
    assert codes == []
    assert desk.field.text() == "pasted"


def test_three_fast_characters_are_no_code(desk: Desk, codes: list[str]) -> None:
    desk.field.setFocus()
    scan(desk, "014")
    assert codes == []
    assert desk.field.text() == "014"


def test_a_scan_after_slow_typing_takes_only_its_own_characters(qtbot: QtBot, desk: Desk, codes: list[str]) -> None:
    type_slowly(qtbot, desk.field, "ab")
    QTest.qWait(80)
    scan(desk, "DEMO-QA")
    assert codes == ["DEMO-QA"]
    assert desk.field.text() == "ab"


def test_with_a_russian_layout_the_same_keys_give_the_same_code(desk: Desk, codes: list[str]) -> None:
    desk.field.setFocus()
    scan(desk, "ВУЬЩ-ЕУСР")
    assert codes == ["DEMO-TECH"]


def test_latin_text_passes_the_layout_table_unchanged() -> None:
    assert as_latin_keys("KIT-RRJ32S-014") == "KIT-RRJ32S-014"


@pytest.mark.parametrize(("gap", "expected"), [(0.049, "1234"), (0.051, "")])
def test_fifty_milliseconds_part_a_scanner_from_a_person(gap: float, expected: str) -> None:
    rhythm = Rhythm()
    for place, character in enumerate("1234"):
        rhythm.feed(character, place * gap)
    assert rhythm.ends(3 * gap + 0.001) == expected


def test_enter_long_after_the_characters_is_a_persons() -> None:
    rhythm = Rhythm()
    for place, character in enumerate("123456"):
        rhythm.feed(character, place * 0.01)
    assert rhythm.ends(1.0) == ""
