"""When a live inspection settles, and what it waits for before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import (
    Collected,
    HandCamera,
    HandClock,
    PixelMeter,
    ScriptedDetector,
    TurningDetector,
    frame_of,
    model_info,
)
from toolroom_desktop.domain.detection import FrameQuality, FrameResult
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.thresholds import Thresholds
from toolroom_desktop.services.live_inspection import LiveInspection, LivePace, WaitingFor
from toolroom_desktop.services.live_pipeline import LivePipeline, LiveView
from toolroom_desktop.services.vision_ports import other_looks_of

INFO = model_info("pliers", "brace")
EXPECTED = {"pliers": 1, "brace": 1}
COMPLETE = frame_of(("pliers", 0.9), ("brace", 0.9))
ONE_MISSING = frame_of(("pliers", 0.9))
EMPTY = frame_of()
BARE = frame_of(quality=FrameQuality(brightness=120, contrast=10, sharpness=1, glare=0))
DARK = frame_of(("pliers", 0.9), ("brace", 0.9), quality=FrameQuality(3, 20, 100, 0))
PACE = LivePace()


class Table:
    """A table seen ten times a second."""

    def __init__(self, *, other_looks: int = 0) -> None:
        self.now = 0.0
        self.live = LiveInspection(EXPECTED, Thresholds(), INFO.knowledge, PACE, other_looks=other_looks)
        self.looked = 0
        self.looks: list[int] = []

    def show(self, frame: FrameResult, seconds: float, *again: FrameResult, change: float = 0.0) -> WaitingFor:
        """`again` is what the other looks see, the first of them without a word."""
        seen = (frame, *again)
        for _ in range(round(seconds * 10)):
            self.now += 0.1
            self.live.movement(change, self.now)
            if self.live.wants_frame(self.now):
                self.looked += 1
                self.looks.append(self.live.look)
                self.live.frame(seen[self.live.look] if again else frame, self.now)
        return self.live.state(self.now).waiting_for

    def status(self) -> Status:
        inspection = self.live.state(self.now).inspection
        assert inspection is not None
        return inspection.status


def test_a_still_complete_kit_settles_by_itself() -> None:
    table = Table()
    assert table.show(COMPLETE, 0.3) is WaitingFor.STILLNESS
    assert table.show(COMPLETE, 0.6) is WaitingFor.FRAMES
    assert table.show(COMPLETE, 1.0) is WaitingFor.NOTHING
    state = table.live.state(table.now)
    assert state.settled
    assert state.inspection is not None
    assert state.inspection.status is Status.SUCCESS


def test_an_incomplete_kit_settles_later_because_somebody_may_still_be_laying_tools_out() -> None:
    complete, incomplete = Table(), Table()
    assert complete.show(COMPLETE, 1.8) is WaitingFor.NOTHING
    assert incomplete.show(ONE_MISSING, 1.8) is WaitingFor.AGREEMENT
    assert incomplete.show(ONE_MISSING, 1.5) is WaitingFor.NOTHING


def test_a_settled_still_table_costs_no_more_looks_of_the_model() -> None:
    table = Table()
    table.show(COMPLETE, 3.0)
    looked = table.looked
    table.show(COMPLETE, 60.0)
    assert table.looked == looked


def test_movement_takes_a_settled_decision_back_and_throws_the_old_frames_away() -> None:
    table = Table()
    table.show(COMPLETE, 3.0)
    assert table.show(COMPLETE, 0.1, change=0.2) is WaitingFor.HANDS
    assert table.live.state(table.now).inspection is None
    table.show(ONE_MISSING, 4.0)
    inspection = table.live.state(table.now).inspection
    assert inspection is not None
    assert inspection.status is Status.DISCREPANCY


def test_a_lost_camera_forgets_what_it_saw() -> None:
    table = Table()
    table.show(COMPLETE, 3.0)
    table.live.camera_lost()
    state = table.live.state(table.now)
    assert state.waiting_for is WaitingFor.CAMERA
    assert state.inspection is None
    assert not table.live.wants_frame(table.now)
    assert table.show(COMPLETE, 0.3) is WaitingFor.STILLNESS


def test_an_empty_table_waits_for_tools() -> None:
    assert Table().show(EMPTY, 5.0) is WaitingFor.TOOLS
    assert Table().show(BARE, 5.0) is WaitingFor.TOOLS


def test_an_unusable_picture_never_settles() -> None:
    assert Table().show(DARK, 10.0) is WaitingFor.PICTURE


def test_a_kit_that_all_other_looks_find_complete_is_complete() -> None:
    table = Table(other_looks=2)
    assert table.show(ONE_MISSING, 1.2, COMPLETE, COMPLETE) is not WaitingFor.NOTHING
    assert table.status() is Status.DISCREPANCY
    assert table.show(ONE_MISSING, 1.0, COMPLETE, COMPLETE) is WaitingFor.NOTHING
    assert table.status() is Status.SUCCESS
    assert table.looks == [0] * PACE.frames + [1] * PACE.again_frames + [2] * PACE.again_frames
    assert table.show(ONE_MISSING, 5.0, ONE_MISSING, ONE_MISSING) is WaitingFor.NOTHING
    assert table.status() is Status.SUCCESS, "nothing moved since"


@pytest.mark.parametrize(("again", "asked"), [((ONE_MISSING, COMPLETE), [1]), ((COMPLETE, ONE_MISSING), [1, 2])])
def test_where_one_other_look_doubts_the_first_ones_word_stands_and_no_later_than_without_them(
    again: tuple[FrameResult, ...], asked: list[int]
) -> None:
    table = Table(other_looks=2)
    assert table.show(ONE_MISSING, 1.8, *again) is WaitingFor.AGREEMENT
    assert table.show(ONE_MISSING, 1.5, *again) is WaitingFor.NOTHING
    assert table.status() is Status.DISCREPANCY
    assert [look for look in table.looks if look] == [look for look in asked for _ in range(PACE.again_frames)]


def test_progress_goes_on_while_the_station_looks_again() -> None:
    table = Table(other_looks=2)
    told = []
    while table.show(ONE_MISSING, 0.1, COMPLETE, COMPLETE) is not WaitingFor.NOTHING:
        if table.live.look:
            told.append(table.live.state(table.now).progress)
    assert len(set(told)) > PACE.again_frames
    assert told == sorted(told) and told[-1] < 1.0


def test_movement_begins_with_the_first_look_again() -> None:
    table = Table(other_looks=2)
    while not table.live.look:
        table.show(ONE_MISSING, 0.1)
    table.show(ONE_MISSING, 0.1, change=0.2)
    assert table.live.look == 0
    looked = table.looked
    assert table.show(ONE_MISSING, 3.0, COMPLETE, COMPLETE) is WaitingFor.NOTHING
    assert table.looks[looked:] == [0] * PACE.frames + [1] * PACE.again_frames + [2] * PACE.again_frames


def test_a_complete_kit_is_not_looked_at_again() -> None:
    table = Table(other_looks=2)
    assert table.show(COMPLETE, 2.0) is WaitingFor.NOTHING
    assert set(table.looks) == {0}


@pytest.mark.parametrize("other_looks", [0, 2])
@given(steps=st.lists(st.tuples(st.sampled_from([COMPLETE, ONE_MISSING, EMPTY]), st.booleans()), max_size=60))
def test_whatever_happens_a_settled_success_saw_only_complete_frames_since_the_last_movement(
    other_looks: int, steps: list[tuple[FrameResult, bool]]
) -> None:
    table = Table(other_looks=other_looks)
    since_movement: list[tuple[int, FrameResult]] = []
    for frame, moves in steps:
        if moves:
            since_movement.clear()
        looked = table.looked
        table.show(frame, 0.1, change=0.5 if moves else 0.0)
        if table.looked > looked:
            since_movement.append((table.looks[-1], frame))
        state = table.live.state(table.now)
        if state.settled and state.inspection is not None and state.inspection.status is Status.SUCCESS:
            by_look = [[frame for look, frame in since_movement if look == one] for one in range(other_looks + 1)]
            first = by_look[0][-PACE.frames :] == [COMPLETE] * PACE.frames
            again = [COMPLETE] * PACE.again_frames
            assert first or (other_looks and all(one[-PACE.again_frames :] == again for one in by_look[1:]))


# --- the worker that drives it ----------------------------------------------------------------------------------------


def views(told: Collected) -> list[LiveView]:
    return [view for view in told.views if isinstance(view, LiveView)]


class Worker:
    """A pipeline over a hand-fed camera."""

    def __init__(self, detector: ScriptedDetector) -> None:
        self.clock = HandClock()
        self.camera = HandCamera()
        self.told = Collected()
        looks = len(other_looks_of(detector))
        live = LiveInspection(EXPECTED, Thresholds(), INFO.knowledge, PACE, other_looks=looks)
        self.pipeline = LivePipeline(self.camera, detector, PixelMeter(), self.clock, live, self.told)

    def run_until(self, value: int, wanted: WaitingFor) -> LiveView:
        """Show frames of that grey value, a tenth of a second apart, until the view waits for `wanted`."""
        for _ in range(200):
            self.clock.advance(0.1)
            self.camera.show(value)
            if self.told.wait_for(lambda _: self._shown(wanted), timeout=0.05):
                return views(self.told)[-1]
        raise AssertionError(f"never waited for {wanted}: {[v.state.waiting_for for v in views(self.told)]}")

    def _shown(self, wanted: WaitingFor) -> bool:
        return bool(views(self.told)) and views(self.told)[-1].state.waiting_for is wanted


def test_the_worker_settles_and_hands_over_the_frame_that_was_judged() -> None:
    worker = Worker(ScriptedDetector(INFO, {100: COMPLETE}))
    worker.pipeline.start()
    try:
        view = worker.run_until(100, WaitingFor.NOTHING)
    finally:
        worker.pipeline.stop()
    assert view.evidence is not None and view.evidence.picture is not None
    assert view.evidence.inspection.status is Status.SUCCESS
    assert int(view.evidence.picture.pixels[0, 0, 0]) == 100


def test_the_worker_shows_each_frame_in_the_way_that_is_asked_for() -> None:
    worker = Worker(TurningDetector(INFO, {100: ONE_MISSING}, {100: COMPLETE}, {100: COMPLETE}))
    worker.pipeline.start()
    try:
        view = worker.run_until(100, WaitingFor.NOTHING)
    finally:
        worker.pipeline.stop()
    assert view.evidence is not None
    assert view.evidence.inspection.status is Status.SUCCESS
    assert view.frame == COMPLETE


def test_the_worker_forgets_everything_when_the_camera_is_lost() -> None:
    worker = Worker(ScriptedDetector(INFO, {100: COMPLETE}))
    worker.pipeline.start()
    try:
        worker.run_until(100, WaitingFor.NOTHING)
        worker.camera.lose()
        assert worker.told.wait_for(lambda _: views(worker.told)[-1].state.waiting_for is WaitingFor.CAMERA), (
            "the screen must be told"
        )
        assert views(worker.told)[-1].evidence is None
        assert worker.run_until(100, WaitingFor.NOTHING).evidence is not None
    finally:
        worker.pipeline.stop()


@pytest.mark.expects_log
def test_a_model_that_fails_ends_the_inspection_with_a_sentence() -> None:
    worker = Worker(ScriptedDetector(INFO, {}))  # no answer for any picture: a fault of the program

    def failures() -> list[str]:
        return [view.failure.code for view in views(worker.told) if view.failure is not None]

    worker.pipeline.start()
    try:
        for _ in range(200):
            worker.clock.advance(0.1)
            worker.camera.show(100)
            if worker.told.wait_for(lambda _: bool(failures()), timeout=0.05):
                break
    finally:
        worker.pipeline.stop()
    assert failures() == ["program.worker_failed"]
