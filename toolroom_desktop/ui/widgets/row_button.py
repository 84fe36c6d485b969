"""A row that a gloved finger presses: a drawing, a line in bold, and what explains it, as high as its texts are."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from toolroom_desktop.ui.icons import kept_pixmap
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.parts import Judgement, label, set_judgement


class RowButton(QPushButton):
    """Both texts wrap, so that nothing is cut off at any width."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        metrics = theme.metrics
        self.setProperty("kind", "row")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._symbol = QLabel(self)
        self._title = label("emphasis", self, wrap=True)
        self._detail = label("caption", self, wrap=True)
        self._forward = QLabel(self)
        self._forward.setPixmap(kept_pixmap("forward", theme.palette.muted, metrics.icon - 4))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addStretch(1)
        texts.addWidget(self._title)
        texts.addWidget(self._detail)
        texts.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(metrics.margin - 6, metrics.gap, metrics.gap, metrics.gap)
        row.setSpacing(metrics.gap)
        row.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(texts, 1)
        row.addWidget(self._forward, 0, Qt.AlignmentFlag.AlignVCenter)
        for child in (self._symbol, self._title, self._detail, self._forward):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def say(self, symbol: str, title: str, detail: str = "", judgement: Judgement = "") -> None:
        """Show that; the judgement colours drawing and title."""
        palette = self._theme.palette
        colours = {"ok": palette.ok, "bad": palette.bad, "look": palette.look}
        self._symbol.setPixmap(kept_pixmap(symbol, colours.get(judgement, palette.muted), self._theme.metrics.icon + 4))
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        set_judgement(self._title, judgement)
        self.setAccessibleName(f"{title}. {detail}" if detail else title)

    def sizeHint(self) -> QSize:
        return self._tall_enough(super().sizeHint().width())

    def minimumSizeHint(self) -> QSize:
        return self._tall_enough(self._theme.metrics.touch)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        needed = layout.totalHeightForWidth(width) if layout is not None else 0
        return max(needed, self._theme.metrics.touch)

    def _tall_enough(self, width: int) -> QSize:
        return QSize(width, self.heightForWidth(max(width, self.width())))
