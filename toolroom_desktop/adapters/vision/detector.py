"""A model that is ready to look: loaded, verified against its manifest, and run on frames."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.vision.decode import Rows, decode_final, decode_raw, to_frame
from toolroom_desktop.adapters.vision.letterbox import Blob, Fit, Letterbox
from toolroom_desktop.adapters.vision.manifest import Manifest, ManifestFile, read_manifest, read_manifest_file
from toolroom_desktop.adapters.vision.meter import measure_quality
from toolroom_desktop.adapters.vision.opinion import Opinion, opinion_in
from toolroom_desktop.adapters.vision.session import ModelFile, OnnxSession, read_model_file
from toolroom_desktop.domain.detection import Box, Detection, FrameResult
from toolroom_desktop.domain.errors import BadModel
from toolroom_desktop.domain.thresholds import ModelKnowledge, Thresholds
from toolroom_desktop.services.vision_ports import ModelInfo, Picture

DEFAULT_CONFIDENCE = 0.25
UNMANIFESTED = "unmanifested"
"""The version of a model that came without a manifest: nobody vouches for it."""


class OnnxDetector:
    """`Detector` on ONNX Runtime. One frame at a time: a second thread waits."""

    def __init__(
        self,
        session: OnnxSession,
        info: ModelInfo,
        *,
        confidence: float = DEFAULT_CONFIDENCE,
        opinion: Opinion | None = None,
    ) -> None:
        """`confidence` 0..1 is the least that a detection has; give the lowest review threshold that is in use.

        `opinion` is the network of the second opinion that the model brings; the detector itself does not ask it.
        """
        self.opinion = opinion
        self.session = session
        self._info = info
        self._confidence = confidence
        self._letterbox = Letterbox(
            session.input_size, session.dtype, session.metadata.stride if session.dynamic else None
        )
        self._decode = decode_final if session.final else decode_raw
        self._lock = Lock()

    @property
    def info(self) -> ModelInfo:
        """What is known about the model."""
        return self._info

    def prepare(self, pixels: NDArray[np.uint8]) -> tuple[Blob, Fit]:
        """The model's input for a frame, and its geometry; the input is overwritten by the next frame."""
        return self._letterbox(pixels)

    def rows_of(self, output: NDArray[np.float32], place: Fit) -> Rows:
        """The output as rows in pixels of the frame."""
        return to_frame(self._decode(output, self._confidence), place)

    def detections_of(self, output: NDArray[np.float32], place: Fit) -> tuple[Detection, ...]:
        """The output as detections in pixels of the frame."""
        names = self.session.metadata.names
        return tuple(
            Detection(names[int(index)], confidence, Box(x1, y1, x2, y2))
            for x1, y1, x2, y2, confidence, index in self.rows_of(output, place).tolist()
        )

    def look(self, pixels: NDArray[np.uint8]) -> tuple[Detection, ...]:
        """Detections in a frame (height, width, 3) in BGR, boxes in its pixels, most confident first."""
        with self._lock:
            blob, place = self.prepare(pixels)
            return self.detections_of(self.session.run(blob), place)

    def detect(self, picture: Picture) -> FrameResult:
        """Detections and quality of one frame, boxes in pixels of `picture`."""
        return FrameResult(
            detections=self.look(picture.pixels),
            width=picture.width,
            height=picture.height,
            quality=measure_quality(picture.pixels),
        )


def _verify(manifest: Manifest, file: ModelFile, manifest_path: Path) -> None:
    if file.sha256 != manifest.sha256:
        raise BadModel(
            "model.sha256_differs",
            path=str(file.path),
            manifest=str(manifest_path),
            found=file.sha256,
            expected=manifest.sha256,
        )


def _verify_content(manifest: Manifest, session: OnnxSession, file: ModelFile, manifest_path: Path) -> None:
    stated, real = {entry.name for entry in manifest.classes}, set(session.metadata.names)
    if stated != real:
        raise BadModel(
            "model.classes_differ",
            path=str(file.path),
            manifest=str(manifest_path),
            classes=", ".join(sorted(stated ^ real)),
        )
    if tuple(manifest.input_size) != session.input_size:
        raise BadModel(
            "model.input_size_differs",
            path=str(file.path),
            manifest=str(manifest_path),
            found=f"{session.input_size[0]} x {session.input_size[1]}",
            expected=f"{manifest.input_size[0]} x {manifest.input_size[1]}",
        )


