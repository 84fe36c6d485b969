from __future__ import annotations

from collections.abc import Iterator

import pytest

from .scripted import Behaviour, ManualClock, ScriptedDevice


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def device() -> Iterator[ScriptedDevice]:
    """A camera that works; its hanging reads are let go at the end."""
    device = ScriptedDevice()
    yield device
    device.become(Behaviour.GONE)
