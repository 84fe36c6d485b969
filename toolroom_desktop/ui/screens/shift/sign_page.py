"""The inventory in a few numbers before it is signed, and what it became afterwards."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from toolroom_desktop.domain.shifts import KitLine, Whereabouts
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.screens.shift.presenter import ShiftPresenter, Step
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.layouts import empty, scrolled_column
from toolroom_desktop.ui.widgets.parts import Judgement, button, frame, label, set_judgement
from toolroom_desktop.ui.widgets.signature_panel import SignaturePanel
from toolroom_desktop.ui.words import short_name


class SignPage(QWidget):
    """Shows the sum of the inventory on the left; on the right whoever takes over signs, over the whole width."""

    asking_changed = Signal()

    def __init__(self, shell: Shell, presenter: ShiftPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._presenter = presenter
        metrics = shell.theme.metrics
        self._sums, self._area = scrolled_column(shell.theme, self)
        self._second_title = label("strong", self, wrap=True)
        self._second_text = label("muted", self, wrap=True)
        self.second_button = button(shell.theme, "plain", "badge", self)
        self.panel = SignaturePanel(shell, self)
        self.second_button.clicked.connect(self.ask_second)
        self.panel.signed.connect(presenter.second_signed)
        self.panel.signed.connect(self._show_second)
        self.panel.cancelled.connect(self._show_second)
        right = QVBoxLayout()
        right.setSpacing(metrics.gap)
        for widget in (self._second_title, self._second_text):
            right.addWidget(widget)
        right.addWidget(self.second_button, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self.panel)
        right.addStretch(1)
        root = QHBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(metrics.margin)
        root.addWidget(self._area, 1)
        root.addLayout(right, 1)

    @property
    def asking(self) -> bool:
        """Whether somebody is asked to sign now."""
        return not self.panel.isHidden()

    def ask_second(self) -> None:
        """Somebody else signs."""
        take = self._presenter.take
        if take is None:
            return
        self.panel.ask_for(
            Purpose.SHIFT, take.subject, title=self._panel_title(), text=self._panel_text(), not_by=(take.badge,)
        )
        self._show_second()

    def show_sums(self) -> None:
        """Show what would be signed, or what was."""
        empty(self._sums)
        presenter = self._presenter
        lines = list(presenter.lines.values())
        stays = sum(line.seen is Whereabouts.IN for line in lines)
        away = [line for line in lines if line.seen is not line.recorded and not line.unaccounted]
        missing = [line for line in lines if line.unaccounted]
        self._say("kit", self.tr("%n kit(s) in the store", "", stays))
        self._say("checkout", self.tr("%n kit(s) out", "", sum(line.seen is Whereabouts.OUT for line in lines)))
        known = sum(line.seen is line.recorded is Whereabouts.NOT_FOUND for line in lines)
        if known:
            self._say("search", self.tr("%n kit(s) known to be missing", "", known))
        ticked, of = presenter.ticked
        if presenter.counting:
            counted = self.tr("{seen} of {count} ticked off one by one").format(seen=ticked, count=of)
            rest = self.tr("For the others the records stand.") if ticked < of else ""
            self._say("present", counted, rest)
        for line in away:
            self._say(
                "unsure", self.tr("Otherwise than recorded: {kit}").format(kit=line.kit), line.explanation, "look"
            )
        for line in missing:
            self._say("missing", self.tr("Not to be found: {kit}").format(kit=line.kit), line.explanation, "bad")
        self._say_explained([line for line in lines if line.explanation and line.seen is line.recorded])
        recorded = presenter.recorded
        if recorded is not None and recorded.cases:
            numbers = ", ".join(case.number for case in recorded.cases)
            self._say("search", self.tr("Cases opened: {numbers}").format(numbers=numbers), "", "bad")
        self._show_second()

    def _say_explained(self, lines: list[KitLine]) -> None:
        by_text: dict[str, list[str]] = {}
        for line in lines:
            by_text.setdefault(line.explanation, []).append(line.kit)
        for text, kits in by_text.items():
            self._say("checkout", self.tr("Out and explained: {kits}").format(kits=", ".join(kits)), text)

    def _say(self, symbol: str, title: str, detail: str = "", judgement: Judgement = "") -> None:
        theme = self._shell.theme
        palette = theme.palette
        colour = {"bad": palette.bad, "look": palette.look, "ok": palette.ok}.get(judgement, palette.muted)
        row = frame("panel", self)
        drawing = QLabel(row)
        drawing.setPixmap(pixmap(symbol, colour, theme.metrics.icon))
        upper = label("emphasis", row, wrap=True)
        upper.setText(title)
        set_judgement(upper, judgement)
        lower = label("caption", row, wrap=True)
        lower.setText(detail)
        lower.setVisible(bool(detail))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(upper)
        texts.addWidget(lower)
        line = QHBoxLayout(row)
        line.setContentsMargins(*[theme.metrics.gap + 2] * 4)
        line.setSpacing(theme.metrics.gap)
        line.addWidget(drawing, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        self._sums.addWidget(row)

    def _show_second(self) -> None:
        second, done = self._presenter.second, self._presenter.step is Step.DONE
        asking = self.asking
        self._area.setVisible(not asking)
        self._second_title.setVisible(not asking and (not done or second is not None))
        self._second_text.setVisible(not asking and (not done or second is not None))
        self.second_button.setVisible(second is None and not done and not asking)
        if second is not None:
            self._second_text.setText(self.tr("Signed: {name}").format(name=short_name(second.name)))
        else:
            self._second_text.setText(
                self.tr("Where somebody hands the store over to you, or takes it over, they sign here too.")
            )
        self.asking_changed.emit()

    def _panel_title(self) -> str:
        return self.tr("The other person signs")

    def _panel_text(self) -> str:
        return self.tr("With the signature they confirm this inventory of the kits.")

    def retranslate(self) -> None:
        """Set every text anew in the present language."""
        self._second_title.setText(self.tr("Second signature"))
        self.second_button.setText(self.tr("Another person signs too"))
        self.panel.retranslate()
        self.panel.say(self._panel_title(), self._panel_text())

    def dismiss(self) -> None:
        """Nobody signs any more."""
        self.panel.dismiss()
