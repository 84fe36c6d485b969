"""One operation in full: both photos to look into, every tool, who signed, cases, the journal, and ways on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.domain.toolkit import Position, Toolkit
from toolroom_desktop.services.course import Course
from toolroom_desktop.services.kept_inspection import kept_inspection
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.operation_words import class_names, outcome_lines
from toolroom_desktop.ui.screens.history.detail_presenter import DetailPresenter, Proof
from toolroom_desktop.ui.screens.history.facts import facts_of, signature_lines
from toolroom_desktop.ui.screens.history.journal_part import JournalPart
from toolroom_desktop.ui.screens.history.positions import Positions
from toolroom_desktop.ui.screens.inspection.words import Names, marks_of
from toolroom_desktop.ui.shell import Place, Shell
from toolroom_desktop.ui.widgets.layouts import empty, scrolled_column
from toolroom_desktop.ui.widgets.parts import Judgement, button, frame, label, set_judgement
from toolroom_desktop.ui.widgets.row_button import RowButton
from toolroom_desktop.ui.widgets.zoom_photo import ZoomPhoto
from toolroom_desktop.ui.words import STATUS_ICONS, STATUS_JUDGEMENTS, short_name, status_word, time_word, type_word


class OperationDetail(QWidget):
    """Fulfils `DetailView`. `changed` says that another operation is shown, or the same as it stands now."""

    changed = Signal()
    kit_wanted = Signal(str)
    person_wanted = Signal(str, str)
    operation_wanted = Signal(str)

    def __init__(self, shell: Shell, say: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._say = say
        self.presenter = DetailPresenter(shell, self)
        self._operation: Operation | None = None
        self._course: Course | None = None
        theme = shell.theme
        self._heading = label("strong", self, wrap=True)
        self._status_icon = QLabel(self)
        self._status = label("strong", self)
        self.photo = ZoomPhoto(theme, self)
        self.other_photo = ZoomPhoto(theme, self)
        self.marks_button = button(theme, "plain", "", self)
        self.fit_button = button(theme, "plain", "", self)
        self.back_button = button(theme, "plain", "back", self)
        self._recorded_at = label("emphasis", self, wrap=True)
        self._outcome = label("emphasis", self, wrap=True)
        self._note = label("body", self, wrap=True)
        self._facts = label("caption", self, wrap=True)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._signed = label("caption", self, wrap=True)
        self.positions = Positions(theme, self)
        self.journal = JournalPart(theme, self.presenter, self)
        self._lay_out()
        self.marks_button.setCheckable(True)
        self.marks_button.setChecked(True)
        self.marks_button.toggled.connect(self._draw_marks)
        self.fit_button.clicked.connect(self._fit)
        self.back_button.clicked.connect(self._own_photo_again)
        self.positions.photo_wanted.connect(self.presenter.load_tool_photo)
        for photo in (self.photo, self.other_photo):
            photo.zoomed.connect(self._zoomed)

    def _lay_out(self) -> None:
        theme = self._shell.theme
        metrics = theme.metrics
        photos = QHBoxLayout()
        photos.setSpacing(metrics.gap)
        photos.addWidget(self.photo, 1)
        photos.addWidget(self.other_photo, 1)
        choices = QHBoxLayout()
        choices.setSpacing(metrics.gap)
        for made in (self.marks_button, self.fit_button, self.back_button):
            choices.addWidget(made)
        choices.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(metrics.gap)
        left.addLayout(photos, 1)
        left.addLayout(choices)
        status = QHBoxLayout()
        status.setSpacing(metrics.gap // 2)
        status.addWidget(self._status_icon)
        status.addWidget(self._status, 1)
        rows, self.scroll_area = scrolled_column(theme, self)
        self._links = QVBoxLayout()
        self._links.setSpacing(metrics.gap)
        rows.addWidget(self._recorded_at)
        for widget in (self._outcome, self._note, self.positions, frame("line", self), self._facts, self._signed):
            rows.addWidget(widget)
        rows.addLayout(self._links)
        rows.addWidget(self.journal)
        panel = frame("panel", self)
        column = QVBoxLayout(panel)
        column.setContentsMargins(metrics.margin - 6, metrics.gap, metrics.gap, metrics.gap)
        column.setSpacing(metrics.gap // 2)
        column.addWidget(self._heading)
        column.addLayout(status)
        column.addWidget(self.scroll_area, 1)
        root = QHBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(metrics.gap)
        root.addLayout(left, 7)
        root.addWidget(panel, 5)

    # --- what is known of it

    @property
    def operation(self) -> Operation | None:
        """What is shown."""
        return self._operation

    @property
    def facts(self) -> str:
        """Who, what for, what was said of it later, and who signed."""
        return "\n".join(part for part in (self._facts.text(), self._signed.text()) if part)

    @property
    def outcome(self) -> str:
        """What followed from it."""
        return self._outcome.text()

    @property
    def recorded_at(self) -> str:
        """Which station recorded it, and what cannot be done from here; empty among this station's own records."""
        return self._recorded_at.text()

    @property
    def links(self) -> list[RowButton]:
        """The ways on from it."""
        return [self._links.itemAt(place).widget() for place in range(self._links.count())]  # type: ignore[misc]

    def open(self, operation_id: str) -> None:
        """Show that operation."""
        self._operation = None
        for photo in (self.photo, self.other_photo):
            photo.say(self.tr("Looking it up…"))
        self.presenter.open(operation_id)

    def close_operation(self) -> None:
        """Show nothing more."""
        self.presenter.close()
        self._operation = self._course = None

    def retranslate(self) -> None:
        """Set every text anew."""
        self.marks_button.setText(self.tr("Boxes"))
        self.fit_button.setText(self.tr("Whole photo"))
        self.back_button.setText(self.tr("Photo of the table"))
        self.back_button.hide()
        self.journal.retranslate()
        if self._operation is not None:
            self._fill()

    # --- DetailView

    def show_operation(self, operation: Operation) -> None:
        self._operation, self._course = operation, None
        self.journal.show_course(None)
        self.back_button.hide()
        self._draw_marks(self.marks_button.isChecked())
        if not operation.photos.clean:
            self.photo.say(self.tr("Counted by hand, without a photo."))
        self.other_photo.hide()
        self._fill()
        self.scroll_area.verticalScrollBar().setValue(0)
        self.changed.emit()

    def show_course(self, course: Course) -> None:
        self._course = course
        self.journal.show_course(course)
        self._fill()

    def show_photo(self, operation: Operation, image: QImage) -> None:
        self._view_of(operation).show_image(image)

    def show_no_photo(self, operation: Operation, sentence: str) -> None:
        self._view_of(operation).say(sentence or self.tr("Reading the photo…"))

    def show_tool_photo(self, image: QImage) -> None:
        self.photo.show_image(image)
        self.photo.draw_marks(drawn=False)
        self.back_button.show()

    def show_proof(self, proof: Proof | None) -> None:
        self.journal.show_proof(proof)

    def show_sentence(self, sentence: str) -> None:
        self._say(sentence)

    # --- filling

    def _view_of(self, operation: Operation) -> ZoomPhoto:
        own = self._operation is not None and operation.operation_id == self._operation.operation_id
        return self.photo if own else self.other_photo

    def _fill(self) -> None:
        operation = self._operation
        if operation is None:
            return
        language, now = self._shell.session.language, self._shell.app.clock.now()
        self._heading.setText(
            self.tr("{operation} · kit {kit}").format(operation=type_word(operation.type), kit=operation.kit)
            + f" · {time_word(operation.finished_at, operation.utc_offset_minutes, now, language)}"
        )
        judgement = STATUS_JUDGEMENTS[operation.final_status]
        set_judgement(self._status, judgement)
        self._status.setText(status_word(operation.final_status))
        self._status_icon.setPixmap(pixmap(STATUS_ICONS[operation.final_status], self._ink(judgement), 24))
        self._recorded_at.setText(self._where_recorded(operation))
        self._recorded_at.setVisible(self.presenter.only_looked_at)
        self._note.setVisible(bool(operation.note))
        self._note.setText(self.tr("Note: {note}").format(note=operation.note))
        names = class_names(operation, self._shell.app.detector.info, language)
        lines = outcome_lines(operation, names)
        self._outcome.setText("\n".join(lines))
        self._outcome.setVisible(bool(lines))
        self.positions.show_operation(operation, names, language)
        self._facts.setText("\n".join(facts_of(operation, names, language, now)))
        signed = signature_lines(self._course, operation.utc_offset_minutes, language, now) if self._course else []
        self._signed.setText("\n".join(signed))
        self._signed.setVisible(bool(signed))
        self._fill_photos(operation, names)
        self._fill_links(operation)

    def _where_recorded(self, operation: Operation) -> str:
        presenter = self.presenter
        if presenter.foreign:
            sentence = self.tr("Recorded at: {station}. It is counted, corrected and verified there.")
            return sentence.format(station=presenter.shown.station(operation.site_id))
        if presenter.only_looked_at:
            return self.tr("Recorded at this station. To count or correct, choose “This station” in the history.")
        return ""

    def _fill_photos(self, operation: Operation, names: Mapping[str, str]) -> None:
        course = self._course
        other = (course.closes or course.ended_by) if course is not None else None
        self.photo.show_caption(self._caption(operation))
        self._mark(self.photo, operation, names)
        self.other_photo.setVisible(other is not None)
        if other is not None:
            self.other_photo.show_caption(self._caption(other))
            self._mark(self.other_photo, other, names)
            if not other.photos.clean:
                self.other_photo.say(self.tr("Counted by hand, without a photo."))

    def _mark(self, photo: ZoomPhoto, operation: Operation, names: Mapping[str, str]) -> None:
        if not operation.photos.clean:
            photo.show_marks((), 1, 1)
            return
        inspection = kept_inspection(operation.result)
        positions = tuple(
            Position(name, quantity, names.get(name, name), names.get(name, name))
            for name, quantity in operation.expected.items()
            if quantity > 0
        )
        known = Names(
            Toolkit(operation.toolkit, positions), self._shell.app.detector.info, self._shell.session.language
        )
        photo.show_marks(marks_of(inspection, known, settled=True), inspection.width, inspection.height)

    def _caption(self, operation: Operation) -> str:
        now, language = self._shell.app.clock.now(), self._shell.session.language
        when = time_word(operation.finished_at, operation.utc_offset_minutes, now, language)
        return f"{type_word(operation.type)} · {when}"

    def _fill_links(self, operation: Operation) -> None:
        empty(self._links)
        course, looked_at = self._course, self.presenter.only_looked_at
        if not looked_at:
            self._link_cases(operation, course)
        other = (course.closes or course.ended_by) if course is not None else None
        if other is not None:
            title = self.tr("Operation at the other end: {what}").format(what=self._caption(other))
            self._link("sync", title, partial(self.operation_wanted.emit, str(other.operation_id)))
        title = self.tr("History of kit {kit}").format(kit=operation.kit)
        self._link("kit", title, partial(self.kit_wanted.emit, operation.kit))
        title = self.tr("History of {name}").format(name=short_name(operation.person_name))
        self._link("badge", title, partial(self.person_wanted.emit, operation.person_badge, operation.person_name))
        person = self._shell.session.person
        if looked_at or person is None:
            return
        if person.may(Permission.CHANGE_TOOLS) or person.may(Permission.MANAGE_CATALOGUE):
            title = self.tr("Tools of kit {kit}").format(kit=operation.kit)
            self._link("kit", title, partial(self._shell.navigator.go, Place.TOOLS, operation.kit))

    def _link_cases(self, operation: Operation, course: Course | None) -> None:
        for number in operation.cases if course is None else [case.number for case in course.cases]:
            title = self.tr("Lost-tool case {number}").format(number=number)
            self._link("search", title, partial(self._shell.navigator.go, Place.CASES, number))

    def _link(self, symbol: str, title: str, follow: Callable[[], None]) -> None:
        made = RowButton(self._shell.theme, self)
        made.say(symbol, title)
        made.clicked.connect(follow)
        self._links.addWidget(made)

    def _ink(self, judgement: Judgement) -> str:
        palette = self._shell.theme.palette
        return {"ok": palette.ok, "bad": palette.bad, "look": palette.look}.get(judgement, palette.text)

    # --- what is touched

    def _draw_marks(self, drawn: bool) -> None:
        self.photo.draw_marks(drawn and self.back_button.isHidden())
        self.other_photo.draw_marks(drawn)

    def _fit(self) -> None:
        self.photo.fit()
        self.other_photo.fit()

    def _zoomed(self) -> None:
        self.fit_button.setEnabled(max(self.photo.zoom, self.other_photo.zoom) > 1.0)

    def _own_photo_again(self) -> None:
        if self._operation is not None:
            self.back_button.hide()
            self._draw_marks(self.marks_button.isChecked())
            self.presenter.load_photo(self._operation)
            if not self._operation.photos.clean:
                self.photo.say(self.tr("Counted by hand, without a photo."))
