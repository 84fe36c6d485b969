"""Photos for paper: read at the size in which they are needed, which is several times quicker than whole."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QImageReader

from toolroom_desktop.printing.report_layout import DOTS

_PHOTO_DOTS = 150
"""Dots per inch of a photo on paper: more nobody sees, and it makes the file large."""
_MOST_PIXELS = 100_000_000


def loaded(content: bytes | None, room: QSizeF) -> QImage | None:
    """The photo to be shown in `room` (dots); None where there is none, or nothing that can be shown."""
    if content is None:
        return None
    bytes_ = QByteArray(content)
    buffer = QBuffer(bytes_)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if size.isValid():
        if size.width() * size.height() > _MOST_PIXELS:
            return None
        most = QSize(round(room.width() * _PHOTO_DOTS / DOTS), round(room.height() * _PHOTO_DOTS / DOTS))
        if size.width() > most.width() or size.height() > most.height():
            reader.setScaledSize(size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image.convertToFormat(QImage.Format.Format_RGB32)
