"""The page for the model: what it saw on the left, what it is and how long it took on the right."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from toolroom_desktop.services.station_setup import Look, ModelOnTrial
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.screens.setup.model_step import ModelStep
from toolroom_desktop.ui.screens.setup.page import StepPage
from toolroom_desktop.ui.shell import Surroundings
from toolroom_desktop.ui.widgets.camera_view import CameraView
from toolroom_desktop.ui.widgets.images import to_image
from toolroom_desktop.ui.widgets.layouts import scrolled_column
from toolroom_desktop.ui.widgets.marks import Mark
from toolroom_desktop.ui.widgets.parts import Judgement, button, frame, label, set_judgement


class SetupModelPage(StepPage[ModelStep]):
    """Shows the picture that the model looked at, with a box around each tool that it is sure enough of to name."""

    def __init__(self, surroundings: Surroundings, step: ModelStep, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, step, parent)
        theme = surroundings.theme
        self.picture = CameraView(theme, self)
        self.panel = frame("panel", self)
        self._symbol = QLabel(self.panel)
        self.word = label("strong", self.panel, wrap=True)
        self.signed = label("body", self.panel, wrap=True)
        self.progress = QProgressBar(self.panel)
        self.seen_title = label("emphasis", self, wrap=True)
        self.tools = label("body", self, wrap=True)
        self.again_button = button(theme, "plain", "sync", self)
        self._lay_out()
        self.again_button.clicked.connect(step.look)
        self._shown: Look | None = None

    def _lay_out(self) -> None:
        metrics = self.surroundings.theme.metrics
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.word)
        words.addWidget(self.signed)
        words.addWidget(self.progress)
        said = QHBoxLayout(self.panel)
        said.setContentsMargins(*[metrics.gap] * 4)
        said.setSpacing(metrics.gap)
        said.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        said.addLayout(words, 1)
        rows, area = scrolled_column(self.surroundings.theme, self)
        rows.addWidget(self.tools)
        right = QVBoxLayout()
        right.setSpacing(metrics.gap)
        right.addWidget(self.panel)
        right.addWidget(self.seen_title)
        right.addWidget(area, 1)
        right.addWidget(self.again_button, 0, Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout()
        row.setSpacing(metrics.margin)
        row.addWidget(self.picture, 56)
        row.addLayout(right, 44)
        self.content.addLayout(row, 1)

    # --- StepPage

    def name(self) -> str:
        return self.tr("Model")

    def summary(self) -> str:
        model = self.step.model
        return self._model_name(model) if model is not None else ""

    def later(self) -> str:
        if self.step.problem is not None:
            return self.surroundings.sentence(self.step.problem)
        return self.tr("Later: an administrator touches “Set up this station”, or “Models”.")

    def retranslate(self) -> None:
        self.title.setText(self.tr("Does recognition work?"))
        self.picture.setAccessibleName(self.tr("What the model looked at"))
        self.again_button.setText(self.tr("Look again"))
        self._shown = None

    def show_step(self) -> None:
        step = self.step
        self.about.setText(
            self.tr("The model looks at the camera's picture. Lay some tools on the table and let it look again.")
            if step.on_camera
            else self.tr("No camera gives a picture, so the model looks at a table of the demonstration.")
        )
        self.progress.setVisible(step.working)
        self.again_button.setEnabled(not step.working)
        self._say(*self._words())
        if step.seen is not self._shown or step.seen is None:
            self._shown = step.seen
            self._show_look(step.model, step.seen)

    # --- what follows

    def _words(self) -> tuple[Judgement, str, str, str]:
        """How to judge, icon, word and sentence of the panel."""
        step = self.step
        if step.working:
            return "", "waiting", self.tr("Looking…"), self.tr("The first time the model is loaded and verified.")
        if step.problem is not None:
            return "bad", "missing", self.tr("The model is refused"), self.surroundings.sentence(step.problem)
        if step.model is None:
            return "", "waiting", "", ""
        name = self._model_name(step.model)
        if step.model.signer:
            said = self.tr("Loaded and verified: signed by {signer}.").format(signer=step.model.signer)
            return "ok", "present", name, said
        if step.model.named:
            return "look", "unsure", name, self.tr("Loaded. The settings name it, so nobody's signature was asked for.")
        return "look", "unsure", name, self.tr("Loaded. No trusted key signed it; somebody let it in all the same.")

    @staticmethod
    def _model_name(model: ModelOnTrial) -> str:
        info = model.detector.info
        return f"{info.knowledge.name}, {info.version}"

    def _say(self, judgement: Judgement, symbol: str, word: str, sentence: str) -> None:
        palette, metrics = self.surroundings.theme.palette, self.surroundings.theme.metrics
        set_judgement(self.panel, judgement)
        set_judgement(self.word, judgement)
        inks = {"ok": palette.ok, "bad": palette.bad, "look": palette.look}
        self._symbol.setPixmap(pixmap(symbol, inks.get(judgement, palette.text), metrics.icon))
        self.word.setText(word)
        self.signed.setText(sentence)
        self.signed.setVisible(bool(sentence))

    def _show_look(self, model: ModelOnTrial | None, look: Look | None) -> None:
        self.tools.clear()
        self.seen_title.setVisible(look is not None)
        if model is None or look is None:
            self.picture.show_marks((), 1, 1)
            self.picture.say(self.tr("Nothing was looked at yet."), "model")
            return
        info = model.detector.info
        names = info.names_ru if self.surroundings.session.language == "ru" else info.names_en
        named = [d for d in look.frame.detections if d.confidence >= info.thresholds.review]
        self.picture.show_image(to_image(look.picture.pixels))
        marks = [Mark(place, d.box, names.get(d.class_name, d.class_name)) for place, d in enumerate(named)]
        self.picture.show_marks(marks, look.frame.width, look.frame.height)
        count = self.tr("Sees %n tool(s)", "", len(named))
        seconds = f"{look.seconds:.2f}"
        if self.surroundings.session.language == "ru":
            seconds = seconds.replace(".", ",")
        self.seen_title.setText(self.tr("{count}, in {seconds} s").format(count=count, seconds=seconds))
        counted = Counter(names.get(d.class_name) or d.class_name for d in named)
        self.tools.setText("; ".join(name if number == 1 else f"{name} × {number}" for name, number in counted.items()))
