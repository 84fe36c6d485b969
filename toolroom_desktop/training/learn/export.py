"""A trained network made into a model that a station takes: ONNX with ultralytics' metadata, and a manifest.

What is written is proven first: the same photos go through the network in PyTorch and through the file in ONNX Runtime,
and the largest difference of any box or score must be next to nothing.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.database.files import sync_file
from toolroom_desktop.adapters.vision.detector import OnnxDetector, load_unmanifested
from toolroom_desktop.adapters.vision.letterbox import Letterbox
from toolroom_desktop.adapters.vision.manifest import (
    Figure,
    Manifest,
    ManifestClass,
    ManifestExport,
    ManifestLookAlikes,
    ManifestThresholds,
    Source,
    write_manifest,
)
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.errors import BadModel
from toolroom_desktop.domain.looks import Look
from toolroom_desktop.training.learn.torchvision_stand_in import ensure_torchvision

ensure_torchvision()

import onnx  # noqa: E402 - after the stand-in
import onnxslim  # noqa: E402
import torch  # noqa: E402
import ultralytics  # noqa: E402
from ultralytics.nn.tasks import DetectionModel, load_checkpoint  # noqa: E402

from toolroom_desktop.training.learn.export_opinion import LARGEST_DIFFERENCE, OpinionWeights  # noqa: E402
from toolroom_desktop.training.learn.quantise import Agreement, agreement, quantise  # noqa: E402

OPSET = 17
LICENCE = "AGPL-3.0"
REVIEW, ACCEPT = 0.25, 0.7
"""Thresholds until `toolroom evaluate` has chosen them."""
LARGEST_BOX_DIFFERENCE = 0.1
"""Pixels of the input."""
LARGEST_SCORE_DIFFERENCE = 1e-3
COMPARED_FROM = 0.05
"""Confidence from which an anchor's box is compared; below it nobody ever looks at the box."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ClassFile:
    """What people call the classes, and which of them look alike; the rest of a manifest where it is told."""

    classes: tuple[ManifestClass, ...] = ()
    look_alikes: tuple[ManifestLookAlikes, ...] = ()
    second_look: tuple[int, ...] = ()
    agreeing_looks: tuple[Look, ...] = ()
    other_looks: tuple[Look, ...] = ()
    training_data: tuple[Source, ...] = ()
    limits: tuple[str, ...] = ()
    limits_ru: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """An export.

    size    (height, width) of the input in pixels, multiples of the network's stride
    photos  for the comparison, and for the ranges of the 8-bit version
    opinion weights of the network of the second opinion, None for a model without one
    """

    weights: Path
    out: Path
    name: str
    version: str
    size: tuple[int, int]
    classes: ClassFile
    photos: tuple[Path, ...]
    int8: bool
    opinion: Path | None = None


