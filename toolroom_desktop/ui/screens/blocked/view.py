"""The layout of what speaks against an issue: tool by tool, who may overrule it, and their signature."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from toolroom_desktop.domain.custody import Block
from toolroom_desktop.domain.marks import Named
from toolroom_desktop.domain.signing import Purpose, Signature
from toolroom_desktop.services.operation_input import Plan
from toolroom_desktop.ui.block_words import block_sentence, reason_word, tool_word, who_may
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.screens.blocked.presenter import BlockedPresenter
from toolroom_desktop.ui.screens.inspection.words import Names
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.layouts import empty, scrolled_column
from toolroom_desktop.ui.widgets.parts import frame, label, set_judgement
from toolroom_desktop.ui.widgets.signature_panel import SignaturePanel


class BlockedScreen(Screen):
    """Shown instead of the inspection while something speaks against a checkout."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        theme = shell.theme
        self.presenter = BlockedPresenter(shell, self)
        self._title = label("title", self, wrap=True)
        self._text = label("muted", self, wrap=True)
        self._blocks, self._area = scrolled_column(theme, self)
        self.asks = self.panel = SignaturePanel(shell, self)
        self.bar = ActionBar(theme, self)
        self.bar.back.clicked.connect(self.presenter.back)
        self.bar.main.clicked.connect(self.presenter.overrule)
        self.panel.signed.connect(self._signed)
        self.panel.cancelled.connect(self.show_blocks)
        metrics = theme.metrics
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.gap)
        content.setSpacing(metrics.gap)
        content.addWidget(self._title)
        content.addWidget(self._text)
        content.addWidget(self._area, 1)
        content.addWidget(self.panel)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self.bar)
        self.main_button = self.bar.main
        self.back_button = self.bar.back

    # --- Screen

    def begin(self, plan: Plan) -> None:
        """Say what speaks against that checkout."""
        self.presenter.begin(plan)

    def enter(self) -> None:
        self.bar.back.setFocus()

    def leave(self) -> None:
        self.panel.dismiss()
        self.presenter.leave()

    @property
    def scan_kinds(self) -> frozenset[Named]:
        return frozenset({Named.BADGE})

    def scanned(self, code: str) -> bool:
        return self.panel.scanned(code)

    def retranslate(self) -> None:
        self.bar.back.setText(self.tr("Back"))
        self.bar.main.setText(self.tr("Sign and issue…"))
        self.panel.retranslate()
        asked = not self.panel.isHidden()
        self._fill()
        if asked and self.presenter.next_purpose is not None:
            self.panel.say(*self._who_signs(self.presenter.next_purpose))

    # --- BlockedView

    def show_blocks(self) -> None:
        self._fill()
        self.bar.show()
        self._area.show()
        self._text.show()
        # Where the panel has the keyboard and goes, it would be nowhere.
        self.bar.back.setFocus()

    def ask_signature(self, purpose: Purpose) -> None:
        plan = self.presenter.plan
        if plan is None:
            return
        title, text = self._who_signs(purpose)
        # The panel brings its own buttons, and says itself what is signed for.
        self.bar.hide()
        self._area.hide()
        self._text.hide()
        self.panel.ask_for(purpose, plan.subject, title=title, text=text, needs_reason=True)

    # --- what follows

    def _signed(self, signature: Signature) -> None:
        self.presenter.signed(signature, self.panel.reason)

    def _names(self, plan: Plan) -> Names:
        return Names(plan.toolkit, self._shell.app.detector.info, self._shell.session.language)

    def _who_signs(self, purpose: Purpose) -> tuple[str, str]:
        plan = self.presenter.plan
        if plan is None:
            return "", ""
        names = self._names(plan)
        blocks = [block for block in plan.open_blocks if block.purpose is purpose]
        title = self.tr("Whoever signs here answers for the issue. May sign: {roles}").format(roles=who_may(purpose))
        return title, "\n".join(block_sentence(block, names.of_class, names.language) for block in blocks)

    def _fill(self) -> None:
        plan = self.presenter.plan
        empty(self._blocks)
        if plan is None:
            return
        self._title.setText(self.tr("Kit {kit} does not go out as it is").format(kit=plan.kit.number))
        self._text.setText(
            self.tr("Do not lay the tools out yet. Put it right first, or let somebody who may sign for the issue.")
        )
        names = self._names(plan)
        for block in plan.open_blocks:
            self._blocks.addWidget(self._row(block, names))

    def _row(self, block: Block, names: Names) -> QFrame:
        theme = self._shell.theme
        metrics = theme.metrics
        made = frame("panel", self)
        symbol = QLabel(made)
        symbol.setPixmap(pixmap("missing", theme.palette.bad, metrics.icon))
        tool = label("strong", made, wrap=True)
        tool.setText(tool_word(block, names.of_class))
        reason = label("body", made, wrap=True)
        reason.setText(reason_word(block, names.language))
        set_judgement(reason, "bad")
        who = label("caption", made, wrap=True)
        who.setText(self.tr("May overrule: {roles}").format(roles=who_may(block.purpose)))
        words = QVBoxLayout()
        words.setSpacing(2)
        for text in (tool, reason, who):
            words.addWidget(text)
        row = QHBoxLayout(made)
        row.setContentsMargins(metrics.gap + 4, metrics.gap, metrics.gap + 4, metrics.gap)
        row.setSpacing(metrics.gap)
        row.addWidget(symbol, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return made
