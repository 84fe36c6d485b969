"""One case: what is missing with a picture of it, who had it and for what, and the course as a line of steps."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.cases import CaseEvent, CaseEventKind, CaseStep, Outcome
from toolroom_desktop.domain.detection import Box
from toolroom_desktop.services import case_words
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.screens.cases.presenter import CasesPresenter, Shown
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.widgets.camera_view import CameraView
from toolroom_desktop.ui.widgets.layouts import empty, scrolled_column
from toolroom_desktop.ui.widgets.marks import Mark, MarkKind
from toolroom_desktop.ui.widgets.parts import Judgement, button, frame, label, set_judgement
from toolroom_desktop.ui.words import time_word

_TOOL = "tool"
_SYMBOLS: dict[CaseEventKind, str] = {
    CaseEventKind.OPENED: "missing",
    CaseEventKind.SEARCHED: "search",
    CaseEventKind.OUTCOME: "present",
    CaseEventKind.NOTED: "notice",
    CaseEventKind.RELEASED: "confirm",
    CaseEventKind.REOPENED: "sync",
    CaseEventKind.CARRIED_OVER: "sync",
}


class CasePage(QWidget):
    """Asks the presenter for the photos of its steps, one at a time."""

    def __init__(self, shell: Shell, presenter: CasesPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._presenter = presenter
        theme, metrics = shell.theme, shell.theme.metrics
        self.title = label("title", self, wrap=True)
        self.state = label("strong", self, wrap=True)
        self.picture = CameraView(theme, self)
        self._caption = label("caption", self, wrap=True)
        self._back_to_kit = button(theme, "plain", "back", self)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(metrics.gap)
        self._facts.setVerticalSpacing(2)
        self._facts.setColumnStretch(1, 1)
        left = QVBoxLayout()
        left.setSpacing(metrics.gap // 2)
        left.addWidget(self.picture, 1)
        left.addWidget(self._caption)
        left.addWidget(self._back_to_kit)
        left.addLayout(self._facts)
        panel = frame("panel", self)
        self._events, area = scrolled_column(theme, panel)
        self.area = area
        around = QVBoxLayout(panel)
        around.setContentsMargins(metrics.margin - 6, metrics.gap, metrics.gap, metrics.gap)
        around.setSpacing(metrics.gap)
        self._course = label("strong", panel)
        around.addWidget(self._course)
        around.addWidget(area, 1)
        both = QHBoxLayout()
        both.setSpacing(metrics.margin)
        both.addLayout(left, 5)
        both.addWidget(panel, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.gap // 2)
        column.addWidget(self.title)
        column.addWidget(self.state)
        column.addLayout(both, 1)
        self._back_to_kit.clicked.connect(self._show_kit)

    def retranslate(self) -> None:
        """Set every text anew."""
        self._course.setText(self.tr("Course, the newest first"))
        self._back_to_kit.setText(self.tr("The kit again"))
        self.picture.setAccessibleName(self.tr("Photo of the case"))

    def fill(self) -> None:
        """Show the presenter's case."""
        shown = self._presenter.shown
        if shown is None:
            return
        say = Messages(self._shell.session.language).text
        case = shown.course.case
        missing = case_words.what_is_missing(case, shown.course.name(self._shell.session.language), say)
        self.title.setText(f"{case.number} · {missing}")
        self._say_state(shown)
        self._fill_facts(shown)
        empty(self._events)
        for event in reversed(case.events):
            self._events.addWidget(self._event(event))
        self.area.verticalScrollBar().setValue(0)
        self._show_kit()

    def _say_state(self, shown: Shown) -> None:
        case = shown.course.case
        say = Messages(self._shell.session.language).text
        text = f"{case_words.where_it_stands(case, say)} {case_words.next_step(case, say)}" if case.open else ""
        judgement: Judgement = "bad" if shown.course.overdue else "look" if case.open else "ok"
        if shown.course.due_at is not None:
            when = self._when_word(shown.course.due_at)
            due = self.tr("OVERDUE since {when}.") if shown.course.overdue else self.tr("Until {when}.")
            text = f"{text} {due.format(when=when)}"
        # Not inside the braces of an f-string: the translators' tool does not find it there.
        other = self.tr("Quality must sign in for that.")
        if case.next_step is CaseStep.SECOND_SEARCH:
            other = self.tr("You searched already: let somebody else sign in.")
        waits = case.next_step is CaseStep.RELEASE and self._presenter.main is None
        if waits or (case.next_step is CaseStep.SECOND_SEARCH and self._presenter.has_searched):
            text = f"{text} {other}"
        self.state.setText(text or case_words.where_it_stands(case, say))
        set_judgement(self.state, judgement)

    def _fill_facts(self, shown: Shown) -> None:
        empty(self._facts)
        say = Messages(self._shell.session.language).text
        course, case = shown.course, shown.course.case
        toolkit = course.toolkit.title(self._shell.session.language) if course.toolkit else ""
        rows = (
            ("kit", " · ".join(part for part in (case.kit, toolkit) if part)),
            ("marking", case.marking),
            ("found_out", f"{case_words.found_out_at(case, say)}, {self._when_word(case.opened_at)}"),
            ("found_out_by", case_words.who(case.events[0], say)),
            ("holder", f"{case.holder_name} ({case.holder_badge})" if case.holder_badge else ""),
            ("aircraft", case.aircraft),
            ("work_order", case.work_order),
        )
        for place, (name, value) in enumerate(row for row in rows if row[1]):
            left, right = label("caption", self), label("body", self, wrap=True)
            left.setText(say(f"document.case.fact.{name}"))
            right.setText(value)
            self._facts.addWidget(left, place, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(right, place, 1)

    def _event(self, event: CaseEvent) -> QWidget:
        say = Messages(self._shell.session.language).text
        theme, metrics = self._shell.theme, self._shell.theme.metrics
        row = QFrame(self)
        symbol = QLabel(row)
        lost = event.outcome is Outcome.LOST
        judgement: Judgement = {
            CaseEventKind.OPENED: "bad",
            CaseEventKind.RELEASED: "ok",
            CaseEventKind.REOPENED: "bad",
            CaseEventKind.OUTCOME: "bad" if lost else "ok",
        }.get(event.kind, "")
        colours = {"ok": theme.palette.ok, "bad": theme.palette.bad}
        name = "missing" if lost else _SYMBOLS[event.kind]
        symbol.setPixmap(pixmap(name, colours.get(judgement, theme.palette.muted), metrics.icon))
        texts = QVBoxLayout()
        texts.setSpacing(1)
        title = label("emphasis", row, wrap=True)
        title.setText(case_words.title_of(event, say))
        set_judgement(title, judgement)
        texts.addWidget(title)
        said = case_words.text_of(event, say)
        if said:
            text = label("body", row, wrap=True)
            text.setText(said)
            texts.addWidget(text)
        who = label("caption", row, wrap=True)
        who.setText(f"{self._when_word(event.at)} · {case_words.who(event, say)}")
        texts.addWidget(who)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, metrics.gap // 2)
        line.setSpacing(metrics.gap)
        line.addWidget(symbol, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        if event.photo:
            look = button(theme, "plain", "photo", row)
            look.setText(self.tr("Photo"))
            look.setProperty("photo", event.photo)
            look.setProperty("what", case_words.title_of(event, say))
            look.clicked.connect(self._photo_pressed)
            line.addWidget(look, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _show_kit(self) -> None:
        """The kit as it went out, with the box of the tool."""
        shown = self._presenter.shown
        self._back_to_kit.hide()
        if shown is None:
            return
        self._caption.setVisible(shown.photo is not None)
        if shown.photo is None:
            self.picture.say(self.tr("There is no photo of the kit."))
            return
        self.picture.show_image(shown.photo)
        held = shown.course.checkout or shown.course.operation
        when = self._when_word(held.finished_at) if held is not None else ""
        self._caption.setText(
            self.tr("The kit as it went out, {when}").format(when=when)
            if shown.course.checkout is not None
            else self.tr("The kit when it was missed, {when}").format(when=when)
        )
        marks = []
        if shown.box is not None:
            name = shown.course.name(self._shell.session.language)
            marks = [Mark(_TOOL, Box(*shown.box), name, MarkKind.GONE)]
        self.picture.show_marks(marks, shown.photo.width(), shown.photo.height())

    def _photo_pressed(self) -> None:
        what = str(self.sender().property("what"))
        self._presenter.photo(str(self.sender().property("photo")), lambda image: self._show_photo(image, what))

    def _show_photo(self, image: QImage, what: str) -> None:
        self.picture.show_marks((), 1, 1)
        self.picture.show_image(image)
        self._caption.setVisible(True)
        self._caption.setText(what)
        shown = self._presenter.shown
        self._back_to_kit.setVisible(shown is not None and shown.photo is not None)

    def _when_word(self, at: datetime) -> str:
        clock = self._shell.app.clock
        return time_word(at, clock.local_offset_minutes(at), clock.now(), self._shell.session.language)
