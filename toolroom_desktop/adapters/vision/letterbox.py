"""A frame made into the model's input, with the geometry that leads back.

The arithmetic is that of ultralytics 8.4 (`data/augment.py` LetterBox and `engine/predictor.py` preprocess), so that
results can be compared box by box.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2

FILL = 114
"""Grey value of the border."""

Blob = NDArray[np.floating[Any]]
"""The model's input: (1, 3, height, width), RGB, 0..1."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a frame of `frame_width` x `frame_height` lies in the model's input. All in pixels.

    The frame is scaled to `inner_width` x `inner_height` and put at (`left`, `top`) of `width` x `height`.
    """

    frame_width: int
    frame_height: int
    width: int
    height: int
    inner_width: int
    inner_height: int
    left: int
    top: int

    @property
    def gain_x(self) -> float:
        """Input pixels per frame pixel, horizontally."""
        return self.inner_width / self.frame_width

    @property
    def gain_y(self) -> float:
        """Input pixels per frame pixel, vertically."""
        return self.inner_height / self.frame_height


def fit(frame_size: tuple[int, int], input_size: tuple[int, int], stride: int | None = None) -> Fit:
    """The place of a frame in an input; both sizes are (height, width) in pixels.

    With a `stride` the input is free to shrink to the smallest rectangle that is a multiple of it, as ultralytics
    does for dynamic exports; without one the input is exactly `input_size`.
    """
    frame_height, frame_width = frame_size
    height, width = input_size
    ratio = min(height / frame_height, width / frame_width)
    inner_width, inner_height = max(round(frame_width * ratio), 1), max(round(frame_height * ratio), 1)
    spare_x, spare_y = width - inner_width, height - inner_height
    if stride is not None:
        spare_x, spare_y = spare_x % stride, spare_y % stride
    return Fit(
        frame_width=frame_width,
        frame_height=frame_height,
        width=inner_width + spare_x,
        height=inner_height + spare_y,
        inner_width=inner_width,
        inner_height=inner_height,
        left=round(spare_x / 2 - 0.1),
        top=round(spare_y / 2 - 0.1),
    )


class Letterbox:
    """Fills the model's input from frames, in buffers that are kept from frame to frame.

    Not safe for two threads at once; the returned blob is overwritten by the next call.
    """

    def __init__(self, input_size: tuple[int, int], dtype: type[np.float32] | type[np.float16], stride: int | None):
        self._input_size = input_size
        self._dtype = dtype
        self._stride = stride
        self._fit: Fit | None = None
        self._canvas = np.empty((0, 0, 3), np.uint8)
        self._planes = np.empty((3, 0, 0), np.uint8)
        self._blob: Blob = np.empty((1, 3, 0, 0), dtype)

    def _prepare(self, place: Fit) -> None:
        if self._fit is None or (self._fit.height, self._fit.width) != (place.height, place.width):
            self._canvas = np.empty((place.height, place.width, 3), np.uint8)
            self._planes = np.empty((3, place.height, place.width), np.uint8)
            self._blob = np.empty((1, 3, place.height, place.width), self._dtype)
        self._canvas.fill(FILL)
        self._fit = place

    def __call__(self, pixels: NDArray[np.uint8]) -> tuple[Blob, Fit]:
        """The input (1, 3, height, width), RGB, 0..1, of a frame (height, width, 3) in BGR, and how it was made."""
        place = fit((pixels.shape[0], pixels.shape[1]), self._input_size, self._stride)
        if place != self._fit:
            self._prepare(place)
        inner = self._canvas[place.top : place.top + place.inner_height, place.left : place.left + place.inner_width]
        if (place.inner_height, place.inner_width) == (place.frame_height, place.frame_width):
            np.copyto(inner, pixels)
        else:
            cv2.resize(pixels, (place.inner_width, place.inner_height), dst=inner, interpolation=cv2.INTER_LINEAR)
        # The planes in reverse order make RGB of BGR while splitting: one pass over the bytes.
        cv2.split(self._canvas, [self._planes[2], self._planes[1], self._planes[0]])
        # A true division, as ultralytics does; multiplying by 1/255 differs in the last bit.
        np.divide(self._planes, self._dtype(255), out=self._blob[0])
        return self._blob, place
