"""Any file may be handed over as a photo; each unusable one is refused for its own reason."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.adapters.vision.pictures import Pixels, as_pixels, blocks, chunk, exif, jpeg, noise, png, with_exif
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision import photos
from toolroom_desktop.adapters.vision.photo_headers import exif_orientation
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.domain.errors import BadPhoto


def read(tmp_path: Path, content: bytes, name: str = "снимок №1.jpg") -> Pixels:
    path = tmp_path / name
    path.write_bytes(content)
    return FilePhotoReader().read(path).pixels


def refusal(path: Path) -> str:
    with pytest.raises(BadPhoto) as caught:
        FilePhotoReader().read(path)
    assert caught.value.details["path"] == str(path)
    return caught.value.code


def refusal_of(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "снимок.jpg"
    path.write_bytes(content)
    return refusal(path)


# --- what is read ---


def test_a_png_comes_back_pixel_by_pixel_from_a_cyrillic_path(tmp_path: Path) -> None:
    pixels = noise(20, 31)
    content = png(31, 20, pixels[:, :, ::-1].tobytes())
    assert np.array_equal(read(tmp_path, content, "снимок «−».png"), pixels)


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_comes_back_nearly_as_it_was(tmp_path: Path, progressive: bool) -> None:
    pixels = as_pixels(cv2.GaussianBlur(blocks(120, 90), (0, 0), 3))
    seen = read(tmp_path, jpeg(pixels, progressive=progressive))
    assert seen.shape == (120, 90, 3)
    assert np.abs(seen.astype(int) - pixels).mean() < 3


def test_what_follows_the_end_of_a_jpeg_does_not_matter(tmp_path: Path) -> None:
    whole = jpeg(blocks(40, 50))
    assert np.array_equal(read(tmp_path, whole + b"a phone's own data"), read(tmp_path, whole))


def test_a_thumbnail_inside_the_file_is_not_taken_for_its_end(tmp_path: Path) -> None:
    thumbnail = b"thumb" + jpeg(blocks(8, 8))
    segment = b"\xff\xe2" + struct.pack(">H", len(thumbnail) + 2) + thumbnail
    whole = jpeg(blocks(40, 50))
    assert read(tmp_path, whole[:2] + segment + whole[2:]).shape == (40, 50, 3)
    assert refusal_of(tmp_path, whole[:2] + segment + whole[2:-2]) == "photo.truncated"


def test_sixteen_bits_are_scaled_to_eight(tmp_path: Path) -> None:
    values = [0, 128, 129, 257, 32_896, 65_406, 65_535]
    content = png(7, 1, struct.pack(">7H", *values), bits=16, colour=0)
    assert read(tmp_path, content)[0, :, 0].tolist() == [round(v / 257) for v in values]


def test_grey_pictures_become_three_equal_planes(tmp_path: Path) -> None:
    seen = read(tmp_path, png(3, 1, bytes([0, 90, 255]), colour=0))
    assert seen[0].tolist() == [[0] * 3, [90] * 3, [255] * 3]
    grey_jpeg = read(tmp_path, jpeg(np.full((16, 16), 90, np.uint8)))
    assert grey_jpeg.shape == (16, 16, 3)


def test_what_hides_behind_transparency_is_not_seen(tmp_path: Path) -> None:
    rgba = bytes([250, 10, 20, 0, 250, 10, 20, 255])
    assert read(tmp_path, png(2, 1, rgba, colour=6))[0].tolist() == [[114, 114, 114], [20, 10, 250]]


def test_transparency_of_sixteen_bits_and_of_palettes_counts_too(tmp_path: Path) -> None:
    deep = struct.pack(">4H", 65_535, 0, 65_535, 65_535)
    assert read(tmp_path, png(2, 1, deep, bits=16, colour=4))[0].tolist() == [[114] * 3, [255] * 3]
    palette = chunk(b"PLTE", bytes([255, 0, 0, 0, 0, 255])) + chunk(b"tRNS", bytes([0]))
    assert read(tmp_path, png(2, 1, bytes([0, 1]), colour=3, more=palette))[0].tolist() == [[114] * 3, [255, 0, 0]]


ARROW = np.array([[1, 2, 3], [4, 5, 6]], np.uint8)
UPRIGHT = {
    1: [[1, 2, 3], [4, 5, 6]],
    2: [[3, 2, 1], [6, 5, 4]],
    3: [[6, 5, 4], [3, 2, 1]],
    4: [[4, 5, 6], [1, 2, 3]],
    5: [[1, 4], [2, 5], [3, 6]],
    6: [[4, 1], [5, 2], [6, 3]],
    7: [[6, 3], [5, 2], [4, 1]],
    8: [[3, 6], [2, 5], [1, 4]],
}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_of_a_png_is_applied_exactly_once(tmp_path: Path, orientation: int) -> None:
    content = png(3, 2, (ARROW * 40).tobytes(), colour=0, more=chunk(b"eXIf", exif(orientation)))
    assert (read(tmp_path, content)[:, :, 0] // 40).tolist() == UPRIGHT[orientation]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_of_a_jpeg_is_applied_exactly_once(tmp_path: Path, orientation: int, order: str) -> None:
    tiles = np.kron(ARROW * 40, np.ones((16, 16), np.uint8))
    content = with_exif(jpeg(as_pixels(tiles[:, :, None].repeat(3, 2))), orientation, order)
    seen = read(tmp_path, content)[8::16, 8::16, 0]
    assert np.rint(seen / 40).astype(int).tolist() == UPRIGHT[orientation]


@given(st.binary(max_size=60), st.sampled_from([b"II", b"MM", b""]))
def test_odd_exif_data_never_spoils_a_photo(rest: bytes, mark: bytes) -> None:
    assert 1 <= exif_orientation(mark + rest) <= 8


# --- what is refused ---


def test_a_missing_photo(tmp_path: Path) -> None:
    assert refusal(tmp_path / "нет.jpg") == "photo.missing"


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "photo.is_a_folder"


def test_an_empty_file(tmp_path: Path) -> None:
    assert refusal_of(tmp_path, b"") == "photo.empty"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert refusal(tmp_path / "pipe.jpg") == "photo.not_an_image"


@pytest.fixture
def someone_else() -> Iterator[None]:
    """Whoever runs the tests is nobody for a while; file permissions mean nothing to root."""
    if not hasattr(os, "geteuid"):
        pytest.skip("this system has no effective user")
    before = os.geteuid()
    if before == 0:
        os.seteuid(65_534)
    yield
    if before == 0:
        os.seteuid(before)


@pytest.fixture
def locked_photo(tmp_path: Path) -> Path:
    path = tmp_path / "locked.jpg"
    path.write_bytes(jpeg(blocks(16, 16)))
    path.chmod(0)
    return path


def test_a_photo_that_may_not_be_opened(locked_photo: Path, someone_else: None) -> None:
    assert refusal(locked_photo) == "photo.not_permitted"


def test_a_name_that_no_disk_takes(tmp_path: Path) -> None:
    assert refusal(tmp_path / ("x" * 5000)) == "photo.not_readable"


def test_a_file_that_is_too_large_is_not_even_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.jpg"
    with path.open("wb") as file:
        file.truncate(photos.LARGEST_FILE + 10)
    assert refusal(path) == "photo.file_too_large"
    monkeypatch.setattr(photos, "LARGEST_FILE", photos.LARGEST_FILE + 20)
    assert refusal(path) == "photo.not_an_image"


@pytest.mark.parametrize(
    "content",
    [b"GIF89a" + bytes(50), b"BM" + bytes(60), b"%PDF-1.7", b"RIFF\0\0\0\0WEBPVP8 ", "снимок".encode(), b"\xff\xd8"],
    ids=["gif", "bmp", "pdf", "webp", "text", "two bytes"],
)
def test_other_kinds_of_files(tmp_path: Path, content: bytes) -> None:
    assert refusal_of(tmp_path, content) == "photo.not_an_image"


@pytest.mark.parametrize(
    ("width", "height", "taken"),
    [(12_000, 6_666, True), (12_001, 10, False), (10, 30_000, False), (9_000, 9_000, False), (65_000, 65_000, False)],
)
def test_a_bomb_is_refused_by_its_stated_size(tmp_path: Path, width: int, height: int, taken: bool) -> None:
    tiny = jpeg(blocks(16, 16))
    at = tiny.index(b"\xff\xc0") + 5
    bomb_jpeg = tiny[:at] + struct.pack(">HH", height, width) + tiny[at + 4 :]
    bomb_png = png(width, height, b"")[:33]
    if taken:
        # Within the limits the files are only too short for what they state.
        assert refusal_of(tmp_path, bomb_png) == "photo.truncated"
    else:
        assert refusal_of(tmp_path, bomb_jpeg) == "photo.too_many_pixels"
        assert refusal_of(tmp_path, bomb_png) == "photo.too_many_pixels"


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_cut_anywhere_is_refused(tmp_path: Path, progressive: bool) -> None:
    whole = jpeg(blocks(64, 80), progressive=progressive)
    for end in range(3, len(whole), 37):
        assert refusal_of(tmp_path, whole[:end]) == "photo.truncated"
    assert refusal_of(tmp_path, whole[:-1]) == "photo.truncated"


def test_a_jpeg_whose_second_half_was_never_written_is_refused(tmp_path: Path) -> None:
    whole = jpeg(blocks(64, 80))
    half = len(whole) // 2
    assert refusal_of(tmp_path, whole[:half] + bytes(len(whole) - half)) == "photo.truncated"


def test_a_png_cut_anywhere_is_refused(tmp_path: Path) -> None:
    whole = png(30, 20, noise(20, 30).tobytes())
    for end in range(8, len(whole), 41):
        assert refusal_of(tmp_path, whole[:end]) == "photo.truncated"


def test_a_png_with_a_flipped_bit_is_refused(tmp_path: Path) -> None:
    whole = bytearray(png(30, 20, noise(20, 30).tobytes()))
    whole[200] ^= 1
    assert refusal_of(tmp_path, bytes(whole)) == "photo.damaged"


def test_a_png_whose_orientation_was_damaged_is_refused(tmp_path: Path) -> None:
    content = png(3, 2, ARROW.tobytes(), colour=0, more=chunk(b"eXIf", exif(6)))
    assert refusal_of(tmp_path, content.replace(exif(6), exif(8))) == "photo.damaged"


def test_a_png_with_less_picture_than_it_states_is_refused(tmp_path: Path) -> None:
    honest = png(30, 10, noise(10, 30).tobytes())
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 30, 20, 8, 2, 0, 0, 0))
    assert refusal_of(tmp_path, honest[:8] + header + honest[33:]) == "photo.damaged"


def test_a_jpeg_without_a_picture_in_it_is_refused(tmp_path: Path) -> None:
    assert refusal_of(tmp_path, b"\xff\xd8\xff\xe0\x00\x04ab\xff\xd9") == "photo.damaged"


def test_print_colours_are_refused(tmp_path: Path) -> None:
    whole = jpeg(blocks(16, 16))
    at = whole.index(b"\xff\xc0")
    header = struct.pack(">HBHHB", 20, 8, 16, 16, 4) + b"\1\x11\0\2\x11\0\3\x11\0\4\x11\0"
    length = struct.unpack_from(">H", whole, at + 2)[0]
    assert refusal_of(tmp_path, whole[: at + 2] + header + whole[at + 2 + length :]) == "photo.cmyk"


@given(data=st.data())
def test_no_damage_leads_to_anything_but_a_picture_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray(data.draw(st.sampled_from([jpeg(blocks(24, 24)), png(12, 12, noise(12, 12).tobytes())])))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damaged") / "photo"
    path.write_bytes(bytes(whole))
    try:
        pixels = FilePhotoReader().read(path).pixels
    except BadPhoto as refused:
        assert refused.code.startswith("photo.")
    else:
        assert pixels.dtype == np.uint8
        assert pixels.shape[2] == 3
