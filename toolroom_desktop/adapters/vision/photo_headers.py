"""What a JPEG or PNG file says about itself, read from its bytes before any pixel is decoded.

Sources: ITU-T T.81 (JPEG markers), Exif 2.3 (orientation tag 0x0112), the PNG specification, 3rd edition (chunks).
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass, replace

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
JPEG_SIGNATURE = b"\xff\xd8\xff"

_FRAME_HEADERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # SOF0..SOF15 without DHT, JPG, DAC
_SCAN_END = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")  # a marker that is neither stuffing nor a restart
_MARKER = re.compile(rb"\xff+[^\x00\xff]")
_START_OF_SCAN, _END, _EXIF, _APP1 = 0xDA, 0xD9, b"Exif\x00\x00", 0xE1
_ORIENTATION, _SHORT = 0x0112, 3
_PNG_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by colour type
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # TEM, RST0..RST7, SOI: markers without a segment


class Truncated(ValueError):
    """The file ends before its end mark."""


class Damaged(ValueError):
    """The file contradicts itself."""


@dataclass(frozen=True, slots=True)
class PhotoHeader:
    """`width` and `height` in pixels before turning upright; `orientation` is Exif's 1..8, 1 where none is stated."""

    width: int
    height: int
    orientation: int = 1
    components: int = 3
    bits: int = 8
    alpha: bool = False


def exif_orientation(tiff: bytes) -> int:
    """The orientation 1..8 in a TIFF structure as Exif has it; 1 where it is missing or makes no sense.

    A photo with odd Exif data is still a photo, so nothing is refused here.
    """
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 1
    (start,) = struct.unpack_from(order + "I", tiff, 4)
    if start + 2 > len(tiff):
        return 1
    (count,) = struct.unpack_from(order + "H", tiff, start)
    for entry in range(start + 2, min(start + 2 + 12 * count, len(tiff) - 11), 12):
        tag, kind, _, value = struct.unpack_from(order + "HHIH", tiff, entry)
        if tag == _ORIENTATION:
            return value if kind == _SHORT and 1 <= value <= 8 else 1
    return 1


def jpeg_size(data: bytes) -> PhotoHeader:
    """The header of a JPEG file, read up to its first scan. Raises `Truncated` or `Damaged`."""
    size: tuple[int, int, int, int] | None = None
    orientation = 1
    at = 2
    while True:
        marker, at = _next_marker(data, at)
        if marker == _END:
            raise Damaged("no picture in the file")
        segment = _segment(data, at)
        if marker == _APP1 and segment.startswith(_EXIF):
            orientation = exif_orientation(segment[len(_EXIF) :])
        elif marker in _FRAME_HEADERS:
            if len(segment) < 6:
                raise Damaged("short frame header")
            bits, height, width, components = struct.unpack_from(">BHHB", segment)
            size = (width, height, components, bits)
        elif marker == _START_OF_SCAN:
            if size is None or not size[0] or not size[1]:
                raise Damaged("no size before the picture")
            return PhotoHeader(size[0], size[1], orientation, components=size[2], bits=size[3])
        at += 2 + len(segment)


def check_jpeg_end(data: bytes) -> None:
    """Raises `Truncated` when a JPEG file stops before its end mark. What follows the mark does not matter."""
    at = 2
    while True:
        marker, at = _next_marker(data, at)
        if marker == _END:
            return
        at += 2 + len(_segment(data, at))
        if marker == _START_OF_SCAN:
            scan_end = _SCAN_END.search(data, at)
            if scan_end is None:
                raise Truncated("inside the picture")
            at = scan_end.start()


def _next_marker(data: bytes, at: int) -> tuple[int, int]:
    """The next marker that has a segment, or the end mark, and where its segment begins.

    Bytes between segments are skipped, as every decoder does.
    """
    while True:
        found = _MARKER.search(data, at)
        if found is None:
            raise Truncated("before a marker")
        marker, at = data[found.end() - 1], found.end()
        if marker not in _STANDALONE:
            return marker, at


def _segment(data: bytes, at: int) -> bytes:
    """The content of the segment whose length field is at `at`."""
    if at + 2 > len(data):
        raise Truncated("before a length")
    (length,) = struct.unpack_from(">H", data, at)
    if length < 2:
        raise Damaged("impossible length")
    if at + length > len(data):
        raise Truncated("inside a segment")
    return data[at + 2 : at + length]


def png_size(data: bytes) -> PhotoHeader:
    """The first chunk of a PNG file. Raises `Truncated` or `Damaged`."""
    start = len(PNG_SIGNATURE)
    if len(data) < start + 25:
        raise Truncated("inside the header")
    length, kind = struct.unpack_from(">I4s", data, start)
    width, height, bits, colour = struct.unpack_from(">IIBB", data, start + 8)
    if kind != b"IHDR" or length != 13 or not width or not height or colour not in _PNG_CHANNELS:
        raise Damaged("no header")
    return PhotoHeader(width, height, components=_PNG_CHANNELS[colour], bits=bits, alpha=colour in (4, 6))


def check_png(data: bytes, header: PhotoHeader) -> PhotoHeader:
    """Check every chunk with its sum, and the end mark; returns the header with what the other chunks say.

    Raises `Truncated` or `Damaged`.
    """
    at = len(PNG_SIGNATURE)
    orientation, alpha = 1, header.alpha
    while True:
        if at + 12 > len(data):
            raise Truncated("before a chunk")
        length, kind = struct.unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            raise Truncated("inside a chunk")
        content = data[at + 8 : at + 8 + length]
        (stated,) = struct.unpack_from(">I", data, at + 8 + length)
        if zlib.crc32(content, zlib.crc32(kind)) != stated:
            raise Damaged("a chunk with a wrong sum")
        at += 12 + length
        if kind == b"tRNS":
            alpha = True
        elif kind == b"eXIf":
            orientation = exif_orientation(content)
        elif kind == b"IEND":
            return replace(header, orientation=orientation, alpha=alpha)
