"""Folders of photos are read in the layouts that people have, and what is wrong with one is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from toolroom_desktop.adapters.files.cutout_sources import FolderReader
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.errors import BadInput, UserFacingError
from toolroom_desktop.services.enrolment import Box, Cut, Outline, Verdict
from toolroom_desktop.services.vision_ports import Picture


class Asked:
    """A cutter that only notes what it was asked for."""

    def __init__(self) -> None:
        self.how = ""
        self.told: object = None

    def _noted(self, how: str, told: object = None) -> Cut:
        self.how, self.told = how, told
        return Cut(Verdict.NOTHING)

    def against_empty(self, picture: Picture, empty: Picture) -> Cut:
        return self._noted("empty", empty)

    def alone(self, picture: Picture) -> Cut:
        return self._noted("alone")

    def with_mask(self, picture: Picture, mask: NDArray[np.uint8]) -> Cut:
        return self._noted("mask", mask)

    def in_box(self, picture: Picture, box: Box) -> Cut:
        return self._noted("box", box)

    def along_outline(self, picture: Picture, outline: Outline, others: object) -> Cut:
        return self._noted("outline", (list(outline), others))

    def cleaned(self, pixels: NDArray[np.uint8]) -> Cut:
        return self._noted("cleaned", pixels)

    def alike(self, first: NDArray[np.uint8], second: NDArray[np.uint8]) -> bool:
        return False


def save(path: Path, *, size: tuple[int, int] = (60, 80), channels: int = 3) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    shape = size if channels == 1 else (*size, channels)
    _, content = cv2.imencode(path.suffix, np.full(shape, 200, np.uint8))
    path.write_bytes(content.tobytes())
    return path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def masked(tmp_path: Path) -> Path:
    """images, masks, labels and classes.txt, as an export of single-tool photos has them."""
    write(tmp_path / "classes.txt", "pliers\nwrench\n")
    for name, number in (("1", 1), ("2", 0)):
        save(tmp_path / "images" / f"{name}.jpg")
        save(tmp_path / "masks" / f"{name}.png", channels=1)
        write(tmp_path / "labels" / f"{name}.txt", f"{number} 0.5 0.5 0.0001 0.0001\n")
    return tmp_path


def codes_of(reader: FolderReader) -> str:
    with pytest.raises(UserFacingError) as refused:
        reader.content()
    return refused.value.code


def test_photos_with_masks_are_cut_by_their_masks_whatever_the_box_says(masked: Path) -> None:
    content = FolderReader(masked).content()
    assert [known.name for known in content.classes] == ["pliers", "wrench"]
    name = masked.name
    assert [(one.source, one.class_name) for one in content.materials] == [
        (f"{name}/1.jpg", "wrench"),
        (f"{name}/2.jpg", "pliers"),
    ]
    asked = Asked()
    assert content.materials[0].cut(asked)[1] == (80, 60)
    assert asked.how == "mask"
    assert isinstance(asked.told, np.ndarray)
    assert asked.told.shape == (60, 80)
    assert asked.told.min() == 1


def test_without_masks_only_the_class_is_taken_from_the_label(masked: Path) -> None:
    asked = Asked()
    FolderReader(masked, masks=False).content().materials[0].cut(asked)
    assert asked.how == "alone"


def test_a_photo_whose_mask_is_missing_is_cut_without(masked: Path) -> None:
    (masked / "masks" / "1.png").unlink()
    asked = Asked()
    FolderReader(masked).content().materials[0].cut(asked)
    assert asked.how == "alone"


def test_a_mask_of_another_size_is_told(masked: Path) -> None:
    save(masked / "masks" / "1.png", size=(30, 40), channels=1)
    with pytest.raises(BadInput) as refused:
        FolderReader(masked).content().materials[0].cut(Asked())
    assert refused.value.code == "enrol.mask_other_size"


def test_numbered_cut_outs_get_their_class_from_the_file_that_names_classes(tmp_path: Path) -> None:
    save(tmp_path / "cutouts" / "01_wrench_green.png", channels=4)
    names = write(tmp_path / "data.yaml", "names: [pliers, wrench]\n")
    content = FolderReader(tmp_path / "cutouts", classes=names, frame=(1152, 832)).content()
    asked = Asked()
    assert content.materials[0].class_name == "wrench"
    assert content.materials[0].cut(asked)[1] == (1152, 832)
    assert asked.how == "cleaned"


def test_a_redrawn_cut_out_has_no_frame(tmp_path: Path) -> None:
    save(tmp_path / "cutouts" / "0_pliers.png", channels=4)
    names = write(tmp_path / "data.yaml", "names: {0: pliers}\n")
    assert FolderReader(tmp_path / "cutouts", classes=names).content().materials[0].cut(Asked())[1] is None


def test_a_cut_out_without_transparency_is_told(tmp_path: Path) -> None:
    save(tmp_path / "0_pliers.png")
    names = write(tmp_path / "names.yaml", "names: [pliers]\n")
    with pytest.raises(BadInput) as refused:
        FolderReader(tmp_path, classes=names).content().materials[0].cut(Asked())
    assert refused.value.code == "enrol.no_alpha"


def test_a_folder_for_each_tool_needs_no_labels(tmp_path: Path) -> None:
    save(tmp_path / "молоток" / "a.jpg")
    save(tmp_path / "wrench" / "a.jpg")
    save(tmp_path / "wrench" / "empty.jpg")
    content = FolderReader(tmp_path).content()
    assert [one.class_name for one in content.materials] == ["wrench", "молоток"]
    assert [one.source for one in content.materials] == [
        f"{tmp_path.name}/wrench/a.jpg",
        f"{tmp_path.name}/молоток/a.jpg",
    ]
    ways = []
    for material in content.materials:
        asked = Asked()
        material.cut(asked)
        ways.append(asked.how)
    assert ways == ["empty", "alone"]


def test_an_empty_table_beside_the_folders_serves_them_all(tmp_path: Path) -> None:
    save(tmp_path / "wrench" / "a.jpg")
    save(tmp_path / "Empty.JPG")
    asked = Asked()
    FolderReader(tmp_path).content().materials[0].cut(asked)
    assert asked.how == "empty"


def test_an_empty_table_of_another_size_is_told(tmp_path: Path) -> None:
    save(tmp_path / "wrench" / "a.jpg")
    save(tmp_path / "empty.jpg", size=(30, 40))
    with pytest.raises(BadInput) as refused:
        FolderReader(tmp_path).content().materials[0].cut(Asked())
    assert refused.value.code == "enrol.empty_other_size"


def test_outlines_are_read_one_by_one_with_their_neighbours(tmp_path: Path) -> None:
    write(tmp_path / "data.yaml", "names: [pliers, wrench]\n")
    save(tmp_path / "train" / "images" / "7.jpg")
    write(tmp_path / "train" / "labels" / "7.txt", "0 .1 .1 .4 .1 .4 .4\n1 0.5 0.5 0.2 0.2\n")
    content = FolderReader(tmp_path, foreign=True).content()
    assert content.classes == ()
    assert [(one.source, one.class_name) for one in content.materials] == [
        (f"{tmp_path.name}/train/7.jpg#1 pliers", None),
        (f"{tmp_path.name}/train/7.jpg#2 wrench", None),
    ]
    asked = Asked()
    assert content.materials[0].cut(asked)[1] is None
    assert asked.how == "outline"
    assert isinstance(asked.told, tuple)
    assert asked.told[0] == [(0.1, 0.1), (0.4, 0.1), (0.4, 0.4)]
    assert len(asked.told[1]) == 1


def test_boxes_alone_say_where_the_tools_are(tmp_path: Path) -> None:
    write(tmp_path / "data.yaml", "names: [pliers]\n")
    save(tmp_path / "images" / "7.jpg")
    write(tmp_path / "labels" / "7.txt", "0 0.5 0.5 0.2 0.4\n")
    asked = Asked()
    FolderReader(tmp_path).content().materials[0].cut(asked)
    assert asked.how == "box"
    assert asked.told == Box(0.4, 0.3, 0.6, 0.7)


def test_where_boxes_overlap_nothing_is_cut(tmp_path: Path) -> None:
    write(tmp_path / "data.yaml", "names: [pliers]\n")
    save(tmp_path / "images" / "7.jpg")
    write(tmp_path / "labels" / "7.txt", "0 0.5 0.5 0.2 0.4\n0 0.55 0.5 0.2 0.4\n0 0.1 0.1 0.1 0.1\n")
    verdicts, ways = [], []
    for material in FolderReader(tmp_path).content().materials:
        asked = Asked()
        verdicts.append(material.cut(asked)[0].verdict)
        ways.append(asked.how)
    assert verdicts == [Verdict.TWO_TOOLS, Verdict.TWO_TOOLS, Verdict.NOTHING]
    assert ways == ["", "", "box"]


def test_the_same_file_name_in_two_folders_is_two_sources(tmp_path: Path) -> None:
    names = write(tmp_path / "data.yaml", "names: [pliers]\n")
    for folder in ("first", "second"):
        save(tmp_path / folder / "0_green.png", channels=4)
    sources = [FolderReader(tmp_path / one, classes=names).content().materials[0].source for one in ("first", "second")]
    assert sources == ["first/0_green.png", "second/0_green.png"]


def test_an_unreadable_picture_is_told(masked: Path) -> None:
    (masked / "images" / "1.jpg").write_bytes(b"no picture")
    with pytest.raises(UserFacingError) as refused:
        FolderReader(masked).content().materials[0].cut(Asked())
    assert refused.value.code == "photo.not_an_image"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("7 0.5 0.5 0.1 0.1", "enrol.bad_label"),
        ("-1 0.5 0.5 0.1 0.1", "enrol.bad_label"),
        ("wrench 0.5 0.5 0.1 0.1", "enrol.bad_label_line"),
        ("0 0.5 0.5", "enrol.bad_label_line"),
        ("0 0.1 0.1 0.2 0.2 0.3", "enrol.bad_label_line"),
        ("0 nan 0.1 0.2 0.2", "enrol.bad_label_line"),
    ],
)
def test_a_label_that_means_nothing_is_told(masked: Path, line: str, code: str) -> None:
    write(masked / "labels" / "1.txt", line)
    assert codes_of(FolderReader(masked)) == code


@pytest.mark.parametrize("text", ["", "names: 3", "names: []\nnames: [", "other: 1", "names: ['']", "names: {1: a}"])
def test_a_file_that_names_no_classes_is_told(masked: Path, text: str) -> None:
    (masked / "classes.txt").unlink()
    write(masked / "data.yaml", text)
    assert codes_of(FolderReader(masked)) == "enrol.bad_classes"


def test_numbers_without_names_are_told(masked: Path) -> None:
    (masked / "classes.txt").unlink()
    assert codes_of(FolderReader(masked)) == "enrol.no_class_names"


def test_a_folder_that_is_not_there_or_holds_nothing_is_told(tmp_path: Path) -> None:
    assert codes_of(FolderReader(tmp_path / "nowhere")) == "enrol.no_folder"
    (tmp_path / "wrench").mkdir()
    assert codes_of(FolderReader(tmp_path)) == "enrol.empty_folder"
