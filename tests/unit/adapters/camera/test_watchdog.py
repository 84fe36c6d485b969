"""Whether a camera is live, frozen or lost, told from its frames."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolroom_desktop.adapters.camera.limits import CameraLimits
from toolroom_desktop.adapters.camera.watchdog import Watchdog, fingerprint
from toolroom_desktop.services.vision_ports import CameraState

OPENING, LIVE, FROZEN, LOST = CameraState.OPENING, CameraState.LIVE, CameraState.FROZEN, CameraState.LOST


@pytest.fixture
def watchdog() -> Watchdog:
    return Watchdog(CameraLimits(frozen_after=2.0, lost_after=2.5))


def test_a_camera_is_opening_until_its_first_frame(watchdog: Watchdog) -> None:
    assert watchdog.state(0.0) is OPENING
    assert watchdog.state(20.0) is OPENING
    assert not watchdog.delivered

    watchdog.frame(20.0, 1)

    assert watchdog.state(20.0) is LIVE
    assert watchdog.delivered


def test_a_silent_camera_is_lost_after_two_and_a_half_seconds(watchdog: Watchdog) -> None:
    watchdog.frame(10.0, 1)

    assert watchdog.state(12.49) is LIVE
    assert watchdog.state(12.5) is LOST


def test_a_camera_that_repeats_its_frame_is_frozen_after_two_seconds(watchdog: Watchdog) -> None:
    for tenth in range(20):
        watchdog.frame(10.0 + tenth / 10, 1)

    assert watchdog.state(11.99) is LIVE
    assert watchdog.state(12.0) is FROZEN


def test_a_camera_that_freezes_and_then_falls_silent_does_not_look_live_in_between(watchdog: Watchdog) -> None:
    watchdog.frame(10.0, 1)
    watchdog.frame(11.9, 1)

    assert [watchdog.state(at) for at in (12.0, 13.0, 14.3, 14.4)] == [FROZEN, FROZEN, FROZEN, LOST]


def test_a_slow_camera_is_not_frozen(watchdog: Watchdog) -> None:
    states = set()
    for frame in range(5):
        watchdog.frame(frame * 2.4, frame)
        states |= {watchdog.state(frame * 2.4), watchdog.state(frame * 2.4 + 2.3)}

    assert states == {LIVE}


def test_a_frame_that_was_doubled_once_does_no_harm(watchdog: Watchdog) -> None:
    assert watchdog.frame(1.0, 1)
    assert not watchdog.frame(1.1, 1)
    assert watchdog.frame(1.2, 2)

    assert watchdog.state(3.3) is LIVE
    assert watchdog.returned == 0


def test_a_replayed_photo_may_repeat_but_not_fall_silent() -> None:
    watchdog = Watchdog(CameraLimits(), may_repeat=True)
    assert all(watchdog.frame(at / 10, 1) for at in range(100))

    assert watchdog.state(9.9) is LIVE
    assert watchdog.state(12.4) is LOST


def test_a_camera_that_failed_is_lost_at_once_and_live_with_the_next_frame(watchdog: Watchdog) -> None:
    watchdog.frame(1.0, 1)
    watchdog.fail()
    assert watchdog.state(1.0) is LOST

    watchdog.frame(1.5, 2)
    assert watchdog.state(1.5) is LIVE
    assert watchdog.returned == 1


def test_the_old_frame_after_a_silence_is_no_return(watchdog: Watchdog) -> None:
    watchdog.frame(1.0, 1)

    assert not watchdog.frame(9.0, 1)
    assert watchdog.state(9.0) is FROZEN
    assert watchdog.returned == 0

    assert watchdog.frame(9.1, 2)
    assert watchdog.state(9.1) is LIVE
    assert watchdog.returned == 1


def test_the_old_frame_right_after_a_failure_is_no_return(watchdog: Watchdog) -> None:
    watchdog.frame(1.0, 1)
    watchdog.fail()

    assert not watchdog.frame(1.2, 1)
    assert watchdog.state(1.2) is FROZEN


def test_every_return_is_counted_even_when_nobody_looked(watchdog: Watchdog) -> None:
    for frame in range(4):
        watchdog.frame(frame * 10.0, frame)

    assert watchdog.returned == 3


def test_a_new_start_forgets_the_frames_but_not_the_returns(watchdog: Watchdog) -> None:
    watchdog.frame(0.0, 1)
    watchdog.frame(10.0, 2)

    watchdog.begin()

    assert watchdog.state(11.0) is OPENING
    assert watchdog.returned == 1


def test_limits_that_would_hand_out_frames_of_a_frozen_camera_are_refused() -> None:
    with pytest.raises(ValueError, match="fresh_for"):
        CameraLimits(fresh_for=2.1, frozen_after=2.0)


frames = st.lists(st.tuples(st.floats(0.01, 6.0), st.integers(0, 2)), min_size=1, max_size=30)


@given(frames)
def test_no_frame_sequence_is_live_without_a_new_frame_in_the_last_two_and_a_half_seconds(
    script: list[tuple[float, int]],
) -> None:
    watchdog = Watchdog(CameraLimits(frozen_after=2.0, lost_after=2.5))
    now, new_at = 0.0, -100.0
    for pause, mark in script:
        now += pause
        if watchdog.frame(now, mark):
            new_at = now
        for later in (0.0, 1.0, 2.1, 2.6):
            if watchdog.state(now + later) is LIVE:
                assert now + later - new_at < 2.5


def test_frames_with_sensor_noise_have_different_fingerprints() -> None:
    random = np.random.default_rng(5)
    table = random.integers(30, 220, (720, 1280, 3), np.uint8)
    exposures = [table + random.integers(0, 3, table.shape, np.uint8) for _ in range(20)]

    assert len({fingerprint(exposure) for exposure in exposures}) == 20
    assert fingerprint(table) == fingerprint(table.copy())


def test_frames_of_different_shapes_have_different_fingerprints() -> None:
    shapes = [(2, 3, 3), (3, 2, 3), (1, 6, 3), (6, 1, 3)]

    assert len({fingerprint(np.zeros(shape, np.uint8)) for shape in shapes}) == 4


def test_small_frames_are_compared_pixel_by_pixel() -> None:
    frame = np.zeros((200, 300, 3), np.uint8)
    changed = frame.copy()
    changed[199, 299, 2] = 1

    assert fingerprint(frame) != fingerprint(changed)
