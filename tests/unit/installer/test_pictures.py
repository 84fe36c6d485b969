"""The icon in all its sizes, and the picture beside the setup's first page."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from installer.icon import SIDE, SIZES, write_icon, write_side_picture
from installer.places import DRAWING


def test_the_icon_holds_the_drawing_in_every_size_that_windows_asks_for(tmp_path: Path) -> None:
    target = tmp_path / "toolroom.ico"
    write_icon(DRAWING, target)
    content = target.read_bytes()
    reserved, kind, count = struct.unpack_from("<HHH", content)
    assert (reserved, kind, count) == (0, 1, len(SIZES))
    end = 6 + 16 * count
    for number, size in enumerate(SIZES):
        width, height, _, _, _, bits, length, offset = struct.unpack_from("<BBBBHHII", content, 6 + 16 * number)
        assert (width, height, bits) == (size % 256, size % 256, 32)
        assert offset == end
        end += length
        picture = QImage.fromData(content[offset:end])
        assert (picture.width(), picture.height()) == (size, size)
        assert picture.pixelColor(0, 0).alpha() == 0  # the corners are round
        assert picture.pixelColor(size // 2, size // 2).alpha() == 255
    assert end == len(content)


def test_the_side_picture_is_drawn_on_one_colour(tmp_path: Path) -> None:
    target = tmp_path / "side.bmp"
    write_side_picture(DRAWING, target)
    assert target.read_bytes()[:2] == b"BM"
    picture = QImage(str(target))
    assert (picture.width(), picture.height()) == SIDE
    colours = {picture.pixelColor(x, y).name() for x in range(0, SIDE[0], 4) for y in range(0, SIDE[1], 4)}
    assert picture.pixelColor(0, 0) == picture.pixelColor(SIDE[0] - 1, SIDE[1] - 1)
    assert "#ffffff" in colours  # the case and its mark


def test_a_place_that_takes_no_picture_is_said(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        write_side_picture(DRAWING, tmp_path / "nowhere" / "side.bmp")
