"""The page for the administrator: four fields, and digits for gloved fingers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from toolroom_desktop.domain.people import MAX_PIN_DIGITS, MIN_PIN_DIGITS
from toolroom_desktop.ui.screens.setup.page import StepPage
from toolroom_desktop.ui.screens.setup.steps import AdministratorStep, Field
from toolroom_desktop.ui.shell import Surroundings
from toolroom_desktop.ui.widgets.number_pad import NumberPad
from toolroom_desktop.ui.widgets.parts import button, frame, label
from toolroom_desktop.ui.widgets.pin_field import PinField

_LONGEST_BADGE, _LONGEST_NAME = 64, 120
_PAD_WIDTH = 300


class AdministratorPage(StepPage[AdministratorStep]):
    """Badge and name on the left, the PIN twice, the digits on the right; or who is an administrator already."""

    def __init__(self, surroundings: Surroundings, step: AdministratorStep, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, step, parent)
        secret = (Field.PIN, Field.AGAIN)
        self.fields = {field: PinField(self) if field in secret else QLineEdit(self) for field in Field}
        self._names: dict[Field, QLabel] = {field: label("emphasis", self) for field in Field}
        self.pad = NumberPad(surroundings.theme, self)
        self.known = label("strong", self, wrap=True)
        self._known_hint = label("body", self, wrap=True)
        self.another_button = button(surroundings.theme, "plain", "badge", self)
        self._form = QWidget(self)
        self._already = frame("panel", self)
        self._lay_out()
        self.another_button.clicked.connect(self._another)
        self.pad.digit.connect(self._digit)
        self.pad.erase.connect(self._erase)
        self.pad.clear.connect(self._clear)

    def _lay_out(self) -> None:
        metrics = self.surroundings.theme.metrics
        self.fields[Field.BADGE].setMaxLength(_LONGEST_BADGE)
        self.fields[Field.NAME].setMaxLength(_LONGEST_NAME)
        grid = QGridLayout()
        grid.setHorizontalSpacing(metrics.margin)
        grid.setVerticalSpacing(metrics.gap // 2)
        for place, field in enumerate(Field):
            row, column = 2 * (place // 2), place % 2
            grid.addWidget(self._names[field], row, column)
            grid.addWidget(self.fields[field], row + 1, column)
        left = QVBoxLayout()
        left.addLayout(grid)
        left.addStretch(1)
        self.pad.setMaximumWidth(_PAD_WIDTH)
        form = QHBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(2 * metrics.margin)
        form.addLayout(left, 1)
        form.addWidget(self.pad, 0, Qt.AlignmentFlag.AlignTop)
        known = QVBoxLayout(self._already)
        known.setContentsMargins(*[metrics.margin - 6] * 4)
        known.setSpacing(metrics.gap)
        known.addWidget(self.known)
        known.addWidget(self._known_hint)
        known.addWidget(self.another_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.content.addWidget(self._already)
        self.content.addWidget(self._form)
        self.content.addStretch(1)

    # --- StepPage

    def name(self) -> str:
        return self.tr("Administrator")

    def main_text(self) -> str:
        if self.step.working:
            return self.tr("One moment…")
        return self.tr("Add") if self.step.asks else self.tr("Continue")

    def skip_warning(self) -> str:
        return self.tr(
            "Without an administrator nobody can sign in here and nobody can add people, kits or models. Later: this "
            "set-up comes up at every start until there is one, or type:\n"
            "toolroom users add --role administrator --badge … --name …"
        )

    def summary(self) -> str:
        return ", ".join(f"{person.name} ({person.badge})" for person in self.step.known)

    def later(self) -> str:
        return self.tr(
            "Nobody can sign in yet. This set-up comes up at every start until there is an administrator; or type:\n"
            "toolroom users add --role administrator --badge … --name …"
        )

    def retranslate(self) -> None:
        self.title.setText(self.tr("Who looks after this station?"))
        words = {
            Field.BADGE: self.tr("Badge: scan or type"),
            Field.NAME: self.tr("Surname and name"),
            Field.PIN: self.tr("PIN, {least} to {most} digits").format(least=MIN_PIN_DIGITS, most=MAX_PIN_DIGITS),
            Field.AGAIN: self.tr("The same PIN again"),
        }
        for field, word in words.items():
            self._names[field].setText(word)
            self.fields[field].setAccessibleName(word)
        self.another_button.setText(self.tr("Add another administrator"))
        self._known_hint.setText(
            self.tr("An administrator adds other people under “People”, or with “toolroom users add”.")
        )
        self.pad.retranslate()

    def show_step(self) -> None:
        step = self.step
        looking = step.working and not step.known and not any(f.text() for f in self.fields.values())
        self._form.setVisible(step.asks and not looking)
        self._already.setVisible(not step.asks)
        self.another_button.setVisible(step.can_add_another)
        self._form.setEnabled(not step.working)
        self.about.setText(
            self.tr("Answered already.")
            if not step.asks
            else self.tr(
                "An administrator adds people and kits, sets cameras and models, and looks after this station."
            )
        )
        self.known.setText(
            "\n".join(self.tr("Administrator: {who}").format(who=f"{p.name}, {p.badge}") for p in step.known)
        )
        if not step.asks:
            for field in self.fields.values():
                field.clear()
        if step.pins_differ:
            self.fields[Field.PIN].clear()
            self.fields[Field.AGAIN].clear()
        if step.missing is not None:
            self.fields[step.missing].setFocus()

    def sentence(self) -> str:
        """What is missing, where that is no error of a service."""
        if self.step.pins_differ:
            return self.tr("The two PINs differ. Type both again.")
        return {
            None: "",
            Field.BADGE: self.tr("Scan the badge, or type its number."),
            Field.NAME: self.tr("Type the name."),
            Field.PIN: "",
            Field.AGAIN: self.tr("Type the same PIN once more, so that nobody is locked out by a slip."),
        }[self.step.missing]

    def go_on(self) -> None:
        if not self.step.asks:
            self.step.go_on()
            return
        text = {field: made.text() for field, made in self.fields.items()}
        # Enter in a field that is filled goes on to the next one, and complains of nothing yet.
        order = list(Field)
        here = next((field for field, made in self.fields.items() if made is QApplication.focusWidget()), None)
        if here is not None and text[here] and here is not order[-1]:
            following = order[order.index(here) + 1]
            if not text[following]:
                self.fields[following].setFocus()
                return
        self.step.add(text[Field.BADGE], text[Field.NAME], text[Field.PIN], text[Field.AGAIN])

    def focus_first(self) -> None:
        if self.step.asks:
            empty = (made for made in self.fields.values() if not made.text())
            next(empty, self.fields[Field.BADGE]).setFocus()

    def scanned(self, code: str) -> bool:
        if not self.step.asks:
            return False
        self.fields[Field.BADGE].setText(code)
        self.focus_first()
        return True

    def forget(self) -> None:
        """Leave no PIN behind."""
        for field in (Field.PIN, Field.AGAIN):
            self.fields[field].clear()

    # --- digits

    def _another(self) -> None:
        self.step.add_another()
        self.focus_first()

    def _pin_field(self) -> QLineEdit:
        """Digits go into the field that has the keyboard, if it wants digits; else into the PIN."""
        again = self.fields[Field.AGAIN]
        if again.hasFocus():
            return again
        pin = self.fields[Field.PIN]
        pin.setFocus()
        return pin

    def _digit(self, digit: str) -> None:
        self._pin_field().insert(digit)

    def _erase(self) -> None:
        self._pin_field().backspace()

    def _clear(self) -> None:
        self._pin_field().clear()
