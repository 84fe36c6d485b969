"""The one status of a screen, said three times: word, colour, icon. Made to be read from two metres away."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from toolroom_desktop.ui.fonts import base_font
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.parts import Judgement, label, set_judgement

_LEAST_SHARE = 0.6  # a word that does not fit even then is cut


class StatusWord(QWidget):
    """Large words, one below the other where they do not fit side by side; smaller only when one alone is too long."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self._colour = theme.palette.text
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def show_text(self, text: str, colour: str) -> None:
        """Say `text` in `colour`."""
        self._text, self._colour = text, colour
        self.updateGeometry()
        self.update()

    def font_size(self, width: float) -> int:
        """The size in pixels at which the longest word fits into `width`."""
        wanted = self._theme.metrics.status
        longest = max((self._letters(wanted).horizontalAdvance(word) for word in self._text.split()), default=0.0)
        fitting = wanted if longest <= width else int(wanted * width / longest)
        return max(fitting, round(_LEAST_SHARE * wanted))

    def _lines(self, letters: QFontMetricsF, width: float) -> list[str]:
        lines: list[str] = []
        for word in self._text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and letters.horizontalAdvance(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    @staticmethod
    def _font(size: int) -> QFont:
        font = base_font(size)
        font.setWeight(QFont.Weight.Bold)
        return font

    def _letters(self, size: int) -> QFontMetricsF:
        return QFontMetricsF(self._font(size))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        size = self.font_size(width)
        return round(1.16 * size * max(1, len(self._lines(self._letters(size), width))))

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(self.width() or 300))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.heightForWidth(self.width() or 300))

    def paintEvent(self, _event: QPaintEvent) -> None:
        size = self.font_size(self.width())
        painter = QPainter(self)
        painter.setFont(self._font(size))
        painter.setPen(QColor(self._colour))
        line_height = 1.16 * size
        for number, line in enumerate(self._lines(self._letters(size), self.width())):
            area = QRectF(0, number * line_height, self.width(), line_height)
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
        painter.end()


class StatusBanner(QFrame):
    """Icon and word, what it is about, and the figures."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "panel")
        self._theme = theme
        metrics = theme.metrics
        self._symbol = QLabel(self)
        self.status_word = StatusWord(theme, self)
        self._about = label("title", self, wrap=True)
        self._hint = label("strong", self, wrap=True)
        self._figures = label("strong", self)
        self._judgement: Judgement = ""
        self._shown: tuple[str, ...] = ()
        top = QHBoxLayout()
        top.setSpacing(metrics.gap)
        top.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.status_word, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.gap + 4, metrics.gap - 2, metrics.gap + 4, metrics.gap)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self._about)
        column.addWidget(self._hint)
        column.addWidget(self._figures)

    @property
    def word(self) -> str:
        """The status in a word or two."""
        return self.status_word.text

    @property
    def about(self) -> str:
        """What the status is about."""
        return self._about.text()

    @property
    def hint(self) -> str:
        """Where to look."""
        return self._hint.text()

    @property
    def figures(self) -> str:
        """Counts and percentages."""
        return self._figures.text()

    @property
    def judgement(self) -> Judgement:
        """How it is coloured; empty for neutral."""
        return self._judgement

    def show_status(
        self, judgement: Judgement, symbol: str, word: str, about: str = "", figures: str = "", hint: str = ""
    ) -> None:
        """Say a status. Without a judgement the banner stays neutral; without a symbol it has no icon."""
        shown = (judgement, symbol, word, about, figures, hint)
        if shown == self._shown:
            return
        self._shown = shown
        palette, metrics = self._theme.palette, self._theme.metrics
        colour = {"ok": palette.ok, "bad": palette.bad, "look": palette.look, "": palette.text}[judgement]
        self._judgement = judgement
        set_judgement(self, judgement)
        set_judgement(self._about, judgement)
        self._symbol.setVisible(bool(symbol))
        if symbol:
            self._symbol.setPixmap(pixmap(symbol, colour, round(0.95 * metrics.status)))
        self.status_word.show_text(word, colour)
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._figures.setText(figures)
        self._figures.setVisible(bool(figures))
        self.setAccessibleName(" ".join(part for part in (word, about, hint, figures) if part))
