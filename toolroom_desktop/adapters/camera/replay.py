"""Photos and videos as if they were a camera, for the demo and for tests."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.camera.capture import quieten_opencv
from toolroom_desktop.adapters.camera.feed import Feed
from toolroom_desktop.adapters.camera.limits import CameraLimits
from toolroom_desktop.adapters.camera.scenes import Scene
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.errors import BadPhoto, CameraProblem
from toolroom_desktop.services.ports import Clock
from toolroom_desktop.services.vision_ports import CameraHealth, PhotoReader, Picture

_STOP_WITHIN = 5.0
_PLAUSIBLE_VIDEO_RATE = (1.0, 120.0)
_NOISE_LEVELS = 2


class _Player(Protocol):
    """The frames of one scene."""

    @property
    def fps(self) -> float:
        """Frames per second."""

    def next(self) -> NDArray[np.uint8]:
        """The next frame, in an array that nobody writes to."""

    def close(self) -> None:
        """Let the file go."""


class _Photo:
    """A photo, decoded once and then shown again and again."""

    def __init__(self, scene: Scene, reader: PhotoReader, fps: float) -> None:
        try:
            self._pixels = reader.read(scene.path).pixels
        except BadPhoto as error:
            raise CameraProblem("camera.replay_unreadable", path=str(scene.path), reason=error.code) from error
        self.fps = fps

    def next(self) -> NDArray[np.uint8]:
        return self._pixels

    def close(self) -> None:
        """Nothing is open."""


class _Video:
    """A video at its own rate. At its end it begins again, or holds its last frame."""

    def __init__(self, scene: Scene, fps: float, *, loop: bool) -> None:
        quieten_opencv()
        self._path = scene.path
        self._loop = loop
        self._last: NDArray[np.uint8] | None = None
        self._capture = cv2.VideoCapture(str(scene.path))
        rate = self._capture.get(cv2.CAP_PROP_FPS)
        slowest, fastest = _PLAUSIBLE_VIDEO_RATE
        self.fps = rate if slowest <= rate <= fastest else fps

    def next(self) -> NDArray[np.uint8]:
        taken, frame = self._capture.read()
        if not taken and self._loop and self._last is not None:
            # Opened again and not sought: some containers cannot go back to their first frame.
            self._capture.open(str(self._path))
            taken, frame = self._capture.read()
        if taken:
            self._last = cast("NDArray[np.uint8]", frame)
        if self._last is None:
            raise CameraProblem("camera.replay_unreadable", path=str(self._path), reason="camera.no_frames")
        return self._last

    def close(self) -> None:
        self._capture.release()


class ReplayCamera:
    """A `SceneCamera` that shows scenes, each held until another one is chosen."""

    def __init__(
        self,
        scenes: Sequence[Scene],
        photo_reader: PhotoReader,
        clock: Clock,
        *,
        fps: float = 10.0,
        loop: bool = True,
        advance_every: float | None = None,
        noise: bool = False,
    ) -> None:
        """`scenes` as `find_scenes` gives them; the first one that can be read is shown first.

        fps            frames per second of a photo; a video has its own rate
        loop           a video begins again at its end, and the last scene is followed by the first
        advance_every  seconds after which the next scene is shown by itself
        noise          each frame of a photo differs a little, as those of a sensor do

        Raises `CameraProblem("camera.replay_unreadable")` when not one scene can be read.
        """
        self._scenes = tuple(scenes)
        self._photo_reader = photo_reader
        self._clock = clock
        self._fps = fps
        self._loop = loop
        self._advance_every = advance_every
        self._random = np.random.default_rng(0) if noise else None
        self._feed = Feed(str(self._scenes[0].path.parent), clock.monotonic, CameraLimits(), may_repeat=True)
        self._changed = threading.Condition()
        self._stopping = False
        self._lifecycle = threading.Lock()
        self._thread: threading.Thread | None = None
        self._prepared: dict[int, _Player] = {}
        self._index = self._prepare_first_readable()

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """What can be shown."""
        return self._scenes

    @property
    def scene_titles(self) -> Sequence[str]:
        """The English titles, or the file names where there are none; `titles` gives those of a language."""
        return self.titles("en")

    def titles(self, language: str) -> tuple[str, ...]:
        """The titles of the scenes in "ru" or "en"."""
        return tuple(scene.title(language) for scene in self._scenes)

    @property
    def scene_index(self) -> int:
        """Which scene is shown, from 0."""
        with self._changed:
            return self._index

    def show_scene(self, index: int) -> None:
        """Show that scene from the next frame on; the index wraps around."""
        with self._changed:
            self._index = index % len(self._scenes)
            self._changed.notify_all()

    @property
    def health(self) -> CameraHealth:
        """How the replay is now: LOST with `camera.replay_unreadable` while its scene cannot be read."""
        return self._feed.health

    def start(self) -> None:
        """Begin to show frames and return at once. A second call does nothing."""
        with self._lifecycle:
            if self._thread is not None:
                return
            self._stopping = False
            self._feed.open()
            self._thread = threading.Thread(target=self._play_scenes, name="capture-replay", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it. May be called twice."""
        with self._lifecycle:
            if self._thread is None:
                return
            self._feed.close()
            with self._changed:
                self._stopping = True
                self._changed.notify_all()
            self._thread.join(_STOP_WITHIN)
            self._thread = None

    def latest(self) -> Picture | None:
        """The newest frame, or None when there is none that is fresh."""
        return self._feed.latest()

    def wait_newer(self, sequence: int, timeout: float) -> Picture | None:
        """Block until a fresh frame with a greater sequence is there; None after `timeout` seconds or a stop."""
        return self._feed.wait_newer(sequence, timeout)

    def _prepare_first_readable(self) -> int:
        failures: list[CameraProblem] = []
        for index in range(len(self._scenes)):
            try:
                player = self._player(index)
                player.next()
            except CameraProblem as problem:
                failures.append(problem)
            else:
                self._prepared[index] = player
                return index
        raise failures[0]

    def _player(self, index: int) -> _Player:
        scene = self._scenes[index]
        if scene.is_video:
            return _Video(scene, self._fps, loop=self._loop)
        return _Photo(scene, self._photo_reader, self._fps)

    def _play_scenes(self) -> None:
        writer = self._feed.admit()
        while not self._stopping:
            index = self.scene_index
            try:
                self._play(writer, index)
            except CameraProblem as problem:
                self._feed.fail(writer, problem)
                if not self._wait_for_change(index, self._advance_every):
                    self._advance(index)

    def _play(self, writer: int, index: int) -> None:
        """Show one scene until another one is wanted."""
        player = self._prepared.pop(index, None) or self._player(index)
        try:
            began = due = self._clock.monotonic()
            while self._show(writer, index, self._with_noise(player.next())):
                now = self._clock.monotonic()
                if self._advance_every is not None and now - began >= self._advance_every:
                    self._advance(index)
                # A late frame does not make the next ones hurry.
                due = max(due + 1 / player.fps, now)
                if self._wait_for_change(index, due - now):
                    return
        finally:
            player.close()

    def _show(self, writer: int, index: int, pixels: NDArray[np.uint8]) -> bool:
        # Under the lock of `show_scene`, so that no frame of the old scene follows its return.
        with self._changed:
            if self._index != index:
                return False
            self._feed.publish(writer, pixels)
            return True

    def _advance(self, index: int) -> None:
        with self._changed:
            if self._index == index and (self._loop or index + 1 < len(self._scenes)):
                self._index = (index + 1) % len(self._scenes)

    def _wait_for_change(self, index: int, timeout: float | None) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self._stopping or self._index != index, timeout)

    def _with_noise(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        if self._random is None:
            return pixels
        noise = self._random.integers(-_NOISE_LEVELS, _NOISE_LEVELS + 1, pixels.shape, np.int8)
        return np.clip(pixels + noise.astype(np.int16), 0, 255).astype(np.uint8)
