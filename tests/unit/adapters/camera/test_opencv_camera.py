"""A camera that hangs, freezes, fails, is unplugged and comes back. The device is scripted, the threads are real."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import pytest

from toolroom_desktop.adapters.camera.limits import CameraLimits
from toolroom_desktop.adapters.camera.opencv import OpenCvCamera
from toolroom_desktop.services.vision_ports import CameraState, Picture

from .scripted import (
    PATIENCE,
    Behaviour,
    ManualClock,
    RealClock,
    ScriptedCapture,
    ScriptedDevice,
    eventually,
    exposure_of,
    note,
)

#: Judged by a clock that the test moves; only the pauses of the supervisor take real time.
QUICK = CameraLimits(back_off_first=0.01, back_off_most=0.05, check_every=0.01, stop_within=0.2)


@pytest.fixture
def camera(device: ScriptedDevice, clock: ManualClock) -> Iterator[OpenCvCamera]:
    camera = OpenCvCamera(0, clock, limits=QUICK, open_capture=device.open)
    yield camera
    camera.stop()


def first_frame(camera: OpenCvCamera) -> Picture:
    camera.start()
    picture = camera.wait_newer(0, PATIENCE)
    assert picture is not None
    return picture


def state_of(camera: OpenCvCamera) -> CameraState:
    return camera.health.state


def wait_until_hanging(device: ScriptedDevice, threads: int = 1) -> None:
    eventually(lambda: device.hanging == threads)


def problem_code(camera: OpenCvCamera) -> str | None:
    problem = camera.health.problem
    return None if problem is None else problem.code


def test_a_camera_that_was_not_started_is_off(camera: OpenCvCamera) -> None:
    assert state_of(camera) is CameraState.OFF
    assert camera.latest() is None


def test_a_started_camera_is_live_and_numbers_its_frames(camera: OpenCvCamera) -> None:
    first = first_frame(camera)
    second = camera.wait_newer(first.sequence, PATIENCE)

    assert state_of(camera) is CameraState.LIVE
    assert camera.health.problem is None
    assert second is not None
    assert second.sequence > first.sequence
    assert exposure_of(second) > exposure_of(first)


def test_a_camera_that_takes_long_to_open_is_opening_and_keeps_nobody_waiting(
    camera: OpenCvCamera, device: ScriptedDevice, clock: ManualClock
) -> None:
    device.become(Behaviour.OPENING_BLOCKED)
    began = time.monotonic()
    camera.start()
    assert time.monotonic() - began < 0.1
    wait_until_hanging(device)

    clock.advance(20.0)
    assert state_of(camera) is CameraState.OPENING

    device.become(Behaviour.LIVE)
    assert camera.wait_newer(0, PATIENCE) is not None
    assert state_of(camera) is CameraState.LIVE


def test_a_camera_that_never_opens_is_lost_in_the_end(
    camera: OpenCvCamera, device: ScriptedDevice, clock: ManualClock
) -> None:
    device.become(Behaviour.OPENING_BLOCKED)
    camera.start()
    wait_until_hanging(device)

    clock.advance(25.0)

    eventually(lambda: camera.health.state is CameraState.LOST)
    assert problem_code(camera) == "camera.busy_or_gone"


def test_a_missing_camera_is_named_and_found_when_it_is_plugged_in(
    camera: OpenCvCamera, device: ScriptedDevice
) -> None:
    device.become(Behaviour.GONE)
    camera.start()
    eventually(lambda: camera.health.state is CameraState.LOST)
    assert problem_code(camera) == "camera.not_found"

    device.become(Behaviour.LIVE)

    assert camera.wait_newer(0, PATIENCE) is not None
    assert state_of(camera) is CameraState.LIVE
    assert camera.health.problem is None


def test_an_opened_camera_without_frames_says_so(
    camera: OpenCvCamera, device: ScriptedDevice, clock: ManualClock
) -> None:
    device.become(Behaviour.FAILING)
    camera.start()
    eventually(lambda: device.open_at_once == 1)
    assert state_of(camera) is CameraState.OPENING

    def waited() -> bool:
        clock.advance(1.0)
        return camera.health.state is CameraState.LOST

    eventually(waited)
    assert problem_code(camera) == "camera.no_frames"


def test_a_blocked_read_is_a_lost_camera_for_every_reader(
    camera: OpenCvCamera, device: ScriptedDevice, clock: ManualClock
) -> None:
    seen = first_frame(camera)
    device.become(Behaviour.BLOCKED)
    wait_until_hanging(device)

    clock.advance(1.6)
    assert camera.latest() is None, "an old frame is not handed out, even before the camera is called lost"
    clock.advance(0.9)
    assert state_of(camera) is CameraState.LOST
    assert problem_code(camera) == "camera.lost"
    assert camera.wait_newer(seen.sequence, timeout=0.01) is None


def test_a_camera_whose_driver_hangs_is_opened_again(
    camera: OpenCvCamera, device: ScriptedDevice, clock: ManualClock
) -> None:
    first_frame(camera)
    device.become(Behaviour.BLOCKED)
    wait_until_hanging(device)
    clock.advance(2.5)
    eventually(lambda: device.opened == 2)

    device.become(Behaviour.LIVE)

    eventually(lambda: camera.health.state is CameraState.LIVE)
    assert camera.health.returned == 1
    eventually(lambda: device.open_at_once == 1)


def test_the_late_frame_of_a_read_that_hung_is_never_shown(
    camera: OpenCvCamera, device: ScriptedDevice, clock: ManualClock
) -> None:
    first_frame(camera)
    device.become(Behaviour.BLOCKED)
    wait_until_hanging(device)
    last_before = device.exposure
    clock.advance(2.5)
    eventually(lambda: camera.health.state is CameraState.LOST)

    device.become(Behaviour.LIVE)
    after = camera.wait_newer(0, PATIENCE)

    assert after is not None
    assert exposure_of(after) > last_before


def test_a_silence_that_nobody_noticed_also_voids_the_late_frame(device: ScriptedDevice, clock: ManualClock) -> None:
    sleepy = CameraLimits(back_off_first=0.01, check_every=PATIENCE, stop_within=0.2)
    camera = OpenCvCamera(0, clock, limits=sleepy, open_capture=device.open)
    first_frame(camera)
    device.become(Behaviour.BLOCKED)
    wait_until_hanging(device)
    last_before = device.exposure
    clock.advance(30.0)

    device.become(Behaviour.LIVE)
    after = camera.wait_newer(0, PATIENCE)
    camera.stop()

    assert after is not None
    assert exposure_of(after) > last_before
    assert device.opened == 2


def test_the_late_first_frame_of_a_session_that_was_given_up_is_never_shown(
    device: ScriptedDevice, clock: ManualClock
) -> None:
    patient = CameraLimits(back_off_first=PATIENCE, back_off_most=PATIENCE, check_every=0.01)
    camera = OpenCvCamera(0, clock, limits=patient, open_capture=device.open)
    device.become(Behaviour.BLOCKED)
    camera.start()
    wait_until_hanging(device)
    clock.advance(5.0)
    eventually(lambda: state_of(camera) is CameraState.LOST)
    assert problem_code(camera) == "camera.no_frames"
    eventually(lambda: bool(camera._abandoned))
    # The pause before the next attempt has begun: nobody else writes yet.
    device.become(Behaviour.LIVE)
    eventually(lambda: device.open_at_once == 0)
    shown = camera.latest()
    camera.stop()

    assert shown is None


def test_a_hopeless_driver_does_not_collect_threads_without_end(
    camera: OpenCvCamera, device: ScriptedDevice, clock: ManualClock
) -> None:
    first_frame(camera)
    device.become(Behaviour.BLOCKED)

    most = QUICK.most_abandoned + 1
    for hanging in range(1, most):
        wait_until_hanging(device, hanging)
        clock.advance(5.0)
    wait_until_hanging(device, most)
    clock.advance(60.0)
    assert camera.wait_newer(0, timeout=0.3) is None
    assert device.opened == most
    assert device.hanging == most

    device.become(Behaviour.LIVE)
    eventually(lambda: camera.health.state is CameraState.LIVE)


def test_a_frozen_camera_is_recognised_and_live_again_with_the_next_new_frame(
    camera: OpenCvCamera, device: ScriptedDevice, clock: ManualClock
) -> None:
    first_frame(camera)
    device.become(Behaviour.FROZEN)

    def frozen() -> bool:
        clock.advance(0.05)
        return camera.health.state is CameraState.FROZEN

    eventually(frozen)
    assert problem_code(camera) == "camera.frozen"
    assert camera.latest() is None
    still = device.exposure

    device.become(Behaviour.LIVE)
    after = camera.wait_newer(0, PATIENCE)

    assert after is not None
    assert exposure_of(after) > still
    assert state_of(camera) is CameraState.LIVE
    assert camera.health.returned == 1


def test_a_frozen_camera_is_opened_again_because_that_often_helps(
    camera: OpenCvCamera, device: ScriptedDevice, clock: ManualClock
) -> None:
    first_frame(camera)
    device.become(Behaviour.FROZEN)

    def opened_again() -> bool:
        clock.advance(0.05)
        return device.opened >= 2

    eventually(opened_again)
    eventually(lambda: device.open_at_once == 1)


def test_an_unplugged_camera_is_lost_at_once_and_back_when_it_is_plugged_in(
    camera: OpenCvCamera, device: ScriptedDevice, clock: ManualClock
) -> None:
    first_frame(camera)
    device.become(Behaviour.GONE)

    def lost() -> bool:
        clock.advance(0.1)
        return camera.health.state is CameraState.LOST

    eventually(lost)
    assert camera.latest() is None
    eventually(lambda: device.opened >= 4)
    assert problem_code(camera) == "camera.lost", "not the reason why an attempt to open it again failed"
    last_before = device.exposure

    device.become(Behaviour.LIVE)
    after = camera.wait_newer(0, PATIENCE)

    assert after is not None
    assert exposure_of(after) > last_before
    assert camera.health.returned == 1


def test_a_single_failed_read_is_forgiven(camera: OpenCvCamera, device: ScriptedDevice) -> None:
    first_frame(camera)
    device.become(Behaviour.FAILING)
    assert camera.wait_newer(device.exposure, timeout=0.05) is None
    device.become(Behaviour.LIVE)

    assert camera.wait_newer(device.exposure, PATIENCE) is not None
    assert camera.health.returned == 0
    assert device.opened == 1


def test_attempts_become_rarer(device: ScriptedDevice, clock: ManualClock) -> None:
    attempts: list[float] = []

    def open_and_note() -> ScriptedCapture:
        attempts.append(time.monotonic())
        return device.open()

    device.become(Behaviour.GONE)
    limits = CameraLimits(back_off_first=0.05, back_off_most=0.2)
    camera = OpenCvCamera(0, clock, limits=limits, open_capture=open_and_note)
    camera.start()
    eventually(lambda: len(attempts) >= 6)
    camera.stop()

    pauses = [later - earlier for earlier, later in pairwise(attempts)]
    for pause, least in zip(pauses, (0.05, 0.1, 0.2, 0.2, 0.2), strict=False):
        assert pause >= least
    assert max(pauses[:5]) < 1.0


def test_stop_returns_although_the_driver_hangs(camera: OpenCvCamera, device: ScriptedDevice) -> None:
    first_frame(camera)
    device.become(Behaviour.BLOCKED)
    wait_until_hanging(device)

    began = time.monotonic()
    camera.stop()

    assert time.monotonic() - began < 2.0
    assert state_of(camera) is CameraState.OFF
    device.become(Behaviour.LIVE)
    eventually(lambda: device.open_at_once == 0)
    assert camera.latest() is None, "the frame of the read that hung comes too late"


def test_stop_releases_the_device_and_ends_the_threads(device: ScriptedDevice, clock: ManualClock) -> None:
    camera = OpenCvCamera(0, clock, limits=replace(QUICK, stop_within=PATIENCE), open_capture=device.open)
    first_frame(camera)
    names = {thread.name for thread in threading.enumerate()}
    assert {"camera-usb:0", "capture-usb:0"} <= names

    camera.stop()
    camera.stop()

    assert device.open_at_once == 0
    assert not {"camera-usb:0", "capture-usb:0"} & {thread.name for thread in threading.enumerate()}


def test_stop_wakes_a_waiting_reader(camera: OpenCvCamera, device: ScriptedDevice) -> None:
    device.become(Behaviour.FAILING)
    camera.start()
    with ThreadPoolExecutor() as readers:
        waiting = readers.submit(camera.wait_newer, 0, PATIENCE)
        camera.stop()
        assert waiting.result(PATIENCE / 2) is None


def test_starting_twice_opens_the_device_once(camera: OpenCvCamera, device: ScriptedDevice) -> None:
    camera.start()
    first_frame(camera)

    assert device.opened == 1


def test_a_stopped_camera_can_be_started_again_and_goes_on_counting(
    camera: OpenCvCamera, device: ScriptedDevice
) -> None:
    before = first_frame(camera)
    camera.stop()
    camera.start()
    after = camera.wait_newer(before.sequence, PATIENCE)

    assert after is not None
    assert after.sequence > before.sequence
    assert device.opened == 2


def test_the_promises_in_seconds_hold_with_the_real_clock(device: ScriptedDevice) -> None:
    camera = OpenCvCamera(0, RealClock(), open_capture=device.open)
    first_frame(camera)

    device.become(Behaviour.BLOCKED)
    blocked_to_lost = eventually(lambda: camera.health.state is CameraState.LOST)
    device.become(Behaviour.LIVE)
    released_to_live = eventually(lambda: camera.health.state is CameraState.LIVE)
    device.become(Behaviour.GONE)
    unplugged_to_lost = eventually(lambda: camera.health.state is CameraState.LOST)
    # The worst moment to come back: the attempts have become rare, and one has just failed.
    attempts = device.opened
    eventually(lambda: device.opened == attempts + 3)
    device.become(Behaviour.LIVE)
    plugged_to_live = eventually(lambda: camera.health.state is CameraState.LIVE)
    device.become(Behaviour.FROZEN)
    frozen_to_said = eventually(lambda: camera.health.state is CameraState.FROZEN)
    device.become(Behaviour.LIVE)
    thawed_to_live = eventually(lambda: camera.health.state is CameraState.LIVE)
    camera.stop()

    note(blocked_to_lost=blocked_to_lost)
    note(released_to_live=released_to_live)
    note(unplugged_to_lost=unplugged_to_lost)
    note(plugged_to_live=plugged_to_live)
    note(frozen_to_said=frozen_to_said)
    note(thawed_to_live=thawed_to_live)
    assert max(blocked_to_lost, unplugged_to_lost, frozen_to_said) <= 3.0
    assert max(released_to_live, thawed_to_live, plugged_to_live) <= 5.0


def test_asking_for_the_latest_frame_costs_microseconds(camera: OpenCvCamera) -> None:
    first_frame(camera)
    began = time.perf_counter()
    for _ in range(1_000):
        camera.latest()
    each = (time.perf_counter() - began) / 1_000

    note(latest_us=each * 1e6)
    assert each < 0.001
