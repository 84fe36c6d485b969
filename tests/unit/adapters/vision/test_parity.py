"""Box by box the same as ultralytics.

The reference was produced once by ultralytics 8.4.190 itself (torch 2.13.0 on the CPU, onnxruntime 1.32.0), by
`tests/data/vision/make_reference.py`: `YOLO(model).predict(pixels)` on the decoded pixels, with confidences low enough
to have many boxes. "tiny" are the small models of this folder, on pictures that are made from numbers; "demo" is the
first model on the demo tables; "kit11" and "coco" are real models on real photos, which are not part of the repository.
Whoever renders the demo tables anew has to make the reference anew.

Measured where it was produced: 0 mismatches, 0.0 px and 0.0 confidence over 58 frames and 1,582 boxes. The tolerances
leave room for other processors, whose convolutions round otherwise.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.first_model import FIRST_MODEL
from tests.unit.adapters.vision.pictures import DATA, PROJECT, Pixels, blocks
from toolroom_desktop.adapters.vision.detector import OnnxDetector, load_detector, load_unmanifested
from toolroom_desktop.adapters.vision.photos import FilePhotoReader

REFERENCE: dict[str, Any] = json.loads((DATA / "reference_boxes.json").read_text(encoding="utf-8"))
PIXELS = 0.02
CONFIDENCE = 2e-5


def assert_same(detector: OnnxDetector, pixels: Pixels, entry: dict[str, Any]) -> None:
    assert list(pixels.shape[:2]) == entry["size"]
    blob, place = detector.prepare(pixels)
    rows = detector.rows_of(detector.session.run(blob), place)
    wanted = np.array(entry["boxes"], np.float32).reshape(-1, 6)
    assert rows.shape == wanted.shape
    assert rows[:, 5].tolist() == wanted[:, 5].tolist()
    assert np.abs(rows[:, :4] - wanted[:, :4]).max(initial=0) <= PIXELS
    assert np.abs(rows[:, 4] - wanted[:, 4]).max(initial=0) <= CONFIDENCE


def assert_same_on_photos(model: Path, entries: list[dict[str, Any]], folder: Path) -> None:
    detector = load_unmanifested(model, confidence=entries[0]["confidence"])
    for entry in entries:
        path = folder / entry["photo"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]
        assert_same(detector, FilePhotoReader().read(path).pixels, entry)


@pytest.mark.core
@pytest.mark.parametrize("entry", REFERENCE["tiny"], ids=lambda e: f"{e['model']}-{e['size'][0]}x{e['size'][1]}")
def test_small_models_of_every_shape_see_what_ultralytics_sees(entry: dict[str, Any]) -> None:
    detector = load_unmanifested(DATA / f"{entry['model']}.onnx", confidence=entry["confidence"])
    assert entry["boxes"]
    assert_same(detector, blocks(*entry["size"]), entry)


def test_the_first_model_sees_on_the_kit_photos_what_ultralytics_sees(shared_data: Path) -> None:
    model = FIRST_MODEL.with_suffix(".onnx")
    assert_same_on_photos(model, REFERENCE["kit11"], shared_data)


def test_a_foreign_quantised_export_sees_what_ultralytics_sees(shared_data: Path) -> None:
    assert_same_on_photos(shared_data / "weights" / "yolov8n_coco_int8.onnx", REFERENCE["coco"], shared_data)


@pytest.mark.core
def test_the_first_model_sees_on_the_demo_tables_what_ultralytics_sees() -> None:
    assert_same_on_photos(FIRST_MODEL.with_suffix(".onnx"), REFERENCE["demo"], PROJECT)


def test_frames_of_different_sizes_leave_no_trace_in_each_other() -> None:
    detector = load_detector(FIRST_MODEL, confidence=0.001)
    frames = [blocks(480, 640), blocks(700, 300), blocks(480, 480), blocks(480, 640)]
    alone = [load_detector(FIRST_MODEL, confidence=0.001).look(frame) for frame in frames]
    assert any(alone)
    assert [detector.look(frame) for frame in frames] == alone
