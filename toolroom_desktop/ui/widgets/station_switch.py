"""This station or all stations: two buttons, and beside them which records are shown and how old they are."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QLabel, QWidget

from toolroom_desktop.config.messages import Messages
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.station_words import StandingLine, own_line, standing_line
from toolroom_desktop.ui.widgets.parts import button, label, set_judgement

_ICON = 22


class StationSwitch(QWidget):
    """Not there where there is nothing to choose.

    stacked  the buttons above the line, for a narrow place; else beside it
    """

    def __init__(self, shell: Shell, parent: QWidget | None = None, *, stacked: bool = False) -> None:
        super().__init__(parent)
        self._shell = shell
        self._stations = shell.stations
        self._switching = True
        self._drawn = ("", "")
        theme = shell.theme
        self.own_button, self.all_button = (button(theme, "plain", "", self) for _ in range(2))
        self._group = QButtonGroup(self)
        for made in (self.own_button, self.all_button):
            made.setCheckable(True)
            self._group.addButton(made)
        self._symbol = QLabel(self)
        self._line = label("body", self, wrap=True)
        metrics = theme.metrics
        self._buttons = QWidget(self)
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(metrics.gap)
        for made in (self.own_button, self.all_button):
            buttons.addWidget(made, 1)
        said = QHBoxLayout()
        said.setSpacing(metrics.gap // 2)
        said.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignVCenter)
        said.addWidget(self._line, 1)
        across, down = QBoxLayout.Direction.RightToLeft, QBoxLayout.Direction.TopToBottom
        both = QBoxLayout(down if stacked else across, self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(metrics.gap // 2 if stacked else metrics.margin)
        both.addWidget(self._buttons)
        both.addLayout(said, 1)
        self.own_button.clicked.connect(self._own)
        self.all_button.clicked.connect(self._all)
        self._stations.switched.connect(self._moved_on)
        self._stations.told.connect(self._moved_on)
        self.hide()

    @property
    def line(self) -> str:
        """Which records are shown, in words."""
        return self._line.text()

    @property
    def judgement(self) -> str:
        """Whether that is something to look at."""
        return str(self._line.property("judgement") or "")

    def let_switch(self, lets: bool) -> None:
        """Whether another choice can be made just now; else it is only said which one holds."""
        self._switching = lets
        self.refresh()

    def retranslate(self) -> None:
        """Set every text in the present language."""
        self.own_button.setText(self.tr("This station"))
        self.all_button.setText(self.tr("All stations"))
        self.setAccessibleName(self.tr("Whose records are shown"))
        self.refresh()

    @Slot()
    def _moved_on(self) -> None:
        # Whoever comes to a screen refreshes its switch; sync tells of every portion, and nobody looks at the others.
        place = self.parentWidget()
        if place is not None and place.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Say how it is now."""
        stations = self._stations
        offered = stations.offered
        self._buttons.setVisible(offered and self._switching)
        (self.all_button if stations.everywhere else self.own_button).setChecked(True)
        said = self._said()
        self._line.setText(said.text)
        set_judgement(self._line, said.judgement)
        self._symbol.setVisible(bool(said.symbol))
        palette = self._shell.theme.palette
        drawn = (said.symbol, palette.look if said.judgement else palette.muted)
        if said.symbol and drawn != self._drawn:
            self._drawn = drawn
            self._symbol.setPixmap(pixmap(*drawn, _ICON))
        self.setVisible(stations.lost or stations.everywhere or (offered and self._switching))

    def _said(self) -> StandingLine:
        stations, app, language = self._stations, self._shell.app, self._shell.session.language
        if stations.lost:
            return StandingLine(Messages(language).text("stations.gone"), "notice", "look")
        if not stations.everywhere:
            return own_line()
        return standing_line(stations.standing, stations.sync, app.clock.now(), self._local, language)

    def _local(self, at: datetime) -> datetime:
        return at + timedelta(minutes=self._shell.app.clock.local_offset_minutes(at))

    def _own(self) -> None:
        self._stations.choose(everywhere=False)

    def _all(self) -> None:
        self._stations.choose(everywhere=True)
