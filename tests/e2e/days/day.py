"""What somebody does at the station in the course of a day, with keys, scans and touches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.looking import TABLE, settle
from tests.ui.station import Bench, seen
from tests.ui.steps import press, scan, type_slowly
from toolroom_desktop.domain.custody import Procedures
from toolroom_desktop.domain.journal import JournalEntry
from toolroom_desktop.domain.operation import Count, Operation
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.demo import DEMO_PIN, REFERENCE_TOOLKIT
from toolroom_desktop.services.history import verify_journal
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.widgets.signature_panel import SignaturePanel
from toolroom_desktop.ui.widgets.signature_presenter import SigningStep

_ANSWERS = (Count.FOUND, Count.MISSING, Count.DAMAGED, Count.PIECE_MISSING, Count.WRONG, Count.KEPT)
"""The answers of a row in their order."""
PATIENCE = 20_000  # milliseconds; the machines are shared


@dataclass
class Day:
    """The windows, and the hands that use them."""

    qtbot: QtBot
    window: MainWindow
    bench: Bench
    clock: HandClock
    shots: Path | None = None
    _taken: int = 0

    # --- coming and going

    def sign_in(self, badge: str) -> None:
        """Scan the badge, type the PIN."""
        window = self.window
        self.until(lambda: window.current is window.sign_in_screen)
        scan(window, badge)
        self.until(window.sign_in_screen.pin_field.isVisible)
        type_slowly(self.qtbot, window.sign_in_screen.pin_field, DEMO_PIN)
        press(self.qtbot, window, Qt.Key.Key_Return)
        self.until(lambda: window.current is window.home_screen)
        self.quiet()
        self.qtbot.wait(50)  # what was looked up is laid out

    def sign_out(self) -> None:
        """Leave the station."""
        self.window.sign_out("asked")
        self.until(lambda: self.window.current is self.window.sign_in_screen)
        self.quiet()

    def until(self, reached: Callable[[], bool]) -> None:
        """Wait until something is the case."""
        self.qtbot.waitUntil(reached, timeout=PATIENCE)

    def quiet(self) -> None:
        """Wait until nothing is being looked up or written."""
        self.until(lambda: not self.window.work.busy)

    def hours_pass(self, hours: float) -> None:
        """Work is done elsewhere."""
        self.clock.advance(hours * 3600)

    # --- at the counter

    def scan(self, code: str) -> None:
        """Scan a label at whatever is shown."""
        scan(self.window, code)

    def lay_out(self, *, missing: Sequence[str] = (), only: Sequence[str] = ()) -> None:
        """Lay tools on the table, wait for the decision, and go on; `only` these, or all but the `missing` ones."""
        away = [name for name in REFERENCE_TOOLKIT.expected if only and name not in only]
        self.bench.detector.answers[TABLE] = seen(REFERENCE_TOOLKIT, missing=(*missing, *away))
        screen = self.window.inspection_screen
        self.until(lambda: self.window.current is screen)
        settle(self.qtbot, self.bench, self.clock, screen)
        self.picture("inspection")
        press(self.qtbot, self.window, Qt.Key.Key_Return)
        self.until(lambda: self.window.current is self.window.result_screen)

    def answer(self, tool_class: str, count: Count) -> None:
        """Touch that answer on the row of that tool."""
        row = self.window.result_screen.rows[tool_class, 1]
        row.buttons[_ANSWERS.index(count)].click()

    def answer_the_rest_as_found(self) -> None:
        """Touch "there" on every row that is still owed."""
        presenter = self.window.result_screen.presenter
        for owed in presenter.owed:
            if (owed.tool_class, owed.unit) not in presenter.answers:
                self.answer(owed.tool_class, Count.FOUND)

    def confirm(self) -> Operation:
        """Confirm, wait until it is saved; the newest record."""
        self.picture("result")
        self.window.result_screen.bar.main.click()
        self.until(lambda: self.window.current is self.window.saved_screen)
        self.picture("saved")
        self.quiet()
        return self.bench.app.operations.recent(limit=1)[0]

    def home(self) -> None:
        """From the saved record back home, or to the sign-in where the station asks who is next."""
        press(self.qtbot, self.window, Qt.Key.Key_Return)
        self.until(lambda: self.window.current is self.window.home_screen)
        self.quiet()

    def sign(self, panel: SignaturePanel, badge: str, reason: str = "") -> None:
        """Somebody signs there: the reason where one is asked for, the badge, the PIN."""
        self.until(panel.isVisible)
        if reason:
            panel.reason_field.setText(reason)  # the keys of the tests are Latin ones
            panel.main_button.click()
        self.until(lambda: panel.presenter.step is SigningStep.BADGE)
        scan(self.window, badge)
        self.until(lambda: panel.presenter.step is SigningStep.PIN)
        panel.pin_field.setText(DEMO_PIN)
        panel.main_button.click()
        self.until(lambda: not panel.presenter.busy)

    # --- what can be seen and found

    def said(self, screen: QWidget) -> str:
        """Every text that can be seen there."""
        labels = [label.text() for label in screen.findChildren(QLabel) if label.isVisible()]
        buttons = [made.text() or made.accessibleName() for made in screen.findChildren(QAbstractButton)]
        return "\n".join([*labels, *buttons])

    def picture(self, name: str) -> None:
        """A picture of the windows, where somebody wants to look at them."""
        if self.shots is None:
            return
        self.shots.mkdir(parents=True, exist_ok=True)
        self.qtbot.wait(50)  # until everything has its place
        self._taken += 1
        self.window.grab().save(str(self.shots / f"{self._taken:02d} {name}.png"))

    def entries(self, kind: str) -> list[JournalEntry]:
        """The journal's entries of a kind."""
        everything = self.bench.app.database.read(lambda uow: list(uow.journal.entries()))
        return [entry for entry in everything if entry.kind == kind]

    def journal_is_whole(self) -> bool:
        """Whether the journal holds at the end of the day."""
        return verify_journal(self.bench.app.database, key=None).whole

    # --- how the station is before the day

    def tool(self, marking: str) -> Tool:
        """The tool with that marking."""
        return self.bench.app.database.read(lambda uow: uow.tools.by_marking(marking)[0])

    def change(self, marking: str, **what: object) -> None:
        """Something about a tool is otherwise from now on."""

        def save(uow: UnitOfWork) -> None:
            uow.tools.save(replace(uow.tools.by_marking(marking)[0], **what))  # type: ignore[arg-type]

        self.bench.app.database.write(save)

    def procedures(self, procedures: Procedures) -> None:
        """How this station works today."""
        app = self.window.shell.app
        self.window.shell.app = replace(app, operations=replace(app.operations, procedures=procedures))
