"""How sync stands, in the bar at the top: an icon and two short lines. Calm: it never blinks and never asks."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from toolroom_desktop.config.messages import Language
from toolroom_desktop.services.ports import Clock
from toolroom_desktop.services.sync.state import standing_of
from toolroom_desktop.ui.icons import icon
from toolroom_desktop.ui.sync_watch import SyncWatch
from toolroom_desktop.ui.sync_words import STANDING_ICONS, STANDING_JUDGEMENTS, indicator_lines
from toolroom_desktop.ui.theme import Theme


class SyncIndicator(QPushButton):
    """Hidden while the station belongs to no centre. Pressed, it leads on where `lead` says so."""

    def __init__(self, theme: Theme, watch: SyncWatch, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._watch = watch
        self._clock = clock
        self._language: Language = "ru"
        self.setProperty("kind", "flat")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()
        watch.changed.connect(self._refresh)

    def lead(self, leads: bool) -> None:
        """Whether pressing it leads on now; else it only says how it is."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not leads)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if leads else Qt.FocusPolicy.NoFocus)

    def retranslate(self, language: Language) -> None:
        """Say it in that language."""
        self._language = language
        about = self.tr("Exchange with the centre")
        self.setAccessibleDescription(about)
        self.setToolTip(about)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        state = self._watch.state
        if state is None:
            self.hide()
            return
        lines = indicator_lines(state, self._local, self._clock.now(), self._language)
        text = "\n".join(line for line in lines if line)
        standing = standing_of(state)
        if text != self.text() or standing.value != self.property("standing"):
            palette, size = self._theme.palette, self._theme.metrics.icon
            ink = palette.look if STANDING_JUDGEMENTS[standing] == "look" else palette.text
            apart = size // 4
            self.setIcon(icon(STANDING_ICONS[standing], ink, size, apart=apart))
            self.setIconSize(QSize(size + apart, size))
            self.setProperty("standing", standing.value)
            self.setText(text)
            self.setAccessibleName(text.replace("\n", " "))
        self.show()

    def _local(self, at: datetime) -> datetime:
        return at + timedelta(minutes=self._clock.local_offset_minutes(at))
