"""Documents as PDF: set by QTextDocument, written by QPdfWriter, page by page with their footers."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from toolroom_desktop.printing.application import need_application
from toolroom_desktop.printing.fonts import paper_font
from toolroom_desktop.printing.setting import CAPTION_POINTS, set_document
from toolroom_desktop.services.documents import Document

_DOTS_PER_INCH = 300
_MARGINS_MM = QMarginsF(18, 16, 16, 14)
_FOOTER_MM = 14
_MM_PER_INCH = 25.4
_LINE = "#9AA5AE"
_MUTED = "#454F58"


class PdfPrinter:
    """Fulfils `services.documents.DocumentPrinter`."""

    def pdf(self, document: Document) -> bytes:
        """The document as a PDF file, A4, its typeface embedded."""
        need_application()
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(_DOTS_PER_INCH)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageMargins(_MARGINS_MM, QPageLayout.Unit.Millimeter)
        writer.setTitle(document.title)
        writer.setCreator("Toolroom Desktop")
        page = QRectF(writer.pageLayout().paintRectPixels(_DOTS_PER_INCH))
        page.moveTo(0, 0)
        footer = _FOOTER_MM / _MM_PER_INCH * _DOTS_PER_INCH
        body = QSizeF(page.width(), page.height() - footer)
        text = set_document(document, writer, body)
        pages = text.pageCount()
        with QPainter(writer) as painter:
            for number in range(pages):
                if number:
                    writer.newPage()
                painter.save()
                painter.translate(0, -number * body.height())
                text.drawContents(painter, QRectF(0, number * body.height(), body.width(), body.height()))
                painter.restore()
                _draw_footer(painter, document, number + 1, pages, QRectF(0, body.height(), page.width(), footer))
        buffer.close()
        return cast("bytes", content.data())


def _draw_footer(painter: QPainter, document: Document, number: int, pages: int, area: QRectF) -> None:
    """A line, below it what every page says, and the page's number at the right."""
    painter.setFont(paper_font(CAPTION_POINTS))
    height = painter.fontMetrics().height()
    top = area.bottom() - (len(document.footer) + 0.5) * height
    painter.setPen(QPen(QColor(_LINE), 2))
    painter.drawLine(QLineF(area.left(), top - height / 3, area.right(), top - height / 3))
    painter.setPen(QColor(_MUTED))
    shown = document.page.format(page=number, pages=pages)
    room = painter.fontMetrics().horizontalAdvance(shown) + height
    for place, line in enumerate(document.footer):
        where = QRectF(area.left(), top + place * height, area.width() - room, height)
        fitting = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideMiddle, int(where.width()))
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)
    right = QRectF(area.right() - room, top, room, height)
    painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
