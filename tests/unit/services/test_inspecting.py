"""A photo is looked at again where the first look almost accepts the kit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes import TurningDetector, frame_of, model_info, plain_picture
from toolroom_desktop.domain.detection import FrameResult
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.toolkit import Position, Toolkit
from toolroom_desktop.services.inspecting import Inspecting, StationThresholds
from toolroom_desktop.services.vision_ports import Picture

INFO = model_info("pliers", "brace", "file")
COMPLETE = frame_of(("pliers", 0.9), ("brace", 0.9), ("file", 0.9))
ONE_MISSING = frame_of(("pliers", 0.9), ("brace", 0.9))


class OnePhoto:
    """`PhotoReader` of one photo."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture

    def read(self, path: Path) -> Picture:
        return self.picture


@pytest.mark.parametrize(
    ("first", "again", "status", "asked"),
    [
        (COMPLETE, (ONE_MISSING, ONE_MISSING), Status.SUCCESS, [0, 0]),
        (ONE_MISSING, (COMPLETE, COMPLETE), Status.SUCCESS, [1, 1]),
        (ONE_MISSING, (COMPLETE, ONE_MISSING), Status.DISCREPANCY, [1, 1]),
        (ONE_MISSING, (ONE_MISSING, COMPLETE), Status.DISCREPANCY, [1, 0]),
        (frame_of(), (COMPLETE, COMPLETE), Status.DISCREPANCY, [0, 0]),
    ],
)
def test_a_photo_is_looked_at_again_as_long_as_the_looks_accept_the_kit(
    first: FrameResult, again: tuple[FrameResult, ...], status: Status, asked: list[int]
) -> None:
    picture = plain_picture()
    grey = int(picture.pixels[0, 0, 0])
    looks = [{grey: one} for one in again]
    detector = TurningDetector(INFO, {grey: first}, *looks)
    toolkit = Toolkit("any", tuple(Position(name, 1) for name in ("pliers", "brace", "file")))
    inspecting = Inspecting(detector, OnePhoto(picture), StationThresholds())
    evidence = inspecting.check_photos([Path("table.jpg")], toolkit)
    assert evidence.inspection.status is status
    assert [look.looked for look in detector.turned] == asked
