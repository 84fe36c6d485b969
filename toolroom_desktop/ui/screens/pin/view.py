"""The layout of choosing one's own PIN."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from toolroom_desktop.domain.people import MAX_PIN_DIGITS, MIN_PIN_DIGITS
from toolroom_desktop.ui.screens.pin.presenter import PinPresenter, PinStep
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.pin_page import PinPage


class PinScreen(Screen):
    """Old PIN, new PIN, new PIN again."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        metrics = shell.theme.metrics
        self.page = PinPage(shell.theme, self)
        self.bar = ActionBar(shell.theme, self)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self.presenter = PinPresenter(shell, self)
        content = QVBoxLayout()
        content.setContentsMargins(*[metrics.margin] * 4)
        content.addWidget(self.page, 1)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self.bar)
        self.page.typed.connect(self.follow)
        self._second.timeout.connect(self.presenter.second_passed)
        self.bar.main.clicked.connect(self._go_on)
        self.bar.back.clicked.connect(self.presenter.back)
        self.main_button = self.bar.main
        self.back_button = self.bar.back

    def begin(self, old_pin: str) -> None:
        """Told before `enter` which PIN was typed to sign in, so that it is not asked for once more."""
        self.presenter.begin(old_pin)

    # --- Screen

    def enter(self) -> None:
        self.presenter.enter()

    def leave(self) -> None:
        self.presenter.leave()
        self.page.field.clear()

    def retranslate(self) -> None:
        self.page.retranslate()
        self._say()
        self.presenter.retranslate()
        self.follow()

    # --- PinView

    def show_step(self) -> None:
        self._say()
        done = self.presenter.step is PinStep.DONE
        for widget in (self.page.field, self.page.pad, self.page.asked):
            widget.setVisible(not done)
        self.page.ask_for(self._asked())
        if done:
            self.bar.main.setFocus()
        self.follow()

    def show_sentence(self, sentence: str) -> None:
        self.page.notice.say(sentence)

    def show_differ(self) -> None:
        self.page.notice.say(self.tr("The two PINs differ. Type the new PIN twice once more."))

    def count_down(self, counting: bool) -> None:
        if counting:
            self._second.start()
        else:
            self._second.stop()

    def follow(self) -> None:
        """What can be pressed follows from what is typed and what is under way."""
        presenter = self.presenter
        if presenter.busy:
            self.bar.main.setText(self.tr("One moment…"))
        elif presenter.step is PinStep.AGAIN:
            self.bar.main.setText(self.tr("Change the PIN"))
        else:
            self.bar.main.setText(self.tr("Continue"))
        self.bar.main.setEnabled(presenter.may_go_on(self.page.field.text()))
        self.page.allow(typing=not presenter.waiting and not presenter.busy)

    def _say(self) -> None:
        presenter = self.presenter
        done = presenter.step is PinStep.DONE
        self.page.title.setText(self.tr("Your PIN is changed") if done else self.tr("Change your PIN"))
        if done:
            self.page.text.setText(self.tr("Sign in and sign with the new PIN from now on."))
        elif presenter.forced:
            self.page.text.setText(
                self.tr("Somebody else gave you this PIN. Choose one that only you know; then you can go on.")
            )
        else:
            self.page.text.setText(self.tr("Choose one that only you know."))
        self.page.asked.setText(self._asked())
        self.bar.back.setText(self.tr("Sign out") if presenter.forced else self.tr("Back"))
        self.bar.back.setVisible(not done)

    def _asked(self) -> str:
        return {
            PinStep.OLD: self.tr("The PIN that you have now"),
            PinStep.NEW: self.tr("New PIN, {least} to {most} digits").format(least=MIN_PIN_DIGITS, most=MAX_PIN_DIGITS),
            PinStep.AGAIN: self.tr("The new PIN once more"),
            PinStep.DONE: "",
        }[self.presenter.step]

    def _go_on(self) -> None:
        self.presenter.go_on(self.page.field.text())
