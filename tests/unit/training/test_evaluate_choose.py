"""Thresholds are chosen so that no incomplete kit passes, and as many complete ones as then can."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes import frame_of
from tests.unit.training.evaluate_tables import CLASSES, GROUP, INFO
from toolroom_desktop.domain.detection import Box, Detection
from toolroom_desktop.domain.thresholds import Thresholds
from toolroom_desktop.training.evaluate.choose import HIGHEST, LOWEST, MARGIN, Choice, choose_thresholds
from toolroom_desktop.training.evaluate.judge import TrialResult, judge, kit_figures
from toolroom_desktop.training.evaluate.plan import Disturbance, DisturbanceKind, Trial, TrialKind

KIT = dict.fromkeys(CLASSES, 1)
MODEL = INFO.knowledge
SURE = dict.fromkeys(CLASSES, 0.9)


def result(kind: TrialKind, number: int, **confidences: float) -> TrialResult:
    seen = SURE | confidences
    trial = Trial(number, 0, kind, Disturbance(DisturbanceKind.NONE), number)
    frame = frame_of(*((name, confidence) for name, confidence in seen.items() if confidence))
    return TrialResult(trial, "one.png", (frame,), "brace" if kind.incomplete else None)


def chosen(results: list[TrialResult]) -> Choice:
    choice = choose_thresholds(results, KIT, Thresholds(), MODEL)
    assert choice is not None
    return choice


def complete(*braces: float) -> list[TrialResult]:
    return [result(TrialKind.COMPLETE, 100 + number, brace=brace) for number, brace in enumerate(braces)]


def test_a_threshold_rises_above_what_a_model_imagines_and_stays_below_what_it_sees() -> None:
    imagined = [result(TrialKind.REMOVED, 1, brace=0.6), result(TrialKind.REMOVED, 2, brace=0.0)]
    choice = chosen([*complete(0.8, 0.85), *imagined])
    assert 0.6 + MARGIN < choice.accept["brace"] < 0.8
    assert (choice.false_passes.count, choice.first_pass.count, choice.unstoppable) == (0, 2, 0)


def test_the_chosen_thresholds_do_in_the_real_decision_what_was_promised() -> None:
    results = [*complete(0.5, 0.7, 0.9), result(TrialKind.REMOVED, 1, brace=0.62), result(TrialKind.SWAPPED, 2)]
    results[-1] = replace(results[-1], frames=(frame_of(("brace", 0.9), ("screwdriver_minus", 0.9)),))
    choice = chosen(results)
    figures = kit_figures(judge(results, KIT, choice.thresholds(Thresholds()), choice.knowledge(MODEL)), KIT)
    assert figures.false_passes == choice.false_passes
    assert figures.first_pass == choice.first_pass
    assert (figures.false_passes.count, figures.first_pass.count) == (0, 2)


def test_complete_kits_give_way_where_both_cannot_be_had() -> None:
    choice = chosen([*complete(0.5, 0.6, 0.9), result(TrialKind.REMOVED, 1, brace=0.8)])
    assert choice.accept["brace"] > 0.8 + MARGIN
    assert (choice.false_passes.count, choice.first_pass.count) == (0, 1)


def test_the_class_that_costs_least_is_raised() -> None:
    both = result(TrialKind.REMOVED, 1, brace=0.7, pliers=0.5)
    choice = chosen([*complete(0.6, 0.65, 0.7), both])
    assert choice.accept["pliers"] > 0.5 + MARGIN
    assert choice.accept["brace"] < 0.6
    assert choice.first_pass.count == 3


def test_a_complete_kit_that_another_look_accepts_passes() -> None:
    (overlooked,) = complete(0.0)
    again = replace(overlooked, other_looks=((frame_of(*SURE.items()),),))
    absent = result(TrialKind.REMOVED, 1, brace=0.0)
    assert chosen([overlooked, absent]).first_pass.count == 0
    assert chosen([again, absent]).first_pass.count == 1


def test_what_another_look_imagines_raises_a_threshold_too() -> None:
    absent = result(TrialKind.REMOVED, 1, brace=0.0)
    imagined = frame_of(*(SURE | {"brace": 0.6}).items())
    choice = chosen([*complete(0.8, 0.85), replace(absent, other_looks=((imagined,),))])
    assert 0.6 + MARGIN < choice.accept["brace"] < 0.8
    assert (choice.false_passes.count, choice.first_pass.count) == (0, 2)


def strictly(results: list[TrialResult]) -> Choice:
    choice = choose_thresholds(results, KIT, Thresholds(), MODEL, strict=True)
    assert choice is not None
    return choice


def test_chosen_strictly_no_other_class_stops_the_belief_in_an_absent_tool() -> None:
    both = result(TrialKind.REMOVED, 1, brace=0.7, pliers=0.5)
    choice = strictly([*complete(0.6, 0.65, 0.8), both])
    assert choice.accept["brace"] > 0.7 + MARGIN
    assert (choice.false_passes.count, choice.first_pass.count) == (0, 1)


def test_chosen_strictly_an_absent_tool_is_not_believed_where_something_else_stops_the_trial() -> None:
    beside = result(TrialKind.REMOVED, 1, brace=0.6, pliers=0.0)
    kits = complete(0.5, 0.9)
    assert chosen([*kits, beside]).accept["brace"] < 0.6
    choice = strictly([*kits, beside])
    figures = kit_figures(judge([beside], KIT, choice.thresholds(Thresholds()), choice.knowledge(MODEL)), KIT)
    assert (figures.named.count, figures.named.of) == (1, 1)
    assert choice.first_pass.count == 1


def test_a_strict_choice_is_checked_strictly_on_trials_that_it_has_not_seen() -> None:
    seen = [*complete(0.5), result(TrialKind.REMOVED, 1, brace=0.6, pliers=0.0)]
    results = [*seen, *(replace(one, photo="two.png") for one in seen)]
    assert chosen(results).checked_first_pass.count == 2
    assert strictly(results).checked_first_pass.count == 0


def test_chosen_strictly_what_is_doubtful_anyway_raises_no_threshold() -> None:
    doubtful = result(TrialKind.SWAPPED, 1)
    labels = [("brace", 0.8), ("pliers", 0.7)]
    frame = frame_of(*((name, sure) for name, sure in SURE.items() if name not in dict(labels)))
    heap = tuple(Detection(name, sure, Box(900, 900, 950, 950)) for name, sure in labels)
    doubtful = replace(doubtful, frames=(replace(frame, detections=(*frame.detections, *heap)),))
    assert strictly([*complete(0.5), doubtful]).first_pass.count == 1


def test_clean_trials_bring_no_threshold_below_the_lowest() -> None:
    choice = chosen([*complete(0.42), result(TrialKind.REMOVED, 1, brace=0.0)])
    assert all(LOWEST <= accept <= HIGHEST for accept in choice.accept.values())


def test_a_swap_that_no_threshold_stops_leaves_the_look_alikes_to_a_person() -> None:
    swapped = result(TrialKind.SWAPPED, 1, **dict.fromkeys(CLASSES, 0.97))
    choice = chosen([*complete(0.9), swapped])
    assert choice.unstoppable == 1
    assert choice.never == (GROUP.classes,)
    assert [group.accept for group in choice.groups] == [None]
    assert (choice.false_passes.count, choice.first_pass.count) == (0, 0)


def test_a_trial_just_below_the_highest_threshold_is_stopped_there_without_giving_up_the_look_alikes() -> None:
    close = result(TrialKind.FOREIGN_IN_PLACE, 1, **dict.fromkeys(CLASSES, 0.92))
    choice = chosen([*complete(0.97), close])
    assert 0.92 < choice.accept["brace"] <= HIGHEST
    assert (choice.unstoppable, choice.never) == (0, ())
    assert (choice.false_passes.count, choice.first_pass.count) == (0, 1)


def test_without_look_alikes_an_unstoppable_trial_is_admitted() -> None:
    certain = result(TrialKind.REMOVED, 1, **dict.fromkeys(CLASSES, 0.97))
    choice = choose_thresholds([*complete(0.9), certain], KIT, Thresholds(), replace(MODEL, look_alikes=()))
    assert choice is not None
    assert choice.unstoppable == choice.false_passes.count == 1


def test_the_bar_of_a_look_alike_group_is_the_lowest_of_its_classes() -> None:
    choice = chosen([*complete(0.9), result(TrialKind.SWAPPED, 1, screwdriver_minus=0.7)])
    (group,) = choice.groups
    assert group.accept == pytest.approx(min(choice.accept[name] for name in GROUP.classes), abs=1e-3)


def test_ghosts_on_complete_kits_raise_the_review_threshold() -> None:
    ghosts = []
    for kit in complete(0.9, 0.9, 0.9, 0.9):
        frame = frame_of(*SURE.items(), ("brace", 0.28))
        ghosts.append(replace(kit, frames=(frame,)))
    choice = chosen([*ghosts, result(TrialKind.REMOVED, 1, brace=0.0)])
    assert choice.review == 0.30
    assert choice.first_pass.value == 1.0


def test_the_choice_is_checked_on_trials_that_it_has_not_seen() -> None:
    photos = [replace(r, photo="two.png") for r in (*complete(0.9), result(TrialKind.REMOVED, 2, brace=0.8))]
    choice = chosen([*complete(0.6), result(TrialKind.REMOVED, 1, brace=0.45), *photos])
    assert choice.false_passes.count == 0
    assert choice.checked_false_passes.of == 2
    # Thresholds of the first photo alone let the second one's trial pass.
    assert choice.checked_false_passes.count == 1


@pytest.mark.parametrize("kind", [TrialKind.COMPLETE, TrialKind.REMOVED])
def test_one_kind_of_trial_alone_says_nothing(kind: TrialKind) -> None:
    assert choose_thresholds([result(kind, 1)], KIT, Thresholds(), MODEL) is None
