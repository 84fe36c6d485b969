"""The pictures of the setup file, drawn from the drawing that the windows use: the icon and a side picture."""

from __future__ import annotations

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""Pixels; 20 and 40 are the small icons at 125 % and 250 %."""
SIDE = (328, 628)
"""Pixels of the picture beside the first and the last page: what the setup asks for, at 200 %."""
_SIDE_COLOUR = QColor("#22313D")
"""The ground of the drawing."""
_HEADER, _ENTRY = struct.Struct("<HHH"), struct.Struct("<BBBBHHII")


def write_icon(drawing: Path, target: Path) -> None:
    """Write `drawing` (SVG) as an ICO file whose pictures are PNG, which Windows reads since Vista."""
    pictures = [_png(drawing, size) for size in SIZES]
    offset = _HEADER.size + _ENTRY.size * len(pictures)
    entries = b""
    for size, picture in zip(SIZES, pictures, strict=True):
        side = size % 256  # 0 stands for 256
        entries += _ENTRY.pack(side, side, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    target.write_bytes(_HEADER.pack(0, 1, len(pictures)) + entries + b"".join(pictures))


def write_side_picture(drawing: Path, target: Path) -> None:
    """Write `drawing` (SVG) on a ground of its own colour, as a BMP file. Raises `OSError`."""
    width, height = SIDE
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(_SIDE_COLOUR)
    painter = QPainter(image)
    side = width / 2
    QSvgRenderer(QByteArray(drawing.read_bytes())).render(painter, QRectF(side / 2, side / 2, side, side))
    painter.end()
    if not QImageWriter(str(target), QByteArray(b"BMP")).write(image):
        raise OSError(f"{target} could not be written")


def _png(drawing: Path, size: int) -> bytes:
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawing.read_bytes())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(content.data())
