"""Sets a document: its blocks one after the other into a QTextDocument, in the sizes of an A4 page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPagedPaintDevice,
    QPainter,
    QPen,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from toolroom_desktop.printing.fonts import paper_font
from toolroom_desktop.services.documents import (
    Document,
    Facts,
    Heading,
    Paragraph,
    Photo,
    Photos,
    SignatureLines,
    Table,
)

CAPTION_POINTS = 7.5
_BODY_POINTS = 9.5
_HEADING_POINTS = 12.0
_TITLE_POINTS = 18.0
_INK = "#1B2329"
_MUTED = "#454F58"
_LINE = "#B9C1C7"
_HEAD = "#E8EBED"
_MARK = "#C00000"
# Sizes below are in pixels of 1/96 inch, which Qt scales to the paper's.
_GAP = 6.0
_PHOTO_WIDTH = 300.0
_PHOTO_HEIGHT = 260.0
# More than 200 dots per inch at that width nobody sees, and it makes the file large.
_MOST_PIXELS = 800


def set_document(document: Document, device: QPagedPaintDevice, body: QSizeF) -> QTextDocument:
    """The document laid out for `device` in pages of the size `body` (in the device's pixels)."""
    text = QTextDocument()
    text.setUndoRedoEnabled(False)
    text.documentLayout().setPaintDevice(device)
    text.setDocumentMargin(0)
    text.setDefaultFont(paper_font(_BODY_POINTS))
    text.setPageSize(body)
    setter = _Setter(text)
    setter.line(document.title, _TITLE_POINTS, weight=QFont.Weight.DemiBold, below=2)
    setter.line(document.subtitle, _BODY_POINTS, colour=_MUTED, below=2 * _GAP)
    for block in document.blocks:
        setter.block(block)
    setter.keep_together(body.height())
    return text


@dataclass(frozen=True, slots=True)
class _Kept:
    """What must not be torn apart by the end of a page: from one position of the text to another.

    `table` begins on a new page where it would be, else the block at `start` does.
    """

    start: int
    end: int
    table: QTextTable | None = None


class _Setter:
    def __init__(self, text: QTextDocument) -> None:
        self._text = text
        self._cursor = QTextCursor(text)
        self._photos = 0
        self._begun = False
        self._kept: list[_Kept] = []
        self._heading: int | None = None

    def block(self, block: object) -> None:
        match block:
            case Heading(text):
                self.line(text, _HEADING_POINTS, weight=QFont.Weight.DemiBold, above=2 * _GAP, below=_GAP)
                self._heading = self._cursor.position()
                return
            case Paragraph(text, strong):
                weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
                for part in text.splitlines() or [""]:
                    self.line(part, _BODY_POINTS, weight=weight, below=3)
            case Facts(rows):
                self._facts([row for row in rows if row[1]])
            case Table(titles, rows, widths):
                self._table(titles, rows, widths)
            case Photos(photos):
                self._side_by_side(photos)
            case SignatureLines(who, under):
                self._signatures(who, under)
        self._heading = None

    def keep_together(self, page: float) -> None:
        """Begin a new page before whatever the end of one of that height would tear apart."""
        layout = self._text.documentLayout()
        for kept in self._kept:
            first = layout.blockBoundingRect(self._text.findBlock(kept.start))
            last = layout.blockBoundingRect(self._text.findBlock(kept.end))
            # A picture moves to the next page by itself, and what stands above it stays behind.
            if first.top() // page == (last.bottom() - 1) // page or last.bottom() - first.top() > page:
                continue
            if kept.table is not None:
                style = kept.table.format()
                style.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                kept.table.setFormat(style)
            else:
                shape = QTextBlockFormat()
                shape.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(self._text.findBlock(kept.start)).mergeBlockFormat(shape)

    def _keep(self, table: QTextTable, last_row: int) -> None:
        """Keep a table up to that row with the heading above it, else by itself."""
        end = table.cellAt(last_row, 0).lastCursorPosition().position()
        start = table.firstCursorPosition().position()
        self._kept.append(_Kept(self._heading, end) if self._heading is not None else _Kept(start, end, table))

    def line(
        self,
        text: str,
        points: float,
        *,
        weight: QFont.Weight = QFont.Weight.Normal,
        colour: str = _INK,
        above: float = 0,
        below: float = 0,
    ) -> None:
        """One paragraph."""
        spacing = QTextBlockFormat()
        spacing.setTopMargin(above)
        spacing.setBottomMargin(below)
        if self._begun:
            self._cursor.insertBlock(spacing)
        else:
            self._cursor.setBlockFormat(spacing)
        self._begun = True
        self._cursor.insertText(text, _letters(points, weight, colour))

    def _grid(self, rows: int, widths: Sequence[float], *, border: bool) -> QTextTable:
        style = QTextTableFormat()
        style.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        style.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, width) for width in widths])
        style.setCellPadding(4 if border else 2)
        style.setCellSpacing(0)
        style.setBorder(1 if border else 0)
        style.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        style.setBorderBrush(QColor(_LINE))
        style.setBorderCollapse(True)
        style.setBottomMargin(_GAP)
        table = self._cursor.insertTable(rows, len(widths), style)
        self._cursor = table.lastCursorPosition()
        return table

    def _after(self, _table: QTextTable) -> None:
        self._cursor = QTextCursor(self._text)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _facts(self, rows: Sequence[tuple[str, str]]) -> None:
        if not rows:
            return
        table = self._grid(len(rows), (28, 72), border=False)
        for place, (name, value) in enumerate(rows):
            _write(table, place, 0, name, _letters(_BODY_POINTS, QFont.Weight.Normal, _MUTED))
            _write(table, place, 1, value, _letters(_BODY_POINTS, QFont.Weight.Normal, _INK))
        self._keep(table, len(rows) - 1)
        self._after(table)

    def _table(self, titles: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        table = self._grid(len(rows) + 1, [float(width) for width in widths], border=True)
        style = table.format()
        # Titles are repeated on every page that the table goes on to.
        style.setHeaderRowCount(1)
        table.setFormat(style)
        for column, title in enumerate(titles):
            _write(table, 0, column, title, _letters(_BODY_POINTS, QFont.Weight.DemiBold, _INK), ground=_HEAD)
        for place, row in enumerate(rows, start=1):
            for column, said in enumerate(row):
                _write(table, place, column, said, _letters(_BODY_POINTS, QFont.Weight.Normal, _INK))
        self._keep(table, min(1, len(rows)))
        self._after(table)

    def _side_by_side(self, photos: Sequence[Photo]) -> None:
        for first in range(0, len(photos), 2):
            self._row_of_photos(photos[first : first + 2])
            self._heading = None

    def _row_of_photos(self, photos: Sequence[Photo]) -> None:
        table = self._grid(1, (50, 50), border=False)
        for place, photo in enumerate(photos):
            cursor = table.cellAt(0, place).firstCursorPosition()
            image = _picture(photo)
            if image is None:
                cursor.insertText(photo.instead, _letters(_BODY_POINTS, QFont.Weight.Normal, _INK))
            else:
                self._photos += 1
                name = f"photo:{self._photos}"
                self._text.addResource(int(QTextDocument.ResourceType.ImageResource.value), QUrl(name), image)
                shape = QTextImageFormat()
                size = QSizeF(image.size()).scaled(_PHOTO_WIDTH, _PHOTO_HEIGHT, Qt.AspectRatioMode.KeepAspectRatio)
                shape.setName(name)
                shape.setWidth(size.width())
                shape.setHeight(size.height())
                cursor.insertImage(shape)
            below = QTextBlockFormat()
            below.setBottomMargin(_GAP)
            cursor.insertBlock(below)
            cursor.insertText(photo.caption, _letters(CAPTION_POINTS + 0.5, QFont.Weight.Normal, _MUTED))
        start = table.firstCursorPosition().position()
        for place in range(len(photos)):
            end = table.cellAt(0, place).lastCursorPosition().position()
            self._kept.append(_Kept(self._heading, end) if self._heading is not None else _Kept(start, end, table))
        self._after(table)

    def _signatures(self, who: Sequence[str], under: tuple[str, str, str]) -> None:
        # An empty column keeps the lines apart.
        table = self._grid(2 * len(who), (22, 28, 2, 26, 2, 20), border=False)
        for place, one in enumerate(who):
            _write(table, 2 * place, 0, f"\n{one}", _letters(_BODY_POINTS, QFont.Weight.Normal, _INK))
            for column, word in zip((1, 3, 5), under, strict=True):
                line = QTextTableCellFormat()
                line.setBottomBorder(1)
                line.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                line.setBottomBorderBrush(QColor(_INK))
                table.cellAt(2 * place, column).setFormat(line)
                _write(table, 2 * place + 1, column, word, _letters(CAPTION_POINTS, QFont.Weight.Normal, _MUTED))
        self._keep(table, 2 * len(who) - 1)
        self._after(table)


def _letters(points: float, weight: QFont.Weight, colour: str) -> QTextCharFormat:
    letters = QTextCharFormat()
    font = paper_font(points)
    font.setWeight(weight)
    letters.setFont(font)
    letters.setForeground(QColor(colour))
    return letters


def _write(table: QTextTable, row: int, column: int, text: str, letters: QTextCharFormat, *, ground: str = "") -> None:
    cell = table.cellAt(row, column)
    if ground:
        style = cell.format()
        style.setProperty(QTextFormat.Property.BackgroundBrush.value, QColor(ground))
        style.setBackground(QColor(ground))
        cell.setFormat(style)
    cell.firstCursorPosition().insertText(text, letters)


def _picture(photo: Photo) -> QImage | None:
    """The photo in a size for paper with its box drawn in; None where there is none that can be shown."""
    image = QImage.fromData(photo.content) if photo.content is not None else QImage()
    if image.isNull():
        return None
    whole = image.width()
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    if max(image.width(), image.height()) > _MOST_PIXELS:
        image = image.scaled(
            _MOST_PIXELS,
            _MOST_PIXELS,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    if photo.box is not None:
        share = image.width() / whole
        x1, y1, x2, y2 = (side * share for side in photo.box)
        with QPainter(image) as painter:
            for colour, width in (("#FFFFFF", 9.0), (_MARK, 5.0)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawRect(QRectF(x1, y1, x2 - x1, y2 - y1))
    return image
