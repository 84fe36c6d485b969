"""Where a second person signs, within the screen that needs it. Never modal.

    panel = SignaturePanel(shell, self)               # hidden until somebody is asked
    panel.signed.connect(...)                         # gets the `Signature`; `panel.reason` holds the reason
    panel.cancelled.connect(...)                      # nobody signed; the panel has hidden itself
    panel.ask_for(Purpose.WITNESS, subject, title=..., text=..., not_by=(shell.badge,))
    panel.ask_for(Purpose.OVERRIDE, subject, title=..., text=..., needs_reason=True)

`title` says who must sign and `text` for what, both in the language of the windows; `say` sets them anew after a change
of the language. The screen hands on what belongs to the panel: `scanned(code)` from its own `scanned` (True when the
code was used), `retranslate()` from its own, and `dismiss()` from its `leave`. While the panel is visible it keeps
Enter and Esc for itself as long as the keyboard is within it; hide or disable the rest of the screen meanwhile. It is
about `7 * touch` high. The PIN is never kept longer than the call that checks it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from toolroom_desktop.domain.signing import Purpose, Signature
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.number_pad import NumberPad
from toolroom_desktop.ui.widgets.parts import button, label
from toolroom_desktop.ui.widgets.pin_field import PinField
from toolroom_desktop.ui.widgets.signature_presenter import (
    MOST_REASON_CHARACTERS,
    SignaturePresenter,
    SigningStep,
    ToSign,
)
from toolroom_desktop.ui.words import role_word

_LONGEST_BADGE = 64
_PAD_WIDTH = 300


class SignaturePanel(QFrame):
    """Asks for a reason where one is wanted, for a badge, and for the PIN; see the module for how it is used."""

    signed = Signal(object)
    cancelled = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "panel")
        theme = shell.theme
        self._title = label("strong", self, wrap=True)
        self._text = label("body", self, wrap=True)
        self._who = label("emphasis", self, wrap=True)
        self._asked = label("muted", self, wrap=True)
        self.reason_field = QLineEdit(self)
        self.reason_field.setMaxLength(MOST_REASON_CHARACTERS)
        self.badge_field = QLineEdit(self)
        self.badge_field.setMaxLength(_LONGEST_BADGE)
        self.pin_field = PinField(self)
        self.notice = Notice(theme, self)
        self.pad = NumberPad(theme, self)
        self.cancel_button = button(theme, "plain", "back", self)
        self.other_badge_button = button(theme, "flat", "badge", self)
        self.main_button = button(theme, "main", "", self)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._fields = {
            SigningStep.REASON: self.reason_field,
            SigningStep.BADGE: self.badge_field,
            SigningStep.PIN: self.pin_field,
        }
        self.presenter = SignaturePresenter(shell, self, self._signed)
        self._lay_out(shell)
        for field in self._fields.values():
            field.textChanged.connect(self.follow)
        self.cancel_button.clicked.connect(self._cancel)
        self.other_badge_button.clicked.connect(self.presenter.other_badge)
        self.main_button.clicked.connect(self._go_on)
        self._second.timeout.connect(self.presenter.second_passed)
        self.pad.digit.connect(self.pin_field.insert)
        self.pad.erase.connect(self.pin_field.backspace)
        self.pad.clear.connect(self.pin_field.clear)
        self.hide()

    def _lay_out(self, shell: Shell) -> None:
        metrics = shell.theme.metrics
        self.pad.setFixedWidth(_PAD_WIDTH)
        asked = QVBoxLayout()
        asked.setSpacing(metrics.gap)
        asked.addWidget(self._title)
        asked.addWidget(self._text)
        asked.addStretch(1)
        asked.addWidget(self._who)
        asked.addWidget(self._asked)
        for field in self._fields.values():
            asked.addWidget(field)
        asked.addWidget(self.notice)
        asked.addStretch(1)
        upper = QHBoxLayout()
        upper.setSpacing(2 * metrics.margin)
        upper.addLayout(asked, 1)
        upper.addWidget(self.pad, 0, Qt.AlignmentFlag.AlignVCenter)
        lower = QHBoxLayout()
        lower.setSpacing(metrics.gap)
        lower.addWidget(self.cancel_button)
        lower.addWidget(self.other_badge_button)
        lower.addStretch(1)
        lower.addWidget(self.main_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*[metrics.margin - 6] * 4)
        whole.setSpacing(metrics.gap)
        whole.addLayout(upper, 1)
        whole.addLayout(lower)

    # --- for the screen around

    @property
    def reason(self) -> str:
        """The reason that was given with the signature; empty where none was asked for."""
        return self.presenter.reason

    def ask_for(
        self,
        purpose: Purpose,
        subject: str,
        *,
        title: str,
        text: str,
        not_by: tuple[str, ...] = (),
        needs_reason: bool = False,
    ) -> None:
        """Show the panel and ask for a signature, from the beginning.

        `subject` is the id of the operation, case or shift; `not_by` the badges of those who may not be the signer.
        """
        self.say(title, text)
        self.reason_field.clear()
        self.show()
        self.presenter.begin(ToSign(purpose, subject, not_by, needs_reason))

    def say(self, title: str, text: str) -> None:
        """Who must sign, and for what."""
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(title)

    def dismiss(self) -> None:
        """Hide, forget the PIN and whoever was asked, and tell nobody."""
        self.presenter.end()
        self.badge_field.clear()
        self.hide()

    def scanned(self, code: str) -> bool:
        """A code came from the scanner; True when it was taken as a badge."""
        return self.isVisible() and self.presenter.badge_scanned(code)

    def retranslate(self) -> None:
        """Set every text but the caller's anew in the present language."""
        self.reason_field.setAccessibleName(self.tr("Reason"))
        self.badge_field.setAccessibleName(self.tr("Badge number"))
        self.pin_field.setAccessibleName(self.tr("PIN"))
        self.cancel_button.setText(self.tr("No signature"))
        self.other_badge_button.setText(self.tr("Another badge"))
        self.pad.retranslate()
        self._say_step()
        self.presenter.retranslate()
        self.follow()

    # --- SignatureView

    def show_step(self, step: SigningStep) -> None:
        for each, field in self._fields.items():
            field.setVisible(each is step)
        self.badge_field.clear()
        self.pad.setVisible(step is SigningStep.PIN)
        self.other_badge_button.setVisible(step is SigningStep.PIN)
        self._say_step()
        self._fields[step].setFocus()
        self.follow()

    def show_sentence(self, sentence: str) -> None:
        self.notice.say(sentence)

    def clear_pin(self) -> None:
        self.pin_field.clear()

    def count_down(self, counting: bool) -> None:
        if counting:
            self._second.start()
        else:
            self._second.stop()

    def follow(self) -> None:
        """What can be pressed follows from what is typed and what is under way."""
        presenter = self.presenter
        field = self._fields[presenter.step]
        if presenter.busy:
            self.main_button.setText(self.tr("Checking…"))
        else:
            last = presenter.step is SigningStep.PIN
            self.main_button.setText(self.tr("Sign") if last else self.tr("Continue"))
        self.main_button.setEnabled(presenter.may_go_on(field.text()))
        self.pad.setEnabled(not presenter.waiting and not presenter.busy)
        field.setReadOnly(presenter.waiting or presenter.busy)

    def _say_step(self) -> None:
        person = self.presenter.person
        self._who.setText(f"{person.name}, {role_word(person.role).lower()}" if person is not None else "")
        self._who.setVisible(person is not None)
        self._asked.setText(
            {
                SigningStep.REASON: self.tr("Why? Type the reason; the record keeps it."),
                SigningStep.BADGE: self.tr("Scan the badge, or type its number and press Enter."),
                SigningStep.PIN: self.tr("PIN"),
            }[self.presenter.step]
        )

    # --- what is pressed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on and Esc cancels; neither reaches the screen around."""
        pressed = {
            Qt.Key.Key_Return: self.main_button,
            Qt.Key.Key_Enter: self.main_button,
            Qt.Key.Key_Escape: self.cancel_button,
        }.get(Qt.Key(event.key()))
        if pressed is None:
            super().keyPressEvent(event)
        elif pressed.isEnabled() and not event.isAutoRepeat():
            pressed.click()

    def _go_on(self) -> None:
        self.presenter.go_on(self._fields[self.presenter.step].text())

    def _cancel(self) -> None:
        self.dismiss()
        self.cancelled.emit()

    def _signed(self, signature: Signature) -> None:
        self.badge_field.clear()
        self.hide()
        self.signed.emit(signature)
