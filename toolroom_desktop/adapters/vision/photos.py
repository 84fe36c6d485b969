"""Reads a photo file that may come from anywhere: JPEG and PNG only, checked before a pixel is decoded."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.photo_headers import (
    JPEG_SIGNATURE,
    PNG_SIGNATURE,
    Damaged,
    PhotoHeader,
    Truncated,
    check_jpeg_end,
    check_png,
    jpeg_size,
    png_size,
)
from toolroom_desktop.domain.errors import BadPhoto
from toolroom_desktop.services.vision_ports import Picture

LARGEST_FILE = 64 << 20
"""Bytes."""
LONGEST_SIDE = 12_000
"""Pixels."""
MOST_PIXELS = 80_000_000

_BEHIND_GLASS = 114
"""Grey value behind transparent parts: nothing lies there, as in the border of the model's input."""
_CMYK_COMPONENTS = 4


def turned_upright(pixels: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """The pixels as the Exif orientation 1..8 wants them shown, in memory of their own."""
    turned = pixels
    if orientation in (5, 6, 7, 8):
        turned = turned.transpose(1, 0, 2)
    if orientation in (3, 4, 7, 8):
        turned = turned[::-1]
    if orientation in (2, 3, 6, 7):
        turned = turned[:, ::-1]
    return np.ascontiguousarray(turned)


class FilePhotoReader:
    """`PhotoReader` on files."""

    def read(self, path: Path) -> Picture:
        """The photo, upright, as 8-bit BGR.

        Raises `BadPhoto`: photo.missing, photo.is_a_folder, photo.not_permitted, photo.not_readable, photo.empty,
        photo.file_too_large, photo.not_an_image, photo.too_many_pixels, photo.truncated, photo.damaged or photo.cmyk.
        """
        content = _content(path)
        try:
            header = _checked_header(content, path)
        except Truncated as error:
            raise BadPhoto("photo.truncated", path=str(path)) from error
        except Damaged as error:
            raise BadPhoto("photo.damaged", path=str(path)) from error
        return Picture(_decoded(content, header, path))


def _content(path: Path) -> bytes:
    try:
        # A pipe or a device would block on opening, so that the kind is asked first.
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            raise BadPhoto("photo.is_a_folder", path=str(path))
        if not stat.S_ISREG(kind):
            raise BadPhoto("photo.not_an_image", path=str(path))
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise BadPhoto("photo.missing", path=str(path)) from error
    except PermissionError as error:
        raise BadPhoto("photo.not_permitted", path=str(path)) from error
    except OSError as error:
        raise BadPhoto("photo.not_readable", path=str(path), reason=error.strerror or str(error)) from error
    if not content:
        raise BadPhoto("photo.empty", path=str(path))
    if len(content) > LARGEST_FILE:
        raise BadPhoto("photo.file_too_large", path=str(path), most_mib=LARGEST_FILE >> 20)
    return content


def _checked_header(content: bytes, path: Path) -> PhotoHeader:
    is_png = content.startswith(PNG_SIGNATURE)
    if not is_png and not content.startswith(JPEG_SIGNATURE):
        raise BadPhoto("photo.not_an_image", path=str(path))
    header = png_size(content) if is_png else jpeg_size(content)
    if max(header.width, header.height) > LONGEST_SIDE or header.width * header.height > MOST_PIXELS:
        raise BadPhoto(
            "photo.too_many_pixels",
            path=str(path),
            width=header.width,
            height=header.height,
            longest=LONGEST_SIDE,
            most_megapixels=MOST_PIXELS // 1_000_000,
        )
    if is_png:
        return check_png(content, header)
    if header.components == _CMYK_COMPONENTS:
        # A camera never writes CMYK, and without its colour profile nobody knows which colours were meant.
        raise BadPhoto("photo.cmyk", path=str(path))
    check_jpeg_end(content)
    return header


def _decoded(content: bytes, header: PhotoHeader, path: Path) -> NDArray[np.uint8]:
    # The orientation is applied here, once: what OpenCV applies by itself differs between formats and versions.
    flags = cv2.IMREAD_IGNORE_ORIENTATION | cv2.IMREAD_ANYDEPTH | cv2.IMREAD_COLOR
    if header.alpha:
        flags = cv2.IMREAD_UNCHANGED
    try:
        pixels = cv2.imdecode(np.frombuffer(content, np.uint8), flags)
    except cv2.error as error:
        raise BadPhoto("photo.damaged", path=str(path)) from error
    if pixels is None or pixels.shape[:2] != (header.height, header.width):
        raise BadPhoto("photo.damaged", path=str(path))
    if pixels.dtype == np.uint16:
        pixels = cv2.convertScaleAbs(pixels, alpha=1 / 257)
    if pixels.ndim == 2:
        pixels = cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR)
    if pixels.shape[2] == 4:
        pixels = _on_grey(pixels)
    return turned_upright(pixels.astype(np.uint8, copy=False), header.orientation)


def _on_grey(pixels: NDArray[np.integer[Any] | np.floating[Any]]) -> NDArray[np.uint8]:
    """BGRA over plain grey: what is transparent must not show whatever colour lies hidden there."""
    opaque = pixels[:, :, 3:].astype(np.float32) / np.float32(255)
    mixed = pixels[:, :, :3] * opaque + _BEHIND_GLASS * (1 - opaque)
    result: NDArray[np.uint8] = np.rint(mixed).astype(np.uint8)
    return result
