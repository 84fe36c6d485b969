"""The layout of sign-in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from toolroom_desktop.domain.marks import Named
from toolroom_desktop.domain.people import Person
from toolroom_desktop.services.demo import DEMO_PIN
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.screens.sign_in.presenter import SignInPresenter
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.layouts import empty
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.number_pad import NumberPad
from toolroom_desktop.ui.widgets.parts import button, frame, label
from toolroom_desktop.ui.widgets.pin_field import PinField
from toolroom_desktop.ui.words import role_word

_COLUMN = 480


class SignInScreen(Screen):
    """Badge, then PIN."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.presenter = SignInPresenter(shell, self)
        self._people: Sequence[Person] = ()
        self._busy = False
        self._bar = ActionBar(shell.theme, self)
        self._notices = (Notice(shell.theme, self), Notice(shell.theme, self))
        self.badge_field = QLineEdit(self)
        self.pin_field = PinField(self)
        self.pad = NumberPad(shell.theme, self)
        self._steps = QStackedWidget(self)
        self._steps.addWidget(self._badge_step())
        self._steps.addWidget(self._pin_step())
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._lay_out()
        self._connect()
        self.main_button = self._bar.main
        self.back_button = self._bar.back
        self.show_badge_step()

    # --- layout

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.margin)
        content.setSpacing(metrics.gap)
        content.addWidget(self._steps, 1)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self._bar)

    def _badge_step(self) -> QWidget:
        theme = self._shell.theme
        self._badge_title = label("title", self)
        self._badge_hint = label("muted", self, wrap=True)
        self.badge_field.setMaxLength(64)
        symbol = QLabel(self)
        symbol.setPixmap(pixmap("badge", theme.palette.text, 96))
        asked = QVBoxLayout()
        asked.setSpacing(theme.metrics.gap)
        asked.addStretch(1)
        asked.addWidget(symbol)
        asked.addWidget(self._badge_title)
        asked.addWidget(self._badge_hint)
        asked.addSpacing(theme.metrics.gap)
        asked.addWidget(self.badge_field)
        asked.addWidget(self._notices[0])
        asked.addWidget(self._nobody_panel())
        asked.addStretch(2)
        self._demo = frame("panel", self)
        self._demo_title = label("strong", self._demo)
        self._demo_hint = label("muted", self._demo, wrap=True)
        self._demo_cards = QGridLayout()
        self._demo_cards.setSpacing(theme.metrics.gap)
        demo = QVBoxLayout(self._demo)
        demo.setContentsMargins(*[theme.metrics.margin - 6] * 4)
        demo.setSpacing(theme.metrics.gap // 2)
        demo.addWidget(self._demo_title)
        demo.addWidget(self._demo_hint)
        demo.addSpacing(theme.metrics.gap // 2)
        demo.addLayout(self._demo_cards)
        self._demo.hide()
        return _columns(asked, self._demo, theme.metrics.margin * 2)

    def _nobody_panel(self) -> QWidget:
        theme = self._shell.theme
        self.nobody = frame("panel", self)
        self._nobody_text = label("strong", self.nobody, wrap=True)
        self.setup_button = button(theme, "plain", "setup", self.nobody)
        column = QVBoxLayout(self.nobody)
        column.setContentsMargins(*[theme.metrics.gap] * 4)
        column.setSpacing(theme.metrics.gap)
        column.addWidget(self._nobody_text)
        column.addWidget(self.setup_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.nobody.hide()
        return self.nobody

    def _pin_step(self) -> QWidget:
        theme = self._shell.theme
        self._person_name = label("title", self, wrap=True)
        self._person_role = label("muted", self)
        self._pin_title = label("strong", self)
        asked = QVBoxLayout()
        asked.setSpacing(theme.metrics.gap)
        asked.addStretch(1)
        asked.addWidget(self._person_name)
        asked.addWidget(self._person_role)
        asked.addSpacing(theme.metrics.margin)
        asked.addWidget(self._pin_title)
        asked.addWidget(self.pin_field)
        asked.addWidget(self._notices[1])
        asked.addStretch(2)
        return _columns(asked, self.pad, theme.metrics.margin * 2)

    def _connect(self) -> None:
        presenter = self.presenter
        self._bar.main.clicked.connect(self._go_on)
        self.setup_button.clicked.connect(presenter.set_up)
        self._bar.back.clicked.connect(presenter.back)
        self.badge_field.textChanged.connect(self.follow)
        self.pin_field.textChanged.connect(self.follow)
        self._second.timeout.connect(presenter.second_passed)
        self.pad.digit.connect(self.pin_field.insert)
        self.pad.erase.connect(self.pin_field.backspace)
        self.pad.clear.connect(self.pin_field.clear)

    @property
    def notice(self) -> Notice:
        """What is said in the present step."""
        return self._notices[self._steps.currentIndex()]

    # --- Screen

    def enter(self) -> None:
        self.presenter.enter()

    def leave(self) -> None:
        self.presenter.leave()

    @property
    def scan_kinds(self) -> frozenset[Named]:
        return frozenset({Named.BADGE})

    def scanned(self, code: str) -> bool:
        self.presenter.badge_entered(code)
        return True

    def retranslate(self) -> None:
        self._badge_title.setText(self.tr("Scan your badge"))
        self._badge_hint.setText(self.tr("or type its number and press Enter"))
        self.badge_field.setAccessibleName(self.tr("Badge number"))
        self.badge_field.setPlaceholderText(self.tr("Badge number"))
        self._demo_title.setText(self.tr("Demonstration"))
        self._demo_hint.setText(self.tr("Tap a person. The PIN of each is {pin}.").format(pin=DEMO_PIN))
        self._nobody_text.setText(self.tr("Nobody can sign in yet: this station has no administrator."))
        self.setup_button.setText(self.tr("Set up this station"))
        self._pin_title.setText(self.tr("PIN"))
        self.pin_field.setAccessibleName(self.tr("PIN"))
        self._bar.back.setText(self.tr("Another badge"))
        self.pad.retranslate()
        self.show_demo_people(self._people)
        if self.presenter.person is not None:
            self._person_role.setText(role_word(self.presenter.person.role))
        self.presenter.retranslate()
        self.follow()

    # --- SignInView

    def show_badge_step(self) -> None:
        self.badge_field.clear()
        self.pin_field.clear()
        self._steps.setCurrentIndex(0)
        self.badge_field.setFocus()
        self.follow()

    def show_pin_step(self, person: Person) -> None:
        self._person_name.setText(person.name)
        self._person_role.setText(role_word(person.role))
        self.pin_field.clear()
        self._steps.setCurrentIndex(1)
        self.pin_field.setFocus()
        self.follow()

    def show_demo_people(self, people: Sequence[Person]) -> None:
        self._people = people
        empty(self._demo_cards)
        for place, person in enumerate(people):
            card = button(self._shell.theme, "card", "", self._demo)
            card.setText(f"{role_word(person.role)}\n{person.badge}")
            card.setAccessibleDescription(person.name)
            card.setProperty("badge", person.badge)
            card.clicked.connect(self._card_tapped)
            self._demo_cards.addWidget(card, place // 2, place % 2)
        self._demo.setVisible(bool(people))

    def show_nobody(self, nobody: bool) -> None:
        self.nobody.setVisible(nobody)

    def show_busy(self, busy: bool) -> None:
        self._busy = busy
        self.follow()

    def show_sentence(self, sentence: str) -> None:
        self.notice.say(sentence)

    def clear_pin(self) -> None:
        self.pin_field.clear()
        self.pin_field.setFocus()

    def count_down(self, counting: bool) -> None:
        if counting:
            self._second.start()
        else:
            self._second.stop()

    def follow(self) -> None:
        """What can be pressed follows from what is typed and what is under way."""
        asks_pin = self._steps.currentIndex() == 1
        self._bar.back.setVisible(asks_pin)
        if self._busy:
            self._bar.main.setText(self.tr("Checking…"))
        else:
            self._bar.main.setText(self.tr("Sign in") if asks_pin else self.tr("Continue"))
        typed = self.presenter.may_check(self.pin_field.text()) if asks_pin else bool(self.badge_field.text().strip())
        self._bar.main.setEnabled(typed and not self._busy)
        self.pad.setEnabled(not self.presenter.waiting and not self._busy)
        self.pin_field.setReadOnly(self.presenter.waiting or self._busy)

    def _go_on(self) -> None:
        if self._steps.currentIndex() == 1:
            self.presenter.pin_entered(self.pin_field.text())
        else:
            self.presenter.badge_entered(self.badge_field.text())

    def _card_tapped(self) -> None:
        self.presenter.badge_entered(str(self.sender().property("badge")))


def _columns(left: QVBoxLayout, right: QWidget, spacing: int) -> QWidget:
    """Two columns of equal, limited width in the middle of the screen."""
    step = QWidget()
    holder = QWidget(step)
    holder.setLayout(left)
    holder.setMaximumWidth(_COLUMN)
    right.setMaximumWidth(_COLUMN)
    left.setContentsMargins(0, 0, 0, 0)
    row = QHBoxLayout()
    row.setSpacing(spacing)
    row.addStretch(1)
    row.addWidget(holder, 8)
    row.addWidget(right, 8, Qt.AlignmentFlag.AlignVCenter)
    row.addStretch(1)
    grid = QGridLayout(step)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.addLayout(row, 0, 0)
    return step
