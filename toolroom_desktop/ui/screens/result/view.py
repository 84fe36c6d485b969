"""The layout of a result: what was photographed on the left, what a person says to it on the right.

Entering details, saying more about one tool, and signing take the place of both for as long as they last.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.marks import Named
from toolroom_desktop.domain.operation import Count
from toolroom_desktop.domain.signing import Signature
from toolroom_desktop.services.operation_input import Evidence, Plan, Remark
from toolroom_desktop.ui.screens.inspection.live import LiveControl
from toolroom_desktop.ui.screens.inspection.words import Names
from toolroom_desktop.ui.screens.result.details_page import DetailsPage, DetailsStrip
from toolroom_desktop.ui.screens.result.digits import AnswerKeys
from toolroom_desktop.ui.screens.result.note import Note
from toolroom_desktop.ui.screens.result.photo_pair import PhotoPair
from toolroom_desktop.ui.screens.result.presenter import Key, Page, ResultPresenter
from toolroom_desktop.ui.screens.result.questions import Questions
from toolroom_desktop.ui.screens.result.remark_page import RemarkPage
from toolroom_desktop.ui.screens.result.rows import QuestionRow
from toolroom_desktop.ui.screens.result.said import scan_words, sign_words
from toolroom_desktop.ui.screens.result.scans import Outcome, ScannedTools
from toolroom_desktop.ui.screens.result.words import custody_words, marking_words, outcome_words
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import button, label
from toolroom_desktop.ui.widgets.signature_panel import SignaturePanel
from toolroom_desktop.ui.widgets.status_banner import StatusBanner

_LEAST_RIGHT, _MOST_RIGHT = 520, 700
_SURE_WITHIN_MS = 4000


class ResultScreen(Screen):
    """Counts by hand where it is owed, and confirms."""

    def __init__(self, shell: Shell, live: LiveControl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        theme = shell.theme
        self.presenter = ResultPresenter(shell, self)
        self._scans = ScannedTools(self.presenter, self._say_scan, self._say_failure)
        self.photos = PhotoPair(theme, self.presenter, self)
        self.checkout_photo, self.photo = self.photos.then, self.photos.now
        self.holder = label("emphasis", self, wrap=True)
        self.strip = DetailsStrip(shell, self.presenter.show_details, self)
        self.note = Note(theme, self)
        self._right = QWidget(self)
        self.banner = StatusBanner(theme, self._right)
        self.questions = Questions(theme, self.presenter, self._right)
        self.list, self.seen_button = self.questions.list, self.questions.seen_button
        self.notice = Notice(theme, self)
        self.details_page = DetailsPage(shell, self._show_bar, self)
        self.remark_page = RemarkPage(shell, live, self._say_failure, self)
        self.asks = self.panel = SignaturePanel(shell, self)
        self.bar = ActionBar(theme, self)
        self.cancel_button = button(theme, "flat", "", self.bar)
        self.issue_button = button(theme, "plain", "checkout", self.bar)
        self.why = label("strong", self.bar)
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
        left = QVBoxLayout()
        left.setSpacing(metrics.gap // 2)
        left.addWidget(self.photos, 1)
        left.addWidget(self.holder)
        left.addWidget(self.strip)
        left.addWidget(self.note)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(metrics.gap)
        right.addWidget(self.banner)
        right.addWidget(self.list, 1)
        self._count = QWidget(self)
        content = QHBoxLayout(self._count)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(metrics.gap)
        content.addLayout(left, 1)
        content.addWidget(self._right)
        self._sign = QWidget(self)
        signing = QVBoxLayout(self._sign)
        signing.setContentsMargins(0, 0, 0, 0)
        signing.addWidget(self.panel)
        signing.addStretch(1)
        self._pages = {
            Page.COUNT: self._count,
            Page.DETAILS: self.details_page,
            Page.REMARK: self.remark_page,
            Page.SIGN: self._sign,
        }
        self._stack = QStackedWidget(self)
        for page in self._pages.values():
            self._stack.addWidget(page)
        padded = QVBoxLayout()
        padded.setContentsMargins(metrics.gap, metrics.gap, metrics.gap, metrics.gap)
        padded.setSpacing(metrics.gap)
        padded.addWidget(self._stack, 1)
        padded.addWidget(self.notice)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(padded, 1)
        root.addWidget(self.bar)
        for widget in (self.cancel_button, self.issue_button, self.why):
            self.bar.add(widget)

    def _connect(self) -> None:
        self.bar.back.clicked.connect(self._back)
        self.bar.main.clicked.connect(self._go_on)
        self.cancel_button.clicked.connect(self._cancel)
        self.issue_button.clicked.connect(self.presenter.issue_nevertheless)
        self._sure.timeout.connect(self._show_cancel)
        self.note.changed.connect(self.presenter.write_note)
        self._keys.answered.connect(self.questions.answer_by_key)
        self.panel.signed.connect(self._signed)
        self.panel.cancelled.connect(self.presenter.not_signed)

    @property
    def rows(self) -> dict[Key, QuestionRow]:
        """The lines of the count by position."""
        return self.questions.rows

    @property
    def extras_row(self) -> QuestionRow | None:
        """The line about what does not belong to the kit."""
        return self.questions.extras_row

    # --- Screen

    def begin(self, plan: Plan, evidence: Evidence) -> None:
        """Ask about that evidence."""
        self.questions.seen_open = False
        self.presenter.begin(plan, evidence)

    def enter(self) -> None:
        self.list.setFocus()

    def leave(self) -> None:
        self._sure.stop()
        self.panel.dismiss()
        self.remark_page.leave()
        # Another screen must not find the camera held for a page that nobody sees.
        self._stack.setCurrentWidget(self._count)
        self.presenter.leave()

    @property
    def scan_kinds(self) -> frozenset[Named]:
        page = self.presenter.page
        if page is Page.DETAILS:
            return frozenset()
        return frozenset({Named.BADGE} if page is Page.SIGN else {Named.TOOL})

    def scanned(self, code: str) -> bool:
        page = self.presenter.page
        if page is Page.SIGN:
            return self.panel.scanned(code)
        if page is Page.DETAILS:
            return self.details_page.scanned(code)
        if page is Page.REMARK:
            return self.remark_page.scanned(code)
        self._scans.scanned(code)
        return True

    def retranslate(self) -> None:
        self.note.retranslate()
        self.list.setAccessibleName(self.tr("Positions to count"))
        self.issue_button.setText(self.tr("Issue nevertheless…"))
        self.notice.retranslate()
        self.notice.clear()
        self.details_page.retranslate()
        self.remark_page.retranslate()
        self.panel.retranslate()
        self.photos.retranslate(self._names())
        if self.presenter.evidence is not None:
            self._build_rows()
            self._say_who_signs()
        self.show_answers()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setFixedWidth(min(max(_LEAST_RIGHT, round(0.36 * self.width())), _MOST_RIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits answer what is asked now."""
        typed = event.text() and event.text().isprintable() and not event.isAutoRepeat()
        if typed and self.presenter.page is Page.COUNT:
            self._keys.typed(event.text())
            return
        super().keyPressEvent(event)

    # --- ResultView

    def show_begin(self) -> None:
        presenter, names = self.presenter, self._names()
        plan, evidence = presenter.plan, presenter.evidence
        if plan is None or evidence is None or names is None:
            return
        self.note.show_text(presenter.note)
        self.photos.begin(plan, evidence, names)
        self._build_rows()
        self.show_page()
        self.show_answers()

    def show_page(self) -> None:
        presenter = self.presenter
        page, plan = presenter.page, presenter.plan
        if page is Page.DETAILS:
            self.details_page.begin(presenter.details)
        elif page is Page.REMARK:
            self._begin_remark()
        self._stack.setCurrentWidget(self._pages[page])
        self.bar.setVisible(page is not Page.SIGN)
        if page is Page.SIGN and plan is not None and presenter.to_sign is not None:
            owed = presenter.to_sign
            title, text = self._who_signs()
            self.panel.ask_for(
                owed.purpose,
                plan.subject,
                title=title,
                text=text,
                not_by=owed.not_by,
                needs_reason=owed.needs_reason,
            )
        else:
            self.panel.dismiss()
        if page is Page.COUNT and self.isVisible():
            self.list.setFocus()
        self._show_bar()

    def show_answers(self) -> None:
        presenter, names = self.presenter, self._names()
        plan, evidence = presenter.plan, presenter.evidence
        self._show_bar()
        if plan is None or evidence is None or names is None:
            return
        words = outcome_words(presenter, evidence.inspection, names)
        self.banner.show_status(words.judgement, words.symbol, words.word, words.about, words.figures, words.hint)
        self.questions.show_answers(self._build_rows)
        self.photos.show_differences()
        self.holder.setText(custody_words(plan))
        self.holder.setVisible(bool(self.holder.text()))
        self.strip.show_details(presenter.details, enabled=not presenter.saving)

    def show_checkout_photo(self, image: QImage) -> None:
        self.photos.show_then(image)

    def show_photo(self, image: QImage) -> None:
        self.photos.show_now(image)

    def show_no_checkout_photo(self, sentence: str) -> None:
        self.photos.show_no_then(sentence)

    def show_failure(self, sentence: str) -> None:
        self.notice.say(sentence)

    # --- what follows

    def _names(self) -> Names | None:
        plan = self.presenter.plan
        if plan is None:
            return None
        return Names(plan.toolkit, self._shell.app.detector.info, self._shell.session.language)

    def _build_rows(self) -> None:
        plan, evidence, names = self.presenter.plan, self.presenter.evidence, self._names()
        if plan is not None and evidence is not None and names is not None:
            self.questions.build(plan, evidence, names)

    def _begin_remark(self) -> None:
        presenter, names = self.presenter, self._names()
        key, evidence, plan = presenter.remarked, presenter.evidence, presenter.plan
        if key is None or evidence is None or names is None or plan is None:
            return
        for position in evidence.inspection.positions:
            if (position.tool_class, position.unit) == key:
                belongs = marking_words(plan.tools, position)
                self.remark_page.begin(names.of(position), belongs, presenter.remarks.get(key, Remark()))

    def _who_signs(self) -> tuple[str, str]:
        presenter, names = self.presenter, self._names()
        if presenter.to_sign is None or presenter.plan is None or names is None:
            return "", ""
        found = outcome_words(presenter, presenter.evidence.inspection, names).about if presenter.evidence else ""
        return sign_words(presenter.to_sign, presenter.plan, names.of_class, self._shell.session.language, found)

    def _say_who_signs(self) -> None:
        if self.presenter.page is Page.SIGN:
            self.panel.say(*self._who_signs())

    def _signed(self, signature: Signature) -> None:
        self.presenter.signed(signature, self.panel.reason)

    def _say_scan(self, outcome: Outcome) -> None:
        names = self._names()
        if names is not None:
            self.notice.say(scan_words(outcome, names))

    def _say_failure(self, error: UserFacingError) -> None:
        self.notice.say(self._shell.sentence(error))

    # --- the bar

    def _back(self) -> None:
        if self.presenter.page is Page.COUNT:
            self.presenter.back_to_table()
        else:
            self.presenter.show_count()

    def _go_on(self) -> None:
        presenter = self.presenter
        if presenter.page is Page.COUNT:
            presenter.confirm()
        elif presenter.page is Page.DETAILS:
            presenter.details_done()
        elif presenter.page is Page.REMARK and presenter.remarked is not None:
            presenter.remark(presenter.remarked, self.remark_page.remark)
            presenter.show_count()

    def _cancel(self) -> None:
        if self.presenter.anything_to_lose and not self._sure.isActive():
            self._sure.start()
            self._show_cancel()
            return
        self._sure.stop()
        self.presenter.cancel()

    def _show_bar(self) -> None:
        presenter = self.presenter
        page, saving = presenter.page, presenter.saving
        counting = page is Page.COUNT
        main = {
            Page.COUNT: self.tr("Saving…") if saving else self.tr("Confirm"),
            Page.DETAILS: self.tr("Continue"),
            Page.REMARK: self.tr("Done"),
            Page.SIGN: "",
        }
        self.bar.main.setText(main[page])
        ready = {Page.COUNT: presenter.can_confirm, Page.DETAILS: self.details_page.complete}
        self.bar.main.setEnabled(ready.get(page, True))
        at_table = presenter.evidence is None or presenter.evidence.picture is not None
        self.bar.back.setText(self.tr("Back to the table") if counting and at_table else self.tr("Back"))
        self.bar.back.setEnabled(not saving)
        self.cancel_button.setVisible(counting)
        self.cancel_button.setEnabled(not saving)
        self.issue_button.setVisible(counting and presenter.stays)
        self.issue_button.setEnabled(not saving)
        self.note.setEnabled(not saving)
        left = presenter.questions - presenter.answered
        self.why.setText(self.tr("Answers left: {count}").format(count=left) if left and counting else "")
        self._show_cancel()

    def _show_cancel(self) -> None:
        asking = self._sure.isActive()
        self.cancel_button.setText(self.tr("Discard the answers?") if asking else self.tr("Cancel the operation"))
