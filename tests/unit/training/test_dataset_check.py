"""What would spoil a training is refused before it starts."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.training.dataset_check import check_dataset

PARTS = "train: images/train\nval: images/val\n"


def picture(path: Path, seed: int, side: int = 256) -> None:
    """A picture with a face of its own."""
    spots = np.random.default_rng(seed).integers(0, 255, (8, 8, 3), np.uint8)
    cv2.imwrite(str(path), cv2.resize(spots, (side, side), interpolation=cv2.INTER_CUBIC))


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    for part, numbers in (("train", range(4)), ("val", range(10, 12))):
        (tmp_path / "images" / part).mkdir(parents=True)
        (tmp_path / "labels" / part).mkdir(parents=True)
        for number in numbers:
            picture(tmp_path / "images" / part / f"{number}.png", number)
            (tmp_path / "labels" / part / f"{number}.txt").write_text("0 0.5 0.5 0.2 0.2\n", "utf-8")
    (tmp_path / "data.yaml").write_text(PARTS + "names: [pliers, brace]\n", "utf-8")
    return tmp_path


def refusal(dataset: Path) -> str:
    with pytest.raises(BadInput) as refused:
        check_dataset(dataset)
    return refused.value.code


def test_a_sound_dataset_is_read(dataset: Path) -> None:
    read = check_dataset(dataset)
    assert (read.names, len(read.train), len(read.val)) == (("pliers", "brace"), 4, 2)


def test_names_may_be_listed_by_number(dataset: Path) -> None:
    (dataset / "data.yaml").write_text(PARTS + "names: {0: pliers, 1: brace}\n", "utf-8")
    assert check_dataset(dataset).names == ("pliers", "brace")


def test_outlines_are_labels_too_and_the_parts_may_lie_as_the_description_says(dataset: Path) -> None:
    for part in ("train", "val"):
        (dataset / part).mkdir()
        (dataset / "images" / part).rename(dataset / part / "images")
        (dataset / "labels" / part).rename(dataset / part / "labels")
    (dataset / "train" / "labels" / "0.txt").write_text("1 0.1 0.1 0.4 0.1 0.2 0.5\n", "utf-8")
    (dataset / "data.yaml").write_text("train: train/images\nval: val/images\nnames: [pliers, brace]\n", "utf-8")
    assert [path.name for path in check_dataset(dataset).train] == ["0.png", "1.png", "2.png", "3.png"]


def test_a_picture_without_tools_has_an_empty_label_file(dataset: Path) -> None:
    (dataset / "labels" / "train" / "1.txt").write_text("", "utf-8")
    assert len(check_dataset(dataset).train) == 4


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        ("0 0.5 0.5 1.4 0.2\n", "dataset.bad_label"),
        ("0 0.5 0.5 0.2\n", "dataset.bad_label"),
        ("0 0.5 0.5 0.2 0.3 0.4\n", "dataset.bad_label"),
        ("0 0.5 0.5 0 0.2\n", "dataset.bad_label"),
        ("pliers 0.5 0.5 0.2 0.2\n", "dataset.bad_label"),
        ("2 0.5 0.5 0.2 0.2\n", "dataset.unknown_class"),
        ("-1 0.5 0.5 0.2 0.2\n", "dataset.unknown_class"),
        ("0.5 0.5 0.5 0.2 0.2\n", "dataset.unknown_class"),
    ],
)
def test_a_wrong_label_is_refused(dataset: Path, labels: str, code: str) -> None:
    (dataset / "labels" / "train" / "2.txt").write_text("0 0.5 0.5 0.2 0.2\n" + labels, "utf-8")
    with pytest.raises(BadInput) as refused:
        check_dataset(dataset)
    assert (refused.value.code, refused.value.details["line"]) == (code, 2)


def test_a_forgotten_label_file_is_refused(dataset: Path) -> None:
    (dataset / "labels" / "train" / "3.txt").unlink()
    assert refusal(dataset) == "dataset.no_labels"


def test_a_dataset_without_names_or_without_pictures_is_refused(dataset: Path) -> None:
    for path in (dataset / "images" / "val").iterdir():
        path.unlink()
    assert refusal(dataset) == "dataset.empty"
    (dataset / "data.yaml").write_text(PARTS, "utf-8")
    assert refusal(dataset) == "dataset.no_description"


def test_a_validation_picture_in_training_is_found_even_smaller_and_coded_anew(dataset: Path) -> None:
    same = cv2.imread(str(dataset / "images" / "val" / "10.png"))
    assert same is not None
    cv2.imwrite(
        str(dataset / "images" / "train" / "9.jpg"), cv2.resize(same, (200, 200)), [cv2.IMWRITE_JPEG_QUALITY, 60]
    )
    (dataset / "labels" / "train" / "9.txt").write_text("", "utf-8")
    assert refusal(dataset) == "dataset.validation_in_training"


def test_an_unreadable_picture_is_refused(dataset: Path) -> None:
    (dataset / "images" / "train" / "1.png").write_bytes(b"no picture")
    assert refusal(dataset) == "dataset.picture_not_readable"
