"""The page before the camera: the picture or the cut-out large on the left, what to do about it on the right."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from toolroom_desktop.services.enrolling import DIRECTIONS, FIELDS
from toolroom_desktop.services.enrolment import ENOUGH_PLACES, ENOUGH_SHOTS, ENOUGH_TURNS, Verdict
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.screens.enrol.presenter import Doing, EnrolPresenter, Step
from toolroom_desktop.ui.screens.enrol.words import refusal_advice, refusal_word, tool_title
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.camera_view import CameraView
from toolroom_desktop.ui.widgets.cutout_view import CutoutView
from toolroom_desktop.ui.widgets.images import to_cutout_image, to_image
from toolroom_desktop.ui.widgets.parts import Judgement, button, frame, label, set_judgement
from toolroom_desktop.ui.widgets.variety_view import VarietyView

_PICTURE_EVERY_MS = 34  # at most 30 pictures a second
_FIRST_GUESS_MS = 2000
_NEVER_FULL = 95  # percent that the bar waits at when cutting takes longer than the last time


class CameraPage(QWidget):
    """Step 1, the empty table, and step 3, the photos of a tool."""

    def __init__(self, shell: Shell, presenter: EnrolPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._presenter = presenter
        theme = shell.theme
        self.picture = CameraView(theme, self)
        self.cutout = CutoutView(theme, self)
        self._left = QStackedWidget(self)
        self.scene = label("caption", self)
        self.scene_button = button(theme, "plain", "forward", self)
        self.title = label("title", self, wrap=True)
        self._panel = frame("panel", self)
        self._symbol = QLabel(self._panel)
        self.word = label("strong", self._panel, wrap=True)
        self.advice = label("body", self._panel, wrap=True)
        self.progress = QProgressBar(self._panel)
        self.hint = label("muted", self, wrap=True)
        self._variety_panel = frame("panel", self)
        self.variety = VarietyView(theme, self._variety_panel)
        self.enough = label("emphasis", self._variety_panel, wrap=True)
        self.empty_again_button = button(theme, "plain", "sync", self)
        self._timer = QTimer(self)
        self._timer.setInterval(_PICTURE_EVERY_MS)
        self._timer.timeout.connect(self.tick)
        self._cutting = QElapsedTimer()
        self._usual_ms = _FIRST_GUESS_MS
        self._shown_sequence = 0
        self._lay_out()
        self.scene_button.clicked.connect(self._next_scene)
        self.empty_again_button.clicked.connect(presenter.empty_again)

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        self._left.addWidget(self.picture)
        self._left.addWidget(self.cutout)
        below = QHBoxLayout()
        below.setSpacing(metrics.gap)
        below.addWidget(self.scene, 1)
        below.addWidget(self.scene_button)
        left = QVBoxLayout()
        left.setSpacing(metrics.gap)
        left.addWidget(self._left, 1)
        left.addLayout(below)
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 100)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.word)
        words.addWidget(self.advice)
        words.addWidget(self.progress)
        said = QHBoxLayout(self._panel)
        said.setContentsMargins(metrics.gap, metrics.gap, metrics.gap, metrics.gap)
        said.setSpacing(metrics.gap)
        said.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        said.addLayout(words, 1)
        drawn = QVBoxLayout(self._variety_panel)
        drawn.setContentsMargins(metrics.gap, metrics.gap, metrics.gap, metrics.gap)
        drawn.setSpacing(metrics.gap // 2)
        drawn.addWidget(self.variety)
        drawn.addWidget(self.enough)
        right = QVBoxLayout()
        right.setSpacing(metrics.gap)
        right.addWidget(self.title)
        right.addWidget(self._panel)
        right.addWidget(self._variety_panel)
        right.addWidget(self.hint)
        right.addStretch(1)
        right.addWidget(self.empty_again_button, 0, Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.gap)
        row.addLayout(left, 62)
        row.addLayout(right, 38)

    def showEvent(self, event: QShowEvent) -> None:
        """A picture is fetched only while somebody can see it."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def retranslate(self) -> None:
        """Set the texts that never change."""
        self.picture.setAccessibleName(self.tr("The table"))
        self.cutout.setAccessibleName(self.tr("The tool as it was cut out"))
        self.scene_button.setText(self.tr("Demo: next table"))
        self.empty_again_button.setText(self.tr("Empty table again"))

    def show_state(self) -> None:
        """Show what the presenter holds."""
        presenter = self._presenter
        self._show_scene()
        shots = presenter.step is Step.SHOTS
        asked = presenter.shot is not None
        self._left.setCurrentWidget(self.cutout if asked else self.picture)
        self.scene_button.setEnabled(not asked)  # its title would change and the cut-out above it would not
        if presenter.shot is not None and presenter.shot.cut.pixels is not None:
            self.cutout.show_image(to_cutout_image(presenter.shot.cut.pixels))
        self.title.setText(self._title())
        self._variety_panel.setVisible(shots and presenter.coverage is not None)
        self._show_variety()
        self.hint.setText(self._hint())
        self.hint.setVisible(bool(self.hint.text()) and not asked)
        self.empty_again_button.setVisible(shots and not asked)
        self.empty_again_button.setEnabled(presenter.doing is Doing.NOTHING)
        cutting = presenter.doing is Doing.CUTTING
        if cutting and not self._cutting.isValid():
            self._cutting.start()
        elif not cutting and self._cutting.isValid():
            self._usual_ms = max(300, self._cutting.elapsed())
            self._cutting.invalidate()
        self.progress.setVisible(cutting)
        self._say(*self._words())
        self.tick()

    # --- what follows

    def _title(self) -> str:
        presenter = self._presenter
        if presenter.step is Step.EMPTY or presenter.tool is None:
            return self.tr("Photograph the empty table")
        return tool_title(presenter.tool, self._shell.session.language)

    def _words(self) -> tuple[Judgement, str, str, str]:
        """How to judge, icon, word and sentence of the panel."""
        presenter = self._presenter
        if presenter.step is Step.EMPTY:
            if presenter.doing is Doing.STORING:
                return "", "waiting", self.tr("Storing…"), ""
            return (
                "",
                "photo",
                self.tr("Take everything off the table"),
                self.tr("No tool, no hand, no shadow of yours. From now on leave camera and light as they are."),
            )
        if presenter.doing is Doing.CUTTING:
            return "", "waiting", self.tr("Cutting the tool out…"), self.tr("Leave it where it is, or take it away.")
        if presenter.shot is not None:
            return (
                "look",
                "unsure",
                self.tr("Is this the whole tool and nothing else?"),
                self.tr("No pink inside the tool, nothing of the table around it, no part missing."),
            )
        if presenter.refused is not Verdict.OK:
            return "look", "notice", refusal_word(presenter.refused), refusal_advice(presenter.refused)
        if presenter.undone:
            return "", "erase", self.tr("The last photo was removed"), self._what_next()
        if presenter.coverage is not None and presenter.coverage.can_undo:
            return "", "confirm", self.tr("Kept"), self._what_next()
        return "", "photo", self.tr("Lay only this tool on the table"), self._what_next()

    def _what_next(self) -> str:
        return self.tr("Turn it, move it, take your hands away, then photograph it: the button or the space bar.")

    def _hint(self) -> str:
        if self._presenter.step is Step.EMPTY:
            return self.tr(
                "The station sees a tool as what differs from this picture. It is not stored as a tool, and it can be "
                "taken again at any time."
            )
        return self.tr(
            "Some photos from unusual sides, too: standing on end, seen along its length, turned over, opened."
        )

    def _show_variety(self) -> None:
        coverage = self._presenter.coverage
        if coverage is None:
            return
        figures = coverage.variety
        # "21 of 20" reads like a mistake.
        photos = self.tr("photos\n{count}") if figures.shots > ENOUGH_SHOTS else self.tr("photos\n{count} of {enough}")
        self.variety.show_variety(
            figures.shots,
            ENOUGH_SHOTS,
            coverage.directions,
            coverage.fields,
            (
                photos.format(count=figures.shots, enough=ENOUGH_SHOTS),
                self.tr("directions\n{count} of {all}").format(count=figures.turns, all=DIRECTIONS),
                self.tr("places\n{count} of {all}").format(count=figures.places, all=FIELDS),
            ),
        )
        if figures.enough:
            text = self.tr("✓ Enough. Go on with the next tool; more photos do no harm.")
        elif figures.shots >= ENOUGH_SHOTS:
            text = self.tr("Enough photos, but too alike: at least {turns} directions and {places} places.").format(
                turns=ENOUGH_TURNS, places=ENOUGH_PLACES
            )
        else:
            text = self.tr("%n more photo(s)", "", ENOUGH_SHOTS - figures.shots)
        self.enough.setText(text)
        set_judgement(self.enough, "ok" if figures.enough else "")

    def _say(self, judgement: Judgement, symbol: str, word: str, advice: str) -> None:
        palette, metrics = self._shell.theme.palette, self._shell.theme.metrics
        set_judgement(self._panel, judgement)
        set_judgement(self.word, judgement)
        self._symbol.setPixmap(pixmap(symbol, palette.look if judgement else palette.text, metrics.icon))
        self.word.setText(word)
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))

    def tick(self) -> None:
        """Show the newest picture, or why there is none, and how far the cutting is."""
        presenter = self._presenter
        if self._cutting.isValid():
            elapsed = self._cutting.elapsed()
            self.progress.setValue(min(_NEVER_FULL, round(100 * elapsed / self._usual_ms)))
            if elapsed >= 1000:
                self.advice.setText(
                    self.tr("{seconds} s. Leave the tool where it is, or take it away.").format(seconds=elapsed // 1000)
                )
        picture = presenter.latest_picture()
        if picture is None:
            self._shown_sequence = 0
            problem = presenter.camera_sentence
            self.picture.say(problem or self.tr("The camera is starting…"), "camera_lost" if problem else "photo")
        elif picture.sequence != self._shown_sequence:
            self._shown_sequence = picture.sequence
            self.picture.show_image(to_image(picture.pixels))

    def _next_scene(self) -> None:
        self._presenter.next_scene()
        self._show_scene()

    def _show_scene(self) -> None:
        title = self._presenter.scene_title
        self.scene_button.setVisible(bool(title))
        self.scene.setVisible(bool(title))
        self.scene.setText(title)
