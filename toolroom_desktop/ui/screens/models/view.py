"""The layout of the models: one panel each, what is known of the chosen one beside, the way back bottom right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from toolroom_desktop.services.models import ModelCard, ModelChange, ModelEntry
from toolroom_desktop.ui.screens.models.presenter import ModelsPresenter
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.layouts import empty, scrolled_column
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import TextRole, button, frame, label, set_judgement
from toolroom_desktop.ui.words import time_word


class ModelsScreen(Screen):
    """For administrators: which model judges, how good it is, and the way back."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.presenter = ModelsPresenter(shell, self)
        self._entries: Sequence[ModelEntry] = ()
        self._chosen: str | None = None
        self._change: ModelChange | None = None
        self._title = label("title", self)
        self.now_text = label("muted", self, wrap=True)
        self.question = label("strong", self, wrap=True)
        self.notice = Notice(shell.theme, self)
        self._bar = ActionBar(shell.theme, self)
        self._lay_out()
        self._bar.back.clicked.connect(self.presenter.back)
        self._bar.main.clicked.connect(self.presenter.main)
        self.main_button = self._bar.main
        self.back_button = self._bar.back

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        self._rows, rows = scrolled_column(self._shell.theme, self)
        self._facts, facts = scrolled_column(self._shell.theme, self)
        self.facts_panel = frame("panel", self)
        around = QVBoxLayout(self.facts_panel)
        around.setContentsMargins(metrics.margin - 6, metrics.gap, metrics.gap, metrics.gap)
        around.addWidget(facts)
        both = QHBoxLayout()
        both.setSpacing(metrics.margin)
        both.addWidget(rows, 1)
        both.addWidget(self.facts_panel, 1)
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.gap)
        content.setSpacing(metrics.gap)
        content.addWidget(self._title)
        content.addWidget(self.now_text)
        content.addLayout(both, 1)
        content.addWidget(self.question)
        content.addWidget(self.notice)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self._bar)

    # --- Screen

    @property
    def at_rest(self) -> bool:
        return True

    def enter(self) -> None:
        self._entries, self._change, self._chosen = (), None, None
        self._fill()
        self.presenter.enter()
        self._bar.back.setFocus()

    def leave(self) -> None:
        self.presenter.leave()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Models"))
        info = self._shell.app.detector.info
        now = self.tr("Judging now: {name}, version {version}")
        self.now_text.setText(now.format(name=info.knowledge.name, version=info.version))
        self.notice.retranslate()
        self.notice.clear()
        if self._change is not None:
            self._say_change(self._change)
        self._fill()
        self.show_step()

    # --- ModelsView

    def show_models(self, entries: Sequence[ModelEntry]) -> None:
        self._entries = entries
        self._chosen = next((entry.id for entry in entries if entry.active), None)
        self._fill()

    def show_step(self) -> None:
        presenter = self.presenter
        former = presenter.former
        name = _name(former) if former is not None else ""
        if presenter.asked:
            asked = self.tr("Go back to {name}? It judges from the next start of the station on.")
            self.question.setText(asked.format(name=name))
            self._bar.main.setText(self.tr("Yes, go back"))
            self._bar.back.setText(self.tr("Cancel"))
        else:
            self.question.setText("")
            self._bar.main.setText(self.tr("Go back to the former one"))
            self._bar.back.setText(self.tr("Back"))
        self.question.setVisible(presenter.asked)
        self._bar.main.setEnabled(presenter.can_go_back)
        self._bar.back.setEnabled(True)

    def show_changed(self, change: ModelChange) -> None:
        self._change = change
        self._say_change(change)

    def show_sentence(self, sentence: str) -> None:
        self.notice.say(sentence)

    # --- what follows

    def _say_change(self, change: ModelChange) -> None:
        said = self.tr("{name} judges from the next start of the station on. Close the program and start it again.")
        sentence = said.format(name=f"{change.card.name}, {change.card.version}")
        if change.uncovered:
            kits = ", ".join(number for entry in change.uncovered for number in entry.kits)
            more = self.tr("It does not know all tools of these kits, which are then counted by hand: {kits}")
            sentence = f"{sentence}\n{more.format(kits=kits)}"
        self.notice.say(sentence)

    def _fill(self) -> None:
        empty(self._rows)
        for entry in self._entries:
            self._rows.addWidget(self._row(entry))
        if not self._entries:
            waiting = label("muted", self, wrap=True)
            waiting.setText(self.tr("Reading the models ..."))
            self._rows.addWidget(waiting)
        self._fill_facts()

    def _row(self, entry: ModelEntry) -> QWidget:
        metrics = self._shell.theme.metrics
        row = frame("panel", self)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        name = label("strong", row, wrap=True)
        name.setText(_name(entry))
        texts.addWidget(name)
        for role, text in self._said_of(entry):
            line = label(role, row, wrap=True)
            line.setText(text)
            texts.addWidget(line)
        if entry.let_in:
            doubt = label("body", row, wrap=True)
            doubt.setText(self.tr("No trusted key signed it; somebody let it in, and the journal says who."))
            set_judgement(doubt, "look")
            texts.addWidget(doubt)
        if entry.problem is not None:
            problem = label("body", row, wrap=True)
            problem.setText(self._shell.sentence(entry.problem))
            set_judgement(problem, "bad")
            texts.addWidget(problem)
        look: QPushButton = button(self._shell.theme, "plain", "more", row)
        look.setText(self.tr("Figures"))
        look.setAccessibleName(self.tr("Figures of {name}").format(name=_name(entry)))
        look.setProperty("model", entry.id or "")
        look.clicked.connect(self._look_pressed)
        line_up = QHBoxLayout(row)
        line_up.setContentsMargins(metrics.margin - 6, metrics.gap, metrics.gap, metrics.gap)
        line_up.setSpacing(metrics.gap)
        line_up.addLayout(texts, 1)
        line_up.addWidget(look, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _said_of(self, entry: ModelEntry) -> list[tuple[TextRole, str]]:
        said: list[tuple[TextRole, str]] = []
        if entry.active:
            now = self.presenter.judges_now(entry)
            said.append(("emphasis", self.tr("Judges") if now else self.tr("Judges from the next start on")))
        elif entry.former:
            said.append(("body", self.tr("The former one")))
        if entry.id is None:
            said.append(("caption", self.tr("came with the program")))
        if entry.step is not None:
            clock, at = self._shell.app.clock, entry.step.at
            when = time_word(at, clock.local_offset_minutes(at), clock.now(), self._shell.session.language)
            who = entry.step.by or (self.tr("the centre") if entry.step.from_centre else self.tr("the command line"))
            said.append(("caption", self.tr("since {when}, by {who}").format(when=when, who=who)))
        if entry.signer:
            said.append(("caption", self.tr("signed by {name}").format(name=entry.signer)))
        return said

    def _fill_facts(self) -> None:
        empty(self._facts)
        chosen = next((entry for entry in self._entries if entry.id == self._chosen), None)
        self.facts_panel.setVisible(chosen is not None and chosen.card is not None)
        if chosen is None or chosen.card is None:
            return
        self._say("strong", _name(chosen))
        self._fill_figures(chosen.card)
        if chosen.card.limits:
            self._say("emphasis", self.tr("Limits"))
        for limit in chosen.card.limits:
            self._say("body", limit.text(self._shell.session.language))
        self._say("caption", f"SHA-256 {chosen.card.sha256[:32]} {chosen.card.sha256[32:]}")

    def _fill_figures(self, card: ModelCard) -> None:
        if not card.figures:
            self._say("body", self.tr("Nobody has measured this model yet."))
        language = self._shell.session.language
        for figure in card.figures:
            value = f"{figure.value:.3f}".rstrip("0").rstrip(".")
            if language == "ru":
                value = value.replace(".", ",")
            self._say("body", f"{figure.measure.text(language)}: {value}")
            what = figure.on.text(language)
            self._say("caption", self.tr("on {what}; measured by {who}").format(what=what, who=figure.by))

    def _say(self, role: TextRole, text: str) -> None:
        made = label(role, self.facts_panel, wrap=True)
        made.setText(text)
        self._facts.addWidget(made)

    def _look_pressed(self) -> None:
        self._chosen = str(self.sender().property("model")) or None
        self._fill_facts()


def _name(entry: ModelEntry) -> str:
    return f"{entry.card.name}, {entry.card.version}" if entry.card is not None else str(entry.id)
