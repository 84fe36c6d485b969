"""Pictures and files made from numbers, for the tests of the vision edge."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2

PROJECT = Path(__file__).resolve().parents[4]
DATA = PROJECT / "tests" / "data" / "vision"

Pixels = NDArray[np.uint8]


def as_pixels(numbers: NDArray[Any]) -> Pixels:
    """Numbers 0..255 of any kind as 8-bit pixels."""
    return numbers.astype(np.uint8)


def blocks(height: int, width: int) -> Pixels:
    """A picture of coloured blocks, the same on every machine (also in tests/data/vision/make_reference.py)."""
    across, down = np.arange(width) // 11, np.arange(height)[:, None] // 7
    planes = [(across * 37 + down * (51 + 20 * c) + across * down * (7 + c)) % 256 for c in range(3)]
    return as_pixels(np.stack(planes, 2))


def noise(height: int, width: int, seed: int = 3) -> Pixels:
    """A picture of random pixels."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk of a PNG file."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, rows: bytes, *, bits: int = 8, colour: int = 2, more: bytes = b"") -> bytes:
    """A PNG file; `rows` are its unpacked rows without filter bytes, `more` are chunks before the picture."""
    stride = len(rows) // height
    filtered = b"".join(b"\0" + rows[i * stride : (i + 1) * stride] for i in range(height))
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + more
        + chunk(b"IDAT", zlib.compress(filtered))
        + chunk(b"IEND", b"")
    )


def jpeg(pixels: Pixels, *, progressive: bool = False) -> bytes:
    """A JPEG file with hardly any loss."""
    options = [cv2.IMWRITE_JPEG_QUALITY, 98, cv2.IMWRITE_JPEG_PROGRESSIVE, int(progressive)]
    done, encoded = cv2.imencode(".jpg", pixels, options)
    assert done
    return encoded.tobytes()


def exif(orientation: int, order: str = "<") -> bytes:
    """A TIFF structure with nothing but an orientation."""
    mark = b"II" if order == "<" else b"MM"
    entry = struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    return mark + struct.pack(order + "HIH", 42, 8, 1) + entry + b"\0\0\0\0"


def with_exif(jpeg_file: bytes, orientation: int, order: str = "<") -> bytes:
    """A JPEG file with an orientation put in behind its first mark."""
    segment = b"Exif\0\0" + exif(orientation, order)
    return jpeg_file[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + jpeg_file[2:]
