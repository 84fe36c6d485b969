"""The slot for the newest frame: size 1, so that nothing queues and nobody waits for an old picture."""

from __future__ import annotations

import threading
from collections.abc import Callable

from toolroom_desktop.services.vision_ports import Picture


class FrameSlot:
    """Holds the newest frame and hands it out while it is fresh. All methods may be called from any thread.

    Freshness is judged when a reader asks, by the reader's own thread: a capture thread that hangs cannot make an
    old frame look new.
    """

    def __init__(self, monotonic: Callable[[], float], fresh_for: float) -> None:
        """`monotonic` is the clock of `Picture.captured_at`; `fresh_for` is in seconds."""
        self._monotonic = monotonic
        self._fresh_for = fresh_for
        self._changed = threading.Condition()
        self._picture: Picture | None = None
        self._closed = False

    def put(self, picture: Picture) -> None:
        """Replace the frame; a closed slot takes none."""
        with self._changed:
            if not self._closed:
                self._picture = picture
                self._changed.notify_all()

    def clear(self) -> None:
        """Forget the frame."""
        with self._changed:
            self._picture = None

    def close(self) -> None:
        """Forget the frame and wake everybody who waits."""
        with self._changed:
            self._picture = None
            self._closed = True
            self._changed.notify_all()

    def reopen(self) -> None:
        """Take frames again after `close`."""
        with self._changed:
            self._closed = False

    def latest(self) -> Picture | None:
        """The newest frame if it is fresh."""
        with self._changed:
            return self._newer(0)

    def wait_newer(self, sequence: int, timeout: float) -> Picture | None:
        """Block until a fresh frame with a greater sequence is there; None after `timeout` seconds or a close."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._newer(sequence) is not None, timeout)
            return self._newer(sequence)

    def _newer(self, sequence: int) -> Picture | None:
        picture = self._picture
        if picture is None or picture.sequence <= sequence:
            return None
        if self._monotonic() - picture.captured_at > self._fresh_for:
            return None
        return picture
