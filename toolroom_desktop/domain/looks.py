"""Another look at the same table, where the first leaves little in doubt.

A network sees the same table a little otherwise when the picture is turned round: a tool that it overlooked is there,
a tip that it could not name has a name. So a complete kit that the first look almost accepts is looked at again before
somebody counts. The kit is complete where one look says so; else the first look's word stands. The other looks must be
as little deceived as the first: thresholds are chosen so that no look accepts an incomplete kit.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from toolroom_desktop.domain.inspection import Inspection, PositionState, Status

MOST_DOUBTS = 2
"""Positions in doubt or missing and things too many, up to which looking again is worth the time.

All complete kits laid apart that the first look did not accept had no more; who is still laying out tools has.
"""


class Look(StrEnum):
    """How a frame is shown to the model once more. The words are those of the manifest."""

    MIRRORED = "mirrored"
    UPSIDE_DOWN = "upside_down"
    TURNED = "turned"


def worth_another_look(first: Inspection) -> bool:
    """Whether another look may still find the kit complete; never where it is, or where the picture is unusable."""
    if first.status is Status.SUCCESS or first.picture_problems or not first.frames:
        return False
    in_doubt = sum(position.state is not PositionState.PRESENT for position in first.positions)
    return in_doubt + len(first.extras) <= MOST_DOUBTS


def decided(first: Inspection, others: Iterable[Inspection]) -> Inspection:
    """The decision over all looks; `others` are asked for one after the other, and only where that is worth it."""
    if worth_another_look(first):
        for other in others:
            if other.status is Status.SUCCESS:
                return other
    return first
