"""When a live inspection is finished, and what it waits for until then.

A plain state machine: time, movement and frames are handed in, so every path can be tested without a camera. The frames
of an inspection all show the same table: any movement throws away those taken before it. A kit that is almost complete
is looked at again in other ways before the decision stands; where all of them find it complete, it is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from toolroom_desktop.domain.detection import FrameResult, PictureProblem
from toolroom_desktop.domain.inspection import Inspection, Status, inspect
from toolroom_desktop.domain.looks import worth_another_look
from toolroom_desktop.domain.thresholds import ModelKnowledge, Thresholds


class WaitingFor(StrEnum):
    """What an inspection waits for; `NOTHING` when it is finished."""

    CAMERA = "camera"
    TOOLS = "tools"
    HANDS = "hands"
    STILLNESS = "stillness"
    PICTURE = "picture"
    FRAMES = "frames"
    AGREEMENT = "agreement"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class LivePace:
    """How patient a live inspection is.

    frames           how many frames of the still table are judged together
    moving           share of the picture, 0..1, from which a change counts as movement
    still_seconds    how long nothing must move before frames count
    success_seconds  how long an unchanged `success` must hold
    other_seconds    how long any other unchanged decision must hold: somebody may still be laying tools out
    again_frames     how many frames another look judges together
    """

    frames: int = 5
    moving: float = 0.004
    still_seconds: float = 0.6
    success_seconds: float = 0.5
    other_seconds: float = 2.0
    again_frames: int = 3


@dataclass(frozen=True, slots=True)
class LiveState:
    """Where the inspection stands. `progress` is 0..1; `inspection` is the decision over the frames so far."""

    waiting_for: WaitingFor
    progress: float
    inspection: Inspection | None

    @property
    def settled(self) -> bool:
        """Whether the decision stands and can be confirmed."""
        return self.waiting_for is WaitingFor.NOTHING


def _signature(inspection: Inspection) -> tuple[object, ...]:
    """What must stay the same for a decision to count as stable."""
    return (
        inspection.status,
        tuple((p.tool_class, p.unit, p.state) for p in inspection.positions),
        tuple(e.tool_class for e in inspection.extras),
        inspection.picture_problems,
    )


class LiveInspection:
    """One inspection before a running camera. Not thread-safe: it belongs to the inference worker."""

    def __init__(
        self,
        expected: Mapping[str, int],
        thresholds: Thresholds,
        model: ModelKnowledge,
        pace: LivePace | None = None,
        *,
        other_looks: int = 0,
    ) -> None:
        """`other_looks` is how many other ways of looking there are."""
        self._expected = dict(expected)
        self._thresholds = thresholds
        self._model = model
        self._pace = pace or LivePace()
        self._other_looks = other_looks
        self._look = 0
        self._again: list[FrameResult] = []
        self._looked_again = False
        self._accepted = False
        self._frames: deque[FrameResult] = deque(maxlen=self._pace.frames)
        self._moved_at: float | None = None
        self._moving = True
        self._signature: tuple[object, ...] | None = None
        self._stable_since = 0.0
        self._inspection: Inspection | None = None
        self._camera_lost = True

    def camera_lost(self) -> None:
        """There is no fresh picture: whatever was seen no longer counts."""
        self._camera_lost = True
        self._forget()

    def movement(self, change: float, now: float) -> None:
        """The share of the picture, 0..1, that changed since the frame before; `now` in seconds."""
        if self._camera_lost or self._moved_at is None:
            self._camera_lost = False
            self._moved_at = now
            self._moving = False
            return
        self._moving = change >= self._pace.moving
        if self._moving:
            self._moved_at = now
            self._forget()

    def wants_frame(self, now: float) -> bool:
        """Whether the model should look at the frame that is there: never while things move or all is decided."""
        if self._camera_lost or self._moving or self._moved_at is None:
            return False
        return now - self._moved_at >= self._pace.still_seconds and not self._finished(now)

    @property
    def look(self) -> int:
        """In which way the next frame should be looked at: 0 as it was taken, else the number of another look."""
        return self._look

    def frame(self, result: FrameResult, now: float) -> None:
        """Take one frame of the still table, looked at in the way of `look`, into the decision."""
        if self._look:
            self._look_again(result, now)
            return
        self._frames.append(result)
        first = inspect(self._expected, tuple(self._frames), self._thresholds, self._model)
        self._decide(first, now)
        if self._other_looks and self._full and not self._looked_again and worth_another_look(first):
            self._look, self._looked_again = 1, True

    def _look_again(self, result: FrameResult, now: float) -> None:
        """Until all other looks have accepted the kit the decision is that of the first."""
        self._again.append(result)
        if len(self._again) < self._pace.again_frames:
            return
        found = inspect(self._expected, tuple(self._again), self._thresholds, self._model)
        self._again.clear()
        accepted = found.status is Status.SUCCESS
        self._accepted = accepted and self._look == self._other_looks
        self._look = self._look + 1 if accepted and not self._accepted else 0
        if self._accepted:
            self._decide(found, now)

    def _decide(self, inspection: Inspection, now: float) -> None:
        self._inspection = inspection
        signature = _signature(inspection)
        if signature != self._signature:
            self._signature = signature
            self._stable_since = now

    def state(self, now: float) -> LiveState:
        """Where the inspection stands at `now`."""
        return LiveState(self._waiting_for(now), self._progress(now), self._inspection)

    def _forget(self) -> None:
        self._frames.clear()
        self._inspection = None
        self._signature = None
        self._again.clear()
        self._look = 0
        self._looked_again = False
        self._accepted = False

    @property
    def _full(self) -> bool:
        return len(self._frames) == self._pace.frames

    def _patience(self) -> float:
        success = self._inspection is not None and self._inspection.status is Status.SUCCESS
        return self._pace.success_seconds if success else self._pace.other_seconds

    def _nothing_seen(self) -> bool:
        inspection = self._inspection
        return inspection is not None and not inspection.found_count and not inspection.extras

    def _finished(self, now: float) -> bool:
        if self._inspection is None or self._look:
            return False
        return self._accepted or (self._full and now - self._stable_since >= self._patience())

    def _waiting_for(self, now: float) -> WaitingFor:
        if self._camera_lost or self._moved_at is None:
            return WaitingFor.CAMERA
        if self._moving:
            return WaitingFor.HANDS
        if now - self._moved_at < self._pace.still_seconds:
            return WaitingFor.STILLNESS
        if self._inspection is None:
            return WaitingFor.FRAMES
        # A bare table has no edges, so that it measures as blurred: what is wanted of the person is tools.
        if self._nothing_seen() and self._inspection.picture_problems <= {PictureProblem.BLURRED}:
            return WaitingFor.TOOLS
        if self._inspection.picture_problems:
            return WaitingFor.PICTURE
        if self._finished(now):
            return WaitingFor.NOTHING
        return WaitingFor.AGREEMENT if self._full else WaitingFor.FRAMES

    def _progress(self, now: float) -> float:
        if self._inspection is None:
            return 0.0
        by_frames = len(self._frames) / self._pace.frames
        by_time = 1.0 if self._accepted else min(1.0, (now - self._stable_since) / self._patience())
        if not self._look:
            return min(by_frames, by_time)
        seen = self._look - 1 + len(self._again) / self._pace.again_frames
        return min(by_frames, by_time, seen / self._other_looks)
