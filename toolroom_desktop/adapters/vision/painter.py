"""The JPEG files that an operation keeps: the frame as it was, and the frame with the decision drawn in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.detection import Box
from toolroom_desktop.domain.inspection import Inspection, PositionState
from toolroom_desktop.services.vision_ports import Picture

QUALITY = 92
"""JPEG quality 0..100: no visible loss on a tool's edge, about 300 kB for a frame of 1280 x 720."""

Colour = tuple[int, int, int]
"""Blue, green, red."""

_WHITE: Colour = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Style:
    """How one state is drawn. The sign repeats what the colour says, for eyes and printers that see no colour."""

    colour: Colour
    sign: str


PRESENT = Style((96, 160, 32), "")
UNSURE = Style((0, 150, 230), "? ")
MISSING = Style((48, 48, 208), "− ")
EXTRA = Style((176, 48, 160), "+ ")

_STYLES = {
    PositionState.PRESENT: PRESENT,
    PositionState.UNSURE: UNSURE,
    PositionState.MISSING: MISSING,
}


class JpegPainter:
    """`EvidencePainter` with OpenCV's own TrueType text, which knows Cyrillic."""

    def __init__(self, font: Path | None = None) -> None:
        """`font` is a TrueType file; None takes the typeface that OpenCV carries, which has Latin and Cyrillic.

        Raises FileNotFoundError for a font that cannot be loaded.
        """
        self._font = cv2.FontFace("sans")
        if font is not None and not self._font.set(str(font)):
            raise FileNotFoundError(font)
        self._lock = Lock()  # the typeface keeps drawn letters and is not made for two threads

    def clean(self, picture: Picture) -> bytes:
        """The frame as it was, as JPEG bytes."""
        return _jpeg(picture.pixels)

    def annotated(self, picture: Picture, inspection: Inspection, names: dict[str, str]) -> bytes:
        """The frame with boxes, short names and states drawn in, as JPEG bytes.

        What has no place in the frame (missing tools) is listed at the lower left. `names` are by tool class; a
        class without a name is shown by its own.
        """
        with self._lock:
            return _jpeg(self._drawn(picture, inspection, names))

    def _drawn(self, picture: Picture, inspection: Inspection, names: dict[str, str]) -> NDArray[np.uint8]:
        canvas = picture.pixels.copy()
        scale_x = picture.width / inspection.width if inspection.width else 1.0
        scale_y = picture.height / inspection.height if inspection.height else 1.0
        listed: list[tuple[Style, str]] = []
        for position in inspection.positions:
            style = _STYLES[position.state]
            name = names.get(position.tool_class, position.tool_class)
            if position.box is None:
                listed.append((style, style.sign + name))
            else:
                text = f"{style.sign}{name} {position.confidence:.0%}"
                self._draw_box(canvas, _scaled(position.box, scale_x, scale_y), style, text)
        for extra in inspection.extras:
            text = f"{EXTRA.sign}{names.get(extra.tool_class, extra.tool_class)} {extra.confidence:.0%}"
            self._draw_box(canvas, _scaled(extra.box, scale_x, scale_y), EXTRA, text)
        self._draw_list(canvas, listed)
        return canvas

    def _text_size(self, canvas: NDArray[np.uint8]) -> int:
        """Height of the letters in pixels, for the size of the frame."""
        return max(11, round(min(canvas.shape[:2]) / 42))

    def _draw_box(self, canvas: NDArray[np.uint8], box: Box, style: Style, text: str) -> None:
        size = self._text_size(canvas)
        corner, opposite = (round(box.x1), round(box.y1)), (round(box.x2), round(box.y2))
        cv2.rectangle(canvas, corner, opposite, style.colour, thickness=max(2, size // 7), lineType=cv2.LINE_AA)
        line = round(size * 1.5)
        # The name stands above its box, or inside where there is no room above.
        top = corner[1] - line if corner[1] >= line else corner[1]
        self._draw_label(canvas, (corner[0], top), style.colour, text)

    def _draw_list(self, canvas: NDArray[np.uint8], listed: list[tuple[Style, str]]) -> None:
        line = round(self._text_size(canvas) * 1.5)
        top = canvas.shape[0] - line * len(listed)
        for number, (style, text) in enumerate(listed):
            self._draw_label(canvas, (0, top + number * line), style.colour, text)

    def _draw_label(self, canvas: NDArray[np.uint8], corner: tuple[int, int], colour: Colour, text: str) -> None:
        size = self._text_size(canvas)
        line, margin = round(size * 1.5), size // 3
        height, width = canvas.shape[:2]
        _, _, text_width, _ = cv2.getTextSize((width, height), text, (0, 0), self._font, size, 400)
        left = max(0, min(corner[0], width - text_width - 2 * margin))
        cv2.rectangle(canvas, (left, corner[1]), (left + text_width + 2 * margin, corner[1] + line), colour, cv2.FILLED)
        cv2.putText(canvas, text, (left + margin, corner[1] + round(size * 1.15)), _WHITE, self._font, size, 400)


def _scaled(box: Box, scale_x: float, scale_y: float) -> Box:
    return Box(box.x1 * scale_x, box.y1 * scale_y, box.x2 * scale_x, box.y2 * scale_y)


def _jpeg(pixels: NDArray[np.uint8]) -> bytes:
    done, encoded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    if not done:
        raise RuntimeError("a frame could not be encoded as JPEG")
    return encoded.tobytes()
