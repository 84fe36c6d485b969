"""The pages for language and purpose."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from toolroom_desktop.config.messages import LANGUAGES, Language
from toolroom_desktop.ui.care import AnsweredBy
from toolroom_desktop.ui.screens.setup.page import StepPage, choice, mark_choice
from toolroom_desktop.ui.screens.setup.steps import LanguageStep, PurposeStep
from toolroom_desktop.ui.shell import Surroundings
from toolroom_desktop.ui.widgets.parts import frame, label

# Whoever reads only one of them must recognise it: these are never translated.
_OWN_NAMES: dict[Language, str] = {"ru": "Русский", "en": "English"}
_BOTH = "Язык · Language"
_WIDTH = 560


class LanguagePage(StepPage[LanguageStep]):
    """One large button for each language."""

    def __init__(self, surroundings: Surroundings, step: LanguageStep, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, step, parent)
        self.buttons = {language: choice(surroundings, self) for language in LANGUAGES}
        self._group = QButtonGroup(self)
        self._answered = label("muted", self, wrap=True)
        for language, made in self.buttons.items():
            made.setText(_OWN_NAMES[language])
            made.setProperty("language", language)
            made.setMaximumWidth(_WIDTH)
            made.clicked.connect(self._pressed)
            self._group.addButton(made)
            self.content.addWidget(made)
        self.content.addWidget(self._answered)
        self.content.addStretch(1)
        self.title.setText(_BOTH)

    def name(self) -> str:
        return self.tr("Language")

    def summary(self) -> str:
        return _OWN_NAMES[self.surroundings.session.language]

    def later(self) -> str:
        return self.tr("Later: the button at the top right changes the language at any time.")

    def retranslate(self) -> None:
        self.about.setText(self.tr("It holds at once. The button at the top right changes it at any time."))

    def show_step(self) -> None:
        for language, made in self.buttons.items():
            mark_choice(self.surroundings, made, chosen=language == self.surroundings.session.language)
        answered = {
            AnsweredBy.NOBODY: "",
            AnsweredBy.SETTINGS: self.tr("Answered already: the settings name this language."),
            AnsweredBy.COMMAND_LINE: self.tr(
                "Answered already: the program was started with --language, which counts more than what is saved here."
            ),
            AnsweredBy.POLICY: self.tr(
                "Answered already: a policy of this computer names the language. Another one holds until "
                "the next start."
            ),
        }[self.step.answered]
        self._answered.setText(answered)
        self._answered.setVisible(bool(answered))

    def focus_first(self) -> None:
        self.buttons[self.surroundings.session.language].setFocus()

    def _pressed(self) -> None:
        language: Language = self.sender().property("language")
        self.step.choose(language)


class PurposePage(StepPage[PurposeStep]):
    """Real work beside the demonstration, each with what it means."""

    def __init__(self, surroundings: Surroundings, step: PurposeStep, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, step, parent)
        self.real_button = choice(surroundings, self)
        self.demo_button = choice(surroundings, self)
        self._real = label("body", self, wrap=True)
        self._demo = label("body", self, wrap=True)
        self._fixed = label("strong", self, wrap=True)
        self._group = QButtonGroup(self)
        self._both = QWidget(self)
        both = QHBoxLayout(self._both)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(surroundings.theme.metrics.margin)
        for made, said in ((self.real_button, self._real), (self.demo_button, self._demo)):
            self._group.addButton(made)
            panel = frame("panel", self._both)
            column = QVBoxLayout(panel)
            column.setContentsMargins(*[surroundings.theme.metrics.gap] * 4)
            column.setSpacing(surroundings.theme.metrics.gap)
            column.addWidget(made)
            column.addWidget(said)
            column.addStretch(1)
            both.addWidget(panel, 1)
        self.content.addWidget(self._fixed)
        self.content.addWidget(self._both)
        self.content.addStretch(1)
        self.real_button.clicked.connect(self._chose_real)
        self.demo_button.clicked.connect(self._chose_demo)

    def name(self) -> str:
        return self.tr("Purpose")

    def main_text(self) -> str:
        starts = self.step.demonstration and not self.step.fixed
        return self.tr("Start the demo") if starts else self.tr("Continue")

    def summary(self) -> str:
        return self.tr("Demonstration") if self.step.demonstration else self.tr("Real work")

    def later(self) -> str:
        return self.tr("“toolroom-desktop --demo” shows the demonstration at any time.")

    def retranslate(self) -> None:
        self.title.setText(self.tr("What is this station for?"))
        self.real_button.setText(self.tr("Real work"))
        self.demo_button.setText(self.tr("Demonstration"))
        self._real.setText(
            self.tr("With your people, your kits and your camera. Every operation is recorded and kept for good.")
        )

    def show_step(self) -> None:
        step = self.step
        folder = step.flow.case.demo_folder
        self._demo.setText(
            self.tr(
                "With invented people, kits and pictures, to try everything out. No camera is needed. Its records lie "
                "apart, in {folder}, and touch nothing real.\n\nTo come back: close the program and start it again; "
                "this set-up comes up again."
            ).format(folder=folder)
        )
        self._both.setVisible(not step.fixed)
        self._fixed.setVisible(step.fixed)
        self.about.setText(
            self.tr("Answered already.")
            if step.fixed
            else self.tr("Both can be on one computer. Nothing done in the demonstration counts.")
        )
        self._fixed.setText(
            self.tr("This is the demonstration. Real work begins when the program is started without --demo.")
            if step.demonstration
            else self.tr(
                "This station does real work. The demonstration, with records of its own in {folder}, is started with "
                "“toolroom-desktop --demo”."
            ).format(folder=folder)
        )
        mark_choice(self.surroundings, self.real_button, chosen=not step.demonstration)
        mark_choice(self.surroundings, self.demo_button, chosen=step.demonstration)

    def focus_first(self) -> None:
        if not self.step.fixed:
            (self.demo_button if self.step.demonstration else self.real_button).setFocus()

    def _chose_real(self) -> None:
        self.step.choose(demonstration=False)

    def _chose_demo(self) -> None:
        self.step.choose(demonstration=True)
