"""Our own part of the way from pixels to boxes stays small beside the model's."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

import pytest

from tests.first_model import FIRST_MODEL
from tests.unit.adapters.vision.pictures import noise
from toolroom_desktop.adapters.vision.bench import measure
from toolroom_desktop.adapters.vision.detector import load_detector
from toolroom_desktop.adapters.vision.meter import GreyMeter
from toolroom_desktop.services.vision_ports import Picture

FRAMES = [Picture(noise(720, 1280, seed)) for seed in (1, 2)]


def test_the_whole_way_costs_at_most_a_twentieth_more_than_the_bare_session() -> None:
    """The measure is a ratio of neighbours in time, so that a busy machine slows both; still, it gets three tries."""
    detector = load_detector(FIRST_MODEL)
    ratios: list[float] = []
    for rounds in (12, 24, 48):
        report = measure(detector, FRAMES, rounds=rounds)
        ratios.append(report.ratio_to_session)
        if ratios[-1] <= 1.05:
            break
    assert min(ratios) <= 1.05, ratios
    assert report.as_json()["frames"] == 2 * rounds
    assert report.letterbox + report.session + report.decode == pytest.approx(report.whole, rel=0.5)


def test_noticing_a_change_costs_less_than_a_seventy_fifth_of_a_look() -> None:
    """Under a millisecond where a look takes 75; it gets three tries too."""
    meter, detector = GreyMeter(), load_detector(FIRST_MODEL)
    ratios: list[float] = []
    for _ in range(3):
        looking = _typical(lambda: detector.look(FRAMES[0].pixels), times=8)
        ratios.append(_typical(lambda: meter.change(*FRAMES), times=200) / looking)
        if ratios[-1] < 1 / 75:
            break
    assert min(ratios) < 1 / 75, ratios


def _typical(work: Callable[[], object], *, times: int) -> float:
    """Median seconds of so many calls."""
    taken: list[float] = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def test_a_benchmark_without_pictures_is_refused() -> None:
    with pytest.raises(ValueError, match="pictures"):
        measure(load_detector(FIRST_MODEL), [])
