# mypy: ignore-errors
# It needs packages that the project itself does not have.
"""Writes reference_boxes.json: what ultralytics itself finds, on the very pixels that our own pipeline sees.

Run once, by hand, in a throw-away environment with ultralytics 8.4.190, torch 2.13.0 (CPU), onnxruntime 1.32.0 and
opencv-python 5.0.0 (torchvision has no build for this CPU torch; its `ops.nms` was stood in for by ultralytics' own
`TorchNMS.nms`, which "matches torchvision behavior exactly"):

    python tests/data/vision/make_reference.py shared/data

The photos are decoded by `cv2.imdecode(bytes, IMREAD_COLOR | IMREAD_IGNORE_ORIENTATION)` and handed over as arrays,
so that the pipelines are compared and not the JPEG decoders. The part "tiny" needs no photos: the small models beside
this script look at pictures of coloured blocks that `blocks` makes from numbers. Everything else is ultralytics'
`predict` with its defaults (IoU 0.7, at most 300); the confidences are lower than its default where that gives more
boxes to compare.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

os.environ["YOLO_OFFLINE"] = "true"
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import cv2
import numpy as np
import ultralytics

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[2]

COCO_PHOTOS = (
    "kit11/photos/images/Kluch_Green.jpg",
    "kit11/photos/images/Test_Green.jpg",
    "kit11/photos/images/razvodnoj_klyuch_010.jpg",
    "backgrounds/background_02.jpg",
)
TINY_MODELS = {"rectangular": [96, 128], "square": [128, 128], "dynamic": [128, 128], "final": [160, 160]}
TINY_PICTURES = ((48, 64), (96, 128), (240, 425), (333, 97), (31, 500))
TINY_CONFIDENCE = 0.6
LOW_CONFIDENCE = 0.02
SHARED_FOLDERS = ("distractors/val/images", "distractors/train/images", "general/seven_classes/test/images")


def _varied(shared: Path, count: int) -> list[Path]:
    """Photos of as many different sizes as there are, in a fixed order."""
    chosen: dict[tuple[int, ...], Path] = {}
    for folder in SHARED_FOLDERS:
        for path in sorted((shared / folder).glob("*.*")):
            pixels = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
            if pixels is not None:
                chosen.setdefault(pixels.shape, path)
    by_aspect = sorted(chosen.items(), key=lambda item: (item[0][1] / item[0][0], item[1].name))
    step = max(1, len(by_aspect) // count)
    return [path for _, path in by_aspect[::step]][:count]


def blocks(height: int, width: int) -> np.ndarray:
    """A picture (height, width, 3) of coloured blocks, the same on every machine."""
    across, down = np.arange(width) // 11, np.arange(height)[:, None] // 7
    return np.stack([(across * 37 + down * (51 + 20 * c) + across * down * (7 + c)) % 256 for c in range(3)], 2).astype(
        np.uint8
    )


def _boxes(model: ultralytics.YOLO, pixels: np.ndarray, confidence: float, **more: object) -> list[list[float]]:
    boxes = model.predict(pixels, verbose=False, conf=confidence, **more)[0].boxes
    return [
        [*(float(v) for v in box), float(conf), int(cls)]
        for box, conf, cls in zip(boxes.xyxy.tolist(), boxes.conf.tolist(), boxes.cls.tolist(), strict=True)
    ]


def _predict(model: ultralytics.YOLO, path: Path, name: str, confidence: float) -> dict[str, object]:
    content = path.read_bytes()
    flags = cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
    pixels = cv2.imdecode(np.frombuffer(content, np.uint8), flags)
    return {
        "photo": name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": [int(pixels.shape[0]), int(pixels.shape[1])],
        "confidence": confidence,
        "boxes": _boxes(model, pixels, confidence),
    }


def _tiny() -> list[dict[str, object]]:
    result = []
    for name, size in TINY_MODELS.items():
        model = ultralytics.YOLO(str(HERE / f"{name}.onnx"), task="detect")
        for height, width in TINY_PICTURES:
            boxes = _boxes(model, blocks(height, width), TINY_CONFIDENCE, imgsz=size)
            result.append({"model": name, "size": [height, width], "confidence": TINY_CONFIDENCE, "boxes": boxes})
    return result


def _dense(result: dict[str, object]) -> str:
    """JSON with one photo to a line."""
    parts = [f'"ultralytics": {json.dumps(result["ultralytics"])}']
    for key in ("coco", "kit11", "demo", "tiny"):
        lines = ",\n".join(json.dumps(entry) for entry in result[key])
        parts.append(f'"{key}": [\n{lines}\n]')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main(shared: Path) -> None:
    """Write the file beside this script."""
    coco = ultralytics.YOLO(str(shared / "weights/yolov8n_coco_int8.onnx"), task="detect")
    kit = ultralytics.YOLO(str(REPOSITORY / "tests/data/models/kit11_first.onnx"), task="detect")
    coco_photos = [shared / name for name in COCO_PHOTOS] + _varied(shared, 10)
    kit_photos = sorted((shared / "kit11/photos/images").glob("*.jpg"))
    demo = sorted((REPOSITORY / "resources/demo/tables").glob("*.jpg"))
    result = {
        "ultralytics": ultralytics.__version__,
        "coco": [_predict(coco, path, path.relative_to(shared).as_posix(), LOW_CONFIDENCE) for path in coco_photos],
        "kit11": [_predict(kit, path, path.relative_to(shared).as_posix(), LOW_CONFIDENCE) for path in kit_photos],
        "demo": [_predict(kit, path, path.relative_to(REPOSITORY).as_posix(), LOW_CONFIDENCE) for path in demo],
        "tiny": _tiny(),
    }
    (HERE / "reference_boxes.json").write_text(_dense(result), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
