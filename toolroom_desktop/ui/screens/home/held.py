"""A kit in one's own hands, with the button that brings it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.screens.home.presenter import HeldKit
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.parts import button, frame, label, set_judgement
from toolroom_desktop.ui.words import time_word


def kit_row(shell: Shell, held: HeldKit, bring_back: Callable[[], None], parent: QWidget) -> QFrame:
    """The row of one kit; `bring_back` is what its button does."""
    metrics = shell.theme.metrics
    checkout, waits = held.checkout, held.waits
    row = frame("panel", parent)
    number = label("strong", row, wrap=True)
    number.setText(checkout.kit)
    if waits is not None:
        overdue = QCoreApplication.translate("HomeScreen", "{kit} is overdue")
        soon = QCoreApplication.translate("HomeScreen", "{kit} is due soon")
        number.setText((overdue if waits.urgent else soon).format(kit=checkout.kit))
        set_judgement(number, "bad" if waits.urgent else "look")
    title = label("body", row, wrap=True)
    title.setText(held.toolkit.title(shell.session.language) if held.toolkit else checkout.toolkit)
    since = label("caption", row, wrap=True)
    since.setText(_since(shell, held))
    back: QPushButton = button(shell.theme, "plain", "checkin", row)
    back.setText(QCoreApplication.translate("HomeScreen", "Return"))
    back.setAccessibleName(QCoreApplication.translate("HomeScreen", "Return kit {kit}").format(kit=checkout.kit))
    back.setProperty("kit", checkout.kit)
    back.clicked.connect(bring_back)
    texts = QVBoxLayout()
    texts.setSpacing(2)
    for text in (number, title, since):
        texts.addWidget(text)
    line = QHBoxLayout(row)
    line.setContentsMargins(metrics.margin - 6, metrics.gap, metrics.gap, metrics.gap)
    line.setSpacing(metrics.gap)
    line.addLayout(texts, 1)
    line.addWidget(back)
    return row


def said_row(theme: Theme, symbol: str, sentence: str, parent: QWidget) -> QFrame:
    """A sentence in the place of rows."""
    row = frame("panel", parent)
    drawing = QLabel(row)
    drawing.setPixmap(pixmap(symbol, theme.palette.muted, 40))
    said = label("muted", row, wrap=True)
    said.setText(sentence)
    line = QHBoxLayout(row)
    line.setContentsMargins(*[theme.metrics.margin - 6] * 4)
    line.setSpacing(theme.metrics.margin - 6)
    line.addWidget(drawing, 0, Qt.AlignmentFlag.AlignVCenter)
    line.addWidget(said, 1)
    return row


def _since(shell: Shell, held: HeldKit) -> str:
    checkout = held.checkout
    now, language = shell.app.clock.now(), shell.session.language
    offset = checkout.utc_offset_minutes
    when = time_word(checkout.finished_at, offset, now, language)
    said = QCoreApplication.translate("HomeScreen", "held since {when}").format(when=when)
    if held.station:
        said += " · " + QCoreApplication.translate("HomeScreen", "from {station}").format(station=held.station)
    if checkout.expected_return is None:
        return said
    due = time_word(checkout.expected_return, offset, now, language)
    return f"{said} · {QCoreApplication.translate('HomeScreen', 'due {when}').format(when=due)}"
