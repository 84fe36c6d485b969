"""The rows of a count: one line each, and the one that is asked now with its large answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from toolroom_desktop.ui.fonts import base_font
from toolroom_desktop.ui.icons import draw, pixmap
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.parts import Judgement, label, set_judgement

_MOST_IN_A_LINE, _IN_A_LINE = 4, 3


class AnswerButton(QAbstractButton):
    """An icon over a word, as large as a gloved finger needs it."""

    def __init__(self, theme: Theme, symbol: str, judgement: Judgement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._symbol = symbol
        self._judgement = judgement
        self.setCheckable(True)
        # The keyboard answers through the list, with digits; Tab is for going to the note and the buttons below.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        touch = self._theme.metrics.touch
        return QSize(touch, touch)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def words_width(self) -> int:
        """How much room the word needs, in device independent pixels."""
        return QFontMetrics(self._words_font()).horizontalAdvance(self.text())

    def _words_font(self) -> QFont:
        font = base_font(self._theme.metrics.caption + 1)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, metrics = self._theme.palette, self._theme.metrics
        inks = {"ok": palette.ok, "bad": palette.bad, "look": palette.look, "": palette.text}
        softs = {"ok": palette.ok_soft, "bad": palette.bad_soft, "look": palette.look_soft, "": palette.selection}
        chosen = self.isChecked() or self.isDown()
        ink = inks[self._judgement] if chosen else palette.text
        if not self.isEnabled():
            ink = palette.disabled
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(softs[self._judgement] if chosen else palette.surface))
        painter.setPen(QPen(QColor(ink if chosen else palette.line_strong), 3 if chosen else 1))
        area = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.drawRoundedRect(area, metrics.radius, metrics.radius)
        side = float(metrics.icon)
        painter.setFont(self._words_font())
        words = float(painter.fontMetrics().height())
        top = area.center().y() - (side + words) / 2
        draw(painter, self._symbol, ink, QRectF(area.center().x() - side / 2, top, side, side))
        painter.setPen(QColor(ink))
        painter.drawText(
            QRectF(area.left(), top + side, area.width(), words + 2), Qt.AlignmentFlag.AlignCenter, self.text()
        )
        painter.end()


class QuestionRow(QFrame):
    """A line with its answers below it while it is open. Its signals come from touches only.

    `more_wanted` is the touch on the last button, which is no answer but leads to saying more.
    """

    opened = Signal()
    answered = Signal(int)
    more_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        answers: Sequence[tuple[str, Judgement]],
        parent: QWidget | None = None,
        *,
        more: bool = False,
    ) -> None:
        """`answers` are the icons of the answers and what each of them says about the kit."""
        super().__init__(parent)
        self.setProperty("part", "panel")
        self._theme = theme
        self._answers = tuple(answers)
        self._words: tuple[str, ...] = ("",) * len(self._answers)
        self._given: int | None = None
        self._unanswered = "waiting"
        metrics = theme.metrics
        self._symbol = QLabel(self)
        self._name = label("strong", self, wrap=True)
        self._note = label("caption", self, wrap=True)
        self._said = label("caption", self, wrap=True)
        self._said.hide()
        self._answer = label("strong", self)
        self._header = QWidget(self)
        self._header.setMinimumHeight(metrics.touch - 2)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(self._name)
        names.addWidget(self._note)
        names.addWidget(self._said)
        names.addStretch(1)
        line = QHBoxLayout(self._header)
        line.setContentsMargins(metrics.gap, 4, metrics.gap, 4)
        line.setSpacing(metrics.gap)
        line.addWidget(self._symbol)
        line.addLayout(names, 1)
        line.addWidget(self._answer)
        self._panel = QWidget(self)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: list[AnswerButton] = []
        below = QGridLayout(self._panel)
        below.setContentsMargins(metrics.gap, 0, metrics.gap, metrics.gap)
        below.setSpacing(metrics.gap)
        self.more_button: AnswerButton | None = None
        columns = len(self._answers) if len(self._answers) <= _MOST_IN_A_LINE else _IN_A_LINE
        for number, (symbol, judgement) in enumerate(self._answers):
            made = AnswerButton(theme, symbol, judgement, self._panel)
            self._group.addButton(made, number)
            self.buttons.append(made)
            below.addWidget(made, *divmod(number, columns))
        if more:
            self.more_button = AnswerButton(theme, "more", "", self._panel)
            self.more_button.setCheckable(False)
            self.more_button.clicked.connect(self.more_wanted)
            at, column = divmod(len(self._answers), columns)
            below.addWidget(self.more_button, at, column, 1, columns - column)
        self._group.idClicked.connect(self.answered.emit)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        whole.addWidget(self._panel)
        self._panel.hide()

    @property
    def is_open(self) -> bool:
        """Whether its answers can be touched."""
        return not self._panel.isHidden()

    @property
    def name(self) -> str:
        """What is asked about."""
        return self._name.text()

    @property
    def note(self) -> str:
        """What is known about it."""
        return self._note.text()

    @property
    def answer(self) -> str:
        """The answer that was given; empty while none was."""
        return self._answer.text()

    def show_question(self, symbol: str, name: str, note: str, words: Sequence[str]) -> None:
        """The question, and the answers' words. `symbol` stands before it until it is answered."""
        self._unanswered = symbol
        self._name.setText(name)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._words = tuple(words)
        for made, word in zip(self.buttons, self._words, strict=True):
            made.setText(word)
            made.setAccessibleName(f"{name}: {word}")
        self.setAccessibleName(f"{name}. {note}")
        self._show_given()

    def show_more(self, word: str, said: str) -> None:
        """What the last button is called, and what was said so far; an empty text for nothing."""
        if self.more_button is not None:
            self.more_button.setText(word)
            self.more_button.setAccessibleName(f"{self._name.text()}: {word}")
        self._said.setText(said)
        self._said.setVisible(bool(said))

    @property
    def said(self) -> str:
        """What was read, noted or photographed there."""
        return self._said.text()

    def show_state(self, given: int | None, *, open_: bool, enabled: bool) -> None:
        """Which answer was given, and whether it is asked now."""
        self._given = given
        # An exclusive group does not let go of its last button by itself.
        self._group.setExclusive(False)
        for number, made in enumerate(self.buttons):
            made.setChecked(number == given)
            made.setEnabled(enabled)
        if self.more_button is not None:
            self.more_button.setEnabled(enabled)
        self._group.setExclusive(True)
        self._panel.setVisible(open_)
        self._show_given()
        self.update()

    def _show_given(self) -> None:
        palette, metrics = self._theme.palette, self._theme.metrics
        if self._given is None:
            self._symbol.setPixmap(pixmap(self._unanswered, palette.text, metrics.icon))
            self._answer.setText("")
            return
        symbol, judgement = self._answers[self._given]
        ink = {"ok": palette.ok, "bad": palette.bad, "look": palette.look, "": palette.text}[judgement]
        self._symbol.setPixmap(pixmap(symbol, ink, metrics.icon))
        self._answer.setText(self._words[self._given])
        set_judgement(self._answer, judgement)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A strong border around what is asked now."""
        super().paintEvent(event)
        if self.is_open:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._theme.palette.focus), 3))
            radius = self._theme.metrics.radius
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), radius, radius)
            painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A touch on the line opens it."""
        if self._header.geometry().contains(event.position().toPoint()):
            self.opened.emit()
