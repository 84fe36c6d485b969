"""Reports as PDF files and on printers: the pages of `report_pages`, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from toolroom_desktop.printing.report_layout import DOTS
from toolroom_desktop.printing.report_pages import ReportPages
from toolroom_desktop.services.reports.made import MadeReport
from toolroom_desktop.services.reports.words import Words
from toolroom_desktop.services.watching import Watch, unwatched


class PdfReportWriter:
    """Fulfils `services.reports.ports.ReportWriter`."""

    def write(self, file: IO[bytes], report: MadeReport, words: Words, watch: Watch) -> None:
        """Write the report as PDF, A4, its typeface embedded; `watch` is told (done, total)."""
        pages = ReportPages(report, words, watch)
        # Qt writes one page after the other and never goes back: what it wrote is taken out of memory after each page.
        # (A device of Python's own cannot be handed to it: PySide would make texts of the bytes.)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)

        def drain() -> None:
            file.write(buffer.data().data())
            buffer.buffer().clear()
            buffer.seek(0)

        writer = QPdfWriter(buffer)
        writer.setResolution(DOTS)
        writer.setTitle(words.name(report.about.report))
        writer.setCreator("Toolroom Desktop")
        writer.setPageLayout(page_layout(pages))
        whole = 2 * max(1, report.rows)

        def in_rows(done: int, total: int) -> None:
            """Half of the work was the measuring, which counts in rows."""
            watch(whole * done // total, whole)

        paint_pages(writer, pages, in_rows, painted=drain)
        drain()
        buffer.close()


def page_layout(pages: ReportPages) -> QPageLayout:
    """A4 as the pages lie; their margins are their own."""
    lying = QPageLayout.Orientation.Landscape if pages.landscape else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), lying, QMarginsF(0, 0, 0, 0))


def _nothing() -> None:
    """Nothing is to be done after a page."""


def paint_pages(
    device: QPagedPaintDevice,
    pages: ReportPages,
    watch: Watch = unwatched,
    *,
    first: int = 0,
    last: int | None = None,
    painted: Callable[[], None] = _nothing,
) -> None:
    """Paint pages `first` to `last` (from 0, both counted in; None: the last one) on a device, at its resolution.

    `watch` is told (done, total), the first half being the measuring, `painted` is called after every page; either
    ends it with whatever it raises.
    """
    end = pages.count - 1 if last is None else last
    total = end - first + 1
    painter = QPainter()
    if not painter.begin(device):
        raise OSError("the device cannot be painted on")
    try:
        scale = device.logicalDpiX() / DOTS
        for number in range(first, end + 1):
            if number > first:
                device.newPage()
            painter.save()
            painter.scale(scale, scale)
            pages.paint(painter, number)
            painter.restore()
            painted()
            watch(total + number - first + 1, 2 * total)
    finally:
        painter.end()
