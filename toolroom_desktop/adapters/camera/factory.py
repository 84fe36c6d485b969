"""From the setting "camera" to a camera, and which cameras this machine has."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from toolroom_desktop.adapters.camera.capture import (
    SYSTEM_LISTS_CAMERAS,
    Capture,
    CaptureWishes,
    device_exists,
    open_device,
)
from toolroom_desktop.adapters.camera.limits import CameraLimits
from toolroom_desktop.adapters.camera.opencv import OpenCvCamera
from toolroom_desktop.adapters.camera.replay import ReplayCamera
from toolroom_desktop.adapters.camera.scenes import find_scenes
from toolroom_desktop.adapters.camera.source import ReplaySource, UsbSource, parse_source
from toolroom_desktop.domain.errors import CameraProblem
from toolroom_desktop.services.ports import Clock
from toolroom_desktop.services.vision_ports import Camera, CameraAnswer, FoundCamera, PhotoReader

_INDICES = range(5)


def make_camera(
    source: str,
    *,
    photo_reader: PhotoReader,
    clock: Clock,
    backend: str = "auto",
    width: int = 1280,
    height: int = 720,
    fps: float = 30.0,
    replay_fps: float = 10.0,
    advance_every: float | None = None,
    noise: bool = False,
    limits: CameraLimits | None = None,
) -> Camera:
    """The camera that `source` means; it is not started. A replay is a `SceneCamera`.

    `source` is "usb:0", "rtsp://..." or "http(s)://...", or "replay:PATH" of a photo, a folder or a video.
    `width`, `height` and `fps` are wishes to a USB camera; `replay_fps`, `advance_every` (seconds) and `noise` are
    for a replay.

    Raises `BadInput` (`camera.bad_source`, `camera.bad_backend`), and for a replay `CameraProblem`
    (`camera.replay_nothing`, `camera.replay_unreadable`, `camera.replay_bad_titles`). A device that is not there is
    no error here: the camera says so in its health, and goes on trying.
    """
    wishes = CaptureWishes(backend, width, height, fps)
    meant = parse_source(source)
    if isinstance(meant, ReplaySource):
        scenes = find_scenes(meant.path)
        return ReplayCamera(scenes, photo_reader, clock, fps=replay_fps, advance_every=advance_every, noise=noise)
    device = meant.index if isinstance(meant, UsbSource) else meant.url
    return OpenCvCamera(device, clock, wishes=wishes, limits=limits)


def list_cameras(
    *,
    within: float = 20.0,
    backend: str = "auto",
    indices: Sequence[int] | None = None,
    open_index: Callable[[int], Capture] | None = None,
) -> tuple[FoundCamera, ...]:
    """The USB cameras with the first five indices, after at most `within` seconds.

    Each is opened in a thread of its own; one that does not answer in time is SILENT. A camera that another program
    uses is REFUSED, where the system tells that it exists at all (Linux). `indices` and `open_index` replace the
    system's cameras.
    """
    wishes = CaptureWishes(backend)

    def open_system_camera(index: int) -> Capture:
        return open_device(UsbSource(index), wishes)

    if indices is None:
        indices = [index for index in _INDICES if device_exists(index) or not SYSTEM_LISTS_CAMERAS]
    probes = [_Probe(index, open_index or open_system_camera) for index in indices]
    for probe in probes:
        probe.start()
    deadline = time.monotonic() + within
    for probe in probes:
        probe.join(max(0.0, deadline - time.monotonic()))
    found = tuple(probe.found for probe in probes)
    if SYSTEM_LISTS_CAMERAS:
        return found
    # Elsewhere an index that refuses is most likely no camera at all.
    return tuple(camera for camera in found if camera.answer is not CameraAnswer.REFUSED)


class _Probe(threading.Thread):
    """Asks one camera for one frame."""

    def __init__(self, index: int, open_index: Callable[[int], Capture]) -> None:
        super().__init__(name=f"probe-usb:{index}", daemon=True)
        self._index = index
        self._open_index = open_index
        self.found = FoundCamera(f"usb:{index}", CameraAnswer.SILENT)

    def run(self) -> None:
        source = self.found.source
        try:
            capture = self._open_index(self._index)
        except CameraProblem:
            self.found = FoundCamera(source, CameraAnswer.REFUSED)
            return
        try:
            pixels = capture.read()
        finally:
            capture.release()
        if pixels is None:
            self.found = FoundCamera(source, CameraAnswer.NO_FRAMES)
        else:
            self.found = FoundCamera(source, CameraAnswer.FRAMES, (pixels.shape[1], pixels.shape[0]))
