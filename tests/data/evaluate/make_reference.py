# mypy: ignore-errors
# It needs packages that the project itself does not have.
"""Writes reference_precision.json: what ultralytics' own metrics say about boxes that are written down beside them.

Run once, by hand, in a throw-away environment with ultralytics 8.4.190 and torch:

    python tests/data/evaluate/make_reference.py

Two cases: made-up boxes around made-up tools, some right, some shifted, some of the wrong class, some of nothing; and
what the first model saw on the demo tables. The numbers come from `DetectionValidator.match_predictions`, `box_iou`,
`ap_per_class` and `ConfusionMatrix`; nothing of this project takes part but the reading of the truth file.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import SimpleNamespace

os.environ["YOLO_OFFLINE"] = "true"
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import cv2
import numpy as np
import torch
import ultralytics
from ultralytics.engine.validator import BaseValidator
from ultralytics.utils.metrics import ConfusionMatrix, ap_per_class, box_iou

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[2]
CONFIDENCE = 0.01
CONFUSION_CONFIDENCE = 0.25


def _made_up() -> dict[str, object]:
    """Twelve pictures of up to six tools of four classes; one class is never seen, one picture is empty."""
    rng = np.random.default_rng(7)
    names = ["brace", "pliers", "wrench", "marker", "file"]
    pictures = []
    for number in range(12):
        truth, seen = [], []
        for _ in range(0 if number == 4 else int(rng.integers(1, 7))):
            x, y = rng.uniform(0, 500, 2)
            width, height = rng.uniform(30, 160, 2)
            index = int(rng.integers(4))
            truth.append([index, x, y, x + width, y + height])
            for _ in range(int(rng.integers(0, 4))):
                shift = rng.normal(0, 0.12, 4) * (width, height, width, height)
                guess = 3 if index == 3 else index
                if rng.random() < 0.25:
                    guess = int(rng.integers(3))
                if guess == 3 and rng.random() < 0.9:
                    continue
                box = np.array([x, y, x + width, y + height]) + shift
                seen.append([guess, float(rng.uniform(0.02, 1)), *box])
        for _ in range(int(rng.integers(0, 4))):
            x, y = rng.uniform(0, 500, 2)
            seen.append([int(rng.integers(5)), float(rng.uniform(0.02, 0.7)), x, y, x + 60, y + 40])
        pictures.append(_rounded(truth, seen))
    return {"names": names, "pictures": pictures}


def _rounded(truth: list, seen: list) -> dict[str, object]:
    return {
        "truth": [[row[0], *(round(float(v), 2) for v in row[1:])] for row in truth],
        "seen": [[row[0], round(float(row[1]), 6), *(round(float(v), 2) for v in row[2:])] for row in seen],
    }


def _demo() -> dict[str, object]:
    model = ultralytics.YOLO(str(REPOSITORY / "tests/data/models/kit11_first.onnx"), task="detect")
    folder = REPOSITORY / "resources/demo/tables"
    tables = json.loads((folder / "tables.json").read_text(encoding="utf-8"))["tables"]
    pictures, names = [], None
    for table in tables:
        pixels = cv2.imdecode(np.frombuffer((folder / table["file"]).read_bytes(), np.uint8), cv2.IMREAD_COLOR)
        result = model.predict(pixels, verbose=False, conf=CONFIDENCE)[0]
        names = [result.names[index] for index in range(len(result.names))]
        boxes = result.boxes
        seen = [
            [int(index), confidence, *box]
            for box, confidence, index in zip(boxes.xyxy.tolist(), boxes.conf.tolist(), boxes.cls.tolist(), strict=True)
        ]
        truth = [
            [names.index(entry["class_name"]), *entry["box"]]
            for entry in table["boxes"]
            if entry["class_name"] in names
        ]
        pictures.append(_rounded(truth, seen))
    return {"names": names, "pictures": pictures}


def _figures(case: dict[str, object]) -> dict[str, object]:
    names, stats = case["names"], []
    validator = SimpleNamespace(iouv=torch.linspace(0.5, 0.95, 10))
    confusion = ConfusionMatrix(names=dict(enumerate(names)))
    for picture in case["pictures"]:
        seen = torch.tensor(sorted(picture["seen"], key=lambda row: -row[1])).reshape(-1, 6)
        truth = torch.tensor(picture["truth"]).reshape(-1, 5)
        overlap = box_iou(truth[:, 1:], seen[:, 2:])
        right = BaseValidator.match_predictions(validator, seen[:, 0], truth[:, 0], overlap)
        stats.append((right.numpy(), seen[:, 1].numpy(), seen[:, 0].numpy(), truth[:, 0].numpy()))
        confusion.process_batch(
            {"cls": seen[:, 0], "conf": seen[:, 1], "bboxes": seen[:, 2:]},
            {"cls": truth[:, 0], "bboxes": truth[:, 1:]},
            conf=CONFUSION_CONFIDENCE,
        )
    tp, conf, seen_classes, true_classes = (np.concatenate(column) for column in zip(*stats, strict=True))
    _, _, precision, recall, _, ap, classes, *_ = ap_per_class(tp, conf, seen_classes, true_classes)
    return {
        "map50": float(ap[:, 0].mean()),
        "map50_95": float(ap.mean()),
        "classes": [
            {
                "class_name": names[index],
                "precision": float(precision[row]),
                "recall": float(recall[row]),
                "ap50": float(ap[row, 0]),
                "ap50_95": float(ap[row].mean()),
            }
            for row, index in enumerate(classes)
        ],
        "confusion": confusion.matrix.astype(int).tolist(),
    }


def main() -> None:
    """Write the file beside this script."""
    cases = {"made_up": _made_up(), "demo": _demo()}
    parts = [f'"ultralytics": {json.dumps(ultralytics.__version__)}']
    for name, case in cases.items():
        lines = ",\n".join(json.dumps(picture) for picture in case["pictures"])
        parts.append(
            f'"{name}": {{"names": {json.dumps(case["names"])},\n"figures": {json.dumps(_figures(case))},\n'
            f'"pictures": [\n{lines}\n]}}'
        )
    (HERE / "reference_precision.json").write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
