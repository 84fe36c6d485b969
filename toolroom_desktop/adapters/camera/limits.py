"""How long a camera may take for what, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CameraLimits:
    """Times in seconds. The defaults keep the promises of the station: lost is said within 3 s, back within 5 s.

    fresh_for           a frame older than this is not handed out
    frozen_after        frames that repeat exactly for so long mean a frozen camera
    lost_after          no frame for so long means a lost camera
    first_frame_within  how long an opened device may take for its first frame
    open_within         how long opening may take; Media Foundation takes up to 20 s
    failing_for         how long reading may fail before the device is opened again
    back_off_first      pause before the second attempt; doubles with each attempt that brought no new frame
    back_off_most       longest pause; with the opening itself it has to stay below 5 s
    stop_within         how long `stop` waits for a driver that blocks
    check_every         how often the supervisor looks after a blocked driver
    most_abandoned      how many threads may hang in a driver at the same time before no new one is started
    """

    fresh_for: float = 1.5
    frozen_after: float = 2.0
    lost_after: float = 2.5
    first_frame_within: float = 5.0
    open_within: float = 25.0
    failing_for: float = 0.5
    back_off_first: float = 0.5
    back_off_most: float = 3.0
    stop_within: float = 2.0
    check_every: float = 0.25
    most_abandoned: int = 3

    def __post_init__(self) -> None:
        """A slot that is fresh for longer would hand out frames of a camera already known to be frozen or lost."""
        if self.fresh_for > min(self.frozen_after, self.lost_after):
            raise ValueError("fresh_for must not exceed frozen_after and lost_after")
