"""How large each tool is beside the others is learnt from complete kits, from near and far."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from toolroom_desktop.domain.detection import Box, Detection, FrameResult
from toolroom_desktop.domain.thresholds import LookAlikeGroup, ModelKnowledge, Thresholds
from toolroom_desktop.training.evaluate.choose import choose_thresholds
from toolroom_desktop.training.evaluate.judge import TrialResult
from toolroom_desktop.training.evaluate.plan import Disturbance, DisturbanceKind, Trial, TrialKind
from toolroom_desktop.training.evaluate.sizes import LEAST_PHOTOS, LEAST_RANGE, LEAST_SEEN, ROOM, learnt_sizes

LENGTHS = {"pliers": 180.0, "brace": 360.0, "plus": 150.0, "cutters": 160.0, "wrench": 200.0}
KIT = dict.fromkeys(LENGTHS, 1)
MODEL = ModelKnowledge("test", "0" * 64, frozenset(LENGTHS))


def result(number: int, kind: TrialKind = TrialKind.COMPLETE, **factors: float) -> TrialResult:
    far = float(np.random.default_rng(number).uniform(0.3, 2.0))
    found = tuple(
        Detection(name, 0.9, Box(50.0, 200.0 * row, 50.0 + length * far * factors.get(name, 1.0), 200.0 * row))
        for row, (name, length) in enumerate(LENGTHS.items())
    )
    trial = Trial(number, 0, kind, Disturbance(DisturbanceKind.NONE), number)
    return TrialResult(trial, f"{number}.png", (FrameResult(found, 2000, 2000),))


def test_lengths_are_learnt_as_shares_of_the_kits_middle_one_whatever_the_distance() -> None:
    sizes = learnt_sizes([result(number) for number in range(40)], KIT, Thresholds(), MODEL)
    assert {name: size.usual for name, size in sizes.items()} == pytest.approx(
        {name: length / 180 for name, length in LENGTHS.items()}, abs=0.004
    )
    assert all(size.least == pytest.approx(1 / LEAST_RANGE, abs=0.001) for size in sizes.values())
    assert all(size.most == pytest.approx(LEAST_RANGE, abs=0.001) for size in sizes.values())


def test_a_tool_that_opens_and_closes_has_a_wider_range_than_the_others() -> None:
    results = [result(number, cutters=0.6 if number % 2 else 1.0) for number in range(400)]
    size = learnt_sizes(results, KIT, Thresholds(), MODEL)["cutters"]
    assert size.usual * size.least == pytest.approx(160 / 180 * 0.6 / ROOM, rel=0.03)
    assert size.usual * size.most == pytest.approx(160 / 180 * ROOM, rel=0.2)


def test_only_complete_kits_teach_and_a_few_of_them_say_nothing() -> None:
    enough = [result(number) for number in range(LEAST_SEEN)]
    others = [result(100 + number, TrialKind.OTHER_SIZE, plus=0.5) for number in range(300)]
    sizes = learnt_sizes([*enough, *others], KIT, Thresholds(), MODEL)
    assert sizes["plus"].least == pytest.approx(1 / LEAST_RANGE, abs=0.001)
    assert learnt_sizes([*enough[1:], *others], KIT, Thresholds(), MODEL) == {}


@pytest.mark.parametrize(("photos", "known"), [(LEAST_PHOTOS - 1, False), (LEAST_PHOTOS, True)])
def test_many_trials_of_few_photographs_say_nothing(photos: int, known: bool) -> None:
    results = [replace(result(number), photo=f"{number % photos}.png") for number in range(400)]
    assert bool(learnt_sizes(results, KIT, Thresholds(), MODEL)) is known


def test_what_to_expect_of_unseen_kits_is_counted_with_sizes_that_have_not_seen_them_either() -> None:
    """Every second photograph shows cutters that are shut, which the others have never seen."""
    shut = [result(number, cutters=0.4 if number % 2 else 1.0) for number in range(80)]
    absent = [replace(result(200 + n, TrialKind.REMOVED), frames=(FrameResult((), 2000, 2000),)) for n in range(4)]
    choice = choose_thresholds([*shut, *absent], KIT, Thresholds(), MODEL)
    assert choice is not None
    assert (choice.first_pass.count, choice.first_pass.of) == (80, 80)
    assert (choice.checked_first_pass.count, choice.checked_first_pass.of) == (0, 80)


def test_look_alikes_that_are_never_believed_have_sizes_too() -> None:
    never = ModelKnowledge("test", "0" * 64, frozenset(LENGTHS), (LookAlikeGroup(frozenset({"plus", "brace"}), None),))
    sizes = learnt_sizes([result(number) for number in range(40)], KIT, Thresholds(), never)
    assert set(sizes) == set(LENGTHS)
