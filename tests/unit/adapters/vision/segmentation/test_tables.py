"""Behind a tool that lay alone the table is known well enough to be a background for scenes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tests.unit.adapters.vision.segmentation.tables import a_screwdriver, table
from toolroom_desktop.adapters.vision.segmentation.cutter import OpenCvCutter
from toolroom_desktop.services.enrolment import Box

CUTTER = OpenCvCutter()
EMPTY = np.clip(table(seed=2), 0, 255).astype(np.uint8)


def test_the_table_behind_a_tool_looks_like_the_empty_one() -> None:
    scene = a_screwdriver()
    made = CUTTER.alone(scene.picture)
    assert made.table is not None and made.mask is not None
    assert made.table.shape == scene.picture.pixels.shape
    tool = made.mask > 0

    def differs(picture: NDArray[np.uint8]) -> float:
        return float(np.abs(picture[tool].astype(float) - EMPTY[tool]).mean())

    assert differs(made.table) < 0.25 * differs(scene.picture.pixels)
    assert np.array_equal(made.table[:40], scene.picture.pixels[:40]), "far from the tool nothing is touched"


def test_a_tool_among_others_leaves_no_background() -> None:
    scene = a_screwdriver()
    rows, columns = np.nonzero(scene.mask)
    height, width = scene.picture.pixels.shape[:2]
    box = Box(columns.min() / width, rows.min() / height, columns.max() / width, rows.max() / height)
    assert CUTTER.in_box(scene.picture, box).table is None
