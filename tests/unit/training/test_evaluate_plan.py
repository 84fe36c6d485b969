"""The kit trials are spread evenly, and the same seed makes the same ones."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.unit.training.evaluate_tables import CLASSES, GROUP
from toolroom_desktop.training.evaluate.plan import SHARES, DisturbanceKind, Trial, TrialKind, plan_trials

PHOTOS = [CLASSES, CLASSES]


def of_kind(trials: tuple[Trial, ...], kind: TrialKind) -> list[Trial]:
    return [trial for trial in trials if trial.kind is kind]


def test_the_same_seed_makes_the_same_trials_and_another_others() -> None:
    assert plan_trials(PHOTOS, [GROUP], 100, 7) == plan_trials(PHOTOS, [GROUP], 100, 7)
    assert plan_trials(PHOTOS, [GROUP], 100, 7) != plan_trials(PHOTOS, [GROUP], 100, 8)


@pytest.mark.parametrize("total", [1, 7, 100, 601])
def test_there_are_as_many_trials_as_asked_for_divided_by_kind(total: int) -> None:
    trials = plan_trials(PHOTOS, [GROUP], total, 1)
    assert [trial.number for trial in trials] == list(range(1, total + 1))
    for kind, count in Counter(trial.kind for trial in trials).items():
        assert count == pytest.approx(total * SHARES[kind], abs=1.01)


def test_every_tool_is_removed_before_any_is_removed_twice() -> None:
    removed = of_kind(plan_trials(PHOTOS, [GROUP], 64, 3), TrialKind.REMOVED)
    counts = Counter((trial.photo, trial.absent) for trial in removed)
    assert len(counts) == 8
    assert set(counts.values()) <= {len(removed) // 8, len(removed) // 8 + 1}


def test_look_alikes_are_swapped_only_among_themselves_and_others_are_doubled() -> None:
    trials = plan_trials(PHOTOS, [GROUP], 400, 1)
    for kind, alike in ((TrialKind.SWAPPED, True), (TrialKind.DOUBLED, False)):
        pairs = {(CLASSES[t.absent or 0], CLASSES[t.brought or 0]) for t in of_kind(trials, kind)}
        assert pairs
        assert all(set(pair) <= GROUP.classes for pair in pairs) is alike
        assert all(gone != copied for gone, copied in pairs)


def test_every_tool_comes_back_in_another_size_and_that_is_not_counted_among_the_false_passes() -> None:
    trials = of_kind(plan_trials(PHOTOS, [GROUP], 400, 1), TrialKind.OTHER_SIZE)
    assert {trial.absent for trial in trials} == set(range(len(CLASSES)))
    assert all(trial.absent == trial.brought for trial in trials)
    assert not TrialKind.OTHER_SIZE.incomplete


def test_a_kit_without_look_alikes_has_no_swaps_and_no_fewer_trials() -> None:
    trials = plan_trials(PHOTOS, [], 200, 1)
    assert len(trials) == 200
    assert not of_kind(trials, TrialKind.SWAPPED)


def test_a_kit_of_two_equal_tools_has_nothing_to_double() -> None:
    kinds = {trial.kind for trial in plan_trials([("pliers", "pliers")], [], 50, 1)}
    assert TrialKind.DOUBLED not in kinds
    assert TrialKind.REMOVED in kinds


def test_every_disturbance_has_its_turn() -> None:
    counts = Counter(
        t.disturbance.kind for t in of_kind(plan_trials([CLASSES] * 30, [GROUP], 640, 1), TrialKind.REMOVED)
    )
    assert set(counts) == set(DisturbanceKind)
    assert max(counts.values()) - min(counts.values()) <= 1


def test_no_complete_kit_is_shown_twice_in_the_same_picture() -> None:
    complete = of_kind(plan_trials([CLASSES], [GROUP], 400, 1), TrialKind.COMPLETE)
    assert max(Counter((t.photo, t.disturbance) for t in complete).values()) == 1


def test_the_trials_come_photo_by_photo() -> None:
    photos = [trial.photo for trial in plan_trials(PHOTOS, [GROUP], 100, 1)]
    assert photos == sorted(photos)


@pytest.mark.parametrize(("photos", "total"), [([], 10), (PHOTOS, 0)])
def test_there_are_no_trials_of_nothing(photos: list[tuple[str, ...]], total: int) -> None:
    with pytest.raises(ValueError, match="complete photos"):
        plan_trials(photos, [GROUP], total, 1)
