"""What a camera shows to its readers."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from toolroom_desktop.adapters.camera.feed import Feed
from toolroom_desktop.adapters.camera.limits import CameraLimits
from toolroom_desktop.domain.errors import CameraProblem
from toolroom_desktop.services.vision_ports import CameraState

from .scripted import ManualClock


def frame(value: int) -> NDArray[np.uint8]:
    return np.full((4, 4, 3), value, np.uint8)


@pytest.fixture
def feed(clock: ManualClock) -> Feed:
    feed = Feed("usb:0", clock.monotonic, CameraLimits())
    feed.open()
    return feed


def test_the_late_frame_of_a_writer_that_was_given_up_never_enters(feed: Feed) -> None:
    old = feed.admit()
    feed.publish(old, frame(1))
    new = feed.admit()

    assert not feed.publish(old, frame(2))
    assert feed.publish(new, frame(3))

    latest = feed.latest()
    assert latest is not None
    assert latest.pixels[0, 0, 0] == 3
    assert latest.sequence == 2


def test_a_writer_that_was_given_up_cannot_declare_the_camera_lost(feed: Feed) -> None:
    old = feed.admit()
    feed.publish(feed.admit(), frame(1))

    feed.fail(old, CameraProblem("camera.no_frames", source="usb:0"))

    assert feed.health.state is CameraState.LIVE


def test_a_dismissed_writer_is_turned_away_before_there_is_another(feed: Feed) -> None:
    writer = feed.admit()
    feed.dismiss()

    assert not feed.publish(writer, frame(1))
    assert feed.latest() is None


def test_a_repetition_does_not_keep_the_frame_fresh(feed: Feed, clock: ManualClock) -> None:
    writer = feed.admit()
    feed.publish(writer, frame(1))
    for _ in range(16):
        clock.advance(0.1)
        feed.publish(writer, frame(1))

    assert feed.latest() is None, "a frozen camera runs dry before it is called frozen"
    assert feed.health.state is CameraState.LIVE

    clock.advance(0.5)
    health = feed.health
    assert health.state is CameraState.FROZEN
    assert health.problem is not None
    assert health.problem.code == "camera.frozen"


def test_a_repetition_is_not_a_newer_frame(feed: Feed) -> None:
    writer = feed.admit()
    feed.publish(writer, frame(1))
    feed.publish(writer, frame(1))

    assert feed.wait_newer(1, timeout=0.01) is None


def test_a_failure_takes_the_frame_away_at_once(feed: Feed) -> None:
    writer = feed.admit()
    feed.publish(writer, frame(1))

    feed.fail(writer, CameraProblem("camera.no_frames", source="usb:0"))

    assert feed.latest() is None
    assert feed.health.state is CameraState.LOST


def test_a_closed_feed_is_off_and_shows_nothing(feed: Feed) -> None:
    writer = feed.admit()
    feed.publish(writer, frame(1))
    feed.close()

    assert not feed.publish(writer, frame(2))
    assert feed.latest() is None
    assert feed.health.state is CameraState.OFF


def test_nobody_can_write_into_a_frame_that_is_shown(feed: Feed) -> None:
    feed.publish(feed.admit(), frame(1))
    latest = feed.latest()

    assert latest is not None
    with pytest.raises(ValueError, match="read-only"):
        latest.pixels[0, 0, 0] = 9
