"""Another look at the same table, where the first leaves little in doubt.

A network sees the same table a little otherwise when the picture is turned round: a tool that it overlooked is there,
a tip that it could not name has a name. So a complete kit that the first look almost accepts is looked at again before
somebody counts. It is complete where all other looks say so, which overrules a doubt by more words than one; else the
first look's word stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from toolroom_desktop.domain.inspection import Inspection, PositionState, Status

MOST_DOUBTS = 2
"""Positions in doubt or missing and things too many, up to which looking again is worth the time.

All complete kits laid apart that the first look did not accept had no more; who is still laying out tools has.
"""

SURELY_TOO_MUCH = 0.5
"""Confidence from which a thing too many was surely seen: no other look talks it away.

In trials it was mostly the second of two equal screwdrivers, one of which lay in the place of another.
"""


class Look(StrEnum):
    """How a frame is shown to the model once more. The words are those of the manifest."""

    MIRRORED = "mirrored"
    UPSIDE_DOWN = "upside_down"
    TURNED = "turned"


def worth_another_look(first: Inspection) -> bool:
    """Whether another look may find the kit complete; never where it is, or where the picture is unusable."""
    if first.status is Status.SUCCESS or first.picture_problems or not first.frames:
        return False
    if any(extra.confidence >= SURELY_TOO_MUCH for extra in first.extras):
        return False
    in_doubt = sum(position.state is not PositionState.PRESENT for position in first.positions)
    return in_doubt + len(first.extras) <= MOST_DOUBTS


def decided(first: Inspection, others: Iterable[Inspection]) -> Inspection:
    """The decision over all looks; `others` are asked for one after the other, as long as that is worth it."""
    accepted = first
    if worth_another_look(first):
        for other in others:
            if other.status is not Status.SUCCESS:
                return first
            accepted = other
    return accepted
