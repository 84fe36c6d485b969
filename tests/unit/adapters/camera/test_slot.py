"""The slot for the newest frame."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from toolroom_desktop.adapters.camera.slot import FrameSlot
from toolroom_desktop.services.vision_ports import Picture

from .scripted import PATIENCE, ManualClock


@pytest.fixture
def slot(clock: ManualClock) -> FrameSlot:
    return FrameSlot(clock.monotonic, fresh_for=1.5)


def frame(sequence: int, clock: ManualClock) -> Picture:
    return Picture(np.zeros((2, 2, 3), np.uint8), sequence, clock.monotonic())


def test_only_the_newest_frame_is_kept(slot: FrameSlot, clock: ManualClock) -> None:
    for sequence in (1, 2, 3):
        slot.put(frame(sequence, clock))

    newest = slot.latest()

    assert newest is not None
    assert newest.sequence == 3


def test_an_empty_slot_has_no_frame(slot: FrameSlot) -> None:
    assert slot.latest() is None
    assert slot.wait_newer(0, timeout=0.01) is None


def test_a_frame_is_handed_out_until_it_is_old(slot: FrameSlot, clock: ManualClock) -> None:
    slot.put(frame(1, clock))

    clock.advance(1.5)
    assert slot.latest() is not None

    clock.advance(0.01)
    assert slot.latest() is None
    assert slot.wait_newer(0, timeout=0.01) is None


def test_a_frame_already_seen_is_not_newer(slot: FrameSlot, clock: ManualClock) -> None:
    slot.put(frame(7, clock))

    assert slot.wait_newer(7, timeout=0.01) is None
    assert slot.wait_newer(6, timeout=0.01) is slot.latest()


def test_a_waiting_reader_gets_the_frame_that_comes(slot: FrameSlot, clock: ManualClock) -> None:
    with ThreadPoolExecutor() as readers:
        waiting = readers.submit(slot.wait_newer, 0, PATIENCE)
        assert not waiting.done()
        slot.put(frame(1, clock))
        picture = waiting.result(PATIENCE)

    assert picture is not None
    assert picture.sequence == 1


def test_closing_wakes_all_who_wait(slot: FrameSlot) -> None:
    entered = threading.Barrier(3)

    def wait() -> Picture | None:
        entered.wait(PATIENCE)
        return slot.wait_newer(0, PATIENCE)

    with ThreadPoolExecutor() as readers:
        waiting = [readers.submit(wait), readers.submit(wait)]
        entered.wait(PATIENCE)
        slot.close()
        assert [reader.result(PATIENCE / 2) for reader in waiting] == [None, None]


def test_a_closed_slot_takes_no_frame_until_it_is_opened_again(slot: FrameSlot, clock: ManualClock) -> None:
    slot.put(frame(1, clock))
    slot.close()
    slot.put(frame(2, clock))
    assert slot.latest() is None

    slot.reopen()
    assert slot.latest() is None
    slot.put(frame(3, clock))
    assert slot.latest() is not None


def test_a_cleared_slot_is_empty(slot: FrameSlot, clock: ManualClock) -> None:
    slot.put(frame(1, clock))
    slot.clear()

    assert slot.latest() is None
