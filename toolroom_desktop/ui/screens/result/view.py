"""The layout of a result: what was photographed on the left, what a person says to it on the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from toolroom_desktop.domain.inspection import PositionResult
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.services.operation_input import Evidence, Plan
from toolroom_desktop.ui.screens.inspection.words import Names, listed, marks_of
from toolroom_desktop.ui.screens.result.count_list import CountList
from toolroom_desktop.ui.screens.result.digits import AnswerKeys
from toolroom_desktop.ui.screens.result.note import Note
from toolroom_desktop.ui.screens.result.presenter import Key, ResultPresenter
from toolroom_desktop.ui.screens.result.rows import QuestionRow
from toolroom_desktop.ui.screens.result.words import (
    count_answer,
    count_answers,
    missing_already,
    outcome_words,
    station_word,
)
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.camera_view import CameraView
from toolroom_desktop.ui.widgets.images import to_image
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import button, label
from toolroom_desktop.ui.widgets.status_banner import StatusBanner
from toolroom_desktop.ui.words import COUNT_ICONS, COUNT_JUDGEMENTS, STATE_ICONS

_EXTRAS = "extras"
_SEEN = "seen"
_LEAST_RIGHT, _MOST_RIGHT = 520, 700
_SURE_WITHIN_MS = 4000


class ResultScreen(Screen):
    """Counts by hand where it is owed, and confirms."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        theme = shell.theme
        self.presenter = ResultPresenter(shell, self)
        self.checkout_photo = CameraView(theme, self)
        self.photo = CameraView(theme, self)
        self.note = Note(theme, self)
        self._right = QWidget(self)
        self.banner = StatusBanner(theme, self._right)
        self.list = CountList(theme, self._right)
        self.notice = Notice(theme, self)
        self.bar = ActionBar(theme, self)
        self.cancel_button = button(theme, "flat", "", self.bar)
        self.why = label("strong", self.bar)
        self.rows: dict[Key, QuestionRow] = {}
        self.extras_row: QuestionRow | None = None
        self.seen_button = button(theme, "plain", "more", self)
        self._seen_open = False
        self._counts = count_answers(OperationType.CHECKOUT)
        self._alone: CameraView | None = None
        self._keys = AnswerKeys(len(Count), self)
        self._sure = QTimer(self)
        self._sure.setSingleShot(True)
        self._sure.setInterval(_SURE_WITHIN_MS)
        self._lay_out()
        self._connect()
        self.main_button = self.bar.main
        self.back_button = self.bar.back

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        photos = QHBoxLayout()
        photos.setSpacing(metrics.gap)
        photos.addWidget(self.checkout_photo, 1)
        photos.addWidget(self.photo, 1)
        left = QVBoxLayout()
        left.setSpacing(metrics.gap // 2)
        left.addLayout(photos, 1)
        left.addWidget(self.note)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(metrics.gap)
        right.addWidget(self.banner)
        right.addWidget(self.list, 1)
        content = QHBoxLayout()
        content.setSpacing(metrics.gap)
        content.addLayout(left, 1)
        content.addWidget(self._right)
        padded = QVBoxLayout()
        padded.setContentsMargins(metrics.gap, metrics.gap, metrics.gap, metrics.gap)
        padded.setSpacing(metrics.gap)
        padded.addLayout(content, 1)
        padded.addWidget(self.notice)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(padded, 1)
        root.addWidget(self.bar)
        self.bar.add(self.cancel_button)
        self.bar.add(self.why)

    def _connect(self) -> None:
        self.bar.back.clicked.connect(self.presenter.back_to_table)
        self.bar.main.clicked.connect(self.presenter.confirm)
        self.cancel_button.clicked.connect(self._cancel)
        self._sure.timeout.connect(self._show_cancel)
        self.note.changed.connect(self.presenter.write_note)
        self.seen_button.clicked.connect(self._toggle_seen)
        self.list.moved.connect(self._move)
        self._keys.answered.connect(self._answer_by_key)
        self.photo.tapped.connect(partial(self._enlarge, self.photo))
        self.checkout_photo.tapped.connect(partial(self._enlarge, self.checkout_photo))

    # --- Screen

    def begin(self, plan: Plan, evidence: Evidence) -> None:
        """Ask about that evidence."""
        self._seen_open = False
        self._alone = None
        self.presenter.begin(plan, evidence)

    def enter(self) -> None:
        self.list.setFocus()

    def leave(self) -> None:
        self._sure.stop()
        self.presenter.leave()

    def retranslate(self) -> None:
        self.bar.back.setText(self.tr("Back to the table"))
        self.note.retranslate()
        self.list.setAccessibleName(self.tr("Positions to count"))
        self.notice.retranslate()
        self.notice.clear()
        self._show_captions()
        if self.presenter.evidence is not None:
            self._build_rows()
        self.show_answers()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setFixedWidth(min(max(_LEAST_RIGHT, round(0.36 * self.width())), _MOST_RIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits answer what is asked now."""
        if event.text() and event.text().isprintable() and not event.isAutoRepeat():
            self._keys.typed(event.text())
            return
        super().keyPressEvent(event)

    # --- ResultView

    def show_begin(self) -> None:
        presenter = self.presenter
        plan, evidence = presenter.plan, presenter.evidence
        if plan is None or evidence is None:
            return
        self.note.show_text(presenter.note)
        if evidence.picture is not None:
            self.photo.show_image(to_image(evidence.picture.pixels))
        self.checkout_photo.say(self.tr("Loading the photo…") if plan.checkout is not None else "")
        self._show_captions()
        self._show_photos()
        self._build_rows()
        self.show_answers()

    def show_answers(self) -> None:
        presenter = self.presenter
        plan, evidence = presenter.plan, presenter.evidence
        self._show_cancel()
        if plan is None or evidence is None:
            self.bar.main.setText(self.tr("Confirm"))
            return
        words = outcome_words(presenter, evidence.inspection, self._names(plan))
        self.banner.show_status(words.judgement, words.symbol, words.word, words.about, words.figures, words.hint)
        for key, row in self.rows.items():
            given = presenter.answers.get(key)
            open_ = key == presenter.current
            row.show_state(self._counts.index(given) if given else None, open_=open_, enabled=not presenter.saving)
        if self.extras_row is not None:
            remain = presenter.extras_remain
            answer = None if remain is None else 0 if remain else 1
            open_ = presenter.current is None and remain is None
            self.extras_row.show_state(answer, open_=open_ or self.extras_row.is_open, enabled=not presenter.saving)
        owed = {(p.tool_class, p.unit) for p in presenter.owed}
        for key, row in self.rows.items():
            overruled = key in presenter.answers
            row.setVisible(key in owed or self._seen_open or overruled or key == presenter.current)
        self.photo.choose(presenter.current, close=False)
        self._bring_next()
        self._show_bar()

    def show_checkout_photo(self, image: QImage) -> None:
        self.checkout_photo.show_image(image)

    def show_no_checkout_photo(self, sentence: str) -> None:
        self.checkout_photo.say(sentence, "notice")

    def show_failure(self, sentence: str) -> None:
        self.notice.say(sentence)

    # --- rows

    def _names(self, plan: Plan) -> Names:
        return Names(plan.toolkit, self._shell.app.detector.info, self._shell.session.language)

    def _build_rows(self) -> None:
        presenter = self.presenter
        plan, evidence = presenter.plan, presenter.evidence
        if plan is None or evidence is None:
            return
        self._counts = count_answers(plan.type)
        names = self._names(plan)
        self.seen_button.setParent(self)
        self.rows.clear()
        self.extras_row = None
        self.list.clear()
        for position in presenter.owed:
            self._add_row(position, plan, names)
        if presenter.asks_for_extras:
            self._add_extras_row(evidence, names)
        if presenter.seen:
            self.seen_button.setText(self.tr("Seen by the station: {count}").format(count=len(presenter.seen)))
            self.list.add(_SEEN, self.seen_button)
            self.seen_button.show()
            for position in presenter.seen:
                self._add_row(position, plan, names)
        else:
            self.seen_button.hide()
        lacking = missing_already(plan, names)
        if lacking:
            said = label("muted", self.list, wrap=True)
            said.setText(self.tr("Not in the kit since the checkout: {names}").format(names=listed(lacking)))
            self.list.add("lacking", said)
        self.list.finish()
        self.photo.show_marks(
            marks_of(evidence.inspection, names, settled=True), evidence.inspection.width, evidence.inspection.height
        )

    def _add_row(self, position: PositionResult, plan: Plan, names: Names) -> None:
        key = (position.tool_class, position.unit)
        row = QuestionRow(self._shell.theme, [(COUNT_ICONS[c], COUNT_JUDGEMENTS[c]) for c in self._counts], self.list)
        owed = position in self.presenter.owed
        row.show_question(
            "waiting" if owed else STATE_ICONS[position.state],
            names.of(position),
            station_word(position, names, at_checkin=plan.type is OperationType.CHECKIN),
            [count_answer(count) for count in self._counts],
        )
        row.opened.connect(partial(self._open, key))
        row.answered.connect(partial(self._answer, key))
        self.rows[key] = row
        self.list.add(key, row)

    def _add_extras_row(self, evidence: Evidence, names: Names) -> None:
        row = QuestionRow(self._shell.theme, [("extra", "look"), ("present", "ok")], self.list)
        seen = [names.of_class(extra.tool_class) for extra in evidence.inspection.extras]
        row.show_question(
            "extra",
            self.tr("Does something that does not belong to the kit still lie with it?"),
            self.tr("seen: {names}").format(names=listed(seen)),
            [self.tr("yes"), self.tr("no, taken away")],
        )
        row.opened.connect(self._open_extras)
        row.answered.connect(self._answer_extras)
        self.extras_row = row
        self.list.add(_EXTRAS, row)

    def _bring_next(self) -> None:
        presenter = self.presenter
        if presenter.current is not None:
            self.list.bring(presenter.current)
        elif self.extras_row is not None and presenter.extras_remain is None:
            self.list.bring(_EXTRAS)

    # --- what the person does

    def _open(self, key: Key) -> None:
        self.presenter.open(None if key == self.presenter.current else key)

    def _answer(self, key: Key, number: int) -> None:
        self.presenter.answer(key, self._counts[number])

    def _open_extras(self) -> None:
        if self.extras_row is not None and not self.presenter.saving:
            remain = self.presenter.extras_remain
            given = None if remain is None else 0 if remain else 1
            self.extras_row.show_state(given, open_=not self.extras_row.is_open, enabled=True)

    def _answer_extras(self, number: int) -> None:
        if self.extras_row is not None:
            self.extras_row.show_state(number, open_=False, enabled=True)
        self.presenter.answer_extras(number == 0)

    def _answer_by_key(self, number: int) -> None:
        current = self.presenter.current
        if current is not None:
            if number < len(self._counts):
                self.presenter.answer(current, self._counts[number])
        elif self.extras_row is not None and self.extras_row.is_open and number < len(self.extras_row.buttons):
            self._answer_extras(number)

    def _move(self, step: int) -> None:
        keys = [key for key, row in self.rows.items() if not row.isHidden()]
        if not keys:
            return
        current = self.presenter.current
        here = keys.index(current) if current in keys else (-1 if step > 0 else len(keys))
        self.presenter.open(keys[min(max(here + step, 0), len(keys) - 1)])

    def _toggle_seen(self) -> None:
        self._seen_open = not self._seen_open
        self.show_answers()
        if self._seen_open and self.presenter.seen:
            first = self.presenter.seen[0]
            self.list.bring((first.tool_class, first.unit))

    def _cancel(self) -> None:
        if self.presenter.anything_to_lose and not self._sure.isActive():
            self._sure.start()
            self._show_cancel()
            return
        self._sure.stop()
        self.presenter.cancel()

    # --- the rest of the picture

    def _show_bar(self) -> None:
        presenter = self.presenter
        self.bar.main.setText(self.tr("Saving…") if presenter.saving else self.tr("Confirm"))
        self.bar.main.setEnabled(presenter.can_confirm)
        self.bar.back.setEnabled(not presenter.saving)
        self.cancel_button.setEnabled(not presenter.saving)
        self.note.setEnabled(not presenter.saving)
        left = presenter.questions - presenter.answered
        self.why.setText(self.tr("Answers left: {count}").format(count=left) if left else "")

    def _show_cancel(self) -> None:
        asking = self._sure.isActive()
        self.cancel_button.setText(self.tr("Discard the answers?") if asking else self.tr("Cancel the operation"))

    def _show_captions(self) -> None:
        both = self.presenter.plan is not None and self.presenter.plan.checkout is not None
        self.checkout_photo.show_caption(self.tr("At checkout"), "search")
        self.photo.show_caption(self.tr("Now") if both else "", "search")

    def _enlarge(self, photo: CameraView) -> None:
        self._alone = None if self._alone is photo else photo
        self._show_photos()

    def _show_photos(self) -> None:
        both = self.presenter.plan is not None and self.presenter.plan.checkout is not None
        self.checkout_photo.setVisible(both and self._alone is not self.photo)
        self.photo.setVisible(not both or self._alone is not self.checkout_photo)
