"""Sheets of labels on whatever can be painted on, in the size that they have: never fitted to a page."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPainterPath,
    QPdfWriter,
    QPen,
)

from toolroom_desktop.domain.labels import CutMarks, Label, LabelFormat, LabelOptions, LabelSheet
from toolroom_desktop.printing.application import need_application
from toolroom_desktop.printing.labels.layout import UNITS, LaidLabel, alignment, label_font, lay_label
from toolroom_desktop.printing.labels.unscaled import without_scaling
from toolroom_desktop.services.watching import Watch, unwatched

_DOTS_PER_INCH = 1200
_MM_PER_INCH = 25.4
_INK = QColor(Qt.GlobalColor.black)
_CUT = QColor("#9AA5AE")
_CUT_WIDTH = 0.1
_TICK = 3.0

_laid = lru_cache(maxsize=256)(lay_label)


def page_layout(format_: LabelFormat) -> QPageLayout:
    """The paper of that format, to be painted on from edge to edge."""
    size = QPageSize(QSizeF(*format_.page), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


class LabelPaper:
    """Fulfils `services.labels.LabelPrinter`."""

    def check(self, sheet: LabelSheet, watch: Watch = unwatched) -> None:
        """Raise `BadInput` for the first label that the format does not hold."""
        need_application()
        for number, label in enumerate(sheet.labels):
            watch(number, len(sheet.labels))
            _laid(label, sheet.options)

    def pdf(self, sheet: LabelSheet, watch: Watch = unwatched) -> bytes:
        """The labels as a PDF file whose reader is told not to scale them. Raises what `check` raises."""
        need_application()
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(_DOTS_PER_INCH)
        writer.setPageLayout(page_layout(sheet.options.format))
        writer.setTitle(sheet.title)
        writer.setCreator("Toolroom Desktop")
        paint_pages(sheet, writer, _DOTS_PER_INCH, watch)
        buffer.close()
        return without_scaling(cast("bytes", content.data()))


def paint_pages(sheet: LabelSheet, device: QPagedPaintDevice, dots_per_inch: float, watch: Watch = unwatched) -> None:
    """Paint every page on a device whose paper `page_layout` set; nothing at all where a label does not fit."""
    LabelPaper().check(sheet, watch)
    painter = QPainter(device)
    try:
        for number in range(sheet.pages):
            watch(number, sheet.pages)
            if number:
                device.newPage()
            _paint_page(painter, sheet, number, dots_per_inch)
    finally:
        painter.end()


def page_image(sheet: LabelSheet, number: int, dots_per_inch: float) -> QImage:
    """One page, counted from 0, as it looks on white paper. Raises what `LabelPaper.check` raises for its labels."""
    need_application()
    for _, _, label in sheet.page(number):
        _laid(label, sheet.options)
    width, height = sheet.options.format.page
    dots = dots_per_inch / _MM_PER_INCH
    image = QImage(round(width * dots), round(height * dots), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_page(painter, sheet, number, dots_per_inch)
    finally:
        painter.end()
    return image


def _paint_page(painter: QPainter, sheet: LabelSheet, number: int, dots_per_inch: float) -> None:
    painter.save()
    scale = dots_per_inch / _MM_PER_INCH / UNITS
    painter.scale(scale, scale)
    for left, top, label in sheet.page(number):
        painter.save()
        painter.translate(left * UNITS, top * UNITS)
        _paint_label(painter, label, sheet.options)
        painter.restore()
    if sheet.options.marks is CutMarks.CORNERS:
        _paint_marks(painter, sheet.options.format)
    painter.restore()


def _paint_label(painter: QPainter, label: Label, options: LabelOptions) -> None:
    laid: LaidLabel = _laid(label, options)
    if options.marks is CutMarks.FRAME:
        painter.setPen(QPen(_CUT, _CUT_WIDTH * UNITS))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(0, 0, options.format.width * UNITS, options.format.height * UNITS))
    # One path and not many rectangles: no hairlines of light between dark modules that touch.
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for row, column, length in laid.modules.runs():
        path.addRect(
            QRectF(
                (laid.corner[0] + column * laid.module) * UNITS,
                (laid.corner[1] + row * laid.module) * UNITS,
                length * laid.module * UNITS,
                laid.bar_height * UNITS,
            )
        )
    painter.fillPath(path, _INK)
    painter.setPen(_INK)
    for line in laid.rows:
        painter.setFont(label_font(line.size, bold=line.bold))
        left, top, width, height = (side * UNITS for side in line.place)
        painter.drawText(QRectF(left, top, width, height), int(alignment(line) | Qt.TextFlag.TextDontClip), line.text)


def _paint_marks(painter: QPainter, format_: LabelFormat) -> None:
    """Ticks outside the labels, at every line to cut along."""
    painter.setPen(QPen(_CUT, _CUT_WIDTH * UNITS))
    right = format_.left + (format_.columns - 1) * format_.across + format_.width
    bottom = format_.top + (format_.rows - 1) * format_.down + format_.height
    upright = {format_.left + n * format_.across + side for n in range(format_.columns) for side in (0, format_.width)}
    level = {format_.top + n * format_.down + side for n in range(format_.rows) for side in (0, format_.height)}
    lines = [QLineF(x, end, x, end + way * _TICK) for x in upright for end, way in ((format_.top, -1), (bottom, 1))]
    lines += [QLineF(end, y, end + way * _TICK, y) for y in level for end, way in ((format_.left, -1), (right, 1))]
    painter.drawLines([QLineF(one.p1() * UNITS, one.p2() * UNITS) for one in lines])
