"""The layout of the labels: what is chosen on the left, the page as it will be on the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from toolroom_desktop.domain.marks import Named
from toolroom_desktop.ui.screens.labels.panel import LabelPanel
from toolroom_desktop.ui.screens.labels.presenter import Doing, LabelsPresenter, Preview, printer_for
from toolroom_desktop.ui.screens.reports.page_view import PageView
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import button, label


class LabelsScreen(Screen):
    """Labels of kits, tools and badges. `aim` takes what `label_aim.write_aim` wrote."""

    keeps_marks = True
    _progress = Signal(int, int)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        theme = shell.theme
        self.presenter = LabelsPresenter(shell, self)
        self._title = label("title", self)
        self.panel = LabelPanel(shell, self)
        self.state = label("muted", self, wrap=True)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.page_view = PageView(theme, self)
        self.page_text = label("muted", self)
        self.page_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back_page, self.next_page = (button(theme, "plain", symbol, self) for symbol in ("back", "forward"))
        self.notice = Notice(theme, self)
        self.bar = ActionBar(theme, self)
        self.stop_button = button(theme, "plain", "close", self)
        self.print_button = button(theme, "plain", "print", self)
        self.bar.add(self.stop_button)
        self.bar.add(self.print_button)
        self._lay_out()
        self._connect()
        self.main_button, self.back_button = self.bar.main, self.bar.back

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        turning = QHBoxLayout()
        turning.setSpacing(metrics.gap)
        turning.addWidget(self.back_page)
        turning.addWidget(self.page_text, 1)
        turning.addWidget(self.next_page)
        right = QVBoxLayout()
        right.setSpacing(metrics.gap)
        right.addWidget(self.state)
        right.addWidget(self.progress)
        right.addWidget(self.page_view, 1)
        right.addStretch(0)
        right.addLayout(turning)
        both = QHBoxLayout()
        both.setSpacing(metrics.margin)
        both.addWidget(self.panel)
        both.addLayout(right, 1)
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        content.setSpacing(metrics.gap)
        content.addWidget(self._title)
        content.addLayout(both, 1)
        content.addWidget(self.notice)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self.bar)

    def _connect(self) -> None:
        presenter = self.presenter
        self._progress.connect(self._progressed)
        self.panel.kind_chosen.connect(presenter.choose_kind)
        self.panel.names_chosen.connect(presenter.choose_names)
        self.panel.options_chosen.connect(presenter.choose)
        self.back_page.clicked.connect(lambda: presenter.turn(-1))
        self.next_page.clicked.connect(lambda: presenter.turn(1))
        self.bar.back.clicked.connect(self._shell.navigator.show_home)
        self.bar.main.clicked.connect(self._choose_file)
        self.print_button.clicked.connect(self._choose_printer)
        self.stop_button.clicked.connect(presenter.stop)

    # --- Screen

    def aim(self, subject: str) -> None:
        self.presenter.aim(subject)

    def enter(self) -> None:
        self.page_view.clear()
        self.presenter.enter()

    def leave(self) -> None:
        self.presenter.leave()
        self.page_view.clear()

    @property
    def at_rest(self) -> bool:
        return self.presenter.doing in (Doing.NOTHING, Doing.LOOKING)

    @property
    def scan_kinds(self) -> frozenset[Named]:
        return frozenset({Named.KIT, Named.TOOL, Named.BADGE})

    def scanned(self, code: str) -> bool:
        self.presenter.scanned(code)
        return True

    def retranslate(self) -> None:
        self._title.setText(self.tr("Labels"))
        self.print_button.setText(self.tr("Print ..."))
        self.stop_button.setText(self.tr("Stop"))
        self.bar.back.setText(self.tr("Back"))
        self.bar.main.setText(self.tr("Save as PDF"))
        self.back_page.setAccessibleName(self.tr("Page before"))
        self.next_page.setAccessibleName(self.tr("Next page"))
        self.notice.retranslate()
        self.notice.clear()
        self.panel.retranslate()
        self.show_choice()

    # --- LabelsView

    def show_choice(self) -> None:
        presenter = self.presenter
        self.panel.show_choice(presenter.kind, presenter.kinds, presenter.names, presenter.kit, presenter.options)
        working = presenter.doing in (Doing.SAVING, Doing.PRINTING)
        self.panel.setEnabled(not working)
        self.progress.setVisible(working)
        self.progress.setRange(0, 0)
        self.stop_button.setVisible(working)
        self.print_button.setVisible(not working)
        self.print_button.setEnabled(presenter.ready)
        self.bar.main.setEnabled(presenter.ready)
        self._say_state()

    def show_preview(self, preview: Preview) -> None:
        self.page_view.show_page(preview.picture)

    def show_progress(self, done: int, total: int) -> None:
        self._progress.emit(done, total)

    def show_sentence(self, sentence: str) -> None:
        self.notice.say(sentence)

    # --- what follows

    def _say_state(self) -> None:
        presenter, preview = self.presenter, self.presenter.preview
        pages = preview.pages if preview is not None else 0
        self.page_view.setVisible(preview is not None)
        self.page_text.setText(
            self.tr("Page {page} of {pages}").format(page=presenter.page + 1, pages=pages) if pages else ""
        )
        for turner, possible in ((self.back_page, presenter.page > 0), (self.next_page, presenter.page + 1 < pages)):
            turner.setVisible(pages > 1)
            turner.setEnabled(possible and presenter.doing is Doing.NOTHING)
        said = []
        if presenter.doing is Doing.SAVING:
            said.append(self.tr("Writing the labels ..."))
        elif presenter.doing is Doing.PRINTING:
            said.append(self.tr("Printing the labels ..."))
        elif preview is not None:
            said.append(self.tr("%n label(s).", None, preview.labels))
            if preview.left_out:
                said.append(self.tr("%n tool(s) without a marking left out.", None, preview.left_out))
        elif presenter.doing is Doing.LOOKING:
            said.append(self.tr("Laying the labels out ..."))
        self.state.setText(" ".join(said))

    @Slot(int, int)
    def _progressed(self, done: int, total: int) -> None:
        if self.presenter.doing in (Doing.SAVING, Doing.PRINTING):
            self.progress.setRange(0, total)
            self.progress.setValue(done)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the labels"), self.presenter.file_name(), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self._file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _file_chosen(self, path: str) -> None:
        self.presenter.save(Path(path))

    def _choose_printer(self) -> None:
        printer = printer_for(self.presenter.options.format)
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: self._printer_chosen(printer))
        dialog.finished.connect(dialog.deleteLater)
        # Its own `open` wants a receiver of the old kind.
        QDialog.open(dialog)

    def _printer_chosen(self, printer: QPrinter) -> None:
        self.presenter.print_to(printer)
