from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from .scripted import Behaviour, ManualClock, ScriptedDevice, eventually


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    eventually(lambda: set(threading.enumerate()) <= before, timeout=10)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def device() -> Iterator[ScriptedDevice]:
    """A camera that works; its hanging reads are let go at the end."""
    device = ScriptedDevice()
    yield device
    device.become(Behaviour.GONE)
