"""A data set is read as it is meant, and every mistake in it is told by file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.training.evaluate_tables import CLASSES, PLACES, label_line, write_dataset
from toolroom_desktop.config.paths import resource
from toolroom_desktop.domain.detection import Box
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.training.evaluate.dataset import Split, check_classes, kit_photos, read_dataset

KIT = dict.fromkeys(CLASSES, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two complete photos, one without the brace, one empty table."""
    return write_dataset(tmp_path / "набор", {"one": CLASSES, "two": CLASSES, "no_brace": CLASSES[1:], "empty": ()})


def refused(code: str, folder: Path, split: Split = Split.VAL) -> dict[str, object]:
    with pytest.raises(BadInput) as caught:
        read_dataset(folder, split)
    assert caught.value.code == code
    return caught.value.details


def test_the_photos_of_a_part_are_read_with_their_labels(folder: Path) -> None:
    found = read_dataset(folder)
    assert [photo.path.stem for photo in found.photos] == ["empty", "no_brace", "one", "two"]
    assert found.classes == set(CLASSES)
    brace = next(label for label in found.photos[2].labels if label.class_name == "brace")
    box = brace.in_pixels(480, 360).box
    assert (box.x1, box.y1, box.x2, box.y2) == pytest.approx(PLACES["brace"], abs=0.01)


def test_a_photo_that_both_parts_name_counts_once(folder: Path) -> None:
    assert len(read_dataset(folder, Split.ALL).photos) == 4


def test_the_file_itself_may_be_named(folder: Path) -> None:
    assert read_dataset(folder / "data.yaml").photos == read_dataset(folder).photos


def test_only_complete_photos_are_kit_photos(folder: Path) -> None:
    found = read_dataset(folder)
    assert [photo.path.stem for photo in kit_photos(found, KIT)] == ["one", "two"]
    assert [photo.path.stem for photo in kit_photos(found, KIT, ["two"])] == ["two"]
    assert kit_photos(found, KIT | {"brace": 2}) == ()


def test_a_named_kit_photo_must_be_there_and_complete(folder: Path) -> None:
    found = read_dataset(folder)
    for name, code in (("three", "evaluate.kit_photo_unknown"), ("no_brace", "evaluate.kit_photo_not_complete")):
        with pytest.raises(BadInput) as caught:
            kit_photos(found, KIT, [name])
        assert caught.value.code == code


def test_an_outline_gives_its_box(folder: Path) -> None:
    (folder / "labels/val/empty.txt").write_text("1 0.1 0.2 0.5 0.25 0.3 0.6\n", encoding="utf-8")
    (label,) = read_dataset(folder).photos[0].labels
    assert label.box == Box(0.1, 0.2, 0.5, 0.6)
    assert label.outline == ((0.1, 0.2), (0.5, 0.25), (0.3, 0.6))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("1 0.5 0.5 0.2", "evaluate.label_damaged"),
        ("pliers 0.5 0.5 0.2 0.2", "evaluate.label_damaged"),
        ("1 nan 0.5 0.2 0.2", "evaluate.label_damaged"),
        ("1.5 0.5 0.5 0.2 0.2", "evaluate.label_damaged"),
        ("1 0.95 0.5 0.2 0.2", "evaluate.label_out_of_range"),
        ("1 240 180 20 20", "evaluate.label_out_of_range"),
        ("1 0.5 0.5 0 0.2", "evaluate.label_out_of_range"),
        ("4 0.5 0.5 0.2 0.2", "evaluate.label_class_unknown"),
        ("-1 0.5 0.5 0.2 0.2", "evaluate.label_class_unknown"),
    ],
)
def test_a_wrong_label_is_told_by_its_line(folder: Path, line: str, code: str) -> None:
    path = folder / "labels/val/one.txt"
    path.write_text(f"{label_line('brace')}\n{line}\n", encoding="utf-8")
    details = refused(code, folder)
    assert (details["path"], details["line"]) == (path, 3)


def test_a_label_that_ends_at_the_edge_may_be_rounded_over_it(folder: Path) -> None:
    (folder / "labels/val/empty.txt").write_text("1 0.9 0.5 0.201 0.2\n", encoding="utf-8")
    assert read_dataset(folder).photos[0].labels[0].box.x2 == 1.0


def test_pictures_without_labels_are_counted_and_the_first_is_named(folder: Path) -> None:
    for stem in ("one", "two"):
        (folder / f"labels/val/{stem}.txt").unlink()
    details = refused("evaluate.no_labels", folder)
    assert details["count"] == 2
    assert str(details["path"]).endswith("one.png")


def test_a_folder_without_a_data_set_is_refused(tmp_path: Path) -> None:
    refused("evaluate.dataset_missing", tmp_path)
    refused("evaluate.dataset_missing", tmp_path / "nowhere")


def test_a_part_without_photos_is_refused(tmp_path: Path) -> None:
    refused("evaluate.no_photos", write_dataset(tmp_path / "none", {}))
    refused("evaluate.no_photos", resource("demo", "tables"), Split.TRAIN)


@pytest.mark.parametrize(
    "text",
    ["names: [a", "- 1\n", "names: [a, a]\nval: images/val\n", "val: images/val\n", "names: [a]\nval: elsewhere\n"],
)
def test_a_damaged_data_file_is_refused(folder: Path, text: str) -> None:
    (folder / "data.yaml").write_text(text, encoding="utf-8")
    refused("evaluate.dataset_damaged", folder)


def test_the_rendered_tables_are_a_data_set() -> None:
    found = read_dataset(resource("demo", "tables"))
    tables = json.loads(resource("demo", "tables", "tables.json").read_text(encoding="utf-8"))["tables"]
    assert len(found.photos) == len(tables)
    kit = next(table["tools"] for table in tables if "complete" in table["file"])
    complete = [t["file"] for t in tables if t["tools"] == kit and not t["foreign"]]
    assert [photo.path.name for photo in kit_photos(found, kit)] == complete
    assert any(photo.foreign for photo in found.photos)


@pytest.mark.parametrize("text", ["{", "{}", '{"tables": [{"file": "01_complete.jpg"}]}'])
def test_a_damaged_truth_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "01_complete.jpg").write_bytes(resource("demo", "tables", "01_complete.jpg").read_bytes())
    (tmp_path / "tables.json").write_text(text, encoding="utf-8")
    refused("evaluate.dataset_damaged", tmp_path)


def test_a_model_that_lacks_a_class_of_the_photos_or_of_the_toolkit_is_refused(folder: Path) -> None:
    found = read_dataset(folder)
    check_classes(found, KIT, frozenset(CLASSES), "m")
    with pytest.raises(BadInput) as caught:
        check_classes(found, {"pliers": 1}, frozenset({"pliers", "brace"}), "m")
    assert caught.value.code == "evaluate.model_lacks_classes"
    assert caught.value.details["classes"] == "screwdriver_minus, screwdriver_plus"
    with pytest.raises(BadInput) as caught:
        check_classes(found, KIT | {"hammer": 1}, frozenset(CLASSES), "m")
    assert (caught.value.code, caught.value.details["classes"]) == ("evaluate.toolkit_beyond_model", "hammer")
