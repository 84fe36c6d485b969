"""Real photos of single tools and real cut-outs, where they are beside the checkout."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from toolroom_desktop.adapters.files.cutout_sources import FolderReader
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.adapters.vision.segmentation.cutter import OpenCvCutter
from toolroom_desktop.services.enrolment import Verdict

CUTTER = OpenCvCutter()


def photo(shared_data: Path, number: str) -> Path:
    return shared_data / "general" / "single_tool" / "images" / f"{number}.jpg"


def opaque(shared_data: Path, number: str) -> int:
    """Pixels of the tool that is cut out without any help."""
    cut = CUTTER.alone(FilePhotoReader().read(photo(shared_data, number)))
    assert cut.verdict is Verdict.OK
    assert cut.pixels is not None
    return int((cut.pixels[..., 3] > 127).sum())


@pytest.mark.parametrize("number", ["0007", "0052", "0053"])
def test_the_rings_of_scissors_are_open(shared_data: Path, number: str) -> None:
    pixels = CUTTER.alone(FilePhotoReader().read(photo(shared_data, number))).pixels
    assert pixels is not None
    shown = (pixels[..., 3] > 127).astype(np.uint8)
    contours, _ = cv2.findContours(shown, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = cv2.drawContours(np.zeros_like(shown), contours, -1, 1, cv2.FILLED)
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray((filled > 0) & (shown == 0), np.uint8))
    assert (stats[1:, cv2.CC_STAT_AREA] > 0.03 * shown.sum()).sum() >= 2


def test_a_thin_shaft_is_kept_whole(shared_data: Path) -> None:
    pixels = CUTTER.alone(FilePhotoReader().read(photo(shared_data, "0020"))).pixels
    assert pixels is not None
    # The screwdriver takes 76 % of the photo's width, its handle half of that.
    assert pixels.shape[1] > 0.7 * 1024


@pytest.mark.parametrize("number", ["0012", "0021"])
def test_masks_that_are_loose_or_lack_a_part_give_the_same_tool_as_no_mask(shared_data: Path, number: str) -> None:
    path = photo(shared_data, number)
    mask = cv2.imread(str(path.parents[1] / "masks" / f"{number}.png"), cv2.IMREAD_GRAYSCALE)
    assert mask is not None
    cut = CUTTER.with_mask(FilePhotoReader().read(path), (mask > 127).astype(np.uint8))
    assert cut.pixels is not None
    assert int((cut.pixels[..., 3] > 127).sum()) == pytest.approx(opaque(shared_data, number), rel=0.02)


def test_a_tool_on_a_knobbed_mat_is_cut_by_its_mask_and_not_guessed(shared_data: Path) -> None:
    path = photo(shared_data, "0081")
    picture = FilePhotoReader().read(path)
    mask = cv2.imread(str(path.parents[1] / "masks" / "0081.png"), cv2.IMREAD_GRAYSCALE)
    assert mask is not None
    assert CUTTER.alone(picture).verdict is Verdict.DOUBTFUL
    cut = CUTTER.with_mask(picture, (mask > 127).astype(np.uint8))
    assert cut.verdict is Verdict.OK
    assert cut.pixels is not None
    assert (cut.pixels[..., 3] > 127).sum() == pytest.approx((mask > 127).sum(), rel=0.15)


@pytest.mark.parametrize(("number", "verdict"), [("0082", Verdict.DOUBTFUL), ("0073", Verdict.OK)])
def test_on_a_knobbed_mat_only_a_light_tool_is_cut_without_a_mask(
    shared_data: Path, number: str, verdict: Verdict
) -> None:
    assert CUTTER.alone(FilePhotoReader().read(photo(shared_data, number))).verdict is verdict


def test_the_cut_outs_of_the_reference_kit_lose_their_green_rims(shared_data: Path) -> None:
    folder = shared_data / "kit11" / "cutouts_more"
    content = FolderReader(folder, classes=shared_data / "kit11" / "data.yaml", frame=(1152, 832)).content()
    assert len(content.materials) == 14
    shim = next(one for one in content.materials if one.source.endswith("/08_green.png"))
    cut, frame = shim.cut(CUTTER)
    assert frame == (1152, 832)
    assert cut.pixels is not None
    lab = cv2.cvtColor(np.ascontiguousarray(cut.pixels[..., :3]), cv2.COLOR_BGR2LAB).astype(int)
    vivid = np.hypot(lab[..., 1] - 128, lab[..., 2] - 128) > 32
    assert vivid[cut.pixels[..., 3] > 127].mean() < 0.005


def test_outlines_of_foreign_tools_have_no_class_and_no_scale(shared_data: Path) -> None:
    content = FolderReader(shared_data / "general" / "tools17", foreign=True).content()
    assert content.classes == ()
    assert len(content.materials) > 3000
    for material in content.materials[:40]:
        cut, frame = material.cut(CUTTER)
        assert material.class_name is None
        assert frame is None
        assert (cut.verdict is Verdict.OK) == (cut.pixels is not None)


def test_boxes_alone_suffice_on_photos_of_the_kit(shared_data: Path) -> None:
    content = FolderReader(shared_data / "kit11" / "photos", classes=shared_data / "kit11" / "data.yaml").content()
    wrench = next(one for one in content.materials if one.source.endswith("/Kluch_Black.jpg"))
    cut, frame = wrench.cut(CUTTER)
    assert (wrench.class_name, frame) == ("combination_wrench", (1152, 832))
    assert cut.verdict is Verdict.OK


def test_of_a_heap_of_tools_nothing_is_cut_by_boxes(shared_data: Path) -> None:
    content = FolderReader(shared_data / "kit11" / "photos", classes=shared_data / "kit11" / "data.yaml").content()
    heap = [one for one in content.materials if "/Test_Green.jpg#" in one.source]
    assert len(heap) == 11
    for material in heap[:4]:
        assert material.cut(CUTTER)[0].verdict in {Verdict.TWO_TOOLS, Verdict.DOUBTFUL, Verdict.CLIPPED}
