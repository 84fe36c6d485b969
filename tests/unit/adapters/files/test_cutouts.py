"""Cut-outs lie in a folder that is readable at every moment and lists only what is there."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from toolroom_desktop.adapters.files.cutouts import LIST, CutoutFolder
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.services.cutouts import Cutout, CutoutClass, Split

WRENCH = CutoutClass("wrench", "ключ", "wrench")


def a_cutout(value: int = 90, source: str = "0001.jpg") -> Cutout:
    pixels = np.full((20, 30, 4), value, np.uint8)
    pixels[..., 3] = np.linspace(0, 255, 30).astype(np.uint8)
    return Cutout(pixels, source, (640, 480))


@pytest.fixture
def folder(tmp_path: Path) -> CutoutFolder:
    made = CutoutFolder(tmp_path / "вырезки")
    made.declare([WRENCH])
    return made


def test_what_was_stored_is_read_back_as_it_was(folder: CutoutFolder) -> None:
    kept = folder.add(a_cutout(), "wrench", Split.HELD_BACK)
    foreign = folder.add(Cutout(a_cutout(5).pixels, "things.jpg#2", None), None)
    again = CutoutFolder.existing(folder.folder)
    assert again.classes == (WRENCH,)
    assert again.cutouts == (kept, foreign)
    assert (kept.file, foreign.file) == ("wrench/0001.png", "foreign/0001.png")
    assert np.array_equal(again.pixels(kept), a_cutout().pixels)


def test_the_list_is_written_in_the_agreed_form(folder: CutoutFolder) -> None:
    record = folder.add(a_cutout(), "wrench")
    content = json.loads((folder.folder / LIST).read_text(encoding="utf-8"))
    assert content == {
        "format": 1,
        "classes": [{"name": "wrench", "ru": "ключ", "en": "wrench"}],
        "cutouts": [
            {
                "file": "wrench/0001.png",
                "class_name": "wrench",
                "sha256": hashlib.sha256((folder.folder / "wrench" / "0001.png").read_bytes()).hexdigest(),
                "source": "0001.jpg",
                "frame": [640, 480],
                "split": "train",
            }
        ],
        "backgrounds": [],
    }
    assert record.sha256 == content["cutouts"][0]["sha256"]


def test_a_removed_cut_out_takes_its_file_along_and_its_name_is_given_to_nobody_still_there(
    folder: CutoutFolder,
) -> None:
    first, second = folder.add(a_cutout(1), "wrench"), folder.add(a_cutout(2), "wrench")
    folder.remove(first)
    third = folder.add(a_cutout(3), "wrench")
    assert second.file != third.file
    assert not folder.path(first).exists() or first.file == third.file
    assert CutoutFolder(folder.folder).cutouts == (second, third)


def test_the_same_empty_table_is_stored_once(folder: CutoutFolder) -> None:
    table = np.full((10, 10, 3), 200, np.uint8)
    assert folder.add_background(table, "a") == folder.add_background(table, "b")
    assert len(CutoutFolder(folder.folder).backgrounds) == 1


def test_a_known_class_keeps_its_number_and_gains_the_names_it_lacked(folder: CutoutFolder) -> None:
    folder.declare([CutoutClass("pliers"), CutoutClass("wrench", "другое")])
    folder.declare([CutoutClass("pliers", "плоскогубцы")])
    assert folder.classes == (WRENCH, CutoutClass("pliers", "плоскогубцы"))


@pytest.mark.parametrize("name", ["CON", "foreign", "backgrounds", "a/b", "..", "ключ 3:4", " ."])
def test_a_class_may_have_any_name(folder: CutoutFolder, name: str) -> None:
    folder.declare([CutoutClass(name)])
    record = folder.add(a_cutout(), name)
    assert folder.path(record).parent.parent == folder.folder
    assert folder.path(record).parent.name not in {"foreign", "backgrounds", "..", ""}
    assert CutoutFolder(folder.folder).cutouts == (record,)


def test_classes_whose_names_differ_only_in_what_a_file_name_cannot_hold_do_not_overwrite_each_other(
    folder: CutoutFolder,
) -> None:
    folder.declare([CutoutClass("3/4"), CutoutClass("3:4"), CutoutClass("Wrench")])
    names = ("3/4", "3:4", "wrench", "Wrench")
    records = [folder.add(a_cutout(value), name) for value, name in enumerate(names)]
    assert len({record.file.casefold() for record in records}) == 4
    assert [int(folder.pixels(record)[0, 0, 0]) for record in records] == [0, 1, 2, 3]


def test_a_number_is_free_only_when_it_is_so_without_regard_to_case(folder: CutoutFolder) -> None:
    folder.declare([CutoutClass("Wrench")])
    first, second = folder.add(a_cutout(1), "wrench"), folder.add(a_cutout(2), "wrench")
    folder.remove(first)
    third = folder.add(a_cutout(3), "Wrench")
    assert third.file.casefold() != second.file.casefold()


def test_a_class_that_nobody_declared_is_refused(folder: CutoutFolder) -> None:
    with pytest.raises(BadInput) as refused:
        folder.add(a_cutout(), "hammer")
    assert refused.value.code == "enrol.unknown_class"


def test_a_full_disk_leaves_what_was_there(folder: CutoutFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = folder.add(a_cutout(), "wrench")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadInput) as refused:
        folder.add(a_cutout(3), "wrench")
    assert refused.value.code == "enrol.disk_full"
    monkeypatch.undo()
    assert CutoutFolder(folder.folder).cutouts == (kept,)
    assert not list(folder.folder.rglob(".writing-*"))
    assert folder.add(a_cutout(3), "wrench").file == "wrench/0002.png"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = CutoutFolder(tmp_path / "file" / "cutouts")
    with pytest.raises(BadInput) as refused:
        store.declare([WRENCH])
    assert refused.value.code == "enrol.not_writable"


@pytest.mark.parametrize("damage", [b"", b"changed", None])
def test_a_changed_cut_out_is_noticed(folder: CutoutFolder, damage: bytes | None) -> None:
    record = folder.add(a_cutout(), "wrench")
    if damage is None:
        folder.path(record).unlink()
    else:
        folder.path(record).write_bytes(damage)
    with pytest.raises(BadInput) as refused:
        folder.pixels(record)
    assert refused.value.code == "enrol.cutout_damaged"


def listed(**changes: Any) -> dict[str, Any]:
    one = {"file": "a/1.png", "class_name": None, "sha256": "", "source": "", "frame": None, "split": "train"}
    return {"format": 1, "classes": [], "cutouts": [one | changes], "backgrounds": []}


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        json.dumps({"format": 2, "classes": [], "cutouts": [], "backgrounds": []}),
        json.dumps({"format": 1}),
        json.dumps(listed(file="../outside.png")),
        json.dumps(listed(file="/etc/passwd")),
        json.dumps(listed(file="C:\\x.png")),
        json.dumps(listed(split="both")),
        json.dumps(listed(frame=[1])),
    ],
)
def test_a_damaged_list_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / LIST).write_text(content)
    with pytest.raises(BadInput) as refused:
        CutoutFolder(tmp_path)
    assert refused.value.code == "enrol.bad_cutout_list"


def test_a_folder_without_cut_outs_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        CutoutFolder.existing(tmp_path)
    assert refused.value.code == "enrol.no_cutout_folder"
