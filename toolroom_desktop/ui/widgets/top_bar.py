"""The bar at the top: which station, what is under way, how sync stands, who works here, the language, the way out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from toolroom_desktop.domain.people import Person
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.parts import TextRole, button, label
from toolroom_desktop.ui.widgets.sync_indicator import SyncIndicator
from toolroom_desktop.ui.words import role_word, short_name


class _Fitted(QLabel):
    """What is under way, as large as there is room for: names of toolkits may be long."""

    _ROLES: tuple[TextRole, ...] = ("emphasis", "body", "caption")

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def fit(self) -> None:
        """Take the largest of the roles in which the text fits."""
        for role in self._ROLES:
            if self.property("role") != role:
                self.setProperty("role", role)
                self.style().unpolish(self)
                self.style().polish(self)
            if self.heightForWidth(self.width()) <= self.height():
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class TopBar(QWidget):
    """Shows what holds for every screen."""

    sync_asked = Signal()
    person_asked = Signal()
    language_asked = Signal()
    sign_out_asked = Signal()

    def __init__(
        self, theme: Theme, *, demo: bool, indicator: SyncIndicator | None = None, parent: QWidget | None = None
    ) -> None:
        """Where there is no running station, there is no `indicator`."""
        super().__init__(parent)
        metrics = theme.metrics
        self.setProperty("part", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._person: Person | None = None
        self._demo = demo
        symbol = QLabel(self)
        symbol.setPixmap(pixmap("app", theme.palette.text, 40))
        self._station = label("strong", self)
        self._mark = label("caption", self)
        self._mark.setVisible(demo)
        self._context = _Fitted(self)
        self.person_button = button(theme, "flat", "badge", self)
        self.language_button = button(theme, "flat", "language", self)
        self.sign_out_button = button(theme, "flat", "sign_out", self)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(self._station)
        names.addWidget(self._mark)
        names.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(metrics.margin, 4, metrics.gap, 4)
        row.setSpacing(metrics.gap)
        row.addWidget(symbol)
        row.addLayout(names)
        row.addWidget(self._context, 1)
        if indicator is not None:
            row.addWidget(indicator)
            indicator.clicked.connect(self.sync_asked)
        row.addWidget(self.person_button)
        row.addWidget(self.language_button)
        row.addWidget(self.sign_out_button)
        self.setFixedHeight(metrics.touch + 9)
        self.person_button.clicked.connect(self.person_asked)
        self.language_button.clicked.connect(self.language_asked)
        self.sign_out_button.clicked.connect(self.sign_out_asked)
        self.show_person(None)

    def show_person(self, person: Person | None) -> None:
        """Who is signed in; None for nobody."""
        self._person = person
        self.person_button.setText(f"{short_name(person.name)}\n{role_word(person.role)}" if person else "")
        for widget in (self.person_button, self.sign_out_button):
            widget.setVisible(person is not None)

    def lead_from_person(self, leads: bool) -> None:
        """Whether the name leads to one's own PIN now; else it only says who works here."""
        self.person_button.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not leads)
        self.person_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if leads else Qt.FocusPolicy.NoFocus)

    def show_context(self, text: str) -> None:
        """What is under way; empty for nothing."""
        # Room for it: what is under way says enough.
        self._station.setVisible(not text)
        self._context.setText(text)
        self._context.fit()

    def retranslate(self, other_language: str) -> None:
        """Set every text anew; `other_language` is the one that the button leads to."""
        self._station.setText(self.tr("Toolroom"))
        self._mark.setText(self.tr("Demonstration"))
        self.language_button.setText(other_language.upper())
        self.language_button.setAccessibleName(self.tr("Change the language"))
        self.sign_out_button.setText(self.tr("Sign out"))
        self.person_button.setAccessibleDescription(self.tr("Change my PIN"))
        self.person_button.setToolTip(self.tr("Change my PIN"))
        self.show_person(self._person)