@dataclass(frozen=True, slots=True)
class Parity:
    """Largest differences between PyTorch and ONNX Runtime on photos: of boxes in pixels of the input, of scores."""

    photos: int
    box: float
    score: float


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export made. `int8` and `loss` are None where only the float version was wanted."""

    manifest: Path
    parity: Parity
    int8: Path | None
    loss: Agreement | None


def _texts(content: dict[str, Any], key: str) -> tuple[str, ...]:
    """The texts under a key, which may be missing; raises ValueError for one that says nothing."""
    texts = tuple(str(entry) for entry in content.get(key) or ())
    if not all(texts):
        raise ValueError(f"{key} has an empty text")
    return texts


def read_class_file(path: Path) -> ClassFile:
    """Names and groups from a JSON file with "classes" as a manifest has them: a manifest itself, or `cutouts.json`.

    A class that an enrolment knows by its name alone is called that in both languages.
    Raises `BadModel("model.class_file_damaged")`.
    """
    try:
        content = json.loads(path.read_bytes())
        limits, limits_ru = _texts(content, "limits"), _texts(content, "limits_ru")
        if limits_ru and len(limits_ru) != len(limits):
            raise ValueError("limits and limits_ru are not of one number")
        return ClassFile(
            classes=tuple(
                ManifestClass.model_validate({key: entry.get(key) or entry["name"] for key in ("name", "ru", "en")})
                for entry in content["classes"]
            ),
            look_alikes=tuple(ManifestLookAlikes.model_validate(entry) for entry in content.get("look_alikes", [])),
            second_look=tuple(int(turn) for turn in content.get("second_look") or ()),
            agreeing_looks=tuple(Look(name) for name in content.get("agreeing_looks") or ()),
            other_looks=tuple(Look(name) for name in content.get("other_looks") or ()),
            training_data=tuple(Source.model_validate(entry) for entry in content.get("training_data", [])),
            limits=limits,
            limits_ru=limits_ru,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadModel("model.class_file_damaged", path=path, reason=str(error)) from error


def export(plan: ExportPlan, report: Callable[[str], None]) -> Exported:
    """Write NAME.onnx with NAME.json, and NAME_int8.onnx with its manifest where that is wanted.

    Each file is written beside its place and moved there when all of it is proven. `report` is told the code of each
    step. Raises `BadModel` for weights that are no detector, a size that does not fit, or a file that computes
    something else than the network; `BadPhoto`; `OSError` when there is no room.
    """
    report("cli.model.loading_weights")
    network, note = _network(plan.weights)
    stride = int(max(network.stride))
    if any(side % stride for side in plan.size):
        raise BadModel("model.size_not_of_stride", size=f"{plan.size[1]}x{plan.size[0]}", stride=stride)
    names = {index: str(name) for index, name in network.names.items()}
    told = {entry.name: entry for entry in plan.classes.classes}
    classes = [told.get(name, ManifestClass(name=name, ru=name, en=name)) for name in names.values()]
    plan.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=plan.out, prefix=".export-") as folder:
        stage = Path(folder)
        model = stage / f"{plan.name}.onnx"
        report("cli.model.exporting")
        _write_onnx(network, plan.size, names, stride, model)
        report("cli.model.comparing")
        float_model = load_unmanifested(model)
        parity = compare(network, float_model, plan.photos)
        if parity.box > LARGEST_BOX_DIFFERENCE or parity.score > LARGEST_SCORE_DIFFERENCE:
            raise BadModel("model.parity_broken", path=model.name, box=f"{parity.box:.3g}", score=f"{parity.score:.3g}")
        made = ManifestExport(
            made_with=f"ultralytics {ultralytics.__version__}, torch {torch.__version__}",
            opset=OPSET,
            precision="float32",
            weights_sha256=_sha256(plan.weights),
            parity_photos=parity.photos,
            box_difference=parity.box,
            score_difference=parity.score,
        )
        opinion = _opinion(plan, names.values(), float_model, report)
        loss = None
        small = stage / f"{plan.name}_int8.onnx"
        if plan.int8:
            report("cli.model.quantising")
            quantise(model, small, plan.photos)
            loss = agreement(float_model, load_unmanifested(small), plan.photos)
        if opinion is not None:
            for file in (model, small) if plan.int8 else (model,):
                opinion.attach(file)
        manifest = _place(plan.out, model, _manifest(plan, model, classes, note, made, []))
        int8 = None
        if loss is not None:
            in_eight_bits = made.model_copy(update={"precision": "int8"})
            int8 = _place(plan.out, small, _manifest(plan, small, classes, note, in_eight_bits, _figures(loss)))
    return Exported(manifest, parity, int8, loss)


def _opinion(
    plan: ExportPlan, names: Collection[str], detector: OnnxDetector, report: Callable[[str], None]
) -> OpinionWeights | None:
    """The network of the second opinion, proven on what the detector finds on the photos."""
    if plan.opinion is None:
        return None
    report("cli.model.exporting_opinion")
    opinion = OpinionWeights(plan.opinion, names)
    apart = opinion.difference(detector, plan.photos)
    if apart > LARGEST_DIFFERENCE:
        raise BadModel("model.parity_broken", path=plan.opinion, box="0", score=f"{apart:.3g}")
    return opinion


def _network(weights: Path) -> tuple[DetectionModel, str]:
    """The network in a checkpoint of ultralytics, its averaged weights where there are any, fused, and its training."""
    try:
        network, checkpoint = load_checkpoint(str(weights))
    except Exception as error:
        raise BadModel("model.weights_not_readable", path=weights, reason=f"{type(error).__name__}: {error}") from error
    if not isinstance(network, DetectionModel):
        raise BadModel("model.weights_no_detector", path=weights, kind=type(network).__name__)
    network = network.float().eval().fuse(verbose=False)
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    head = network.model[-1]
    head.dynamic, head.export, head.format = False, True, "onnx"
    return network, _training_of(checkpoint)


def _training_of(checkpoint: dict[str, Any]) -> str:
    told = checkpoint.get("train_args") or {}
    facts = [f"{key} {told[key]}" for key in ("imgsz", "batch", "epochs", "lr0", "optimizer", "seed") if key in told]
    return f"ultralytics {checkpoint.get('version') or '?'}: {', '.join(facts)}" if facts else "not told by the weights"


def _write_onnx(
    network: DetectionModel, size: tuple[int, int], names: dict[int, str], stride: int, target: Path
) -> None:
    blob = torch.zeros(1, 3, *size)
    network(blob)  # builds the anchors of this size, which must not be traced
    torch.onnx.export(
        network, blob, str(target), opset_version=OPSET, input_names=["images"], output_names=["output0"], dynamo=False
    )
    model = onnxslim.slim(onnx.load(str(target)))
    metadata = {
        "description": "Toolroom Desktop detector",
        "author": "Toolroom Desktop",
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": ultralytics.__version__,
        "license": LICENCE,
        "stride": stride,
        "task": "detect",
        "head": type(network.model[-1]).__name__,
        "batch": 1,
        "imgsz": list(size),
        "names": names,
        "args": {"batch": 1, "dynamic": False, "opset": OPSET, "simplify": True, "nms": False},
        "channels": 3,
        "end2end": False,
    }
    onnx.helper.set_model_props(model, {key: str(value) for key, value in metadata.items()})
    model.ir_version = min(model.ir_version, 10)
    onnx.checker.check_model(model)
    onnx.save(model, str(target))


def compare(network: DetectionModel, model: OnnxDetector, photos: Sequence[Path]) -> Parity:
    """The largest differences of any score, and of any box that somebody could see, on these photos."""
    reader, letterbox = FilePhotoReader(), Letterbox(model.info.input_size, np.float32, None)
    box = score = 0.0
    for path in photos:
        blob, _ = letterbox(reader.read(path).pixels)
        with torch.inference_mode():
            output = network(torch.from_numpy(np.asarray(blob, np.float32)))
        ours: Floats = (output[0] if isinstance(output, tuple | list) else output).numpy()[0]
        theirs = model.session.run(blob)
        score = max(score, float(np.abs(ours[4:] - theirs[4:]).max()))
        visible = ours[4:].max(axis=0) >= COMPARED_FROM
        if visible.any():
            box = max(box, float(np.abs(ours[:4, visible] - theirs[:4, visible]).max()))
    return Parity(len(photos), box, score)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _figures(loss: Agreement) -> list[Figure]:
    en, ru = Messages("en"), Messages("ru")
    on, on_ru = (words.text("model.figure_int8_on", photos=loss.photos, tools=loss.tools) for words in (en, ru))
    values = {
        "model.figure_int8_same": float(loss.same),
        "model.figure_int8_more": float(loss.more),
        "model.figure_int8_change": loss.largest_change,
    }
    return [
        Figure(
            measure=en.text(code),
            measure_ru=ru.text(code),
            value=value,
            on=on,
            on_ru=on_ru,
            by="toolroom model export",
        )
        for code, value in values.items()
    ]


def _manifest(
    plan: ExportPlan, model: Path, classes: list[ManifestClass], note: str, made: ManifestExport, quality: list[Figure]
) -> Manifest:
    known = {entry.name for entry in classes}
    return Manifest(
        name=model.stem,
        version=plan.version,
        file=model.name,
        sha256=_sha256(model),
        licence=LICENCE,
        classes=classes,
        look_alikes=[group for group in plan.classes.look_alikes if set(group.classes) <= known],
        second_look=None if plan.opinion else list(plan.classes.second_look) or None,
        agreeing_looks=None if plan.opinion else list(plan.classes.agreeing_looks) or None,
        second_opinion=True if plan.opinion else None,
        other_looks=list(plan.classes.other_looks) or None,
        input_size=list(plan.size),
        thresholds=ManifestThresholds(review=REVIEW, accept=ACCEPT),
        training_data=list(plan.classes.training_data),
        training=note,
        quality=quality,
        limits=list(plan.classes.limits),
        limits_ru=list(plan.classes.limits_ru) or None,
        export=made,
    )


def _place(folder: Path, model: Path, manifest: Manifest) -> Path:
    """Move the model to its place and write its manifest; between the two the old manifest refuses the new model."""
    sync_file(model)
    model.replace(folder / model.name)
    path = folder / f"{model.stem}.json"
    path.with_suffix(".sig").unlink(missing_ok=True)  # it was over another manifest
    write_manifest(path, manifest)
    return path
