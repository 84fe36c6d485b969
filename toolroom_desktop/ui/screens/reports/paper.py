"""Printing in the GUI thread without ever holding it for longer than a page takes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter

from toolroom_desktop.printing.report_layout import DOTS
from toolroom_desktop.printing.report_pdf import page_layout
from toolroom_desktop.ui.screens.reports.job import Prepared


def printer_for(prepared: Prepared) -> QPrinter:
    """A printer set up for the report's pages, to be handed to the system's dialog."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    layout = page_layout(prepared.pages)
    printer.setPageSize(layout.pageSize())
    printer.setPageOrientation(layout.orientation())
    printer.setFullPage(True)
    printer.setDocName(f"{prepared.words.name(prepared.report.about.report)} {prepared.report.report_id}")
    printer.setFromTo(0, 0)
    return printer


class PrintRun(QObject):
    """Paints one page at a time, and in between lets the window live."""

    def __init__(
        self,
        printer: QPrinter,
        prepared: Prepared,
        progress: Callable[[int, int], None],
        ended: Callable[[bool], None],
        parent: QObject,
    ) -> None:
        """`ended` is told whether the printer took all pages."""
        super().__init__(parent)
        self._printer, self._prepared = printer, prepared
        self._progress, self._ended = progress, ended
        pages = prepared.pages.count
        self._next = max(0, printer.fromPage() - 1)
        self._last = min(pages, printer.toPage() or pages) - 1
        self._first = self._next
        self._painter = QPainter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._page)

    def start(self) -> None:
        """Begin; what follows happens between other events."""
        if not self._painter.begin(self._printer):
            self._end(taken=False)
            return
        self._timer.start(0)

    def stop(self) -> None:
        """Print nothing more."""
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()
        self._timer.stop()

    def _page(self) -> None:
        if self._next > self._first and not self._printer.newPage():
            self._end(taken=False)
            return
        scale = self._printer.resolution() / DOTS
        self._painter.save()
        self._painter.scale(scale, scale)
        self._prepared.pages.paint(self._painter, self._next)
        self._painter.restore()
        self._next += 1
        self._progress(self._next - self._first, self._last - self._first + 1)
        if self._next > self._last:
            self._end(taken=True)

    def _end(self, *, taken: bool) -> None:
        self._timer.stop()
        if self._painter.isActive():
            taken = self._painter.end() and taken
        self._ended(taken)
