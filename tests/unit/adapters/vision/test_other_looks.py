"""A frame is shown turned round, and what is seen there lies where it lies in the frame."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.training.evaluate_tables import CLASSES, PLACES, KnowsTheTruth, table
from toolroom_desktop.adapters.vision.other_looks import LooksAgain, ShownOtherwise
from toolroom_desktop.domain.looks import Look
from toolroom_desktop.services.vision_ports import Picture, other_looks_of


@pytest.mark.parametrize("look", list(Look))
def test_each_look_finds_every_tool_in_its_place(look: Look) -> None:
    picture = Picture(table(*CLASSES))
    found = ShownOtherwise(KnowsTheTruth(), look).detect(picture)
    boxes = {d.class_name: (d.box.x1, d.box.y1, d.box.x2, d.box.y2) for d in found.detections}
    assert boxes == {name: pytest.approx(place, abs=3) for name, place in PLACES.items()}
    assert (found.width, found.height) == (picture.width, picture.height)


@pytest.mark.parametrize("look", list(Look))
def test_each_look_shows_another_picture_of_the_same_size(look: Look) -> None:
    shown: list[Picture] = []

    class Notes(KnowsTheTruth):
        def detect(self, picture: Picture):  # type: ignore[no-untyped-def]
            shown.append(picture)
            return super().detect(picture)

    picture = Picture(table(*CLASSES), sequence=7)
    ShownOtherwise(Notes(), look).detect(picture)
    (other,) = shown
    assert other.pixels.shape == picture.pixels.shape and other.pixels.flags["C_CONTIGUOUS"]
    assert not np.array_equal(other.pixels, picture.pixels)
    assert other.sequence == 7


def test_a_detector_has_the_looks_that_it_was_given_in_their_order() -> None:
    detector = LooksAgain(KnowsTheTruth(), [Look.TURNED, Look.MIRRORED])
    looks = other_looks_of(detector)
    assert [one.look for one in looks if isinstance(one, ShownOtherwise)] == [Look.TURNED, Look.MIRRORED]
    assert detector.info is detector.detector.info
    assert other_looks_of(KnowsTheTruth()) == ()
