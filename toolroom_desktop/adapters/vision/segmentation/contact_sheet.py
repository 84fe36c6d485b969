"""A sheet of cut-outs on a loud ground, where an eye sees at once what is missing and what is too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2

_CELL: Final = 200
"""Pixels."""
_CAPTION: Final = 14
_COLUMNS: Final = 8
_ROWS: Final = 12
_GROUND: Final = (255, 0, 255)


def _cell(pixels: NDArray[np.uint8], caption: str) -> NDArray[np.uint8]:
    cell = np.empty((_CELL + _CAPTION, _CELL, 3), np.uint8)
    cell[:] = _GROUND
    cell[_CELL:] = 0
    height, width = pixels.shape[:2]
    scale = min(_CELL / height, _CELL / width)
    size = (max(1, int(width * scale)), max(1, int(height * scale)))
    opaque = pixels[..., 3:].astype(np.float32) / 255
    shown = pixels[..., :3] * opaque + np.array(_GROUND, np.float32) * (1 - opaque)
    small = cv2.resize(shown.astype(np.uint8), size, interpolation=cv2.INTER_AREA)
    cell[: size[1], : size[0]] = small
    # The letters that OpenCV can draw are ASCII only.
    text = caption.encode("ascii", "replace").decode()
    cv2.putText(cell, text[-30:], (2, _CELL + 10), cv2.FONT_HERSHEY_SIMPLEX, 0.35, (255, 255, 255), 1)
    return cell


def contact_sheets(things: Iterable[tuple[NDArray[np.uint8], str]]) -> Iterator[bytes]:
    """JPEG files with up to 96 cut-outs each, from (height, width, 4) BGRA pictures and their captions."""
    cells: list[NDArray[np.uint8]] = []
    for pixels, caption in things:
        cells.append(_cell(pixels, caption))
        if len(cells) == _COLUMNS * _ROWS:
            yield _sheet(cells)
            cells = []
    if cells:
        yield _sheet(cells)


def _sheet(cells: list[NDArray[np.uint8]]) -> bytes:
    blank = np.zeros_like(cells[0])
    padded = cells + [blank] * (-len(cells) % _COLUMNS)
    rows = [np.hstack(padded[start : start + _COLUMNS]) for start in range(0, len(padded), _COLUMNS)]
    _, content = cv2.imencode(".jpg", np.vstack(rows), [cv2.IMWRITE_JPEG_QUALITY, 88])
    return content.tobytes()
