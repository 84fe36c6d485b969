"""The pictures that an operation keeps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.unit.adapters.vision.pictures import Pixels, blocks
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.painter import EXTRA, MISSING, PRESENT, UNSURE, JpegPainter, Style
from toolroom_desktop.domain.detection import Box, Detection, FrameResult
from toolroom_desktop.domain.inspection import Inspection, inspect
from toolroom_desktop.domain.thresholds import ModelKnowledge, Thresholds
from toolroom_desktop.services.vision_ports import Picture

NAMES = {"brace": "Коловорот", "pliers": "Пассатижи", "wrench": "Разводной ключ", "file": "Напильник"}
GREY = 90


def table(height: int = 400, width: int = 600) -> Picture:
    return Picture(np.full((height, width, 3), GREY, np.uint8))


def decision() -> Inspection:
    seen = (
        Detection("brace", 0.9, Box(50, 60, 150, 200)),
        Detection("pliers", 0.3, Box(250, 60, 350, 200)),
        Detection("file", 0.9, Box(450, 60, 550, 200)),
    )
    expected = {"brace": 1, "pliers": 1, "wrench": 1}
    model = ModelKnowledge("m", "0", frozenset(NAMES))
    return inspect(expected, [FrameResult(seen, 600, 400)], Thresholds(), model)


def decoded(content: bytes) -> Pixels:
    pixels = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None
    return pixels.astype(np.uint8)


def shows(pixels: Pixels, style: Style, region: tuple[slice, slice]) -> bool:
    """Whether the colour of a style is in that region, allowing for the losses of JPEG."""
    distance = np.abs(pixels[region].astype(int) - np.array(style.colour)).max(axis=2)
    return bool((distance < 30).sum() > 20)


WHOLE = (slice(None), slice(None))


def test_the_clean_picture_is_the_frame_nearly_without_loss() -> None:
    engraved = blocks(200, 300)[:, :, :1].repeat(3, 2)  # grey: JPEG keeps colours at half the resolution
    seen = decoded(JpegPainter().clean(Picture(engraved)))
    assert np.abs(seen.astype(int) - engraved).mean() < 3


def test_each_state_has_its_colour_where_its_box_is() -> None:
    seen = decoded(JpegPainter().annotated(table(), decision(), NAMES))
    upper = slice(0, 220)
    assert shows(seen, PRESENT, (upper, slice(40, 160)))
    assert shows(seen, UNSURE, (upper, slice(240, 360)))
    assert shows(seen, EXTRA, (upper, slice(440, 600)))
    assert not shows(seen, PRESENT, (upper, slice(240, 600)))
    # what is missing has no place, so that it is listed below
    assert shows(seen, MISSING, (slice(350, 400), slice(0, 300)))
    assert not shows(seen, MISSING, (upper, slice(None)))


def test_boxes_follow_a_picture_of_another_size_than_the_decision() -> None:
    seen = decoded(JpegPainter().annotated(table(800, 1200), decision(), NAMES))
    assert shows(seen, PRESENT, (slice(380, 420), slice(90, 310)))
    assert not shows(seen, PRESENT, (slice(380, 420), slice(0, 90)))
    assert not shows(seen, PRESENT, (slice(190, 210), slice(110, 290)))


def test_the_frame_itself_stays_as_it_was() -> None:
    picture = table()
    picture.pixels.flags.writeable = False
    JpegPainter().annotated(picture, decision(), NAMES)
    assert (picture.pixels == GREY).all()


def drawn_text(name: str) -> Pixels:
    inspection = inspect(
        {"wrench": 1}, [FrameResult((), 600, 400)], Thresholds(), ModelKnowledge("m", "0", frozenset())
    )
    return decoded(JpegPainter().annotated(table(), inspection, {"wrench": name}))


@pytest.mark.core
def test_cyrillic_names_are_drawn_as_letters_not_as_question_marks() -> None:
    pictures = [drawn_text(name) for name in ("Ж", "Щ", "«", "¾", "−", "?")]
    for index, one in enumerate(pictures):
        for other in pictures[index + 1 :]:
            assert np.abs(one.astype(int) - other).max() > 60


def test_a_font_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        JpegPainter(tmp_path / "нет.ttf")
