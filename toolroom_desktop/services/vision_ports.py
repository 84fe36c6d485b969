"""What the services need of cameras, models and pictures, as protocols, as `ports` says it of records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from toolroom_desktop.domain.detection import FrameResult
from toolroom_desktop.domain.errors import CameraProblem
from toolroom_desktop.domain.inspection import Inspection
from toolroom_desktop.domain.thresholds import ModelKnowledge, Thresholds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One frame. `pixels` is (height, width, 3) uint8 in BGR order and is never written to.

    sequence     counts the frames of one source, from 1
    captured_at  `Clock.monotonic` seconds when it was taken
    """

    pixels: NDArray[np.uint8]
    sequence: int = 0
    captured_at: float = 0.0

    @property
    def width(self) -> int:
        """Width in pixels."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Height in pixels."""
        return int(self.pixels.shape[0])


class PhotoReader(Protocol):
    """Decodes a photo file, upright by its EXIF orientation, as 8-bit BGR."""

    def read(self, path: Path) -> Picture:
        """The photo; raises `BadPhoto` with a code of its own for each way in which a file can be unusable."""


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A loaded model as people and the decision see it. `input_size` is (height, width) in pixels.

    `second_look` are the quarter turns at which its look-alikes are looked at once more from near by,
    `agreeing_looks` the ways in which the whole frame is looked at once more to believe them; empty: it is not done.
    `second_opinion` says that a network of its own is asked about each tool that was found. `other_looks` are the ways
    in which a kit that is almost complete is looked at again.
    """

    knowledge: ModelKnowledge
    version: str
    input_size: tuple[int, int]
    thresholds: Thresholds
    names_ru: dict[str, str]
    names_en: dict[str, str]
    second_look: tuple[int, ...] = ()
    agreeing_looks: tuple[str, ...] = ()
    second_opinion: bool = False
    other_looks: tuple[str, ...] = ()


class Detector(Protocol):
    """A model that is ready to look."""

    @property
    def info(self) -> ModelInfo:
        """What is known about the model."""

    def detect(self, picture: Picture) -> FrameResult:
        """Detections and quality of one frame, boxes in pixels of `picture`."""


@runtime_checkable
class LookingAgain(Protocol):
    """A detector that can look at the same frame in other ways, each a detector of its own."""

    @property
    def other_looks(self) -> tuple[Detector, ...]:
        """In the order in which they are worth asking for."""


def other_looks_of(detector: Detector) -> tuple[Detector, ...]:
    """The other looks that a detector has; none where it has but one."""
    return detector.other_looks if isinstance(detector, LookingAgain) else ()


class PictureMeter(Protocol):
    """Cheap comparison of two frames, to see movement without a model."""

    def change(self, before: Picture, after: Picture) -> float:
        """Share of the picture that differs noticeably, 0..1; 1.0 when the sizes differ."""


class EvidencePainter(Protocol):
    """Makes the JPEG files that an operation keeps."""

    def clean(self, picture: Picture) -> bytes:
        """The frame as it was, as JPEG bytes."""

    def annotated(self, picture: Picture, inspection: Inspection, names: dict[str, str]) -> bytes:
        """The frame with boxes, short names and states drawn in, as JPEG bytes."""


class CameraState(StrEnum):
    """How a camera is."""

    OFF = "off"
    OPENING = "opening"
    LIVE = "live"
    FROZEN = "frozen"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class CameraHealth:
    """State of a camera with, where something is wrong, the problem as a sentence's code.

    `returned` counts how often the camera came back after having been lost or frozen.
    """

    state: CameraState
    problem: CameraProblem | None = None
    returned: int = 0


class Camera(Protocol):
    """A running source of frames with a slot for the newest one. All methods may be called from any thread."""

    @property
    def health(self) -> CameraHealth:
        """How the camera is now."""

    def start(self) -> None:
        """Begin capturing in the camera's own thread and return at once. A second call does nothing."""

    def stop(self) -> None:
        """Ask the thread to end and wait for it, at most a few seconds. May be called twice."""

    def latest(self) -> Picture | None:
        """The newest frame, or None when there is none that is fresh (lost, frozen, not started)."""

    def wait_newer(self, sequence: int, timeout: float) -> Picture | None:
        """Block until a fresh frame with a greater sequence is there; None after `timeout` seconds or a stop."""


class CameraAnswer(StrEnum):
    """What a camera did when it was asked for a frame."""

    FRAMES = "frames"
    NO_FRAMES = "no_frames"
    REFUSED = "refused"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class FoundCamera:
    """One camera of this machine. `size` is (width, height) in pixels of its frame, where there was one."""

    source: str
    answer: CameraAnswer
    size: tuple[int, int] | None = None


class SceneCamera(Camera, Protocol):
    """A replay, whose scene can be changed by hand (the demo feed)."""

    @property
    def scene_titles(self) -> Sequence[str]:
        """What the scenes are called (file names for plain folders)."""

    @property
    def scene_index(self) -> int:
        """Which scene is shown, from 0."""

    def show_scene(self, index: int) -> None:
        """Show that scene from the next frame on; the index wraps around."""