def _wanted_opinion(
    manifest: Manifest, session: OnnxSession, file: ModelFile, manifest_path: Path, threads: int | None
) -> Opinion | None:
    """The network of the second opinion where the manifest asks for it: its thresholds were chosen with it."""
    if not manifest.second_opinion:
        return None
    opinion = opinion_in(session.texts, str(file.path), threads=threads)
    if opinion is None or set(opinion.names) != set(session.metadata.names):
        raise BadModel("model.opinion_missing", path=str(file.path), manifest=str(manifest_path))
    return opinion


def _no_more_checks(_manifest: ManifestFile) -> None:
    """The manifest is named by somebody who answers for it."""


def load_detector(
    manifest_path: Path,
    *,
    confidence: float = DEFAULT_CONFIDENCE,
    threads: int | None = None,
    check: Callable[[ManifestFile], object] = _no_more_checks,
) -> OnnxDetector:
    """Load the model that a manifest describes, if it is that very model.

    confidence  0..1, the least that a detection has
    threads     for the model; None leaves one core to the window
    check       asked about the manifest as it was read, before the model is; refuses by raising

    Takes about as long as a few inspections and holds the interpreter, so it belongs into a worker at start.
    Raises `BadModel`.
    """
    described = read_manifest_file(manifest_path)
    check(described)
    manifest = described.manifest
    file = read_model_file(described.model_path)
    _verify(manifest, file, manifest_path)
    session = OnnxSession(file, threads=threads)
    _verify_content(manifest, session, file, manifest_path)
    opinion = _wanted_opinion(manifest, session, file, manifest_path, threads)
    info = ModelInfo(
        knowledge=ModelKnowledge(
            manifest.name,
            file.sha256,
            frozenset(session.metadata.names),
            manifest.groups(),
            manifest.tool_sizes(),
        ),
        version=manifest.version,
        input_size=session.input_size,
        thresholds=manifest.decision_thresholds(),
        names_ru={entry.name: entry.ru for entry in manifest.classes},
        names_en={entry.name: entry.en for entry in manifest.classes},
        second_look=tuple(manifest.second_look or ()),
        agreeing_looks=tuple(manifest.agreeing_looks or ()),
        other_looks=tuple(manifest.other_looks or ()),
        second_opinion=opinion is not None,
    )
    return OnnxDetector(session, info, confidence=confidence, opinion=opinion)


def load_unmanifested(
    onnx_path: Path, *, confidence: float = DEFAULT_CONFIDENCE, threads: int | None = None
) -> OnnxDetector:
    """Load a model that has no manifest: names from its metadata, default thresholds, version `UNMANIFESTED`.

    Raises `BadModel`.
    """
    file = read_model_file(onnx_path)
    session = OnnxSession(file, threads=threads)
    names = {name: name for name in session.metadata.names}
    info = ModelInfo(
        knowledge=ModelKnowledge(onnx_path.stem, file.sha256, frozenset(names)),
        version=UNMANIFESTED,
        input_size=session.input_size,
        thresholds=Thresholds(),
        names_ru=names,
        names_en=dict(names),
    )
    return OnnxDetector(session, info, confidence=confidence)


def load_model(path: Path, *, confidence: float = DEFAULT_CONFIDENCE, threads: int | None = None) -> OnnxDetector:
    """Load what a user named: a manifest, a model with a manifest beside it (then verified), or a bare model.

    Raises `BadModel`.
    """
    if path.suffix.lower() == ".json":
        return load_detector(path, confidence=confidence, threads=threads)
    beside = path.with_suffix(".json")
    if not beside.exists():
        return load_unmanifested(path, confidence=confidence, threads=threads)
    manifest = read_manifest(beside)
    if manifest.file != path.name:
        raise BadModel("model.manifest_of_another", path=str(path), manifest=str(beside), file=manifest.file)
    return load_detector(beside, confidence=confidence, threads=threads)
