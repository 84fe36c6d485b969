"""What lay on the table, and beside it at a return what went out: differences are marked in both."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QWidget

from toolroom_desktop.domain.inspection import Inspection
from toolroom_desktop.services.kept_inspection import kept_inspection
from toolroom_desktop.services.operation_input import Evidence, Plan
from toolroom_desktop.ui.screens.inspection.words import Names, listed, marks_of
from toolroom_desktop.ui.screens.result.differences import gone_since, marks_then
from toolroom_desktop.ui.screens.result.presenter import ResultPresenter
from toolroom_desktop.ui.theme import Theme
from toolroom_desktop.ui.widgets.camera_view import CameraView
from toolroom_desktop.ui.widgets.images import to_image


class PhotoPair(QWidget):
    """One photo, or two side by side; a touch on one of two shows it alone."""

    def __init__(self, theme: Theme, presenter: ResultPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.then = CameraView(theme, self)
        self.now = CameraView(theme, self)
        self._alone: CameraView | None = None
        self._then: Inspection | None = None
        self._names: Names | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.metrics.gap)
        row.addWidget(self.then, 1)
        row.addWidget(self.now, 1)
        for photo in (self.then, self.now):
            photo.tapped.connect(partial(self._enlarge, photo))

    def begin(self, plan: Plan, evidence: Evidence, names: Names) -> None:
        """Show the photo of that evidence; the other one follows when it was read."""
        self._alone = None
        self._names = names
        self._then = kept_inspection(plan.issue.result) if plan.issue is not None else None
        if evidence.picture is not None:
            self.now.show_image(to_image(evidence.picture.pixels))
        else:
            self.now.say(self.tr("Counted by hand, without a photo."))
        self.then.say(self.tr("Loading the photo…") if plan.issue is not None else self._no_photo())
        inspection = evidence.inspection
        photographed = evidence.picture is not None or plan.counts is not None
        marks = marks_of(inspection, names, settled=True) if photographed else []
        self.now.show_marks(marks, inspection.width, inspection.height)
        self.show_differences()
        self._arrange()

    def retranslate(self, names: Names | None) -> None:
        """Set the texts in the present language."""
        self._names = names
        self.show_differences()

    def show_then(self, image: QImage) -> None:
        """The photo of what went out."""
        self.then.show_image(image)

    def show_now(self, image: QImage) -> None:
        """The photo of what is counted, where it was taken earlier."""
        self.now.show_image(image)

    def show_no_then(self, sentence: str) -> None:
        """Why there is none."""
        self.then.say(sentence or self._no_photo(), "notice" if sentence else "photo")

    def show_differences(self) -> None:
        """Mark what went out and is not there now, as far as the answers go, and point out what is asked about."""
        presenter, names = self._presenter, self._names
        evidence = presenter.evidence
        both = self._both
        plan = presenter.plan
        then = self.tr("At checkout")
        if plan is not None and plan.station:
            then = self.tr("At checkout, {station}").format(station=plan.station)
        self.then.show_caption(then if both else "", "search")
        self.now.show_caption(self.tr("Now") if both else "", "search" if both else "")
        if evidence is None or names is None:
            return
        gone = gone_since(evidence.inspection, presenter.answers)
        if self._then is not None:
            self.then.show_marks(marks_then(self._then, gone, names), self._then.width, self._then.height)
        if both and gone:
            lacking = [names.of_class(name) for name in gone for _ in range(gone[name])]
            self.now.show_caption(self.tr("Now, without: {names}").format(names=listed(lacking)), "search")
        self.now.choose(presenter.current, close=False)
        self.then.choose(presenter.current, close=False)

    @property
    def _both(self) -> bool:
        plan = self._presenter.plan
        return plan is not None and plan.checkout is not None

    def _no_photo(self) -> str:
        return self.tr("There is no photo of the checkout.")

    def _enlarge(self, photo: CameraView) -> None:
        self._alone = None if self._alone is photo else photo
        self._arrange()

    def _arrange(self) -> None:
        self.then.setVisible(self._both and self._alone is not self.now)
        self.now.setVisible(not self._both or self._alone is not self.then)
