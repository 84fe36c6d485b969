"""Which models are taken, and why the others are refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.first_model import FIRST_MODEL
from tests.unit.adapters.vision.pictures import DATA, blocks
from toolroom_desktop.adapters.vision import session
from toolroom_desktop.adapters.vision.detector import (
    UNMANIFESTED,
    load_detector,
    load_model,
    load_unmanifested,
)
from toolroom_desktop.adapters.vision.looks import ready_to_look
from toolroom_desktop.adapters.vision.metadata import read_metadata
from toolroom_desktop.adapters.vision.onnx_file import NotOnnx, needs_of
from toolroom_desktop.adapters.vision.other_looks import ShownOtherwise
from toolroom_desktop.bootstrap import SHIPPED_MODEL
from toolroom_desktop.config.paths import models_folder
from toolroom_desktop.domain.errors import BadModel
from toolroom_desktop.domain.looks import Look
from toolroom_desktop.domain.sizes import ToolSize
from toolroom_desktop.domain.thresholds import LookAlikeGroup
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.services.vision_ports import Picture, other_looks_of

SCREWDRIVERS = frozenset({"screwdriver_minus", "screwdriver_plus", "screwdriver_offset_cross"})


@pytest.mark.core
@pytest.mark.parametrize(
    ("name", "input_size", "dtype"),
    [
        ("rectangular", (96, 128), np.float32),
        ("square", (128, 128), np.float32),
        ("dynamic", (128, 128), np.float32),
        ("half", (96, 128), np.float16),
        ("int8", (128, 128), np.float32),
        ("final", (160, 160), np.float32),
    ],
)
def test_every_kind_of_export_is_taken(name: str, input_size: tuple[int, int], dtype: type) -> None:
    detector = load_unmanifested(DATA / f"{name}.onnx")
    assert detector.info.input_size == input_size
    assert detector.session.dtype is dtype
    seen = detector.detect(Picture(blocks(240, 425)))
    assert seen.detections
    assert {d.class_name for d in seen.detections} <= {"hammer", "pliers", "wrench", "brace", "file"}
    assert all(0 <= d.box.x1 <= d.box.x2 <= 425 and 0 <= d.box.y1 <= d.box.y2 <= 240 for d in seen.detections)
    assert (seen.width, seen.height) == (425, 240)
    assert seen.quality is not None


def test_half_and_full_precision_see_the_same_tools() -> None:
    full, half = (load_unmanifested(DATA / f"{name}.onnx", confidence=0.6) for name in ("rectangular", "half"))
    ours, theirs = full.look(blocks(96, 128)), half.look(blocks(96, 128))
    assert abs(len(ours) - len(theirs)) <= 2
    assert ours[0].class_name == theirs[0].class_name
    assert abs(ours[0].confidence - theirs[0].confidence) < 0.01


def test_class_names_are_matched_by_index_not_by_their_order_in_the_file() -> None:
    in_order = {"names": "{0: 'a', 1: 'b', 2: 'c'}", "task": "detect"}
    out_of_order = {"names": "{2: 'c', 0: 'a', 1: 'b'}", "task": "detect"}
    assert read_metadata(in_order).names == read_metadata(out_of_order).names == ("a", "b", "c")
    named_by_digits = load_unmanifested(DATA / "alphabetical.onnx")
    usual = load_unmanifested(DATA / "rectangular.onnx")
    names = dict(zip(("hammer", "pliers", "wrench", "brace", "file"), ("1", "10", "11", "2", "3"), strict=True))
    wanted = [names[d.class_name] for d in usual.look(blocks(96, 128))]
    assert [d.class_name for d in named_by_digits.look(blocks(96, 128))] == wanted


def refusal(path: Path) -> BadModel:
    with pytest.raises(BadModel) as caught:
        load_model(path)
    return caught.value


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("segment", "model.not_a_detector"),
        ("classify", "model.not_a_detector"),
        ("pose", "model.not_a_detector"),
        ("no_metadata", "model.no_metadata"),
        ("names_damaged", "model.metadata_damaged"),
        ("names_with_a_gap", "model.metadata_damaged"),
        ("imgsz_damaged", "model.metadata_damaged"),
        ("stride_damaged", "model.metadata_damaged"),
        ("wrong_output", "model.wrong_output"),
        ("batch_of_four", "model.wrong_input"),
        ("custom_operator", "model.custom_operators"),
        ("unknown_operator", "model.cannot_run"),
        ("external_data", "model.external_data"),
    ],
)
def test_what_is_no_detector_is_refused_for_its_own_reason(name: str, code: str) -> None:
    assert refusal(DATA / f"{name}.onnx").code == code


def test_a_foreign_operator_is_named() -> None:
    assert refusal(DATA / "custom_operator.onnx").details["operators"] == "com.example.plugin::Shade"


def test_outside_weights_are_refused_even_when_they_lie_in_the_current_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DATA)
    assert (DATA / "external_data.bin").is_file()
    assert refusal(Path("external_data.onnx")).code == "model.external_data"


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 archive/data.pkl", "модель".encode() * 50, b"\x08\x08\x12\x07pytorch"],
    ids=["empty", "a .pt file", "text", "no graph"],
)
def test_what_is_no_onnx_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "модель.onnx"
    path.write_bytes(content)
    assert refusal(path).code == "model.not_onnx"


def test_a_model_cut_short_is_refused(tmp_path: Path) -> None:
    whole = (DATA / "rectangular.onnx").read_bytes()
    path = tmp_path / "cut.onnx"
    for end in range(1, len(whole), 499):
        path.write_bytes(whole[:end])
        assert refusal(path).code in ("model.not_onnx", "model.no_metadata", "model.cannot_run")


@given(st.binary(max_size=300))
def test_random_bytes_are_never_taken_for_a_model(content: bytes) -> None:
    with pytest.raises(NotOnnx):
        needs_of(b"\xff" + content)


def test_a_missing_model_a_folder_and_a_giant_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(tmp_path / "нет.onnx").code == "model.file_missing"
    assert refusal(tmp_path).code == "model.file_not_readable"
    monkeypatch.setattr(session, "LARGEST_FILE", 1000)
    assert refusal(DATA / "rectangular.onnx").code == "model.file_too_large"


# --- manifests ---


def test_the_first_model_comes_with_its_manifest() -> None:
    info = load_detector(FIRST_MODEL).info
    assert info.knowledge.name == "kit11_first"
    assert len(info.knowledge.classes) == 11
    assert info.knowledge.look_alikes == (LookAlikeGroup(SCREWDRIVERS, None, "посмотрите на жала", "look at the tips"),)
    assert info.input_size == (480, 480)
    assert (info.thresholds.review, info.thresholds.accept) == (0.25, 0.7)
    assert info.names_ru["screwdriver_minus"] == "Отвёртка «−»"
    assert set(info.names_en) == set(info.names_ru) == info.knowledge.classes


def test_the_shipped_model_knows_the_reference_kit_and_calls_its_tools_as_the_kit_does() -> None:
    info = load_detector(models_folder() / SHIPPED_MODEL).info
    assert info.knowledge.classes == set(REFERENCE_TOOLKIT.expected)
    (group,) = info.knowledge.look_alikes
    assert group.classes == SCREWDRIVERS
    assert (group.look_at_ru, group.look_at_en) == ("посмотрите на жала", "look at the tips")
    assert set(info.knowledge.sizes) == info.knowledge.classes
    for position in REFERENCE_TOOLKIT.positions:
        assert info.names_ru[position.tool_class] == position.name_ru
        assert info.names_en[position.tool_class] == position.name_en


@pytest.fixture
def manifest(tmp_path: Path) -> dict[str, Any]:
    """A manifest for the rectangular model, which lies in `tmp_path` as `tiny.onnx`."""
    shutil.copy(DATA / "rectangular.onnx", tmp_path / "tiny.onnx")
    return {
        "name": "tiny",
        "version": "3",
        "file": "tiny.onnx",
        "sha256": load_unmanifested(tmp_path / "tiny.onnx").info.knowledge.sha256,
        "licence": "AGPL-3.0",
        # in another order than in the model: classes go by name
        "classes": [{"name": n, "ru": n.upper(), "en": n} for n in ("file", "brace", "wrench", "pliers", "hammer")],
        "look_alikes": [{"classes": ["pliers", "wrench"], "accept": 0.8}],
        "input_size": [96, 128],
        "thresholds": {"review": 0.3, "accept": 0.6, "per_class": {"file": {"accept": 0.9}}},
        "training_data": [{"name": "noise", "licence": "none"}],
        "training": "none",
        "quality": [{"measure": "mAP50", "value": 0.0, "on": "noise", "by": "nobody"}],
        "limits": ["It sees nothing."],
    }


def write(tmp_path: Path, manifest: dict[str, Any]) -> Path:
    path = tmp_path / "tiny.json"
    path.write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_manifest_brings_names_thresholds_and_look_alikes(tmp_path: Path, manifest: dict[str, Any]) -> None:
    info = load_model(write(tmp_path, manifest)).info
    assert info.version == "3"
    assert info.names_ru["brace"] == "BRACE"
    assert info.thresholds.accept_of("file", None) == 0.9
    assert info.thresholds.review_of("file") == 0.3
    assert info.knowledge.group_of("pliers") == LookAlikeGroup(frozenset({"pliers", "wrench"}), 0.8)


def test_a_manifest_may_say_how_large_the_tools_are_beside_one_another(
    tmp_path: Path, manifest: dict[str, Any]
) -> None:
    assert load_model(write(tmp_path, manifest)).info.knowledge.sizes == {}
    manifest["sizes"] = {"pliers": {"usual": 1.0, "least": 0.7, "most": 1.4}}
    assert load_model(write(tmp_path, manifest)).info.knowledge.sizes == {"pliers": ToolSize(1.0, 0.7, 1.4)}


def test_a_model_named_by_its_own_file_is_verified_against_the_manifest_beside_it(
    tmp_path: Path, manifest: dict[str, Any]
) -> None:
    write(tmp_path, manifest)
    assert load_model(tmp_path / "tiny.onnx").info.version == "3"
    (tmp_path / "tiny.onnx").write_bytes((DATA / "alphabetical.onnx").read_bytes())
    assert refusal(tmp_path / "tiny.onnx").code == "model.sha256_differs"


def test_a_bare_model_says_that_nobody_vouches_for_it(tmp_path: Path) -> None:
    shutil.copy(DATA / "rectangular.onnx", tmp_path / "чужая.onnx")
    info = load_model(tmp_path / "чужая.onnx").info
    assert (info.version, info.knowledge.name) == (UNMANIFESTED, "чужая")
    assert info.knowledge.look_alikes == ()
    assert info.names_ru == info.names_en == {n: n for n in info.knowledge.classes}


def test_the_looks_that_a_manifest_names_are_those_that_the_station_has(
    tmp_path: Path, manifest: dict[str, Any]
) -> None:
    path = write(tmp_path, manifest | {"other_looks": ["turned", "mirrored"]})
    detector = ready_to_look(load_detector(path))
    assert detector.info.other_looks == ("turned", "mirrored")
    looks = [one.look for one in other_looks_of(detector) if isinstance(one, ShownOtherwise)]
    assert looks == [Look.TURNED, Look.MIRRORED]
    assert other_looks_of(ready_to_look(load_detector(write(tmp_path, manifest)))) == ()


def test_one_changed_byte_in_the_model_is_found(tmp_path: Path, manifest: dict[str, Any]) -> None:
    path = write(tmp_path, manifest)
    content = bytearray((tmp_path / "tiny.onnx").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "tiny.onnx").write_bytes(bytes(content))
    assert refusal(path).code == "model.sha256_differs"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sha256": "0" * 64}, "model.sha256_differs"),
        ({"file": "other.onnx"}, "model.file_missing"),
        ({"file": "../tiny.onnx"}, "model.manifest_damaged"),
        ({"file": "tiny.pt"}, "model.manifest_damaged"),
        ({"input_size": [640, 640]}, "model.input_size_differs"),
        ({"classes": [{"name": "hammer", "ru": "Молоток", "en": "Hammer"}]}, "model.manifest_damaged"),
        ({"thresholds": {"review": 0.9, "accept": 0.5}}, "model.manifest_damaged"),
        ({"thresholds": {"review": 0.2, "accept": 1.5}}, "model.manifest_damaged"),
        ({"thresholds": {"review": 0.2, "accept": 0.5, "per_class": {"anvil": {}}}}, "model.manifest_damaged"),
        ({"look_alikes": [{"classes": ["pliers", "anvil"], "accept": None}]}, "model.manifest_damaged"),
        ({"sizes": {"anvil": {"usual": 1.0, "least": 0.7, "most": 1.4}}}, "model.manifest_damaged"),
        ({"sizes": {"pliers": {"usual": 1.0, "least": 1.2, "most": 1.4}}}, "model.manifest_damaged"),
        ({"treshold": 0.5}, "model.manifest_damaged"),
        ({"limits_ru": ["Она ничего не видит.", "И не слышит."]}, "model.manifest_damaged"),
        ({"version": 3}, "model.manifest_damaged"),
        ({"agreeing_looks": ["sideways"]}, "model.manifest_damaged"),
        ({"agreeing_looks": ["turned"], "second_look": [0]}, "model.manifest_damaged"),
        ({"other_looks": ["sideways"]}, "model.manifest_damaged"),
        ({"other_looks": ["turned", "turned"]}, "model.manifest_damaged"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(
    tmp_path: Path, manifest: dict[str, Any], change: dict[str, Any], code: str
) -> None:
    assert refusal(write(tmp_path, manifest | change)).code == code


def test_a_manifest_with_other_classes_than_the_model_is_refused(tmp_path: Path, manifest: dict[str, Any]) -> None:
    manifest["classes"][0]["name"] = "rasp"
    del manifest["thresholds"]["per_class"]
    refused = refusal(write(tmp_path, manifest))
    assert refused.code == "model.classes_differ"
    assert refused.details["classes"] == "file, rasp"


def test_a_manifest_that_is_missing_or_no_json_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.json").code == "model.manifest_missing"
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    assert refusal(tmp_path / "broken.json").code == "model.manifest_damaged"
    (tmp_path / "folder.json").mkdir()
    assert refusal(tmp_path / "folder.json").code == "model.manifest_not_readable"


def test_a_manifest_of_another_model_is_refused(tmp_path: Path, manifest: dict[str, Any]) -> None:
    path = write(tmp_path, manifest)
    shutil.copy(DATA / "square.onnx", tmp_path / "other.onnx")
    path.rename(tmp_path / "other.json")
    assert refusal(tmp_path / "other.onnx").code == "model.manifest_of_another"


def test_two_threads_may_ask_one_detector() -> None:
    detector = load_unmanifested(DATA / "rectangular.onnx", confidence=0.6)
    frames = [blocks(240, 425), blocks(333, 97)]
    alone = [detector.look(frame) for frame in frames]
    wrong: list[int] = []

    def look(index: int) -> None:
        for _ in range(200):
            if detector.look(frames[index]) != alone[index]:
                wrong.append(index)

    threads = [Thread(target=look, args=(index,)) for index in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
