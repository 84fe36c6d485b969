"""How a frame is made into the model's input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.adapters.vision.pictures import as_pixels, blocks, noise
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.letterbox import FILL, Letterbox, fit

SIDES = st.integers(1, 5000)
INPUT_SIDES = st.integers(1, 40).map(lambda n: 32 * n)


@given(SIDES, SIDES, INPUT_SIDES, INPUT_SIDES)
def test_the_frame_always_fits_and_touches_two_edges(height: int, width: int, in_height: int, in_width: int) -> None:
    place = fit((height, width), (in_height, in_width))
    assert (place.height, place.width) == (in_height, in_width)
    assert 0 <= place.left <= place.left + place.inner_width <= in_width
    assert 0 <= place.top <= place.top + place.inner_height <= in_height
    assert place.inner_width == in_width or place.inner_height == in_height
    # The border is shared out evenly, the odd pixel going to the right and the bottom.
    right = in_width - place.left - place.inner_width
    bottom = in_height - place.top - place.inner_height
    assert right - place.left in (0, 1)
    assert bottom - place.top in (0, 1)


@given(SIDES, SIDES, INPUT_SIDES)
def test_a_free_input_is_the_smallest_rectangle_of_whole_strides(height: int, width: int, side: int) -> None:
    place = fit((height, width), (side, side), stride=32)
    assert place.height % 32 == place.width % 32 == 0
    assert 0 <= place.width - place.inner_width < 32
    assert 0 <= place.height - place.inner_height < 32


@pytest.mark.parametrize("size", [(96, 128), (300, 200), (37, 411), (1, 900)])
def test_the_input_is_the_division_by_255_bit_by_bit(size: tuple[int, int]) -> None:
    pixels = noise(*size)
    blob, place = Letterbox((96, 128), np.float32, None)(pixels)
    canvas = np.full((96, 128, 3), FILL, np.uint8)
    inner = pixels
    if size != (96, 128):
        size_inside = (place.inner_width, place.inner_height)
        inner = as_pixels(cv2.resize(pixels, size_inside, interpolation=cv2.INTER_LINEAR))
    canvas[place.top : place.top + place.inner_height, place.left : place.left + place.inner_width] = inner
    wanted = canvas[:, :, ::-1].transpose(2, 0, 1).astype(np.float32) / np.float32(255)
    assert blob.dtype == np.float32
    assert np.array_equal(blob[0], wanted)


def test_half_precision_is_rounded_from_the_exact_share() -> None:
    pixels = np.arange(256, dtype=np.uint8).reshape(1, 256, 1).repeat(32, 0).repeat(3, 2)
    blob, _ = Letterbox((32, 256), np.float16, None)(np.ascontiguousarray(pixels))
    assert blob.dtype == np.float16
    assert np.array_equal(blob[0, 0, 0], (np.arange(256) / 255).astype(np.float16))


def test_a_frame_is_never_written_to() -> None:
    pixels = blocks(64, 64)
    before = pixels.copy()
    pixels.flags.writeable = False
    Letterbox((64, 64), np.float32, None)(pixels)
    assert np.array_equal(pixels, before)
